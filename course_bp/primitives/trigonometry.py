"""Trigonometric and hyperbolic functions, and their inverses, entry by entry.

Outside its domain a function is nan; at the border of it the derivative is infinite.

Source: the rules of calculus; D0 has exp, log and sin.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from .arithmetic import divide
from .elementary import cos
from .operators import Binary, Unary, binary_function, on_floats, unary_function
from .powers import sqrt
from .selection import equal, where
from .table import Rule, define_elementwise


def _define(
    name: str, on_float: Callable[[float], float], general: Any, rule: Rule, latex: str, doc: str
) -> Unary:
    primitive = define_elementwise(
        name,
        on_floats(on_float, general),
        rule,
        source=f"np.{name}({{0}})",
        latex=rf"{latex}\left({{0}}\right)",
    )
    return unary_function(primitive, doc)


tan: Unary = _define(
    "tan",
    math.tan,
    np.tan,
    lambda g, y, x: g * (1.0 + y * y),
    r"\tan",
    "The tangent of x in radians.",
)
arcsin: Unary = _define(
    "arcsin",
    math.asin,
    np.arcsin,
    lambda g, y, x: divide(g, sqrt((1.0 - x) * (1.0 + x))),
    r"\arcsin",
    "The angle from −π/2 to π/2 whose sine is x.",
)
arccos: Unary = _define(
    "arccos",
    math.acos,
    np.arccos,
    lambda g, y, x: -divide(g, sqrt((1.0 - x) * (1.0 + x))),
    r"\arccos",
    "The angle from 0 to π whose cosine is x.",
)
arctan: Unary = _define(
    "arctan",
    math.atan,
    np.arctan,
    lambda g, y, x: divide(g, 1.0 + x * x),
    r"\arctan",
    "The angle between −π/2 and π/2 whose tangent is x.",
)
sinh: Unary = _define(
    "sinh",
    math.sinh,
    np.sinh,
    lambda g, y, x: g * cosh(x),
    r"\sinh",
    "The hyperbolic sine, (eˣ − e⁻ˣ) / 2.",
)
cosh: Unary = _define(
    "cosh",
    math.cosh,
    np.cosh,
    lambda g, y, x: g * sinh(x),
    r"\cosh",
    "The hyperbolic cosine, (eˣ + e⁻ˣ) / 2.",
)
arcsinh: Unary = _define(
    "arcsinh",
    math.asinh,
    np.arcsinh,
    lambda g, y, x: divide(g, sqrt(x * x + 1.0)),
    r"\operatorname{{arsinh}}",
    "The inverse of sinh.",
)
arccosh: Unary = _define(
    "arccosh",
    math.acosh,
    np.arccosh,
    lambda g, y, x: divide(g, sqrt(x - 1.0) * sqrt(x + 1.0)),
    r"\operatorname{{arcosh}}",
    "The inverse of cosh, from 0 up.",
)
arctanh: Unary = _define(
    "arctanh",
    math.atanh,
    np.arctanh,
    lambda g, y, x: divide(g, (1.0 - x) * (1.0 + x)),
    r"\operatorname{{artanh}}",
    "The inverse of tanh.",
)

SINC = define_elementwise(
    "sinc",
    lambda x: np.sinc(x).item() if x.__class__ is float else np.sinc(x),
    lambda g, y, x: g * _slope_of_sinc(y, x),
    source="np.sinc({0})",
    latex=r"\operatorname{{sinc}}\left({0}\right)",
)
ARCTAN2 = define_elementwise(
    "arctan2",
    lambda a, b: np.arctan2(a, b),
    lambda g, y, a, b: g * divide(b, a * a + b * b),
    lambda g, y, a, b: g * divide(-a, a * a + b * b),
    source="np.arctan2({0}, {1})",
    latex=r"\operatorname{{atan2}}\left({0}, {1}\right)",
)
HYPOT = define_elementwise(
    "hypot",
    lambda a, b: np.hypot(a, b),
    lambda g, y, a, b: g * divide(a, y),
    lambda g, y, a, b: g * divide(b, y),
    source="np.hypot({0}, {1})",
    latex=r"\sqrt{{{0}^2 + {1}^2}}",
)


def _slope_of_sinc(y: Any, x: Any) -> Any:
    zero = equal(x, 0.0)
    return where(zero, 0.0, divide(cos(np.pi * x) - y, where(zero, 1.0, x)))


sinc: Unary = unary_function(SINC, "sin(πx) / πx, which is 1 at 0.")
arctan2: Binary = binary_function(ARCTAN2, "The angle from −π to π of the point (y, x).")
hypot: Binary = binary_function(
    HYPOT, "√(x² + y²) without overflow; no derivative, nan, where both are 0."
)
