"""The units that came with this installation: for students as notebooks, for instructors as texts.

An editable installation reads both in the repository. A wheel of `course-bp` brings the notebooks
alone; the texts, which hold the solutions, come with the wheel of `course-bp-instructor`.
"""

from __future__ import annotations

from pathlib import Path

import autograder
from autograder.course.folder import CONFIG_FILE, CourseError

PACKAGE = Path(autograder.__file__).resolve().parent
UNITS = "units"
TEMPLATE = "course_template"


def starter(name: str) -> str:
    """A file that new course folders begin with, which comes with every installation.

    Args:
        name: its name, such as "nbgrader_config.py".
    """
    return (PACKAGE / "course" / "starter" / f"{name}.txt").read_text("utf-8")


def notebooks() -> Path:
    """The folder of the students' notebooks, UNIT/UNIT.ipynb.

    Raises:
        CourseError: if this installation has none.
    """
    if folder := _found("*/*.ipynb", PACKAGE / UNITS, PACKAGE.parent / "notebooks"):
        return folder
    raise CourseError("this installation of course-bp came without the units' notebooks.")


def template() -> Path:
    """The folder with solutions/ that the units of new courses are copied from.

    Raises:
        CourseError: if this installation has none, as a student's has not.
    """
    if folder := _found("solutions/*/*.py", PACKAGE / TEMPLATE, PACKAGE.parent):
        return folder
    raise CourseError(
        "the units' texts contain the solutions, so they are not part of course-bp: "
        "install course-bp-instructor, which includes them."
    )


def _found(pattern: str, packaged: Path, in_repository: Path) -> Path | None:
    # An installed package has other people's folders beside it, of any name.
    a_repository = (PACKAGE.parent / CONFIG_FILE).is_file()
    folders = (packaged, in_repository) if a_repository else (packaged,)
    return next((folder for folder in folders if next(folder.glob(pattern), None)), None)
