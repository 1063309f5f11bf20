"""Where hidden tests come from."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import CONFIG_FILE, Course
from autograder.course.hidden_tests import WITH_HIDDEN, for_grading, hidden_tests

UNIT, SHOWN = "midterm", "assert f(1)"
WHOLE = f"{SHOWN}\n### BEGIN HIDDEN TESTS\nassert f(2)\n### END HIDDEN TESTS"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose last build left a source notebook."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    mark = {"nbgrader": {"grade": True, "grade_id": "one", "points": 2}}
    check = {"nbgrader": {"grade": True, "grade_id": "two", "points": 2}}
    cells = [
        new_code_cell(WHOLE, metadata=mark),
        new_code_cell('check("quiz1.forward", f)', metadata=check),
    ]
    path = tmp_path / "source" / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells), path)
    return Course.at(tmp_path)


def test_before_the_first_grading_they_are_those_of_the_source(course: Course) -> None:
    assert hidden_tests(course, UNIT) == {UNIT: {"one": WHOLE}}


@pytest.mark.parametrize(
    ("known", "found"),
    [(f"{WHOLE}\nassert f(3)", f"{WHOLE}\nassert f(3)"), (SHOWN, WHOLE), ("pass", "pass")],
)
def test_the_gradebooks_count_unless_it_knows_the_released_cell_alone(
    course: Course, known: str, found: str
) -> None:
    write_gradebook(course, UNIT, [Row("one", 2, source=known)], {})
    assert hidden_tests(course, UNIT) == {UNIT: {"one": found}}


def test_they_travel_beside_the_released_source() -> None:
    mark = {"nbgrader": {"grade": True, "grade_id": "one"}}
    notebook = new_notebook(cells=[new_code_cell(SHOWN, metadata=mark), new_code_cell("x")])
    (cell, other) = for_grading(notebook, {"one": WHOLE}).cells
    assert (cell.source, cell.metadata[WITH_HIDDEN], other.metadata) == (SHOWN, WHOLE, {})
