"""Elementary functions and activations, entry by entry.

Stable at the extremes: no overflow at |x| = 800. At a kink the derivative is the one stated in
the function's docstring, a subgradient.

Source: D0 (exp, log, sin, sigmoid), D2 (tanh, ReLU, softplus); Goodfellow, Bengio and Courville,
Deep Learning, sections 3.10 and 6.3.
"""

from __future__ import annotations

import math
import operator
from typing import Any

import numpy as np

from ..dual import Dual
from ..graph import Node
from .arithmetic import divide
from .comparisons import equal, greater
from .entries import elementwise, on_floats
from .pieces import is_complex, real_parts
from .selection import where
from .table import PRODUCT, SIGN

__all__ = [
    "abs",
    "cos",
    "exp",
    "log",
    "logaddexp",
    "nan_to_num",
    "relu",
    "sigmoid",
    "sign",
    "sin",
    "softplus",
    "tanh",
]


def _sigmoid_array(x: Any) -> Any:
    x = np.asarray(x)
    if x.dtype.kind == "c":  # the exponential of what is never positive cannot overflow
        small = np.exp(np.where(x.real > 0, -x, x))
        return (np.where(x.real > 0, 1.0, small) / (1.0 + small))[()]
    if x.dtype.kind != "f":
        x = x.astype(np.float64)  # the steps in place need floats
    y = np.asarray(np.negative(x))
    with np.errstate(over="ignore"):  # exp(800) = inf makes 1/(1 + inf) = 0, as it should be
        np.exp(y, out=y)
    y += 1.0
    np.divide(1.0, y, out=y)  # in place: fresh memory costs more than the arithmetic
    return y if y.ndim else y[()]


def _relu_float(x: float) -> float:
    return 0.0 if x <= 0.0 else x


def _relu_array(x: Any) -> Any:
    if is_complex(x):
        return np.where(real_parts("relu", x)[0] > 0, x, 0.0)[()]
    return np.maximum(x, 0.0)


def _softplus_float(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-math.fabs(x)))


def _softplus_array(x: Any) -> Any:
    if is_complex(x):
        above = np.real(x) > 0
        return (np.where(above, x, 0.0) + np.log1p(np.exp(np.where(above, -x, x))))[()]
    return np.logaddexp(x, 0.0)


def _logaddexp(x: Any, y: Any) -> Any:
    if is_complex(x) or is_complex(y):
        a, b = real_parts("logaddexp", x, y)
        above, below = np.where(a > b, x, y), np.where(a > b, y, x)
        return (above + np.log1p(np.exp(below - above)))[()]
    return np.logaddexp(x, y)


def share_of_exponentials(g: Any, y: Any, a: Any, b: Any, scale: float = 1.0) -> Any:
    """g · cᵃ / (cᵃ + cᵇ) with log c = `scale`, for y = log(cᵃ + cᵇ).

    0 where both are -inf; no difference of two infinities is taken then.
    """
    return g * sigmoid(scale * (a - where(equal(y, -np.inf), 0.0, b)))


def _sign(x: Any) -> Any:
    if is_complex(x):
        return np.sign(real_parts("sign", x)[0]) + 0j
    return float(np.sign(x)) if x.__class__ is float else np.sign(x)


def _nan_to_num(x: Any) -> Any:
    return np.nan_to_num(np.asarray(x, complex if is_complex(x) else float))[()]


def _abs(x: Any) -> Any:
    return x * np.sign(real_parts("abs", x)[0]) if is_complex(x) else operator.abs(x)


@elementwise(
    on_floats(math.exp, np.exp),
    lambda g, y, x: g * y,
    source="np.exp({0})",
    latex="e^{{{0}}}",
    numpy=(np.exp,),
)
def exp(x: Any) -> Any:
    """eˣ."""


@elementwise(
    on_floats(math.log, np.log),
    lambda g, y, x: divide(g, x),
    source="np.log({0})",
    latex=r"\log\left({0}\right)",
    numpy=(np.log,),
)
def log(x: Any) -> Any:
    """The natural logarithm; -inf at 0, nan below."""


