"""Softmax and its logarithm, along one axis.

With p = softmax(x): ∂p_i/∂x_j = p_i (δ_ij − p_j), a symmetric matrix, so that VJP and JVP agree.

Source: D2 "softmax"; Goodfellow, Bengio and Courville, Deep Learning, section 6.2.2.3.
"""

from __future__ import annotations

from typing import Any

from ..values import shape_of
from .axes import as_axis
from .elementary import exp, log
from .entries import primitive
from .reductions import shift, sum
from .shapes import broadcast_to

__all__ = ["log_softmax", "softmax"]


def _softmax(x: Any, axis: int) -> Any:
    e = exp(x - shift(x, axis))
    return e / sum(e, axis, True)


def _log_softmax(x: Any, axis: int) -> Any:
    z = x - shift(x, axis)
    return z - log(sum(exp(z), axis, True))


def _rule_softmax(g: Any, y: Any, x: Any, axis: int) -> Any:
    return y * (g - sum(g * y, axis, True))


def _reach(mask: Any, y: Any, x: Any, axis: int) -> Any:
    return broadcast_to(sum(mask, axis, True), shape_of(x))


@primitive(
    _softmax,
    (_rule_softmax,),
    (_rule_softmax,),
    source=None,
    latex=r"\operatorname{{softmax}}\left({0}\right)",
    settings=1,
    reach=_reach,
)
def softmax(x: Any, axis: int = -1) -> Any:
    """eˣ / Σ eˣ along an axis, without overflow: each slice along it adds up to 1.

    An entry of -inf has no share. A slice of nothing else, or with +inf in it, has no softmax: nan.
    """
    return x, as_axis(axis)


@primitive(
    _log_softmax,
    (lambda g, y, x, axis: g - exp(y) * sum(g, axis, True),),
    (lambda t, y, x, axis: t - sum(exp(y) * t, axis, True),),
    source=None,
    latex=r"\log \operatorname{{softmax}}\left({0}\right)",
    settings=1,
    reach=_reach,
)
def log_softmax(x: Any, axis: int = -1) -> Any:
    """log(eˣ / Σ eˣ) along an axis, exact where the softmax itself would round to 0."""
    return x, as_axis(axis)
