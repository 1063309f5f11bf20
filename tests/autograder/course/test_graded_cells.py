"""What a cell with points asks for."""

from __future__ import annotations

import pytest

from autograder.course.graded_cells import exercise_asked, exercise_named, is_for_a_person, is_test
from autograder.exercises import EXERCISES
from autograder.runner.job import CannotSend


def test_a_check_cell_asks_its_exercise() -> None:
    asked = exercise_asked('check("quiz1.backward", quiz1_backward)', EXERCISES)
    assert asked is not None
    assert asked.id == "quiz1.backward"


@pytest.mark.parametrize(
    "source", ["assert square(3) == 9", "check(square)", "%time 1", "grader.check('q1')", ""]
)
def test_other_code_is_a_plain_test(source: str) -> None:
    assert exercise_asked(source, EXERCISES) is None


@pytest.mark.parametrize(
    "source",
    [
        'x = check("quiz1.backward", f)\nassert x',
        'check("quiz1.backward", f)\nassert True',
        'assert float(check("quiz1.backward", f)) >= 0',
    ],
)
def test_a_check_among_other_code_is_refused(source: str) -> None:
    """In the sandbox `check` does nothing, and everybody would pass."""
    with pytest.raises(CannotSend, match="one line"):
        exercise_asked(source, EXERCISES)
    assert exercise_named(source, EXERCISES) == ""


@pytest.mark.parametrize(
    ("cell_type", "about", "test", "person"),
    [
        ("code", {"grade": True, "solution": False}, True, False),
        ("code", {"grade": True, "solution": True}, False, True),
        ("markdown", {"grade": True, "solution": True}, False, True),
        ("markdown", {"grade": True, "solution": False}, False, True),
        ("markdown", {"grade": False, "task": True}, False, True),
        ("code", {"grade": False, "solution": True}, False, False),
    ],
)
def test_a_person_grades_what_is_no_test(
    cell_type: str, about: dict[str, bool], test: bool, person: bool
) -> None:
    assert (is_test(cell_type, about), is_for_a_person(cell_type, about)) == (test, person)
