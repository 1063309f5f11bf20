"""Powers: square, square root and xʸ.

Source: the power and exponential rules of calculus.
"""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from ..values import shape_of, zeros
from .arithmetic import divide
from .comparisons import equal
from .elementary import log
from .entries import elementwise, on_floats
from .operators import attach_binary
from .selection import where
from .table import CALL, POWER, SIGN, TABLE

__all__ = ["power", "root", "sqrt", "square"]


def _power(a: Any, b: Any) -> Any:
    if a.__class__ is float and b.__class__ is float:
        try:
            return math.pow(a, b)
        except (ValueError, OverflowError):
            return float(np.power(a, b))
    return a**b


def _square_in_latex(x: str) -> str:
    single = re.fullmatch(r"\w|\\\w+|(\w|\\\w+)_\{\w+\}", x)
    return f"{x}^{{2}}" if single else rf"\left({x}\right)^{{2}}"


def _rule_base(g: Any, y: Any, a: Any, b: Any) -> Any:
    """g · b aᵇ⁻¹; the constant a⁰ has the derivative 0 even where a or a⁻¹ is infinite."""
    if b.__class__ is float:
        return g * (b * power(a, b - 1.0)) if b else zeros(shape_of(y))
    constant = equal(b, 0.0)
    return g * where(constant, 0.0, b * power(a, where(constant, 1.0, b - 1.0)))


def _rule_exponent(g: Any, y: Any, a: Any, b: Any) -> Any:
    """g · aᵇ log a, and its limit 0 at a = 0, where the product would be 0 · ∞."""
    return g * (y * log(where(equal(a, 0.0), 1.0, a)))


@elementwise(
    _power,
    _rule_base,
    _rule_exponent,
    source="{0} ** {1}",
    latex="{0}^{{{1}}}",
    precedence=POWER,
    binds=(CALL, SIGN),
    numpy=(
        np.power,
        np.float_power,
    ),
)
def power(x: Any, y: Any) -> Any:
    """xʸ entry by entry; nan for a negative x and a fractional y. The derivative with respect to
    y is taken to be 0 at x = 0."""


@elementwise(
    on_floats(math.sqrt, np.sqrt),
    lambda g, y, x: g * divide(0.5, y),
    source="np.sqrt({0})",
    latex=r"\sqrt{{{0}}}",
    numpy=(np.sqrt,),
)
def sqrt(x: Any) -> Any:
    """√x; nan below 0. The derivative at 0 is inf."""


@elementwise(
    on_floats(math.sqrt, np.sqrt),
    lambda g, y, x: g * where(equal(y, 0.0), 0.0, divide(0.5, where(equal(y, 0.0), 1.0, y))),
    source="np.sqrt({0})",
    latex=r"\sqrt{{{0}}}",
)
def root(x: Any) -> Any:
    """√x of a sum of squares: the derivative at 0, where a length has a kink, is taken to be 0."""


@elementwise(
    lambda x: x * x,
    lambda g, y, x: g * (2.0 * x),
    source="np.square({0})",
    latex=_square_in_latex,
    numpy=(np.square,),
)
def square(x: Any) -> Any:
    """x²."""


attach_binary(TABLE["power"], "pow")
