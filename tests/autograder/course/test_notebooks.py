"""Which notebooks and files an assignment consists of."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, Course
from autograder.course.notebooks import (
    given_files,
    notebook_names,
    released_notebooks,
    stray_notebooks,
)

UNIT = "midterm"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    exclude = f"c.Autograde.exclude_overwriting = {{{UNIT!r}: ['own.csv']}}\n"
    (tmp_path / CONFIG_FILE).write_text(f"c = get_config()\n{exclude}")
    for step in ("source", "release"):
        (tmp_path / step / UNIT).mkdir(parents=True)
    return Course.at(tmp_path)


def put(course: Course, step: str, *names: str) -> None:
    for name in names:
        path = course.root / step / UNIT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")


def test_without_sources_all_that_was_released_counts(course: Course) -> None:
    put(course, "release", "b.ipynb", "a.ipynb", ".hidden.ipynb", "data.csv")
    assert list(released_notebooks(course, UNIT)) == ["a", "b"]
    assert stray_notebooks(course, UNIT) == {}


def test_what_no_source_makes_is_stray(course: Course) -> None:
    put(course, "source", "a.ipynb", f"{UNIT}.py")
    put(course, "release", "a.ipynb", "old-name.ipynb", f"{UNIT}.ipynb")
    assert list(released_notebooks(course, UNIT)) == ["a", UNIT]
    assert list(stray_notebooks(course, UNIT)) == ["old-name"]


def test_a_unit_that_was_never_released_has_a_notebook_of_its_name(course: Course) -> None:
    assert notebook_names(course, UNIT) == [UNIT]


def test_the_courses_files_are_those_that_nbgrader_lays_over(course: Course) -> None:
    put(course, "source", "data.csv", "more/x.txt", "own.csv", "a.ipynb", f"{UNIT}.py", "x.pyc")
    assert list(given_files(course, UNIT)) == ["data.csv", "more/x.txt"]


def test_assignments_are_units_and_folders_with_notebooks(course: Course) -> None:
    assert course.assignments() == []
    put(course, "release", "a.ipynb")
    assert (course.assignments(), course.units()) == ([UNIT], [])
    assert course.require_unit("mid") == UNIT