@elementwise(
    on_floats(math.sin, np.sin),
    lambda g, y, x: g * cos(x),
    source="np.sin({0})",
    latex=r"\sin\left({0}\right)",
    numpy=(np.sin,),
)
def sin(x: Any) -> Any:
    """The sine of x in radians."""


@elementwise(
    on_floats(math.cos, np.cos),
    lambda g, y, x: -g * sin(x),
    source="np.cos({0})",
    latex=r"\cos\left({0}\right)",
    numpy=(np.cos,),
)
def cos(x: Any) -> Any:
    """The cosine of x in radians."""


@elementwise(
    on_floats(math.tanh, np.tanh),
    lambda g, y, x: g * (1.0 - y * y),
    source="np.tanh({0})",
    latex=r"\tanh\left({0}\right)",
    numpy=(np.tanh,),
)
def tanh(x: Any) -> Any:
    """The hyperbolic tangent."""


@elementwise(
    on_floats(lambda x: 1.0 / (1.0 + math.exp(-x)), _sigmoid_array),
    lambda g, y, x: g * (y * (1.0 - y)),
    source="1 / (1 + np.exp(-{0}))",
    precedence=PRODUCT,
    binds=(SIGN,),
    latex=r"\sigma\left({0}\right)",
    overflows=True,
)
def sigmoid(x: Any) -> Any:
    """The logistic function σ(x) = 1 / (1 + e⁻ˣ).

    Its derivative σ(1 − σ) is taken from its value, to an absolute precision of 1e-16: beyond x
    = 37, where σ rounds to 1, it is 0. The product σ(x) σ(−x) would keep the last 1e-17, at the
    price of another exponential.
    """


@elementwise(
    on_floats(_relu_float, _relu_array),
    lambda g, y, x: g * greater(x, 0.0),
    source="np.maximum({0}, 0)",
    latex=r"\operatorname{{ReLU}}\left({0}\right)",
)
def relu(x: Any) -> Any:
    """max(x, 0). The derivative at 0 is taken to be 0."""


@elementwise(
    on_floats(_softplus_float, _softplus_array),
    lambda g, y, x: g * sigmoid(x),
    source="np.logaddexp({0}, 0)",
    latex=r"\operatorname{{softplus}}\left({0}\right)",
)
def softplus(x: Any) -> Any:
    """log(1 + eˣ), whose derivative is the sigmoid."""


@elementwise(
    _logaddexp,
    lambda g, y, a, b: share_of_exponentials(g, y, a, b),
    lambda g, y, a, b: share_of_exponentials(g, y, b, a),
    source="np.logaddexp({0}, {1})",
    latex=r"\log\left(e^{{{0}}} + e^{{{1}}}\right)",
    numpy=(np.logaddexp,),
)
def logaddexp(x: Any, y: Any) -> Any:
    """log(eˣ + eʸ) without overflow.

    Where both are -inf it is -inf, with the derivative 0; where both are +inf the derivative
    does not exist: nan.
    """


@elementwise(
    _nan_to_num,
    lambda g, y, x: where(equal(x, y), g, 0.0),
    source="np.nan_to_num({0})",
    latex="{0}",
    numpy=((np.nan_to_num, lambda x: nan_to_num(x)),),
)
def nan_to_num(x: Any) -> Any:
    """x with 0 for nan and the largest float for infinity; the derivative is 0 at those entries."""


@elementwise(
    _sign,
    None,
    source="np.sign({0})",
    latex=r"\operatorname{{sign}}\left({0}\right)",
    numpy=(np.sign,),
)
def sign(x: Any) -> Any:
    """−1, 0 or 1. Its derivative is 0 everywhere, at 0 too."""


@elementwise(
    _abs,
    lambda g, y, x: g * sign(x),
    source="np.abs({0})",
    latex=r"\left|{0}\right|",
    numpy=(
        np.absolute,
        np.fabs,
    ),
)
def abs(x: Any) -> Any:
    """|x|. The derivative at 0 is taken to be 0."""


for kind in (Node, Dual):
    setattr(kind, "__abs__", abs)  # noqa: B010  (declared in the class)
