"""From the source notebook to the students' notebook, by nbgrader's own generate step."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from autograder.course import Course, CourseError
from autograder.ledger import Ledger, digest
from autograder.notebook_sources import build


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
        api = course.api_on(f"sqlite:///{folder}/gradebook.db")
        for unit in units:
            build(course, unit)
            _generate(api, unit)
            yield _released(course, unit)


def ensure_registered(course: Course, unit: str) -> None:
    """Builds a unit and makes it known to the gradebook, unless it is so already.

    Args:
        course: the course.
        unit: the unit's name.

    Raises:
        CourseError: if the gradebook holds submissions to another form of the unit.
    """
    ledger = Ledger(course.state / "registered.jsonl")
    version = digest([build(course, unit)])
    if (
        ledger.holds(unit, version)
        and _is_known(course, unit)
        and _released(course, unit).is_file()
    ):
        return
    try:
        _generate(course.api, unit)
    except CourseError as error:
        list(release(course, [unit]))  # nbgrader takes the notebook away when it fails
        if "submissions associated with it" not in str(error):
            raise
        raise CourseError(
            f"the cells of {unit} have changed since submissions were graded, and nbgrader keeps "
            "the old ones in the gradebook. Move the gradebook aside, then grade again: every "
            "submission is graded anew, and points given by hand stay in the file moved aside."
        ) from None
    ledger.record(unit, version)


def _generate(api: Any, unit: str) -> None:
    result = api.generate_assignment(unit, force=True, create=True)
    if not result["success"]:
        raise CourseError(f"nbgrader could not generate {unit}:\n{result.get('log', '')}")


def _is_known(course: Course, unit: str) -> bool:
    from nbgrader.api import MissingEntry

    with course.gradebook() as gradebook:
        try:
            return bool(gradebook.find_assignment(unit).notebooks)
        except MissingEntry:
            return False


def _released(course: Course, unit: str) -> Path:
    return course.directory("release", ".", unit) / f"{unit}.ipynb"
