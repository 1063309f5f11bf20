"""Exponentials and logarithms to other bases and near 0, and the cube root, entry by entry.

Source: the rules of calculus.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .arithmetic import divide
from .elementary import exp, share_of_exponentials
from .entries import elementwise, on_floats

__all__ = ["cbrt", "exp2", "expm1", "log1p", "log2", "log10", "logaddexp2"]

_LN2, _LN10 = math.log(2.0), math.log(10.0)


def _cbrt(x: Any) -> Any:
    if np.iscomplexobj(x):
        return np.sign(x.real) * (x * np.sign(x.real)) ** (1 / 3)
    return np.cbrt(x)


@elementwise(
    on_floats(lambda x: math.pow(2.0, x), np.exp2),
    lambda g, y, x: g * (_LN2 * y),
    source="np.exp2({0})",
    latex="2^{{{0}}}",
    numpy=(np.exp2,),
)
def exp2(x: Any) -> Any:
    """2ˣ."""


@elementwise(
    on_floats(math.expm1, np.expm1),
    lambda g, y, x: g * exp(x),
    source="np.expm1({0})",
    latex="e^{{{0}}} - 1",
    numpy=(np.expm1,),
)
def expm1(x: Any) -> Any:
    """eˣ − 1, exact to the last digits near 0."""


@elementwise(
    on_floats(math.log2, np.log2),
    lambda g, y, x: divide(g, _LN2 * x),
    source="np.log2({0})",
    latex=r"\log_2\left({0}\right)",
    numpy=(np.log2,),
)
def log2(x: Any) -> Any:
    """The logarithm to base 2; -inf at 0, nan below."""


@elementwise(
    on_floats(math.log10, np.log10),
    lambda g, y, x: divide(g, _LN10 * x),
    source="np.log10({0})",
    latex=r"\log_{{10}}\left({0}\right)",
    numpy=(np.log10,),
)
def log10(x: Any) -> Any:
    """The logarithm to base 10; -inf at 0, nan below."""


@elementwise(
    on_floats(math.log1p, np.log1p),
    lambda g, y, x: divide(g, 1.0 + x),
    source="np.log1p({0})",
    latex=r"\log\left(1 + {0}\right)",
    numpy=(np.log1p,),
)
def log1p(x: Any) -> Any:
    """log(1 + x), exact to the last digits near 0; -inf at −1, nan below."""


@elementwise(
    on_floats(lambda x: float(np.cbrt(x)), _cbrt),
    lambda g, y, x: divide(g, 3.0 * (y * y)),
    source="np.cbrt({0})",
    latex=r"\sqrt[3]{{{0}}}",
    numpy=(np.cbrt,),
)
def cbrt(x: Any) -> Any:
    """The cube root, of negative numbers too. The derivative at 0 is inf."""


@elementwise(
    lambda a, b: np.logaddexp2(a, b),
    lambda g, y, a, b: share_of_exponentials(g, y, a, b, _LN2),
    lambda g, y, a, b: share_of_exponentials(g, y, b, a, _LN2),
    source="np.logaddexp2({0}, {1})",
    latex=r"\log_2\left(2^{{{0}}} + 2^{{{1}}}\right)",
    numpy=(np.logaddexp2,),
)
def logaddexp2(x: Any, y: Any) -> Any:
    """log₂(2ˣ + 2ʸ); see logaddexp."""
