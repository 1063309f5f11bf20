"""Whom the report names, and why."""

from __future__ import annotations

from autograder.graded_notebook import GradedFile
from autograder.numeric import DIFFERENCES
from autograder.report.attention import _runs


def test_an_approximated_derivative_is_worth_a_look() -> None:
    verdicts = {"quiz1.backward": {"fault": "", "mistakes": [DIFFERENCES.name]}}
    (look,) = _runs("ada", GradedFile(verdicts))
    assert (look.student, look.kind) == ("ada", "finite differences")


def test_a_named_mistake_is_not() -> None:
    verdicts = {"quiz1.backward": {"fault": "", "mistakes": ["the sign is flipped"]}}
    assert _runs("ada", GradedFile(verdicts)) == []
