"""The graded notebooks of a submission, found through the course."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from autograder.course.folder import Course
from autograder.course.notebooks import notebook_names
from autograder.grading.graded_notebook import StoredNotebook, read_graded_all


def graded_paths(course: Course, unit: str, student: str, names: Iterable[str]) -> dict[str, Path]:
    """Where the graded notebooks of a submission lie, whether they exist or not.

    Args:
        student: the student's id.
        names: of the unit's notebooks.

    Returns:
        Name of a notebook → its path.
    """
    folder = course.directory("autograded", student, unit)
    return {name: folder / f"{name}.ipynb" for name in names}


def graded_of(course: Course, unit: str, student: str) -> StoredNotebook:
    """Reads a submission's graded notebooks as one.

    Args:
        student: the student's id.

    Returns:
        What they say; nothing if none is there.
    """
    return read_graded_all(graded_paths(course, unit, student, notebook_names(course, unit)))
