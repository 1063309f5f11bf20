"""What a node may hold: a float or a float64 array, and what is asked about either."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Value: TypeAlias = float | Array

_FLOAT64 = np.dtype(np.float64)


def is_float64(x: Any) -> bool:
    """Whether x is what a Node may hold without further ado: a float64 array with axes."""
    return x.__class__ is np.ndarray and x.dtype is _FLOAT64 and x.ndim > 0


def shape_of(x: Any) -> tuple[int, ...]:
    """The shape of a float, an array or a Node; () for a float."""
    if x.__class__ is float:
        return ()
    return x.shape if hasattr(x, "shape") else np.shape(x)


def zeros(shape: tuple[int, ...]) -> Value:
    """The zero of a shape: 0.0 for a scalar."""
    return np.zeros(shape) if shape else 0.0


def as_constant(value: Any) -> Any:
    """An operand that is not a Node, as a float, a float64 array or a boolean array.

    Raises:
        TypeError: for complex numbers and anything that is not a number.
    """
    if value.__class__ is float or is_float64(value):
        return value
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"a Node can be combined with real numbers, not {kind_of(value, array)}")
    if array.ndim == 0:
        return float(array)
    return array if array.dtype == bool else array.astype(np.float64, copy=False)


def kind_of(value: Any, array: NDArray[Any]) -> str:
    """How a message calls a value that is not a number."""
    name = type(value).__name__
    return f"{name} of {array.dtype}" if isinstance(value, np.ndarray) else name
