"""Many entries to few: sum, mean, max, min, logsumexp.

`axis` is an integer, a tuple of them or None for all; `keepdims` keeps reduced axes at length 1.

Source: D0 and D2 (objectives sum or average over examples); for logsumexp, Blanchard, Higham
and Higham 2021, "Accurately computing the log-sum-exp and softmax functions".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from ..dual import Dual
from ..graph import Node
from ..values import shape_of
from .axes import Axis, as_axis
from .comparisons import equal
from .elementary import exp, log, nan_to_num
from .entries import primitive
from .pieces import is_complex, not_analytic
from .selection import where
from .shapes import broadcast_to, reshape
from .table import CALL, Rule, normal

__all__ = ["logsumexp", "max", "mean", "min", "sum"]


_F = TypeVar("_F", bound=Callable[..., Any])


def restore_axes(g: Any, shape: tuple[int, ...], axis: Axis, keepdims: bool) -> Any:
    """g, the result of a reduction over `axis` of `shape`, with the lost axes at length 1."""
    if axis is None or keepdims:
        return g
    axes = _reduced(shape, axis)
    return reshape(g, tuple(1 if i in axes else n for i, n in enumerate(shape)))


def _reduced(shape: tuple[int, ...], axis: Axis) -> set[int]:
    if axis is None:
        return set(range(len(shape)))
    return {i % len(shape) for i in ((axis,) if isinstance(axis, int) else axis)}


def _count(shape: tuple[int, ...], axis: Axis) -> int:
    """How many entries are reduced to one."""
    if axis is None:
        return math.prod(shape)
    return math.prod(shape[i] for i in _reduced(shape, axis))


def _mean(x: Any, axis: Axis, keepdims: Any) -> Any:
    count = _count(shape_of(x), axis)
    if not count:
        raise ValueError(f"there is no entry to take the mean of in shape {shape_of(x)}")
    total = np.add.reduce(x, axis=axis, keepdims=keepdims)
    return normal(total / count)


def _max(x: Any, axis: Axis, keepdims: bool) -> Any:
    top = np.max(x, axis=axis, keepdims=keepdims)
    if is_complex(x):
        real = np.real(x)
        winners = real == np.max(real, axis=axis, keepdims=True)
        least = np.min(np.where(winners, x, np.inf), axis=axis, keepdims=keepdims)
        if np.any(least != top):
            raise not_analytic("max")
    return normal(top)


def _min(x: Any, axis: Axis, keepdims: bool) -> Any:
    if is_complex(x):
        return normal(-_max(-x, axis, keepdims))
    return normal(np.min(x, axis=axis, keepdims=keepdims))


def shift(x: Any, axis: Axis) -> Any:
    """What x is lessened by before the exponential: its largest entry along the axis.

    Any number would do, so nothing depends on which entry wins.
    """
    return max(x if x.__class__ is Node or x.__class__ is Dual else np.real(x), axis, True)


def _logsumexp(x: Any, axis: Axis, keepdims: bool) -> Any:
    top = nan_to_num(shift(x, axis))  # what is infinite would be lessened by itself: nan
    with np.errstate(divide="ignore"):  # log 0 = -inf is the answer for a row of -inf
        y = log(sum(exp(x - top), axis, True)) + top
    if keepdims:
        return y
    lost = _reduced(shape_of(x), axis)
    return reshape(y, tuple(n for i, n in enumerate(shape_of(x)) if i not in lost))


def _share_of_winners(x: Any, y: Any, axis: Axis, keepdims: bool) -> Any:
    """1 at the largest entry; entries that tie share it equally."""
    mask = equal(x, restore_axes(y, shape_of(x), axis, keepdims))
    return mask / sum(mask, axis, True)


def vjp_sum(g: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    """The VJP rule of `sum`: every entry receives the adjoint of the sum that it is in."""
    shape = shape_of(x)
    return broadcast_to(restore_axes(g, shape, axis, keepdims), shape)


def _vjp_mean(g: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    shape = shape_of(x)
    return broadcast_to(restore_axes(g / _count(shape, axis), shape, axis, keepdims), shape)


def _vjp_max(g: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    g = restore_axes(g, shape_of(x), axis, keepdims)
    return g * _share_of_winners(x, y, axis, keepdims)


def _jvp_max(t: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    return sum(t * _share_of_winners(x, y, axis, keepdims), axis, keepdims)


def _softmax_of(x: Any, y: Any, axis: Axis, keepdims: bool) -> Any:
    """The derivative of logsumexp, from its result y; 0 throughout a row of -inf."""
    y = where(equal(y, -np.inf), 0.0, y)
    return exp(x - restore_axes(y, shape_of(x), axis, keepdims))


def _vjp_logsumexp(g: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    g = restore_axes(g, shape_of(x), axis, keepdims)
    return g * _softmax_of(x, y, axis, keepdims)


def _jvp_logsumexp(t: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    return sum(t * _softmax_of(x, y, axis, keepdims), axis, keepdims)


def _source(method: str) -> Callable[..., str]:
    def write(x: str, axis: str, keepdims: str) -> str:
        settings = [] if axis == "None" else [f"axis={axis}"]
        settings += [] if keepdims == "False" else [f"keepdims={keepdims}"]
        return f"{x}.{method}({', '.join(settings)})"

    return write


def _reduction(
    value: Callable[..., Any], vjp: Rule, jvp: Rule, printed: str | None, **fields: Any
) -> Callable[[_F], _F]:
    """Enter a reduction, printed as the method of that name."""
    source = None if printed is None else _source(printed)
    return primitive(
        value, (vjp,), (jvp,), source=source, binds=(CALL,), settings=2, reach=vjp_sum, **fields
    )


@_reduction(
    lambda x, axis, keepdims: normal(np.add.reduce(x, axis=axis, keepdims=keepdims)),
    vjp_sum,
    lambda t, y, x, axis, keepdims: sum(t, axis, keepdims),
    "sum",
    latex=r"\sum {0}",
    linear=True,
    numpy=((np.sum, lambda a, axis=None, *, keepdims=False: sum(a, axis, keepdims)),),
)
def sum(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """The sum of the entries, of all or along `axis`."""
    return x, as_axis(axis), bool(keepdims)


@_reduction(
    _mean,
    _vjp_mean,
    lambda t, y, x, axis, keepdims: mean(t, axis, keepdims),
    "mean",
    latex=r"\operatorname{{mean}}\left({0}\right)",
    linear=True,
    numpy=((np.mean, lambda a, axis=None, *, keepdims=False: mean(a, axis, keepdims)),),
)
def mean(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """The mean of the entries, of all or along `axis`.

    Raises:
        ValueError: if there are none.
    """
    return x, as_axis(axis), bool(keepdims)


@_reduction(
    _max,
    _vjp_max,
    _jvp_max,
    "max",
    latex=r"\max\left({0}\right)",
    numpy=tuple(
        (function, lambda a, axis=None, *, keepdims=False: max(a, axis, keepdims))
        for function in (np.max, getattr(np, "amax", np.max))
    ),
)
def max(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """The largest entry, of all or along `axis`. Entries that tie share the derivative equally."""
    return x, as_axis(axis), bool(keepdims)


@_reduction(
    _min,
    _vjp_max,
    _jvp_max,
    "min",
    latex=r"\min\left({0}\right)",
    numpy=((np.min, lambda a, axis=None, *, keepdims=False: min(a, axis, keepdims)),),
)
def min(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """The smallest entry, of all or along `axis`. Entries that tie share the derivative equally."""
    return x, as_axis(axis), bool(keepdims)


@_reduction(
    _logsumexp,
    _vjp_logsumexp,
    _jvp_logsumexp,
    None,
    latex=r"\log \sum e^{{{0}}}",
)
def logsumexp(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """log Σ eˣ without overflow, of all entries or along `axis`; its derivative is the softmax.

    Where all entries are -inf it is -inf, and the derivative is taken to be 0.
    """
    return x, as_axis(axis), bool(keepdims)
