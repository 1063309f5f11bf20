"""NumPy's functions that put entries elsewhere, written with reshape, transpose and indexing.

Names, arguments and results are NumPy's; the derivatives follow from the primitives.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import index as integer
from typing import Any

import numpy as np

from ..values import shape_of
from .axes import as_shape, numbered
from .joining import concatenate, stack
from .scans import flip
from .shapes import broadcast_to, index, reshape, scatter, transpose


def _axis(axis: Any, ndim: int) -> int:
    """The axis counted from the front."""
    return numbered(axis, ndim)[0]


def ravel(x: Any) -> Any:
    """The entries in one row."""
    return reshape(x, int(np.prod(shape_of(x))))


def expand_dims(x: Any, axis: Any) -> Any:
    """x with new axes of length 1 at these places of the result."""
    axes = as_shape(axis)
    ndim = len(shape_of(x)) + len(axes)
    places = numbered(axes, ndim)
    rest = iter(shape_of(x))
    return reshape(x, tuple(1 if i in places else next(rest) for i in range(ndim)))


def squeeze(x: Any, axis: Any = None) -> Any:
    """x without its axes of length 1, or without those named."""
    shape = shape_of(x)
    if axis is None:
        return reshape(x, tuple(n for n in shape if n != 1))
    lost = numbered(axis, len(shape))
    if any(shape[i] != 1 for i in lost):
        raise ValueError(f"squeeze takes away axes of length 1, not axis {axis} of shape {shape}")
    return reshape(x, tuple(n for i, n in enumerate(shape) if i not in lost))


def moveaxis(x: Any, source: Any, destination: Any) -> Any:
    """x with some axes moved to other places; the rest keep their order."""
    ndim = len(shape_of(x))
    start, end = numbered(source, ndim), numbered(destination, ndim)
    order = [i for i in range(ndim) if i not in start]
    for place, axis in sorted(zip(end, start, strict=True)):
        order.insert(place, axis)
    return transpose(x, tuple(order))


def swapaxes(x: Any, axis1: int, axis2: int) -> Any:
    """x with two axes exchanged."""
    order = list(range(len(shape_of(x))))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return transpose(x, tuple(order))


def rollaxis(x: Any, axis: int, start: int = 0) -> Any:
    """x with an axis moved before another."""
    ndim = len(shape_of(x))
    axis, start = _axis(axis, ndim), start + ndim if start < 0 else start
    return moveaxis(x, axis, start - 1 if axis < start else start)


def roll(x: Any, shift: Any, axis: Any = None) -> Any:
    """The entries moved on along axes; those beyond the end come in at the front."""
    if axis is None:
        return reshape(roll(ravel(x), int(np.sum(shift)), 0), shape_of(x))
    for by, along in np.broadcast(shift, axis):
        along = _axis(along, len(shape_of(x)))
        length = shape_of(x)[along]
        cut = (length - by) % length if length else 0
        before = (slice(None),) * along
        parts = [index(x, (*before, s)) for s in (slice(cut, None), slice(None, cut))]
        x = concatenate(parts, along)
    return x


def rot90(x: Any, k: int = 1, axes: Sequence[int] = (0, 1)) -> Any:
    """x turned by k quarters from the first axis towards the second."""
    turns = k % 4
    if turns == 2:
        return flip(x, tuple(axes))
    if turns == 0:
        return x
    turned = flip(x, axes[1]) if turns == 1 else x
    swap = swapaxes(turned, *axes)
    return swap if turns == 1 else flip(swap, axes[1])


def repeat(x: Any, repeats: Any, axis: int | None = None) -> Any:
    """Each entry several times, along an axis or in one row."""
    if axis is None:
        x, axis = ravel(x), 0
    axis = _axis(axis, len(shape_of(x)))
    places = np.repeat(np.arange(shape_of(x)[axis]), repeats)
    return index(x, (*(slice(None),) * axis, places))


def tile(x: Any, reps: Any) -> Any:
    """x side by side with itself, so many times along each axis."""
    times = as_shape(reps)
    ndim = max(len(times), len(shape_of(x)))
    times = (1,) * (ndim - len(times)) + times
    shape = (1,) * (ndim - len(shape_of(x))) + tuple(shape_of(x))
    apart = tuple(n for length in shape for n in (1, length))
    wide = tuple(n for pair in zip(times, shape, strict=True) for n in pair)
    whole = tuple(t * n for t, n in zip(times, shape, strict=True))
    return reshape(broadcast_to(reshape(x, apart), wide), whole)


def diff(x: Any, n: int = 1, axis: int = -1) -> Any:
    """The differences of neighbours along an axis, n times over."""
    axis = _axis(axis, len(shape_of(x)))
    before = (slice(None),) * axis
    for _ in range(n):
        later, earlier = (index(x, (*before, s)) for s in (slice(1, None), slice(None, -1)))
        x = later - earlier
    return x


def pad(x: Any, pad_width: Any, mode: str = "constant", constant_values: float = 0.0) -> Any:
    """x with entries of one number before and after it along each axis."""
    if mode != "constant":
        raise TypeError(f"np.pad of Nodes and dual numbers has the mode 'constant', not {mode!r}")
    shape = shape_of(x)
    widths = np.broadcast_to(np.asarray(pad_width), (len(shape), 2)).tolist()
    whole = tuple(n + before + after for n, (before, after) in zip(shape, widths, strict=True))
    place = tuple(slice(before, before + n) for n, (before, _) in zip(shape, widths, strict=True))
    padded = scatter(x, place, whole)
    if constant_values == 0.0:
        return padded
    frame = np.full(whole, float(constant_values))
    frame[place] = 0.0
    return padded + frame


def take(x: Any, indices: Any, axis: int | None = None) -> Any:
    """Entries by their numbers, along an axis or of all in one row."""
    if axis is None:
        x, axis = ravel(x), 0
    places = np.asarray(indices)
    found = places if places.ndim else integer(places)
    return index(x, (*(slice(None),) * _axis(axis, len(shape_of(x))), found))


def take_along_axis(x: Any, indices: Any, axis: int | None = -1) -> Any:
    """For each place along an axis the entry with the number that stands there."""
    if axis is None:
        return index(ravel(x), np.asarray(indices))
    axis = _axis(axis, len(shape_of(x)))
    grid = np.ogrid[tuple(slice(n) for n in np.shape(indices))]
    return index(x, tuple(np.asarray(indices) if i == axis else g for i, g in enumerate(grid)))


def kron(a: Any, b: Any) -> Any:
    """Each entry of a times the whole of b, in a's arrangement."""
    ndim = max(len(shape_of(a)), len(shape_of(b)))
    left, right = ((1,) * (ndim - len(shape_of(x))) + tuple(shape_of(x)) for x in (a, b))
    first = reshape(a, tuple(n for length in left for n in (length, 1)))
    second = reshape(b, tuple(n for length in right for n in (1, length)))
    return reshape(first * second, tuple(m * n for m, n in zip(left, right, strict=True)))


