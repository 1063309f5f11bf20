"""Whom the report names, and why."""

from __future__ import annotations

from autograder.graded_notebook import GradedFile
from autograder.numeric import DIFFERENCES
from autograder.report.attention import _near_copies, _runs
from autograder.similar import Pair


def test_an_approximated_derivative_is_worth_a_look() -> None:
    verdicts = {"quiz1.backward": {"fault": "", "mistakes": [DIFFERENCES.name]}}
    (look,) = _runs("ada", GradedFile(verdicts))
    assert (look.student, look.kind) == ("ada", "finite differences")


def test_a_named_mistake_is_not() -> None:
    verdicts = {"quiz1.backward": {"fault": "", "mistakes": ["the sign is flipped"]}}
    assert _runs("ada", GradedFile(verdicts)) == []


def test_near_copies_are_one_reason_a_student() -> None:
    pairs = [Pair("06", ("ada", name), 1 - n / 10, 500, ()) for n, name in enumerate("bcdef")]
    ada, *others = _near_copies(pairs)
    assert (ada.student, [look.student for look in others]) == ("ada", list("bcdef"))
    assert ada.words.endswith("shared: 100% with b; 90% with c; 80% with d and 2 more")
