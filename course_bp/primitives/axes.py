"""Settings that name axes or shapes, as Python's own integers.

NumPy takes any integer there, `np.int64` too. What is recorded has to be compared, calculated
with and printed, so that settings are brought into one form where an operation is called.
"""

from __future__ import annotations

from operator import index
from typing import Any, TypeAlias

from numpy.lib.array_utils import normalize_axis_tuple

Axis: TypeAlias = int | tuple[int, ...] | None


def as_axis(axis: Any) -> Axis:
    """An axis, several of them or None for all, as an integer, a tuple or None.

    Raises:
        TypeError: if it is none of these.
    """
    if axis is None:
        return None
    return tuple(map(index, axis)) if isinstance(axis, tuple) else index(axis)


def as_shape(shape: Any) -> tuple[int, ...]:
    """A shape, or the length of the only axis, as a tuple of integers.

    Raises:
        TypeError: if it is neither.
    """
    try:
        return (index(shape),)
    except TypeError:
        return tuple(map(index, shape))


def numbered(axis: Any, ndim: int) -> tuple[int, ...]:
    """The axes that are meant, counted from the front; all of them for None.

    Raises:
        numpy.exceptions.AxisError: for one that there is not.
    """
    return tuple(range(ndim)) if axis is None else normalize_axis_tuple(axis, ndim)
