"""Exponentials and logarithms to other bases and near 0, and the cube root, entry by entry.

Source: the rules of calculus.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from .arithmetic import divide
from .elementary import exp, share_of_exponentials
from .operators import Binary, Unary, binary_function, on_floats, unary_function
from .table import Rule, define_elementwise

_LN2, _LN10 = math.log(2.0), math.log(10.0)


def _define(
    name: str, on_float: Callable[[float], float], general: Any, rule: Rule, latex: str, doc: str
) -> Unary:
    primitive = define_elementwise(
        name, on_floats(on_float, general), rule, source=f"np.{name}({{0}})", latex=latex
    )
    return unary_function(primitive, doc)


def _cbrt(x: Any) -> Any:
    if np.iscomplexobj(x):
        return np.sign(x.real) * (x * np.sign(x.real)) ** (1 / 3)
    return np.cbrt(x)


exp2: Unary = _define(
    "exp2",
    lambda x: math.pow(2.0, x),
    np.exp2,
    lambda g, y, x: g * (_LN2 * y),
    "2^{{{0}}}",
    "2ˣ.",
)
expm1: Unary = _define(
    "expm1",
    math.expm1,
    np.expm1,
    lambda g, y, x: g * exp(x),
    "e^{{{0}}} - 1",
    "eˣ − 1, exact to the last digits near 0.",
)
log2: Unary = _define(
    "log2",
    math.log2,
    np.log2,
    lambda g, y, x: divide(g, _LN2 * x),
    r"\log_2\left({0}\right)",
    "The logarithm to base 2; -inf at 0, nan below.",
)
log10: Unary = _define(
    "log10",
    math.log10,
    np.log10,
    lambda g, y, x: divide(g, _LN10 * x),
    r"\log_{{10}}\left({0}\right)",
    "The logarithm to base 10; -inf at 0, nan below.",
)
log1p: Unary = _define(
    "log1p",
    math.log1p,
    np.log1p,
    lambda g, y, x: divide(g, 1.0 + x),
    r"\log\left(1 + {0}\right)",
    "log(1 + x), exact to the last digits near 0; -inf at −1, nan below.",
)
cbrt: Unary = _define(
    "cbrt",
    lambda x: float(np.cbrt(x)),
    _cbrt,
    lambda g, y, x: divide(g, 3.0 * (y * y)),
    r"\sqrt[3]{{{0}}}",
    "The cube root, of negative numbers too. The derivative at 0 is inf.",
)

LOGADDEXP2 = define_elementwise(
    "logaddexp2",
    lambda a, b: np.logaddexp2(a, b),
    lambda g, y, a, b: share_of_exponentials(g, y, a, b, _LN2),
    lambda g, y, a, b: share_of_exponentials(g, y, b, a, _LN2),
    source="np.logaddexp2({0}, {1})",
    latex=r"\log_2\left(2^{{{0}}} + 2^{{{1}}}\right)",
)
logaddexp2: Binary = binary_function(LOGADDEXP2, "log₂(2ˣ + 2ʸ); see logaddexp.")
