"""Cells come and go in a gradebook with submissions, and what people gave stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from workflows.exam import EXAM, FIRST, POINTS, SECOND, code, notebooks, text
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.registration import adopt_cells, graded_cells, register, registered_cells
from autograder.records.gradebook import read_unit

CELLS = [Row("one", 5, source="assert f(1)"), Row("two", 3, source="assert f(2)")]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    course = Course.at(tmp_path)
    scores: dict[str, dict[str, float | None]] = {
        "ada": {"one": 4, "two": 2.5},
        "bob": {"one": 5, "two": 0},
    }
    write_gradebook(course, EXAM, CELLS, scores)
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("one", EXAM, EXAM, "ada")
        grade.manual_score, grade.extra_credit = 4.5, 0.25
        gradebook.db.commit()
    return course


def one_notebook(*cells: Any) -> dict[str, Any]:
    from nbformat.v4 import new_notebook

    return {EXAM: new_notebook(cells=list(cells))}


ONE = code("assert f(1)", "one", 5.0, grade=True, locked=True)
TWO = code("assert f(2)", "two", 3.0, grade=True, locked=True)
NEW = (
    code("assert f(3)", "three", 2.0, grade=True, locked=True),
    text("YOUR ANSWER", "essay", 4.0, grade=True, solution=True),
    text("Draw.", "task", 1.0, task=True, locked=True),
    code("y = 1", "read-only", locked=True),
)


def totals(course: Course) -> dict[str, float]:
    return {one.student: one.total for one in read_unit(course, EXAM).submissions}


def test_new_cells_of_every_kind_get_rows_in_every_submission(course: Course) -> None:
    wanted = one_notebook(ONE, TWO, *NEW)
    adopted = adopt_cells(course, EXAM, wanted)
    assert adopted.added == ("essay", "three", "task", "read-only")
    assert (adopted.removed, adopted.submissions) == ((), 2)
    assert registered_cells(course, EXAM).cells == graded_cells(wanted)
    assert totals(course) == {"ada": 4.75 + 2.5, "bob": 5}
    (ada, bob) = read_unit(course, EXAM).submissions
    assert set(ada.waiting) == set(bob.waiting) == {"three", "essay", "task"}
    with course.gradebook() as gradebook:
        comments = gradebook.find_submission_notebook(EXAM, EXAM, "bob").comments
        assert {comment.name for comment in comments} == {"essay", "task"}
    # nbgrader's own step, which refuses new cells, takes this for what it knows.
    register(course, EXAM, wanted)
    assert registered_cells(course, EXAM).sources[EXAM, "read-only"] == "y = 1"
    assert totals(course) == {"ada": 4.75 + 2.5, "bob": 5}


def test_points_that_changed_follow_and_scores_stay(course: Course) -> None:
    more = code("assert f(1)", "one", 8.0, grade=True, locked=True)
    assert adopt_cells(course, EXAM, one_notebook(more, TWO)).added == ()
    register(course, EXAM, one_notebook(more, TWO))
    assert read_unit(course, EXAM).points == 11
    assert totals(course) == {"ada": 4.75 + 2.5, "bob": 5}


def test_a_cell_without_anything_from_a_person_goes(course: Course) -> None:
    assert adopt_cells(course, EXAM, one_notebook(ONE)).removed == ("two",)
    assert totals(course) == {"ada": 4.75, "bob": 5}
    assert read_unit(course, EXAM).points == 5


def test_a_cell_with_points_by_hand_does_not_go(course: Course) -> None:
    with pytest.raises(CourseError, match=r"one is not in the notebook.* 'ada' points"):
        adopt_cells(course, EXAM, one_notebook(TWO))
    assert totals(course) == {"ada": 4.75 + 2.5, "bob": 5}


def test_a_second_notebook_comes_with_its_cells(course: Course) -> None:
    second = {SECOND: notebooks()[SECOND]}
    adopted = adopt_cells(course, EXAM, {**one_notebook(ONE, TWO), **second})
    assert {name.partition("/")[0] for name in adopted.added} == {SECOND}
    assert totals(course) == {"ada": 4.75 + 2.5, "bob": 5}
    assert read_unit(course, EXAM).points == 8 + sum(POINTS[SECOND].values())
    # And goes again.
    assert adopt_cells(course, EXAM, one_notebook(ONE, TWO)).added == ()
    assert registered_cells(course, EXAM).notebooks == (EXAM,)


def test_the_same_id_in_two_notebooks_is_two_cells() -> None:
    found = graded_cells(notebooks())
    assert (found[FIRST, "square-test"], found[SECOND, "square-test"]) == (2, 3)
    assert sum(found.values()) == sum(sum(cells.values()) for cells in POINTS.values())
