"""Choosing between values: where, maximum and minimum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .comparisons import equal
from .entries import elementwise, primitive
from .pieces import is_complex, real_parts
from .table import normal

__all__ = ["fmax", "fmin", "maximum", "minimum", "where"]


def _where(condition: Any, x: Any, y: Any) -> Any:
    if np.ndim(condition) == 0 and x.__class__ is float is y.__class__:
        return x if condition else y
    return normal(np.where(condition, x, y))


def _maximum(x: Any, y: Any) -> Any:
    if is_complex(x) or is_complex(y):
        a, b = real_parts("maximum", x, y)
        return np.where(a > b, x, y)[()]
    return np.maximum(x, y)


def _minimum(x: Any, y: Any) -> Any:
    if is_complex(x) or is_complex(y):
        a, b = real_parts("minimum", x, y)
        return np.where(a < b, x, y)[()]
    return np.minimum(x, y)


def _share_of(winner: Any, x: Any, y: Any) -> Any:
    """The part of the derivative that goes to x: 1 where x alone wins, ½ where both are equal."""
    return where(equal(x, y), 0.5, equal(x, winner))


@primitive(
    _where,
    (
        None,
        lambda g, y, condition, a, b: where(condition, g, 0.0),
        lambda g, y, condition, a, b: where(condition, 0.0, g),
    ),
    (
        None,
        lambda t, y, condition, a, b: where(condition, t, 0.0),
        lambda t, y, condition, a, b: where(condition, 0.0, t),
    ),
    source="np.where({0}, {1}, {2})",
    latex=r"\begin{{cases}} {1} & {0} \\ {2} & \text{{otherwise}} \end{{cases}}",
    elementwise=True,
    numpy=((np.where, lambda condition, x, y, /: where(condition, x, y)),),
)
def where(condition: Any, x: Any, y: Any) -> Any:
    """x where the condition holds, y elsewhere.

    Nothing flows back to the entries that were not chosen, nor through them to what they were
    computed from: at x = 0, `where(x > 0, sqrt(x), 0.0)` has the derivative 0, although that of
    the root is infinite there. All modes, symbolic derivatives and printed source agree on it;
    `course_bp.choices` says how.

    Args:
        condition: a boolean or an array of booleans.
        x, y: what to choose from; all three broadcast against each other.
    """
    return condition, x, y


@elementwise(
    _maximum,
    lambda g, y, a, b: g * _share_of(y, a, b),
    lambda g, y, a, b: g * _share_of(y, b, a),
    source="np.maximum({0}, {1})",
    latex=r"\max\left({0}, {1}\right)",
    numpy=(np.maximum,),
)
def maximum(x: Any, y: Any) -> Any:
    """The larger of x and y, entry by entry. A tie gives each half of the derivative."""


@elementwise(
    _minimum,
    lambda g, y, a, b: g * _share_of(y, a, b),
    lambda g, y, a, b: g * _share_of(y, b, a),
    source="np.minimum({0}, {1})",
    latex=r"\min\left({0}, {1}\right)",
    numpy=(np.minimum,),
)
def minimum(x: Any, y: Any) -> Any:
    """The smaller of x and y, entry by entry. A tie gives each half of the derivative."""


@elementwise(
    lambda x, y: np.fmax(x, y),
    lambda g, y, a, b: g * _share_of(y, a, b),
    lambda g, y, a, b: g * _share_of(y, b, a),
    source="np.fmax({0}, {1})",
    latex=r"\max\left({0}, {1}\right)",
    numpy=(np.fmax,),
)
def fmax(x: Any, y: Any) -> Any:
    """Like `maximum`, but a number is larger than nan."""


@elementwise(
    lambda x, y: np.fmin(x, y),
    lambda g, y, a, b: g * _share_of(y, a, b),
    lambda g, y, a, b: g * _share_of(y, b, a),
    source="np.fmin({0}, {1})",
    latex=r"\min\left({0}, {1}\right)",
    numpy=(np.fmin,),
)
def fmin(x: Any, y: Any) -> Any:
    """Like `minimum`, but a number is smaller than nan."""


def select(condlist: Sequence[Any], choicelist: Sequence[Any], default: Any = 0.0) -> Any:
    """For each entry the first choice whose condition holds, or else the default."""
    found = default
    for condition, choice in reversed(list(zip(condlist, choicelist, strict=True))):
        found = where(condition, choice, found)
    return found
