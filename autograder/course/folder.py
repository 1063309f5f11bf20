"""A course folder: where nbgrader's steps lie, which units there are, what was submitted."""

from __future__ import annotations

import copy
import os
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.course.configuration import CONFIG_FILE as CONFIG_FILE
from autograder.course.configuration import Configuration, UnusableConfig, read_configuration
from autograder.course.texts import Misnamed, files_in, misnamed_in, units_in
from autograder.files.sharing import share_what_is_written
from autograder.runner import visible
from autograder.runner.limits import Limits

STATE = ".course-bp"
# What nbgrader itself leaves out.
IGNORED = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".pytest_cache"]


class CourseError(Exception):
    """Something is missing or wrong in the course folder; the message says what to do."""


class ConfigError(CourseError):
    """nbgrader's configuration cannot be used; the message says which file, and why."""


@dataclass(frozen=True)
class Course:
    """A folder with an nbgrader_config.py.

    Args:
        root: the folder.
        settings: the configuration of a running nbgrader command, instead of reading the files.
    """

    root: Path
    settings: Any = field(default=None, compare=False, repr=False)

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
    def configuration(self) -> Configuration:
        """nbgrader's configuration as its files have it, and which files those are.

        Raises:
            ConfigError: if a file stops with an error, or names what has another name now.
        """
        try:
            return read_configuration(self.root)
        except UnusableConfig as problem:
            raise ConfigError(str(problem)) from problem.__cause__

    @cached_property
    def config(self) -> Any:
        """nbgrader's configuration with this folder as its root, a traitlets Config.

        If it says that a group shares the course, the group may write all that this process makes
        from now on.

        Raises:
            ConfigError: if a file stops with an error, or names what has another name now.
        """
        config = copy.deepcopy(
            self.configuration.config if self.settings is None else self.settings
        )
        config.CourseDirectory.root = str(self.root)
        # A unit's text holds the solutions, and a configuration may know it by another name.
        ignored = config.CourseDirectory.get("ignore", IGNORED)
        if isinstance(ignored, list):
            source = self.root / str(config.CourseDirectory.get("source_directory", "source"))
            config.CourseDirectory.ignore = [*ignored, *files_in(source)]
        if config.CourseDirectory.get("groupshared", False) is True:
            share_what_is_written()
        return config

    @property
    def course_id(self) -> str:
        """nbgrader's name of the course."""
        return str(self.config.CourseDirectory.get("course_id", ""))

    @property
    def groupshared(self) -> bool:
        """Whether nbgrader's configuration says that a group of people writes the course."""
        return self.config.CourseDirectory.get("groupshared", False) is True

    @cached_property
    def limits(self) -> Limits:
        """What a submission may use, as nbgrader's configuration says.

        Raises:
            CourseError: if the configuration names a limit that there is not.
        """
        changed = self.config.GradeInSandbox.get("limits", {})
        try:
            return Limits(**changed)
        except TypeError as error:
            raise CourseError(f"c.GradeInSandbox.limits: {error}") from None

    @cached_property
    def packages(self) -> tuple[str, ...]:
        """What student code may import besides what every course has, by nbgrader's configuration.

        Raises:
            CourseError: if one of these packages cannot be shown to student code.
        """
        named = self.config.GradeInSandbox.get("packages", [])
        if not isinstance(named, list | tuple) or not all(isinstance(one, str) for one in named):
            raise CourseError('c.GradeInSandbox.packages is a list of names, such as ["pandas"].')
        try:
            visible.require(named)
        except visible.NotShown as problem:
            raise CourseError(f"c.GradeInSandbox.packages: {problem}") from None
        return tuple(named)

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
        # nbgrader starts `alembic` and kernels by name; they lie beside this interpreter, which
        # is on the PATH only in an activated environment.
        os.environ["PATH"] = os.pathsep.join(
            [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
        )
        # Harmless notes of SQLAlchemy about nbgrader's own session handling.
        warnings.filterwarnings("ignore", message="Object of type", module="nbgrader")
        # Importing it builds 38 grammars of internationalised addresses, two thirds of nbgrader's
        # own start; jsonschema does without, and no notebook holds such an address.
        sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
        from nbgrader.apps import NbGraderAPI
        from traitlets import TraitError

        config = copy.deepcopy(self.config)
        for name, value in directories.items():
            config.CourseDirectory[name] = value
        try:
            return NbGraderAPI(config=config)
        except TraitError as error:
            files = ", ".join(map(str, self.configuration.files)) or CONFIG_FILE
            raise ConfigError(f"{files}: {error}") from None

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
        from nbgrader.api import Gradebook

        file = self.gradebook_file
        if file is not None and not file.exists():
            raise CourseError(
                f"nothing has been graded yet: there is no {file.name}. "
                "Run course-bp grade UNIT first."
            )
        return Gradebook(self.api.coursedir.db_url, self.api.coursedir.course_id)

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
        """The units that have a text in the source step, in order."""
        return units_in(self.solutions)

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
        return sorted({*self.units(), *found})

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
        units = sorted({*self.assignments(), *also})
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
