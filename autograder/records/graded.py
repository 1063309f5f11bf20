"""The graded notebooks of a submission, found through the course."""

from __future__ import annotations

from autograder.course.folder import Course
from autograder.course.notebooks import notebook_names
from autograder.grading.graded_notebook import StoredNotebook, read_graded_all


def graded_of(course: Course, unit: str, student: str) -> StoredNotebook:
    """Reads a submission's graded notebooks as one.

    Args:
        student: the student's id.

    Returns:
        What they say; nothing if none is there.
    """
    folder = course.directory("autograded", student, unit)
    names = notebook_names(course, unit)
    return read_graded_all({name: folder / f"{name}.ipynb" for name in names})
