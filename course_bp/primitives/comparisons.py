"""Comparisons, and what joins their masks: they have no derivative.

They are primitives all the same, so that a rule that needs a mask can be recorded and printed.
"""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from ..graph import Node, describe
from .entries import elementwise, primitive
from .operators import Binary, apply_operator
from .pieces import is_complex, real_parts
from .table import COMPARISON, SUM, TABLE, Primitive

__all__ = ["equal", "greater", "greater_equal", "logical_and", "logical_not", "logical_or"]


def _comparison(name: str, holds: Binary) -> Binary:
    """The comparison, which at complex numbers is that of their real parts."""

    def value(x: Any, y: Any) -> Any:
        if is_complex(x) or is_complex(y):
            x, y = real_parts(name, x, y)
        return holds(x, y)

    return value


@elementwise(
    _comparison("greater", operator.gt),
    None,
    None,
    source="{0} > {1}",
    precedence=COMPARISON,
    binds=(SUM, SUM),
    latex=r"\left[{0} > {1}\right]",
    mask=True,
    numpy=(
        np.greater,
        (np.less, lambda x, y: greater(y, x)),
    ),
)
def greater(x: Any, y: Any) -> Any:
    """1 where x > y, else 0; the derivative is 0."""


@elementwise(
    _comparison("greater_equal", operator.ge),
    None,
    None,
    source="{0} >= {1}",
    precedence=COMPARISON,
    binds=(SUM, SUM),
    latex=r"\left[{0} \ge {1}\right]",
    mask=True,
    numpy=(
        np.greater_equal,
        (np.less_equal, lambda x, y: greater_equal(y, x)),
    ),
)
def greater_equal(x: Any, y: Any) -> Any:
    """1 where x ≥ y, else 0; the derivative is 0."""


@elementwise(
    _comparison("equal", operator.eq),
    None,
    None,
    source="{0} == {1}",
    precedence=COMPARISON,
    binds=(SUM, SUM),
    latex=r"\left[{0} = {1}\right]",
    mask=True,
    numpy=(
        np.equal,
        (np.not_equal, lambda x, y: logical_not(equal(x, y))),
    ),
)
def equal(x: Any, y: Any) -> Any:
    """1 where x equals y, else 0; the derivative is 0."""


@primitive(
    np.logical_and,
    (None, None),
    (None, None),
    source="np.logical_and({0}, {1})",
    latex=r"\left[{0} \land {1}\right]",
    mask=True,
    numpy=(
        np.logical_and,
        np.bitwise_and,
    ),
    elementwise=True,
)
def logical_and(x: Any, y: Any) -> Any:
    """1 where both comparisons hold, else 0."""
    return _masks("logical_and", x, y)


@primitive(
    np.logical_or,
    (None, None),
    (None, None),
    source="np.logical_or({0}, {1})",
    latex=r"\left[{0} \lor {1}\right]",
    mask=True,
    numpy=(
        np.logical_or,
        np.bitwise_or,
    ),
    elementwise=True,
)
def logical_or(x: Any, y: Any) -> Any:
    """1 where one of the comparisons holds, else 0."""
    return _masks("logical_or", x, y)


@primitive(
    np.logical_not,
    (None,),
    (None,),
    source="np.logical_not({0})",
    latex=r"\left[\lnot {0}\right]",
    mask=True,
    numpy=(
        np.logical_not,
        np.invert,
    ),
    elementwise=True,
)
def logical_not(x: Any) -> Any:
    """1 where the comparison does not hold, else 0."""
    return _masks("logical_not", x)


def is_mask(x: Any) -> bool:
    """Whether x says true or false of each entry: a comparison of Nodes, or booleans."""
    if x.__class__ is Node:
        return x.operation is not None and x.operation.mask
    return x.__class__ is bool or getattr(x, "dtype", None) == np.bool_


def _masks(name: str, *masks: Any) -> tuple[Any, ...]:
    """The operands of an operation that joins masks, or turns one over.

    Raises:
        TypeError: if one is not a mask.
    """
    for x in masks:
        if not is_mask(x):
            what = describe(x) if x.__class__ is Node else repr(x)
            raise TypeError(
                f"{name} (&, | or ~) is for comparisons, not for {what}; each "
                "comparison needs its brackets: (x > 0) & (x < 1)"
            )
    return masks


def _attach_comparison(primitive: Primitive, symbol: str, mirrored: str | None = None) -> None:
    """Give Node the comparison `__symbol__`, and the one with the sides changed."""
    setattr(Node, f"__{symbol}__", lambda x, y: apply_operator(primitive, x, y))
    if mirrored:
        setattr(Node, f"__{mirrored}__", lambda x, y: apply_operator(primitive, y, x))


_attach_comparison(TABLE["greater"], "gt", "lt")
_attach_comparison(TABLE["greater_equal"], "ge", "le")
_attach_comparison(TABLE["equal"], "eq")
for symbol, function in (
    ("ne", lambda x, y: logical_not(equal(x, y))),
    ("and", logical_and),
    ("rand", lambda x, y: logical_and(y, x)),
    ("or", logical_or),
    ("ror", lambda x, y: logical_or(y, x)),
    ("invert", logical_not),
):
    setattr(Node, f"__{symbol}__", function)
