"""What a unit is worth and who has which score is nbgrader's to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import CONFIG_FILE, Course
from autograder.exports.shared import to_grade_by_hand, without_grade
from autograder.records.gradebook import UnitGrades, assignments, counted_score, read_unit

UNIT = "a-unit-of-my-own"
CELLS = [
    Row("w2-check", 10, source='check("quiz1.backward", quiz1_backward)'),
    Row("square-test", 2, source="assert square(3) == 9"),
    Row("why", 4, "essay"),
    Row("poster", 3, "task"),
]
SCORES: dict[str, dict[str, float | None]] = {
    "ada": {"w2-check": 7.5, "square-test": 2, "why": None, "poster": None},
    "bob": {cell.name: None for cell in CELLS},
}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    course = Course.at(tmp_path)
    write_gradebook(course, UNIT, CELLS, SCORES, {"ada": 1.0})
    return course


def by_hand(course: Course, name: str, manual: float | None, extra: float | None = None) -> None:
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade(name, UNIT, UNIT, "ada")
        grade.manual_score, grade.extra_credit = manual, extra
        gradebook.db.commit()


def test_cells_and_points_are_nbgraders_whatever_our_table_says(course: Course) -> None:
    grades = read_unit(course, UNIT)
    assert {cell.name: cell.points for cell in grades.cells} == {
        "quiz1.backward": 10,
        "square-test": 2,
        "why": 4,
        "poster": 3,
    }
    assert grades.points == 19
    assert {cell.name for cell in grades.cells if cell.by_person} == {"why", "poster"}


def test_what_a_person_must_grade_is_waiting_and_no_failure(course: Course) -> None:
    ada, bob = read_unit(course, UNIT).submissions
    assert (ada.failed, sorted(ada.waiting), ada.raw, ada.total) == (
        False,
        ["poster", "why"],
        9.5,
        8.5,
    )
    assert bob.failed


def test_a_test_that_only_a_person_can_score_is_waiting_and_no_failure(course: Course) -> None:
    graded = course.directory("autograded", "bob", UNIT) / f"{UNIT}.ipynb"
    graded.parent.mkdir(parents=True)
    graded.touch()
    bob = read_unit(course, UNIT).submissions[1]
    assert (bob.failed, len(bob.waiting), bob.total) == (False, len(CELLS), 0)
    assert without_grade(course, UNIT) == []
    assert to_grade_by_hand(course, UNIT) == {"ada": 2, "bob": len(CELLS)}


def test_manual_points_and_extra_credit_count(course: Course) -> None:
    by_hand(course, "why", 3.5)
    by_hand(course, "square-test", None, 0.25)
    ada = read_unit(course, UNIT).submissions[0]
    assert (ada.scores["why"], ada.scores["square-test"]) == (3.5, 2.25)
    assert (ada.raw, ada.waiting, sorted(ada.by_hand)) == (
        13.25,
        ["poster"],
        ["square-test", "why"],
    )


def test_a_unit_that_nobody_knows_is_empty(course: Course) -> None:
    assert read_unit(course, "another") == UnitGrades("another")
    assert assignments(course) == {UNIT: 2}


@pytest.mark.parametrize(("raw", "penalty", "counts"), [(3, None, 3), (3, 1.25, 1.75), (1, 2, 0)])
def test_a_penalty_is_taken_off_and_leaves_nothing_below_zero(
    raw: float, penalty: float | None, counts: float
) -> None:
    assert counted_score(raw, penalty) == counts
