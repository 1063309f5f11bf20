"""A right value with one more function around it, or one too few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judge.context import Context
from autograder.judge.quantities import turns_into
from autograder.judge.slips import Explanation

# Each with what is said of the value: it is … what it should be.
_FUNCTIONS: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("1 minus the right value", "1 minus", lambda r: 1 - r),
    ("1 added", "1 plus", lambda r: 1 + r),
    ("1 subtracted", "1 less than", lambda r: r - 1),
    ("a square too many", "the square of", np.square),
    ("a square root too many, or a square missing", "the square root of", np.sqrt),
    ("a quotient that is upside down", "the reciprocal of", lambda r: 1 / r),
    ("a logarithm too many, or an exponential missing", "the logarithm of", np.log),
    ("an exponential too many, or a logarithm missing", "the exponential of", np.exp),
    ("an absolute value", "the absolute value of", np.abs),
    ("negative numbers cut off at 0", "the positive part of", lambda r: np.maximum(r, 0.0)),
    ("whole numbers, as // or int give them", "rounded down from", np.floor),
    ("whole numbers, as // or int give them", "truncated to integers from", np.trunc),
)


def transformed(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """Functions of the right value that give a student's value.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    # Counts are few numbers; one more or less would give them away.
    counts = all((np.asarray(right) % 1 == 0).all() for right in context.right)
    for base in context.bases():
        for name, words, function in _FUNCTIONS:
            made = (function(right) for right in base)
            if not counts and turns_into(values, base, context.case.exercise.tolerance, made):
                return [
                    Explanation(
                        "",
                        name,
                        f"your {{part}} is {words} what it should be{{everywhere}}.",
                        name,
                        "What is the last thing that your line does to the number, and is it in "
                        "the formula?",
                    )
                ]
    return []
