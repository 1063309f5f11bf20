"""Comparing one returned value with the right one: form first, then numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

# Entries that are small beside the largest of their tensor carry the round-off of the large ones.
ENTRY_FLOOR = 1e-13


_KINDS = (np.ndarray, float, int, bool, complex)

# By name, because what comes out of the sandbox keeps only the name of its type.
_TYPES = {
    "MaskedArray": (
        " A masked array leaves some entries out: fill them in, with .filled(0.0) if 0 is what "
        "belongs there."
    ),
    "matrix": (
        " For a matrix, * is the matrix product: use np.array, and @ for products of matrices."
    ),
    "list": " Turn it into an array with np.array(...).",
    "tuple": " Turn it into an array with np.array(...).",
    "str": " Return the number itself, not a string.",
}


@dataclass(frozen=True)
class FormFault:
    """A value that cannot be compared by numbers.

    Args:
        kind: "list" (or a tuple), "type", "dtype", "shape" or "nonfinite".
        message: what is wrong and what is expected, in words for the student.
    """

    kind: str
    message: str


def form_fault(value: Any, right: Any) -> FormFault | None:
    """Says what is wrong with the form of a value: its type, dtype, shape or finiteness.

    Args:
        value: what the student returned for a part.
        right: the right value, a float or float64 array, for its shape.

    Returns:
        None when the value is a float or float64 array of the right shape with finite entries.
    """
    shape = np.shape(right)
    wanted = f"a float64 array of shape {shape}" if shape else "a float"
    if value is None:
        return FormFault("type", f"it is None; expected {wanted}.")
    if type(value) is int and not shape:
        return _too_large(value)
    # By identity, because a class can call itself equal to any other.
    is_list = type(value) is list or type(value) is tuple
    if is_list and not value and np.size(right):
        kind = type(value).__name__
        return FormFault("list", f"it is an empty {kind}; expected {wanted}.{_EMPTY}")
    if not any(type(value) is kind for kind in _KINDS) and not isinstance(value, np.generic):
        name = type(value).__name__
        kind = "list" if name in ("list", "tuple") else "type"
        return FormFault(kind, f"it is of type {name}; expected {wanted}.{_TYPES.get(name, '')}")
    array = np.asarray(value)
    # Numbers that came from a file may have their bytes in the other order.
    if array.dtype.newbyteorder("=") != np.float64:
        return FormFault(
            "dtype", f"its dtype is {array.dtype}; expected float64.{_dtype_advice(array.dtype)}"
        )
    if array.shape != shape:
        return FormFault(
            "shape",
            f"its shape is {array.shape}; expected {shape or 'a single number'}."
            f"{_shape_advice(array.shape, shape)}",
        )
    if not np.isfinite(array).all():
        count = int((~np.isfinite(array)).sum())
        kind = "nan" if np.isnan(array).any() else "inf"
        where = f" in {count} of its {array.size} entries" if shape else ""
        return FormFault("nonfinite", f"it is {kind}{where}, but a finite number is expected.")
    return None


def close(
    value: Any,
    right: Any,
    tolerance: float,
    same_nonfinite: bool = False,
    floor: float = ENTRY_FLOOR,
) -> bool:
    """Whether two arrays of the same shape agree, entry by entry.

    Args:
        value: floats of any shape.
        right: floats to compare with; another shape never agrees, nor do nan and infinity.
        tolerance: largest accepted difference, relative to the right entry.
        same_nonfinite: whether nan agrees with nan and infinity with infinity, as it should when
            the question is whether two answers went wrong in the same way.
        floor: the accepted difference relative to the tensor's largest entry, for round-off.

    Returns:
        True when every entry differs by at most the tolerance times the entry, with the floor
        times the tensor's largest entry for round-off.
    """
    a, b = np.asarray(value, dtype=float), np.asarray(right, dtype=float)
    if a.shape != b.shape:
        return False
    finite = np.isfinite(b)
    if not finite.all():
        # Every number would be close to infinity, whose round-off is infinite too.
        if not (same_nonfinite and np.array_equal(a[~finite], b[~finite], equal_nan=True)):
            return False
        a, b = a[finite], b[finite]
    return bool(close_entries(a, b, tolerance, floor).all())


def close_entries(value: Any, right: Any, tolerance: float, floor: float = ENTRY_FLOOR) -> Any:
    """Which entries of two float arrays of the same shape agree, as `close` has it.

    Args:
        value: floats.
        right: finite floats of the same shape.
        tolerance: largest accepted difference, relative to the right entry.
        floor: as for `close`.

    Returns:
        A boolean array.
    """
    if not np.size(right):
        return np.ones(np.shape(right), dtype=bool)
    with np.errstate(invalid="ignore", over="ignore"):
        bound = tolerance * np.abs(right) + floor * np.abs(right).max()
        return np.abs(value - right) <= bound


def _too_large(value: int) -> FormFault | None:
    """A plain `1` or `-2` is as good as 1.0; one that no float can hold is not."""
    try:
        float(value)
    except OverflowError:
        return FormFault("dtype", "it is an integer that is too large for a float.")
    return None


def _dtype_advice(dtype: np.dtype[Any]) -> str:
    if dtype.kind in "iub":
        return (
            " Integers lose everything after the decimal point. Start from np.zeros(shape), "
            "which holds floats, not from np.zeros_like of an array of integers."
        )
    if dtype.kind == "f" and dtype.itemsize < 8:
        return " Single precision is too coarse to tell a right gradient from a nearly right one."
    if dtype.kind == "c":
        return " The value should be real, not complex: take the part that you need."
    return ""


_EMPTY = (
    " It has no entries at all: either nothing was ever put into it, or everything was taken out "
    "again, as pop() does."
)


def _shape_advice(got: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    if 0 in got and 0 not in wanted:
        return _EMPTY
    if got == wanted[::-1] and got != wanted:
        return " That is the transposed shape: write the shape of each factor above the product."
    if len(got) == 2 and 1 in got and got[0] * got[1] == int(np.prod(wanted)):
        return " It has one axis of length 1 too many: a vector of n entries has shape (n,)."
    if not wanted:
        return " Is a sum missing? If not, take the one number out with .item()."
    if len(got) > len(wanted):
        return (
            " If an array was broadcast in the forward pass, its gradient is summed over those "
            "axes."
        )
    return ""
