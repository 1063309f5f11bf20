"""The arithmetic of + − × ÷ and the sign.

Source: the rules of calculus; D0 and D4 work them as sum, product and quotient gates.
"""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from ..dual import Dual
from ..graph import Node
from .operators import Binary, Unary, attach_binary, binary_function, unary_function
from .table import PRODUCT, SIGN, SUM, define_elementwise


def _divide(a: Any, b: Any) -> Any:
    try:
        return a / b
    except ZeroDivisionError:
        return float(np.divide(a, b))


ADD = define_elementwise(
    "add",
    operator.add,
    lambda g, y, a, b: g,
    lambda g, y, a, b: g,
    source="{0} + {1}",
    latex="{0} + {1}",
    precedence=SUM,
    binds=(SUM, PRODUCT),
)
SUBTRACT = define_elementwise(
    "subtract",
    operator.sub,
    lambda g, y, a, b: g,
    lambda g, y, a, b: -g,
    source="{0} - {1}",
    latex="{0} - {1}",
    precedence=SUM,
    binds=(SUM, PRODUCT),
)
MULTIPLY = define_elementwise(
    "multiply",
    operator.mul,
    lambda g, y, a, b: g * b,
    lambda g, y, a, b: g * a,
    source="{0} * {1}",
    latex=r"{0} \cdot {1}",
    precedence=PRODUCT,
    binds=(PRODUCT, SIGN),
)
DIVIDE = define_elementwise(
    "divide",
    _divide,
    lambda g, y, a, b: divide(g, b),
    lambda g, y, a, b: -g * divide(y, b),
    source="{0} / {1}",
    latex=r"\frac{{{0}}}{{{1}}}",
    precedence=PRODUCT,
    binds=(PRODUCT, SIGN),
)
NEGATIVE = define_elementwise(
    "negative",
    operator.neg,
    lambda g, y, x: -g,
    source="-{0}",
    latex="-{0}",
    precedence=SIGN,
    binds=(PRODUCT,),
)
IDENTITY = define_elementwise("identity", lambda x: x, lambda g, y, x: g, source="{0}", latex="{0}")

add: Binary = binary_function(ADD, "x + y, with NumPy's broadcasting.")
subtract: Binary = binary_function(SUBTRACT, "x − y, with NumPy's broadcasting.")
multiply: Binary = binary_function(MULTIPLY, "x · y entry by entry, with NumPy's broadcasting.")
divide: Binary = binary_function(DIVIDE, "x / y entry by entry; a zero divisor gives ±inf or nan.")
negative: Unary = unary_function(NEGATIVE, "−x.")

identity: Unary = unary_function(IDENTITY, "x itself, as a node of its own.")

for primitive, symbol in (
    (ADD, "add"),
    (SUBTRACT, "sub"),
    (MULTIPLY, "mul"),
    (DIVIDE, "truediv"),
):
    attach_binary(primitive, symbol)
for kind in (Node, Dual):
    setattr(kind, "__neg__", negative)  # noqa: B010  (the class declares it for type checkers)
    setattr(kind, "__pos__", identity)  # noqa: B010
