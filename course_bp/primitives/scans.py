"""Sums and products along an axis that keep what came before: cumsum, cumprod, prod.

The derivative of a product with respect to a factor is the product of the others. It is built from
the products of all before and of all after it, so that a factor of 0 does no harm.

Source: Blelloch 1990, "Prefix sums and their applications" (a scan in log n steps).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ..values import shape_of
from .axes import Axis, as_axis, numbered
from .entries import primitive
from .joining import concatenate
from .reductions import restore_axes, sum, vjp_sum
from .shapes import index, reshape, transpose
from .table import CALL, normal

__all__ = ["cumprod", "cumsum", "prod"]


def flip(x: Any, axis: Axis = None) -> Any:
    """The entries in the opposite order, along all axes or those named."""
    ndim = len(shape_of(x))
    turned = numbered(axis, ndim)
    return index(x, tuple(slice(None, None, -1 if i in turned else None) for i in range(ndim)))


def _reach_back(mask: Any, y: Any, x: Any, axis: int) -> Any:
    return flip(cumsum(flip(mask, axis), axis), axis)


@primitive(
    lambda x, axis: np.cumsum(x, axis=axis),
    (lambda g, y, x, axis: _reach_back(g, y, x, axis),),
    (lambda t, y, x, axis: cumsum(t, axis),),
    source="np.cumsum({0}, axis={1})",
    latex=r"\operatorname{{cumsum}}\left({0}\right)",
    settings=1,
    linear=True,
    numpy=((np.cumsum, lambda a, axis=None: cumsum(a, axis)),),
)
def cumsum(x: Any, axis: int | None = None) -> Any:
    """The sums of the entries up to each, along an axis or, by default, of all in their order."""
    x = reshape(x, -1) if axis is None else x
    return x, 0 if axis is None else as_axis(axis)


def cumprod(x: Any, axis: int | None = None) -> Any:
    """The products of the entries up to each, likewise."""
    x = reshape(x, -1) if axis is None else x
    (axis,) = numbered(0 if axis is None else axis, len(shape_of(x)))
    ahead = 1
    while ahead < shape_of(x)[axis]:
        x = x * _delayed(x, axis, ahead)
        ahead *= 2
    return x


def _delayed(x: Any, axis: int, count: int) -> Any:
    """Ones, and after them the entries of x as far as they go."""
    before = (slice(None),) * axis
    ones = _ones((*shape_of(x)[:axis], count, *shape_of(x)[axis + 1 :]))
    return concatenate([ones, index(x, (*before, slice(None, shape_of(x)[axis] - count)))], axis)


@cache
def _ones(shape: tuple[int, ...]) -> Any:
    """One array for each shape, so that what is printed names it once."""
    ones = np.ones(shape)
    ones.setflags(write=False)
    return ones


def _products_of_the_others(x: Any, axis: int) -> Any:
    """For each entry the product of all others along the axis."""
    if shape_of(x)[axis] < 2:
        return np.ones(shape_of(x))
    before = cumprod(_delayed(x, axis, 1), axis)
    after = flip(cumprod(_delayed(flip(x, axis), axis, 1), axis), axis)
    return before * after


def _derivative(x: Any, axis: Axis) -> Any:
    """The derivative of the product with respect to each entry."""
    shape = shape_of(x)
    axes = numbered(axis, len(shape))
    if not axes:
        return np.ones(shape)
    if len(axes) == 1:
        return _products_of_the_others(x, axes[0])
    order = (*(i for i in range(len(shape)) if i not in axes), *axes)
    moved = transpose(x, order)
    kept = len(shape) - len(axes)
    length = int(np.prod([shape[i] for i in axes]))
    flat = _products_of_the_others(reshape(moved, (*shape_of(moved)[:kept], length)), kept)
    return transpose(reshape(flat, shape_of(moved)), tuple(np.argsort(order).tolist()))


def _vjp_prod(g: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    return restore_axes(g, shape_of(x), axis, keepdims) * _derivative(x, axis)


def _jvp_prod(t: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    return sum(t * _derivative(x, axis), axis, keepdims)


def _write_prod(x: str, axis: str, keepdims: str) -> str:
    settings = [] if axis == "None" else [f"axis={axis}"]
    settings += [] if keepdims == "False" else [f"keepdims={keepdims}"]
    return f"{x}.prod({', '.join(settings)})"


@primitive(
    lambda x, axis, keepdims: normal(np.prod(x, axis=axis, keepdims=keepdims)),
    (_vjp_prod,),
    (_jvp_prod,),
    source=_write_prod,
    latex=r"\prod {0}",
    binds=(CALL,),
    settings=2,
    reach=vjp_sum,
    numpy=((np.prod, lambda a, axis=None, *, keepdims=False: prod(a, axis, keepdims)),),
)
def prod(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """The product of the entries, of all or along `axis`."""
    return x, as_axis(axis), bool(keepdims)
