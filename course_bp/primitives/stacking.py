"""NumPy's functions that cut arrays into pieces and put arrays together.

Names, arguments and results are NumPy's; the derivatives follow from the primitives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..values import shape_of
from .axes import numbered
from .joining import concatenate
from .rearranging import ravel
from .shapes import index, reshape


def array_split(x: Any, indices_or_sections: Any, axis: int = 0) -> list[Any]:
    """x in pieces along an axis, as equal as can be or cut at the given places."""
    (axis,) = numbered(axis, len(shape_of(x)))
    pieces = np.array_split(np.arange(shape_of(x)[axis]), indices_or_sections)
    before = (slice(None),) * axis
    starts = np.cumsum([0, *map(len, pieces)]).tolist()
    return [
        index(x, (*before, slice(start, start + len(piece))))
        for start, piece in zip(starts, pieces, strict=False)
    ]


def split(x: Any, indices_or_sections: Any, axis: int = 0) -> list[Any]:
    """x in equal pieces along an axis, or cut at the given places."""
    length = shape_of(x)[axis]
    if np.ndim(indices_or_sections) == 0 and length % indices_or_sections:
        raise ValueError(f"an axis of length {length} has no {indices_or_sections} equal pieces")
    return array_split(x, indices_or_sections, axis)


def hsplit(x: Any, indices_or_sections: Any) -> list[Any]:
    """x in pieces side by side."""
    return split(x, indices_or_sections, 0 if len(shape_of(x)) == 1 else 1)


def vsplit(x: Any, indices_or_sections: Any) -> list[Any]:
    """x in pieces one below another."""
    return split(x, indices_or_sections, 0)


def dsplit(x: Any, indices_or_sections: Any) -> list[Any]:
    """x in pieces along the third axis."""
    return split(x, indices_or_sections, 2)


def atleast_1d(*arrays: Any) -> Any:
    """Arrays with at least one axis."""
    return _each(lambda x: x if shape_of(x) else reshape(x, 1), arrays)


def atleast_2d(*arrays: Any) -> Any:
    """Arrays with at least two axes; a vector becomes a row."""
    return _each(
        lambda x: x if len(shape_of(x)) > 1 else reshape(x, (1, int(np.prod(shape_of(x))))), arrays
    )


def atleast_3d(*arrays: Any) -> Any:
    """Arrays with at least three axes, new ones as NumPy puts them."""

    def deepened(x: Any) -> Any:
        shape = tuple(shape_of(x))
        if len(shape) > 2:
            return x
        return reshape(x, (*shape, 1) if len(shape) == 2 else (1, *(shape or (1,)), 1))

    return _each(deepened, arrays)


def _each(function: Any, arrays: Sequence[Any]) -> Any:
    found = tuple(map(function, arrays))
    return found[0] if len(found) == 1 else found


def vstack(tup: Sequence[Any]) -> Any:
    """Arrays one below another."""
    return concatenate([atleast_2d(x) for x in tup], 0)


def hstack(tup: Sequence[Any]) -> Any:
    """Arrays side by side."""
    arrays = [atleast_1d(x) for x in tup]
    return concatenate(arrays, 0 if len(shape_of(arrays[0])) == 1 else 1)


def dstack(tup: Sequence[Any]) -> Any:
    """Arrays one behind another."""
    return concatenate([atleast_3d(x) for x in tup], 2)


def column_stack(tup: Sequence[Any]) -> Any:
    """Vectors and matrices as the columns of one matrix."""
    return concatenate(
        [reshape(x, (int(np.prod(shape_of(x))), 1)) if len(shape_of(x)) < 2 else x for x in tup], 1
    )


def append(arr: Any, values: Any, axis: int | None = None) -> Any:
    """Values after an array."""
    if axis is None:
        return concatenate([ravel(arr), ravel(values)], 0)
    return concatenate([arr, values], axis)


def join(arrays: Sequence[Any], axis: int | None = 0) -> Any:
    """Arrays one after another along an axis; of all their entries in one row for None."""
    return concatenate([ravel(x) for x in arrays] if axis is None else arrays, axis or 0)
