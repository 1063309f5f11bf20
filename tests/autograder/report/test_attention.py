"""Whom the report names, and why."""

from __future__ import annotations

from autograder.grading.graded_notebook import StoredNotebook
from autograder.judge.approximations import DIFFERENCES
from autograder.report.attention import _code, _near_copies, _runs
from autograder.report.code_signs import COMPLEX_STEP, FINITE_DIFFERENCE
from autograder.report.similar import Pair


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