def cross(
    a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: Any = None
) -> Any:
    """The vector product of vectors of three numbers, which lie along an axis, by default the last.

    Raises:
        ValueError: for vectors of other lengths.
    """
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = moveaxis(a, axisa, -1), moveaxis(b, axisb, -1)
    if shape_of(a)[-1] != 3 or shape_of(b)[-1] != 3:
        raise ValueError(f"cross takes vectors of 3 numbers, not {shape_of(a)} and {shape_of(b)}")
    (a0, a1, a2), (b0, b1, b2) = ([index(x, (..., i)) for i in range(3)] for x in (a, b))
    return stack([a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0], axisc)


def linspace(start: Any, stop: Any, num: int = 50, endpoint: bool = True, axis: int = 0) -> Any:
    """Numbers at equal distances from start to stop, along a new axis."""
    steps = np.linspace(0.0, 1.0, num, endpoint=endpoint)
    if not num:
        return np.linspace(np.zeros(shape_of(start)), np.zeros(shape_of(stop)), 0, axis=axis)
    return stack([start * (1.0 - t) + stop * t for t in steps.tolist()], axis)


def gradient(x: Any, *spacing: Any, axis: Any = None) -> Any:
    """The slopes between neighbours along each axis, one-sided at the ends, as in NumPy.

    Args:
        x: an array.
        spacing: the distance of neighbours, for all axes or for each.
        axis: the axes; a single number gives one array instead of a list.
    """
    ndim = len(shape_of(x))
    axes = numbered(axis, ndim)
    steps = spacing * len(axes) if len(spacing) == 1 else spacing or (1.0,) * len(axes)
    if any(np.ndim(step) for step in steps):
        raise TypeError("np.gradient of Nodes and dual numbers takes distances that are numbers")
    found = [_slopes(x, i) / float(step) for i, step in zip(axes, steps, strict=True)]
    single = ndim == 1 or isinstance(axis, int | np.integer)
    return found[0] if single else tuple(found)


def _slopes(x: Any, axis: int) -> Any:
    def part(start: int | None, stop: int | None) -> Any:
        return index(x, (*(slice(None),) * axis, slice(start, stop)))

    ends = part(1, 2) - part(0, 1), part(-1, None) - part(-2, -1)
    return concatenate([ends[0], (part(2, None) - part(None, -2)) / 2.0, ends[1]], axis)


def full_like(x: Any, fill_value: Any) -> Any:
    """One number in x's shape."""
    return broadcast_to(fill_value, shape_of(x))
