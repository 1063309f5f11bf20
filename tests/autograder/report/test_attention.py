"""Whom the report names, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, Course
from autograder.grading.graded_notebook import StoredNotebook
from autograder.judge.approximations import DIFFERENCES
from autograder.report.attention import (
    _code,
    _instructors,
    _near_copies,
    _runs,
    students_to_look_at,
)
from autograder.report.code_signs import COMPLEX_STEP, FINITE_DIFFERENCE
from autograder.report.numbers import UnitNumbers
from autograder.report.similar import INSTRUCTOR, Pair


def test_an_approximated_derivative_is_worth_a_look() -> None:
    verdicts = {"quiz1.backward": {"fault": "", "mistakes": [DIFFERENCES.name]}}
    (look,) = _runs("ada", StoredNotebook(verdicts))
    assert (look.student, look.kind) == ("ada", "finite differences")


def test_a_named_mistake_is_not() -> None:
    verdicts = {"quiz1.backward": {"fault": "", "mistakes": ["the sign is flipped"]}}
    assert _runs("ada", StoredNotebook(verdicts)) == []


def test_a_derivative_that_is_measured_is_worth_a_look_whatever_its_digits() -> None:
    signs = {"case1-backward": {COMPLEX_STEP, FINITE_DIFFERENCE, "uses open"}}
    looks = _code("ada", signs, {"case1-backward": "case1.backward"})
    assert [(look.kind, look.words) for look in looks] == [
        ("code", "case1.backward: the code uses open"),
        ("finite differences", f"case1.backward: {COMPLEX_STEP}"),
        ("finite differences", f"case1.backward: {FINITE_DIFFERENCE}"),
    ]


def test_near_copies_are_one_reason_a_student() -> None:
    pairs = [Pair("06", ("ada", name), 1 - n / 10, 500, ()) for n, name in enumerate("bcdef")]
    ada, *others = _near_copies(pairs)
    assert (ada.student, [look.student for look in others]) == ("ada", list("bcdef"))
    assert ada.words.endswith("shared: 100% with b; 90% with c; 80% with d and 2 more")


@pytest.mark.parametrize(
    "mark", ["### BEGIN SOLUTION", "    ### END SOLUTION", "# begin hidden tests"]
)
def test_marks_of_the_instructors_notebook_are_worth_a_look(mark: str) -> None:
    answers = {"quiz1-backward": f"def f(x):\n{mark}\n    return x\n", "case1": "return 1"}
    (look,) = _instructors("ada", StoredNotebook({}, answers))
    assert look.kind == "instructor's solution"
    assert look.words.endswith("are in quiz1-backward")


def test_words_about_a_solution_are_not() -> None:
    answers = {"a": "# YOUR SOLUTION begins here\n# my solution\nx = '### BEGIN SOLUTION'\n"}
    assert _instructors("ada", StoredNotebook({}, answers)) == []


def test_the_instructor_is_nobody_to_look_at() -> None:
    (look,) = _near_copies([Pair("06", (INSTRUCTOR, "zoe"), 1.0, 500, ())])
    assert look.student == "zoe"
    assert look.words.endswith(f"100% with {INSTRUCTOR}")


def test_whoever_wrote_an_essay_has_started(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    untouched = StoredNotebook({"quiz1.backward": {"fault": "unfinished", "mistakes": []}})
    numbers = UnitNumbers("unit", 5, (), (), None, (), (), wrote=("ada",))
    graded = {"ada": untouched, "bob": untouched}
    looks = students_to_look_at(Course.at(tmp_path), numbers, graded, ())
    assert [(look.student, str(look.kind)) for look in looks] == [("bob", "not started")]
