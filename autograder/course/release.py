"""From the source notebook to the students' notebook, by nbgrader's own generate step."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.course.folder import Course, CourseError
from autograder.course.gradebook_lock import registering
from autograder.course.sources import build
from autograder.files.ledger import Ledger, digest


def release(course: Course, units: Iterable[str]) -> Iterator[Path]:
    """Builds units and generates the students' notebooks.

    The course's gradebook is neither needed nor touched, so that a unit can be rewritten while
    submissions to its earlier form are in there.

    Args:
        course: the course.
        units: the units' names.

    Yields:
        The students' notebook of each unit.

    Raises:
        CourseError: if nbgrader refuses; the message holds its words.
    """
    with tempfile.TemporaryDirectory() as folder:
        for unit in units:
            build(course, unit)
            _generate(course, unit, f"sqlite:///{folder}/gradebook.db")
            yield released(course, unit)


def released(course: Course, unit: str) -> Path:
    """Where a unit's notebook for students lies, whether it exists or not."""
    return course.directory("release", ".", unit) / f"{unit}.ipynb"


def ensure_registered(course: Course, unit: str) -> None:
    """Builds a unit and makes it known to the gradebook, unless it is so already.

    Args:
        course: the course.
        unit: the unit's name.

    Raises:
        CourseError: if the gradebook holds submissions to another form of the unit.
    """
    with registering(course):
        _ensure_registered(course, unit)


def _ensure_registered(course: Course, unit: str) -> None:
    ledger = Ledger(course.state / "registered.jsonl")
    version = digest([build(course, unit)])
    if ledger.holds(unit, version) and _is_known(course, unit) and released(course, unit).is_file():
        return
    try:
        _generate(course, unit, course.api.coursedir.db_url)
    except CourseError as error:
        if "submissions associated with it" not in str(error):
            raise
        raise CourseError(
            f"the cells of {unit} have changed since submissions were graded, and nbgrader keeps "
            "the old ones in the gradebook. Move the gradebook aside, then grade again: every "
            "submission is graded anew, and points given by hand stay in the file moved aside."
        ) from None
    ledger.record(unit, version)


def _generate(course: Course, unit: str, db_url: str) -> None:
    """Runs the generate step into a folder of its own, then copies what has changed.

    nbgrader empties the folder that it generates into, and somebody may keep notes there.
    """
    course.state.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=course.state) as folder:
        made = Path(folder).relative_to(course.root)
        api = course.api_on(db_url=db_url, release_directory=str(made))
        result = api.generate_assignment(unit, force=True, create=True)
        if not result["success"]:
            raise _refusal(unit, result.get("log", ""), result["error"], course.state)
        for path in sorted((Path(folder) / unit).rglob("*")):
            target = released(course, unit).parent / path.relative_to(Path(folder) / unit)
            changed = not target.is_file() or target.read_bytes() != path.read_bytes()
            if path.is_file() and changed:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


def _refusal(unit: str, log: str, error: str, folder: Path) -> BaseException:
    """What stopped nbgrader's step, from its log and the traceback that it kept for itself."""
    if error.rstrip().endswith("KeyboardInterrupt"):
        return KeyboardInterrupt()
    if f"[Errno {errno.ENOSPC}]" in log + error:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    # The log holds a traceback, whose last line says it.
    raised = re.findall(r"^ +[\w.]+: .+$", log, re.MULTILINE)
    return CourseError(f"nbgrader could not generate {unit}: {(raised or [log])[-1].strip()}")


def _is_known(course: Course, unit: str) -> bool:
    from nbgrader.api import MissingEntry

    if course.gradebook_file is not None and not course.gradebook_file.exists():
        return False
    with course.gradebook() as gradebook:
        try:
            return bool(gradebook.find_assignment(unit).notebooks)
        except MissingEntry:
            return False
