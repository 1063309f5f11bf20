"""Lets nbgrader's own generate step leave a released notebook that somebody edited alone.

nbgrader removes what was released before it makes it anew, whatever is in it, and leaves nothing
there if it then fails. `course-bp build` does neither, and this lets the step, and formgrader's
button, do as it does. Importing `beside`, which nbgrader_config.py names, brings it in.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException

from autograder.course.added import remember_added
from autograder.course.built import content, edited_by_hand, remember_built, would_undo
from autograder.course.folder import Course, CourseError
from autograder.course.notebooks import notebooks_in, read_notebook
from autograder.course.release import CHANGE_THE_SOURCE, made_now

_start = GenerateAssignment.start


def _start_if_nothing_is_lost(self: Any) -> None:
    """Starts the step; the log, which formgrader shows, says why it does not start."""
    unit = self.coursedir.assignment_id
    folder = Path(self._format_dest(unit, "."))
    try:
        course = Course.at(Path(self.coursedir.root), self.config)
        if folder.is_relative_to(course.state):  # `course-bp build` looks after it.
            _start(self)
            return
        if self.force:
            _require_nothing_edited(course, unit, folder)
    except CourseError as problem:
        self.log.error(str(problem))
        raise NbGraderException(str(problem)) from None
    with _put_back_after_an_error(course, folder, self.log) as before:
        _start(self)
        for name, path in notebooks_in(folder).items():
            there = before / f"{name}.ipynb"
            if not there.is_file() or there.read_bytes() != path.read_bytes():
                remember_added(course, unit, there, path)
                remember_built(course, path, there, self.log.warning)


def _require_nothing_edited(course: Course, unit: str, folder: Path) -> None:
    # One that cannot be read is nobody's to remove either.
    there = {path: content(read_notebook(path)) for path in notebooks_in(folder).values()}
    edited = [path for path in there if edited_by_hand(course, path)]
    made = made_now(course, unit) if edited else {}
    for path in edited:
        if path.stem not in made or content(made[path.stem]) != there[path]:
            raise would_undo(course, path, CHANGE_THE_SOURCE)


@contextmanager
def _put_back_after_an_error(course: Course, folder: Path, log: Any) -> Iterator[Path]:
    """Yields a copy of what was released; after an error, it is again where it was."""
    course.state.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=course.state) as place:
        before = Path(place) / "before"
        if folder.is_dir():
            shutil.copytree(folder, before)
        try:
            yield before
        except BaseException:
            if before.is_dir() and not folder.is_dir():
                shutil.copytree(before, folder)
                log.warning("Put back what was released: %s", folder)
            raise


GenerateAssignment.start = _start_if_nothing_is_lost
