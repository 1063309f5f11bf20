"""Sorting, and what depends on the order of the entries.

Sorting moves entries, and moving a little changes no order, so the derivative moves along. Entries
that tie keep their order.

Source: NumPy's definitions.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..values import shape_of
from .axes import Axis, as_axis, numbered
from .entries import primitive
from .reductions import mean, restore_axes
from .shapes import index, reshape, transpose

__all__ = ["arrange", "median", "put_back", "sort"]


def _order(x: Any, axis: int) -> Any:
    return np.argsort(np.real(x), axis=axis, kind="stable")


def _sort(x: Any, axis: int) -> Any:
    return np.take_along_axis(x, _order(x, axis), axis) if np.iscomplexobj(x) else np.sort(x, axis)


_ORDER = 'np.argsort({1}, axis={2}, kind="stable")'


@primitive(
    _sort,
    (lambda g, y, x, axis: put_back(g, x, axis),),
    (lambda t, y, x, axis: arrange(t, x, axis),),
    source="np.sort({0}, axis={1})",
    latex=r"\operatorname{{sort}}\left({0}\right)",
    settings=1,
    reach=lambda mask, y, x, axis: put_back(mask, x, axis),
    numpy=((np.sort, lambda a, axis=-1: sort(a, axis)),),
)
def sort(x: Any, axis: int | None = -1) -> Any:
    """The entries in ascending order along an axis; of all of them in one row for None."""
    x = reshape(x, -1) if axis is None else x
    return x, 0 if axis is None else as_axis(axis)


@primitive(
    lambda v, x, axis: np.take_along_axis(v, _order(x, axis), axis),
    (lambda g, y, v, x, axis: put_back(g, x, axis), None),
    (lambda t, y, v, x, axis: arrange(t, x, axis), None),
    source=f"np.take_along_axis({{0}}, {_ORDER}, axis={{2}})",
    latex=r"\operatorname{{arrange}}\left({0}, {1}\right)",
    settings=1,
    linear=True,
)
def arrange(v: Any, x: Any, axis: int) -> Any:
    """The entries of v in the order that sorts x."""
    return v, x, axis


@primitive(
    lambda v, x, axis: np.take_along_axis(v, _order(_order(x, axis), axis), axis),
    (lambda g, y, v, x, axis: arrange(g, x, axis), None),
    (lambda t, y, v, x, axis: put_back(t, x, axis), None),
    source=f"np.take_along_axis({{0}}, np.argsort({_ORDER}, axis={{2}}), axis={{2}})",
    latex=r"\operatorname{{put\,back}}\left({0}, {1}\right)",
    settings=1,
    linear=True,
)
def put_back(v: Any, x: Any, axis: int) -> Any:
    """The entries of v where those of x were before they were sorted."""
    return v, x, axis


def median(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """The middle entry, or the mean of the two in the middle, of all or along `axis`."""
    shape = shape_of(x)
    axes = numbered(axis, len(shape))
    kept = [i for i in range(len(shape)) if i not in axes]
    length = int(np.prod([shape[i] for i in axes]))
    rows = reshape(transpose(x, (*kept, *axes)), (*(shape[i] for i in kept), length))
    middle = slice((length - 1) // 2, length // 2 + 1)
    found = mean(index(sort(rows), (..., middle)), -1)
    return restore_axes(found, shape, axes, False) if keepdims else found
