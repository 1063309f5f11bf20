"""Lets nbgrader's own generate step release a course's own exercises, as `course-bp build` does.

nbgrader_config.py names it as `c.GenerateAssignment.post_convert_hook`, so that nbgrader imports
this before it generates anything.
"""

from __future__ import annotations

from pathlib import Path

from autograder.course.beside import put_beside
from autograder.course.configuration import CONFIG_FILE
from autograder.course.folder import Course
from autograder.nbgrader_plugins import safe_release  # noqa: F401  (It puts our own in place.)


def after_each(assignment: str, student: str, notebooks: list[str]) -> None:
    """The hook: puts beside an assignment's notebooks what their checks need.

    Args:
        assignment: the unit.
        student: ".", as nbgrader has it for this step.
        notebooks: the paths of its source notebooks.
    """
    above = Path(notebooks[0]).resolve().parents if notebooks else ()
    for folder in above:
        if (folder / CONFIG_FILE).is_file():
            put_beside(Course.at(folder), assignment)
            return
