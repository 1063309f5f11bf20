"""Values whose form was not asked for, and that can be read all the same.

Single precision, whole numbers, a list or an extra axis of length 1 do not make a right number
wrong. So such a value is read as the float64 array that was asked for. A list costs nothing; the
others cost a little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judge.compare import ENTRY_FLOOR, close, form_fault

# What is left of a dozen operations in single precision, relative to the entry; and relative to the
# largest entry of the tensor, whose round-off the small ones carry.
SINGLE_TOLERANCE, SINGLE_FLOOR = 1e-5, 1e-6
SINGLE_HIDES = (
    "The numbers are right. But in single precision a finite difference looks like a derivative, "
    "so they earn what a finite difference does."
)


@dataclass(frozen=True)
class Reading:
    """A part's values, one per probe, as what was asked for.

    Args:
        values: float64 arrays or floats of the right shapes.
        single: whether they have no more digits than single precision has.
    """

    values: Sequence[Any]
    single: bool

    def agrees(self, rights: Sequence[Any], tolerance: float) -> bool:
        """Whether the values are the right ones, to as many digits as they have.

        Args:
            rights: the right values, one per probe.
            tolerance: the exercise's, for values that are in double precision.
        """
        pairs = zip(self.values, rights, strict=True)
        if not self.single:
            return all(close(value, right, tolerance, floor=ENTRY_FLOOR) for value, right in pairs)
        return all(
            close(value, _as_single(right), SINGLE_TOLERANCE, floor=SINGLE_FLOOR)
            for value, right in pairs
        )


def _as_single(right: Any) -> Any:
    """A right value without what single precision cannot hold."""
    return np.where(np.abs(right) < np.finfo(np.float32).tiny, 0.0, right)


def read_forms(values: Sequence[Any], rights: Sequence[Any]) -> Reading | None:
    """Reads values of another form than the one that was asked for.

    Args:
        values: what the student returned for a part, one value per probe.
        rights: the right values, for their shapes.

    Returns:
        The values in the form that was asked for, or None if one of them has no such form.
    """
    faults = [form_fault(value, right) for value, right in zip(values, rights, strict=True)]
    # A form that comes on some of the inputs only is a mistake of its own, such as np.squeeze.
    fits = [
        fault is None or fault.kind == "list"
        for fault, right in zip(faults, rights, strict=True)
        if np.size(right)
    ]
    if any(fits) and not all(fits):
        return None
    found = [_array(value, np.shape(right)) for value, right in zip(values, rights, strict=True)]
    arrays = [array for array in found if array is not None]
    if len(arrays) < len(found):
        return None
    single = any(array.dtype.itemsize < 8 and array.dtype.kind == "f" for array in arrays)
    return Reading([array.astype(float)[()] for array in arrays], single)


def read_as_asked(value: Any, right: Any) -> Reading | None:
    """Reads one value, in the form that was asked for or in another.

    Args:
        value: what the student returned for a part.
        right: the right value.

    Returns:
        The value as it is if its form is right, or as it is read; None if it cannot be read.
    """
    if form_fault(value, right) is None:
        return Reading([value], False)
    return read_forms([value], [right])


def all_as_asked(values: Sequence[Any], rights: Sequence[Any]) -> list[Any] | None:
    """Reads what came back for a part on several inputs as double precision.

    Args:
        values: what the student returned for it, one value per probe.
        rights: the right values.

    Returns:
        The values in the form that was asked for, or None if one of them has fewer digits or no
        such form.
    """
    read = [read_as_asked(value, right) for value, right in zip(values, rights, strict=True)]
    known = [one.values[0] for one in read if one and not one.single]
    return known if len(known) == len(read) else None


def _array(value: Any, shape: tuple[int, ...]) -> Any:
    """A finite array of numbers of the shape, or None."""
    if type(value) in (list, tuple):
        # As one array, a long word among a million short ones makes each as long as it is.
        if _count(value) != math.prod(shape):
            return None
        try:
            value = np.array(value)
        except (ValueError, OverflowError):
            return None
    elif type(value) not in (np.ndarray, int, float) and not isinstance(value, np.generic):
        return None
    array = np.asarray(value)
    enough = array.dtype.kind in "iu" or (array.dtype.kind == "f" and array.dtype.itemsize >= 4)
    if not enough or not np.isfinite(array).all():
        return None
    if array.shape == shape:
        return array
    same = [length for length in array.shape if length != 1] == [n for n in shape if n != 1]
    return array.reshape(shape) if same and array.ndim > len(shape) else None


def _count(value: Any) -> int:
    """How many entries a value has, those of lists within lists and of arrays in them included."""
    if type(value) in (list, tuple):
        return sum(map(_count, value))
    return value.size if isinstance(value, np.ndarray) else 1
