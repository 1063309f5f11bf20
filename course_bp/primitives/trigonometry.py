"""Trigonometric and hyperbolic functions, and their inverses, entry by entry.

Outside its domain a function is nan; at the border of it the derivative is infinite.

Source: the rules of calculus; D0 has exp, log and sin.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .arithmetic import divide
from .comparisons import equal
from .elementary import cos
from .entries import elementwise, on_floats
from .powers import sqrt
from .selection import where

__all__ = [
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "cosh",
    "hypot",
    "sinc",
    "sinh",
    "tan",
]


@elementwise(
    on_floats(math.tan, np.tan),
    lambda g, y, x: g * (1.0 + y * y),
    source="np.tan({0})",
    latex=r"\tan\left({0}\right)",
    numpy=(np.tan,),
)
def tan(x: Any) -> Any:
    """The tangent of x in radians."""


@elementwise(
    on_floats(math.asin, np.arcsin),
    lambda g, y, x: divide(g, sqrt((1.0 - x) * (1.0 + x))),
    source="np.arcsin({0})",
    latex=r"\arcsin\left({0}\right)",
    numpy=(np.arcsin,),
)
def arcsin(x: Any) -> Any:
    """The angle from −π/2 to π/2 whose sine is x."""


@elementwise(
    on_floats(math.acos, np.arccos),
    lambda g, y, x: -divide(g, sqrt((1.0 - x) * (1.0 + x))),
    source="np.arccos({0})",
    latex=r"\arccos\left({0}\right)",
    numpy=(np.arccos,),
)
def arccos(x: Any) -> Any:
    """The angle from 0 to π whose cosine is x."""


@elementwise(
    on_floats(math.atan, np.arctan),
    lambda g, y, x: divide(g, 1.0 + x * x),
    source="np.arctan({0})",
    latex=r"\arctan\left({0}\right)",
    numpy=(np.arctan,),
)
def arctan(x: Any) -> Any:
    """The angle between −π/2 and π/2 whose tangent is x."""


@elementwise(
    on_floats(math.sinh, np.sinh),
    lambda g, y, x: g * cosh(x),
    source="np.sinh({0})",
    latex=r"\sinh\left({0}\right)",
    numpy=(np.sinh,),
)
def sinh(x: Any) -> Any:
    """The hyperbolic sine, (eˣ − e⁻ˣ) / 2."""


@elementwise(
    on_floats(math.cosh, np.cosh),
    lambda g, y, x: g * sinh(x),
    source="np.cosh({0})",
    latex=r"\cosh\left({0}\right)",
    numpy=(np.cosh,),
)
def cosh(x: Any) -> Any:
    """The hyperbolic cosine, (eˣ + e⁻ˣ) / 2."""


@elementwise(
    on_floats(math.asinh, np.arcsinh),
    lambda g, y, x: divide(g, sqrt(x * x + 1.0)),
    source="np.arcsinh({0})",
    latex=r"\operatorname{{arsinh}}\left({0}\right)",
    numpy=(np.arcsinh,),
)
def arcsinh(x: Any) -> Any:
    """The inverse of sinh."""


@elementwise(
    on_floats(math.acosh, np.arccosh),
    lambda g, y, x: divide(g, sqrt(x - 1.0) * sqrt(x + 1.0)),
    source="np.arccosh({0})",
    latex=r"\operatorname{{arcosh}}\left({0}\right)",
    numpy=(np.arccosh,),
)
def arccosh(x: Any) -> Any:
    """The inverse of cosh, from 0 up."""


@elementwise(
    on_floats(math.atanh, np.arctanh),
    lambda g, y, x: divide(g, (1.0 - x) * (1.0 + x)),
    source="np.arctanh({0})",
    latex=r"\operatorname{{artanh}}\left({0}\right)",
    numpy=(np.arctanh,),
)
def arctanh(x: Any) -> Any:
    """The inverse of tanh."""


@elementwise(
    lambda x: np.sinc(x).item() if x.__class__ is float else np.sinc(x),
    lambda g, y, x: g * _slope_of_sinc(y, x),
    source="np.sinc({0})",
    latex=r"\operatorname{{sinc}}\left({0}\right)",
    numpy=((np.sinc, lambda x: sinc(x)),),
)
def sinc(x: Any) -> Any:
    """sin(πx) / πx, which is 1 at 0."""


@elementwise(
    lambda a, b: np.arctan2(a, b),
    lambda g, y, a, b: g * divide(b, a * a + b * b),
    lambda g, y, a, b: g * divide(-a, a * a + b * b),
    source="np.arctan2({0}, {1})",
    latex=r"\operatorname{{atan2}}\left({0}, {1}\right)",
    numpy=(np.arctan2,),
)
def arctan2(x: Any, y: Any) -> Any:
    """The angle from −π to π of the point (y, x)."""


@elementwise(
    lambda a, b: np.hypot(a, b),
    lambda g, y, a, b: g * divide(a, y),
    lambda g, y, a, b: g * divide(b, y),
    source="np.hypot({0}, {1})",
    latex=r"\sqrt{{{0}^2 + {1}^2}}",
    numpy=(np.hypot,),
)
def hypot(x: Any, y: Any) -> Any:
    """√(x² + y²) without overflow; no derivative, nan, where both are 0."""


def _slope_of_sinc(y: Any, x: Any) -> Any:
    zero = equal(x, 0.0)
    return where(zero, 0.0, divide(cos(np.pi * x) - y, where(zero, 1.0, x)))
