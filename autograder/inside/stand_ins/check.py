"""Stands in for `autograder.check` while a notebook is graded; it holds no judge.

The grader asks for values itself, so a call in a cell has nothing to do.
"""

from __future__ import annotations

from typing import Any


class GradedOutside:
    """What `check` and `hint` return while grading."""

    score = 0.0

    def __float__(self) -> float:
        return 0.0

    def __repr__(self) -> str:
        return "(the grader looks at this outside the notebook)"


def check(exercise_id: str, answer: Any) -> GradedOutside:
    """Does nothing."""
    return GradedOutside()


def hint(exercise_id: str) -> GradedOutside:
    """Does nothing."""
    return GradedOutside()
