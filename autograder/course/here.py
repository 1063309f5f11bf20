"""Which exercises a notebook may check, by the folder that it is in."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from autograder.course.configuration import CONFIG_FILE
from autograder.exercises import EXERCISES
from autograder.exercises.beside import ABOUT, registry_beside
from autograder.exercises.own import FOLDER
from autograder.exercises.registry import Registry

MISSING = (
    " A course's own exercises come in the folder exercises/ beside the notebook. If it is not "
    "there, fetch the whole assignment, not only the notebook."
)


def exercises_here(folder: Path, wanted: str = "") -> Registry:
    """The package's exercises, and those that were released with a notebook.

    Args:
        folder: the notebook's folder. Inside a course folder, the course's own exercises count.
        wanted: an exercise's id. For one of the package's, only released exercises are read.

    Raises:
        Unusable: if the exercises beside the notebook cannot be used.
        CourseError: if those of the course folder cannot be used.
    """
    beside = folder / FOLDER
    if (beside / ABOUT).is_file():
        return registry_beside(folder, EXERCISES)
    if wanted in EXERCISES and not _course_above(folder):
        return EXERCISES
    if next(beside.glob("*.py"), None) and not (folder / CONFIG_FILE).is_file():
        return registry_beside(folder, EXERCISES)
    return exercises_of_course_above(folder)


def exercises_of_course_above(folder: Path) -> Registry:
    """The exercises of the course folder that a folder is in, or the package's."""
    root = _course_above(folder)
    if root is None:
        return EXERCISES
    from autograder.course.folder import Course

    return Course.at(root).exercises


def _course_above(folder: Path) -> Path | None:
    """The nearest course folder; none where nbgrader, which reads it, is not installed."""
    if find_spec("nbgrader") is None:
        return None
    folder = folder.resolve()
    return next((one for one in (folder, *folder.parents) if (one / CONFIG_FILE).is_file()), None)
