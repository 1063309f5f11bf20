"""A course folder: where nbgrader's steps lie, which units there are, what was submitted."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.course.configuration import CONFIG_FILE as CONFIG_FILE
from autograder.course.configured import ConfigError as ConfigError
from autograder.course.configured import Configured
from autograder.course.configured import CourseError as CourseError
from autograder.course.course_file import (
    COURSE_FILE,
    CourseFile,
    UnusableCourseFile,
    read_course_file,
)
from autograder.course.nbgrader_api import Refused, started
from autograder.course.opening import open_gradebook
from autograder.course.own_exercises import own_registry
from autograder.course.texts import Misnamed, misnamed_in, units_in
from autograder.exercises.registry import Registry

STATE = ".course-bp"


class Course(Configured):
    """A folder with an nbgrader_config.py."""

    @classmethod
    def at(cls, root: Path, settings: Any = None) -> Course:
        """Opens a course folder.

        Args:
            root: a folder that holds nbgrader_config.py.
            settings: the configuration of a running nbgrader command, if there is one.

        Returns:
            The course.

        Raises:
            CourseError: if there is no such file.
        """
        root = root.resolve()
        if not (root / CONFIG_FILE).is_file():
            raise CourseError(
                f"{root} is not a course folder: it does not have a {CONFIG_FILE}. "
                "Go to the course's folder, or name it with --course."
            )
        return cls(root, settings)

    @cached_property
    def said(self) -> CourseFile:
        """What the folder's course.toml says.

        Raises:
            CourseError: if the file cannot be used.
        """
        try:
            return read_course_file(self.root)
        except UnusableCourseFile as problem:
            raise CourseError(str(problem)) from None

    @cached_property
    def exercises(self) -> Registry:
        """All exercises that the course may check: the package's and its own that can be used.

        Raises:
            CourseError: if course.toml cannot be used.
        """
        try:
            return own_registry(self.root, self.said, self._checking())
        except UnusableCourseFile as problem:
            raise CourseError(str(problem)) from None

    def _checking(self) -> dict[str, list[Path]]:
        """Each assignment's texts and notebooks, the source's first."""
        return {
            unit: [
                *(self.solutions / unit).glob(f"{unit}.py"),
                *sorted((self.solutions / unit).glob("*.ipynb")),
                *sorted((self.released / unit).glob("*.ipynb")),
            ]
            for unit in self.assignments()
        }

    @property
    def state(self) -> Path:
        """The folder where course-bp keeps what it remembers between runs."""
        return self.root / STATE

    @cached_property
    def api(self) -> Any:
        """nbgrader's own Python API on this course."""
        return self.api_on()

    def api_on(self, **directories: str) -> Any:
        """nbgrader's own Python API on this course, with some settings of its own.

        Args:
            directories: settings of nbgrader's CourseDirectory, such as `db_url` or
                `release_directory`, instead of the course's.

        Returns:
            An NbGraderAPI.

        Raises:
            ConfigError: if nbgrader refuses a setting.
        """
        config = copy.deepcopy(self.config)
        for name, value in directories.items():
            config.CourseDirectory[name] = value
        try:
            return started(config)
        except Refused as refused:
            files = ", ".join(map(str, self.configuration.files)) or CONFIG_FILE
            raise ConfigError(f"{files}: {refused}") from None

    @property
    def gradebook_file(self) -> Path | None:
        """The file of an SQLite gradebook, whether it exists or not; None for a server's."""
        from sqlalchemy import make_url

        url = make_url(str(self.api.coursedir.db_url))
        return Path(url.database) if url.drivername == "sqlite" and url.database else None

    def gradebook(self) -> Any:
        """The course's gradebook, nbgrader's own; use it in a with statement.

        Raises:
            CourseError: if its file does not exist, which nbgrader would make.
        """
        file = self.gradebook_file
        if file is not None and not file.exists():
            raise CourseError(
                f"nothing has been graded yet: there is no {file.name}. "
                "Run course-bp grade UNIT first."
            )
        return open_gradebook(str(self.api.coursedir.db_url), self.api.coursedir.course_id)

    def directory(self, step: str, student: str, unit: str) -> Path:
        """The folder of one unit at one of nbgrader's steps.

        Args:
            step: "source", "release", "submitted", "autograded" or "feedback".
            student: the student's id, or "." for source and release.
            unit: such as "02-computation-graphs".

        Returns:
            The folder's path, whether it exists or not.
        """
        coursedir = self.api.coursedir
        name = getattr(coursedir, f"{step}_directory")
        return Path(coursedir.format_path(name, student, unit))

    @cached_property
    def solutions(self) -> Path:
        """The folder of the instructor's texts, nbgrader's source step."""
        return self.root / str(self.config.CourseDirectory.get("source_directory", "source"))

    @cached_property
    def released(self) -> Path:
        """The folder of what students get, nbgrader's release step."""
        return self.root / str(self.config.CourseDirectory.get("release_directory", "release"))

    def units(self) -> list[str]:
        """The units that have a text in the source step, in order.

        Raises:
            CourseError: if course.toml names one that has none.
        """
        there = units_in(self.solutions)
        if lacking := [unit for unit in self.said.units if unit not in there]:
            raise CourseError(
                f"{self.root / COURSE_FILE} names the unit {lacking[0]!r}, which has no text "
                f"{self.solutions / lacking[0] / lacking[0]}.py. The texts are: "
                f"{', '.join(there) or 'none'}."
            )
        return list(self.said.units) or there

    def misnamed(self, unit: str = "") -> list[Misnamed]:
        """The texts in a folder of another name; only those of this name, or in a folder of it."""
        found = misnamed_in(self.solutions)
        return [one for one in found if unit in ("", one.folder, one.text.stem)]

    def assignments(self) -> list[str]:
        """The units, and nbgrader's other assignments with a notebook to build or to hand out."""
        found = {
            path.parent.name
            for step in (self.solutions, self.released)
            for path in step.glob("*/*.ipynb")
        }
        units = self.units()
        # Those that course.toml leaves out.
        out = {*units_in(self.solutions)} - {*units}
        return [*units, *sorted(found - out - {*units})]

    def require_unit(self, unit: str, also: Iterable[str] = ()) -> str:
        """Checks that a unit exists.

        Args:
            unit: its name, or the beginning of it, such as "02".
            also: assignments that only the gradebook knows.

        Returns:
            The unit's full name.

        Raises:
            CourseError: if there is none, or more than one, of this name.
        """
        there = self.assignments()
        units = [*there, *sorted({*also} - {*there})]
        found = [name for name in units if name == unit] or [
            name for name in units if name.startswith(unit.rstrip("/"))
        ]
        if len(found) != 1:
            if those := [one for one in self.misnamed() if one.folder.startswith(unit.rstrip("/"))]:
                raise CourseError(" ".join(map(str, those)))
            what = "more than one unit begins with" if found else "there is no unit"
            raise CourseError(f"{what} {unit!r}. The units are: {', '.join(units) or 'none'}.")
        return found[0]

    def students(self, unit: str) -> list[str]:
        """The students who handed in a folder for a unit, in order.

        Whose folder may not be looked into is among them, since nobody can tell.
        """
        pattern = self.directory("submitted", "*", unit)
        base = self.directory("submitted", ".", ".").resolve()
        closed = {
            path.name
            for path in (base.iterdir() if base.is_dir() else ())
            if not path.is_symlink() and path.is_dir() and not os.access(path, os.X_OK)
        }
        return sorted(
            closed.union(
                path.relative_to(base).parts[0]
                for path in base.glob(str(pattern.relative_to(base)))
                if path.is_dir()
            )
        )
