"""What the course itself brings to the grading of a unit, the same for all students."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.added import added_later
from autograder.course.beside import names_beside
from autograder.course.folder import Course
from autograder.course.hidden_tests import for_grading, hidden_tests
from autograder.course.notebooks import given_files, read_notebook, released_notebooks
from autograder.course.usable import require_usable
from autograder.grading.rebuild import ADDED_LATER
from autograder.grading.time_zones import home_zone


@dataclass(frozen=True)
class Given:
    """What the course itself brings to the grading of a unit, the same for all students.

    Args:
        notebooks: name → the released notebook, with the hidden tests of its plain cells.
        files: path within the unit → the course's own file beside its notebooks.
        withheld: paths within the unit of what was released and is not there while an answer runs:
            the files of the course's own exercises, which hold right answers.
        zone: the place whose time the course uses, or "".
    """

    notebooks: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    zone: str = ""


def given_for(course: Course, unit: str) -> Given:
    """What the course brings to the grading of a unit.

    Raises:
        CourseError: if a released notebook cannot be read, or cannot be graded here.
    """
    tests, later = hidden_tests(course, unit), added_later(course, unit)
    files = given_files(course, unit)
    found = {}
    for name, path in released_notebooks(course, unit).items():
        notebook = for_grading(read_notebook(path), tests.get(name, {}))
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") in later[name]:
                cell.metadata[ADDED_LATER] = True
        found[name] = notebook
    require_usable(unit, found, files, course.packages)
    return Given(found, files, names_beside(course, unit), home_zone(course.config))
