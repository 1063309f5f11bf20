"""The arithmetic of + − × ÷ and the sign.

Source: the rules of calculus; D0 and D4 work them as sum, product and quotient gates.
"""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from ..dual import Dual
from ..graph import Node
from .entries import elementwise
from .operators import attach_binary
from .table import PRODUCT, SIGN, SUM, TABLE

__all__ = ["add", "divide", "multiply", "negative", "positive", "subtract"]


def _divide(a: Any, b: Any) -> Any:
    try:
        return a / b
    except ZeroDivisionError:
        return float(np.divide(a, b))


@elementwise(
    operator.add,
    lambda g, y, a, b: g,
    lambda g, y, a, b: g,
    source="{0} + {1}",
    latex="{0} + {1}",
    precedence=SUM,
    binds=(SUM, PRODUCT),
    commutative=True,
    written="sum",
    numpy=(np.add,),
)
def add(x: Any, y: Any) -> Any:
    """x + y, with NumPy's broadcasting."""


@elementwise(
    operator.sub,
    lambda g, y, a, b: g,
    lambda g, y, a, b: -g,
    source="{0} - {1}",
    latex="{0} - {1}",
    precedence=SUM,
    binds=(SUM, PRODUCT),
    numpy=(np.subtract,),
)
def subtract(x: Any, y: Any) -> Any:
    """x − y, with NumPy's broadcasting."""


@elementwise(
    operator.mul,
    lambda g, y, a, b: g * b,
    lambda g, y, a, b: g * a,
    source="{0} * {1}",
    latex=r"{0} \cdot {1}",
    precedence=PRODUCT,
    binds=(PRODUCT, SIGN),
    commutative=True,
    product=True,
    numpy=(np.multiply,),
)
def multiply(x: Any, y: Any) -> Any:
    """x · y entry by entry, with NumPy's broadcasting."""


@elementwise(
    _divide,
    lambda g, y, a, b: divide(g, b),
    lambda g, y, a, b: -g * divide(y, b),
    source="{0} / {1}",
    latex=r"\frac{{{0}}}{{{1}}}",
    precedence=PRODUCT,
    binds=(PRODUCT, SIGN),
    numpy=(
        np.divide,
        (np.reciprocal, lambda x: divide(1.0, x)),
    ),
)
def divide(x: Any, y: Any) -> Any:
    """x / y entry by entry; a zero divisor gives ±inf or nan."""


@elementwise(
    operator.neg,
    lambda g, y, x: -g,
    source="-{0}",
    latex="-{0}",
    precedence=SIGN,
    binds=(PRODUCT,),
    numpy=(np.negative,),
)
def negative(x: Any) -> Any:
    """−x."""


@elementwise(
    lambda x: x,
    lambda g, y, x: g,
    source="{0}",
    latex="{0}",
    numpy=(np.positive,),
)
def positive(x: Any) -> Any:
    """x itself, as a node of its own."""


for name, symbol in (
    ("add", "add"),
    ("subtract", "sub"),
    ("multiply", "mul"),
    ("divide", "truediv"),
):
    attach_binary(TABLE[name], symbol)
for kind in (Node, Dual):
    setattr(kind, "__neg__", negative)  # noqa: B010  (the class declares it for type checkers)
    setattr(kind, "__pos__", positive)  # noqa: B010
