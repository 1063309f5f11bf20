"""Spread and averages, and values held between bounds, written with the primitives.

Source: D0 and D2 (objectives average over examples); NumPy's definitions.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..values import shape_of
from .axes import Axis, as_axis, numbered
from .powers import root, square
from .reductions import max, mean, min, sum
from .selection import maximum, minimum
from .shapes import broadcast_to, reshape


def var(x: Any, axis: Axis = None, ddof: float = 0, keepdims: bool = False) -> Any:
    """The mean squared distance from the mean, of all entries or along `axis`.

    Args:
        x: an array.
        axis, keepdims: as for `sum`.
        ddof: what is taken off the number of entries before it divides.
    """
    axis = as_axis(axis)
    middle = mean(x, axis, True)
    squares = sum(square(x - middle), axis, keepdims)
    count = int(np.prod(shape_of(x))) // np.maximum(1, int(np.prod(shape_of(middle)))).item()
    return squares / (float(count) - ddof)


def std(x: Any, axis: Axis = None, ddof: float = 0, keepdims: bool = False) -> Any:
    """The root of `var`. Where all entries are equal its derivative is taken to be 0."""
    return root(var(x, axis, ddof, keepdims))


def average(x: Any, axis: Axis = None, weights: Any = None, keepdims: bool = False) -> Any:
    """The mean, or one in which entries have weights."""
    if weights is None:
        return mean(x, axis, keepdims)
    axis = as_axis(axis)
    if shape_of(weights) != shape_of(x):
        if not isinstance(axis, int):
            raise TypeError("np.average takes weights of x's shape, or along one axis")
        weights = _along_axis(weights, shape_of(x), axis)
    weights = broadcast_to(weights, shape_of(x))
    return sum(x * weights, axis, keepdims) / sum(weights, axis, keepdims)


def _along_axis(x: Any, shape: tuple[int, ...], axis: int) -> Any:
    """A vector along one axis of a shape, the others at length 1."""
    return reshape(
        x, tuple(n if (i,) == numbered(axis, len(shape)) else 1 for i, n in enumerate(shape))
    )


def ptp(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """The largest entry less the smallest."""
    return max(x, axis, keepdims) - min(x, axis, keepdims)


def clip(x: Any, a_min: Any = None, a_max: Any = None) -> Any:
    """x, but no less than a_min and no more than a_max. At a bound each has half the derivative."""
    if a_min is not None:
        x = maximum(x, a_min)
    return x if a_max is None else minimum(x, a_max)
