"""Choosing between values: comparisons, where, maximum and minimum.

Comparisons have no derivative; they are primitives all the same, so that a rule that needs a
mask can be recorded and printed.
"""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from ..graph import Node
from .operators import Binary, apply_operator, binary_function
from .pieces import is_complex, real_parts
from .table import COMPARISON, SUM, Primitive, apply, define, define_elementwise


def _where(condition: Any, x: Any, y: Any) -> Any:
    if np.ndim(condition) == 0 and x.__class__ is float is y.__class__:
        return x if condition else y
    return np.where(condition, x, y)


def _comparison(name: str, holds: Binary) -> Binary:
    """The comparison, which at complex numbers is that of their real parts."""

    def value(x: Any, y: Any) -> Any:
        if is_complex(x) or is_complex(y):
            x, y = real_parts(name, x, y)
        return holds(x, y)

    return value


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


GREATER = define_elementwise(
    "greater",
    _comparison("greater", operator.gt),
    None,
    None,
    source="{0} > {1}",
    precedence=COMPARISON,
    binds=(SUM, SUM),
    latex=r"\left[{0} > {1}\right]",
)
GREATER_EQUAL = define_elementwise(
    "greater_equal",
    _comparison("greater_equal", operator.ge),
    None,
    None,
    source="{0} >= {1}",
    precedence=COMPARISON,
    binds=(SUM, SUM),
    latex=r"\left[{0} \ge {1}\right]",
)
EQUAL = define_elementwise(
    "equal",
    _comparison("equal", operator.eq),
    None,
    None,
    source="{0} == {1}",
    precedence=COMPARISON,
    binds=(SUM, SUM),
    latex=r"\left[{0} = {1}\right]",
)
WHERE = define(
    Primitive(
        "where",
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
    )
)
MAXIMUM = define_elementwise(
    "maximum",
    _maximum,
    lambda g, y, a, b: g * _share_of(y, a, b),
    lambda g, y, a, b: g * _share_of(y, b, a),
    source="np.maximum({0}, {1})",
    latex=r"\max\left({0}, {1}\right)",
)
MINIMUM = define_elementwise(
    "minimum",
    _minimum,
    lambda g, y, a, b: g * _share_of(y, a, b),
    lambda g, y, a, b: g * _share_of(y, b, a),
    source="np.minimum({0}, {1})",
    latex=r"\min\left({0}, {1}\right)",
)

greater: Binary = binary_function(GREATER, "1 where x > y, else 0; the derivative is 0.")
greater_equal: Binary = binary_function(
    GREATER_EQUAL, "1 where x ≥ y, else 0; the derivative is 0."
)
equal: Binary = binary_function(EQUAL, "1 where x equals y, else 0; the derivative is 0.")
maximum: Binary = binary_function(
    MAXIMUM, "The larger of x and y, entry by entry. A tie gives each half of the derivative."
)
minimum: Binary = binary_function(
    MINIMUM, "The smaller of x and y, entry by entry. A tie gives each half of the derivative."
)


def where(condition: Any, x: Any, y: Any) -> Any:
    """x where the condition holds, y elsewhere. Nothing flows to the entries not chosen.

    Arguments:
        condition: a boolean or an array of booleans.
        x, y: what to choose from; all three broadcast against each other.
    """
    return apply(WHERE, condition, x, y)


def _attach_comparison(primitive: Primitive, symbol: str, mirrored: str | None = None) -> None:
    """Give Node the comparison `__symbol__`, and the one with the sides changed."""
    setattr(Node, f"__{symbol}__", lambda x, y: apply_operator(primitive, x, y))
    if mirrored:
        setattr(Node, f"__{mirrored}__", lambda x, y: apply_operator(primitive, y, x))


_attach_comparison(GREATER, "gt", "lt")
_attach_comparison(GREATER_EQUAL, "ge", "le")
_attach_comparison(EQUAL, "eq")
