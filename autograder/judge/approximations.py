"""Answers that are nearly right: rounded, or the finite difference of what should be derived.

The error of a finite difference cannot be hidden: a step h leaves about h² of truncation and
1e-16/h of round-off, so that at least 1e-11 of the largest entry remains. A backward pass in
float64 stays below 1e-13. What lies between need not be a difference: y + 1e-8 in a denominator, or
single precision on the way, leaves errors of the same size, so the words name both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Part
from autograder.judge.slips import Explanation

# Errors of a finite difference, relative to the tensor's largest entry.
LEAST, MOST = 1e-12, 1e-3

ROUNDED = Explanation(
    "",
    "rounded",
    "your {part} agrees in its first few digits and ends there, on every input.",
    "a rounded value",
    "Where does your code round a number, or use one from a printed table?",
)
APPROXIMATE = Explanation(
    "",
    "approximate",
    "your {part} agrees to three digits or more, but not exactly, on every input.",
    "an approximated value",
    "Where does your code replace something exact with an approximation?",
)
DIFFERENCES = Explanation(
    "",
    "finite differences",
    "your {part} is nearly right on every input. Its small errors are those of a difference "
    "quotient, or of a small number added to a denominator; an exact backward pass does not make "
    "them.",
    "finite differences or another approximation",
    "This exercise asks for the chain rule. Which of your lines evaluates the function at two "
    "points, or replaces something exact with an approximation? What would that line say on "
    "paper?",
)


def exact_difference(kind: str) -> Explanation:
    """What is said of a derivative that may be a difference without errors.

    Args:
        kind: the numbers that make it so, such as "complex numbers".
    """
    return Explanation(
        "",
        "finite differences",
        f"your {{part}} has the right digits, but your code computes with {kind}, and with those "
        "a finite difference is as exact as the chain rule.",
        "a difference with more than double precision",
        "This exercise asks for the chain rule, in ordinary floats. Which of your lines moves an "
        "input a little, and looks at what the output does? What would that line say on paper?",
    )


def numeric_explanation(
    exercise: Exercise, part: Part, values: Sequence[Any], right: Sequence[Any]
) -> Explanation | None:
    """Says whether values are rounded or approximated ones.

    Args:
        exercise: what was asked; it says which parts are derivatives.
        values: what came back, one value per probe.
        right: what it is compared with.

    Returns:
        The explanation, or None when the values are exact or far off.
    """
    if any(_is_rounded(values, right, digits) for digits in range(1, 9)):
        return ROUNDED
    # Where a layer is not there, an empty array says nothing.
    pairs = [pair for pair in zip(values, right, strict=True) if any(map(np.size, pair))]
    errors = [_error(value, base) for value, base in pairs]
    if not errors or max(errors) >= MOST:
        return None
    # On some inputs a difference is exact by luck: that of a straight line, say.
    if 2 * sum(error > LEAST for error in errors) <= len(errors):
        return None
    return DIFFERENCES if part.name in exercise.derivatives else APPROXIMATE


def _error(value: Any, right: Any) -> float:
    a, b = np.asarray(value, dtype=float), np.asarray(right, dtype=float)
    if a.shape != b.shape or not np.isfinite(a).all():
        return np.inf
    scale = float(np.abs(b).max())
    if not scale:  # Where the derivative is 0, a difference may be 0 too.
        return np.inf if np.any(a) else 0.0
    return float(np.abs(a - b).max()) / scale


def _is_rounded(values: Sequence[Any], right: Sequence[Any], digits: int) -> bool:
    # The values first: they differ on the first inputs already where nothing is rounded.
    return all(
        np.array_equal(value, np.round(base, digits)) and np.any(value)
        for value, base in zip(values, right, strict=True)
    ) and not all(np.array_equal(np.round(base, digits), base) for base in right)
