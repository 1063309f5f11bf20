"""The place where a numerical method calls f: copies of the arguments, entry by entry."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_bp._tree import leaves_with_paths, with_leaves

Array = NDArray[Any]


class Point:
    """Where f is differentiated: the arguments, and the chosen ones as a flat list of arrays.

    Raises:
        TypeError: a chosen argument holds something other than real floating-point numbers.
        ValueError: a chosen argument holds a value that is not finite, or `argnums` does not fit.
    """

    def __init__(self, args: tuple[Any, ...], argnums: int | Sequence[int]):
        chosen = (argnums,) if isinstance(argnums, int) else tuple(argnums)
        for number in chosen:
            if not -len(args) <= number < len(args):
                raise ValueError(f"argnums={number}, but f was given {len(args)} argument(s)")
        self.args = args
        self.single = isinstance(argnums, int)
        self.argnums = tuple(number % len(args) for number in chosen)
        self.names: list[str] = []
        self.leaves: list[NDArray[np.float64]] = []
        self._is_float: list[bool] = []
        for number in self.argnums:
            root = "x" if self.single else f"argument {number}"
            for name, leaf in leaves_with_paths(args[number], root):
                self.names.append(name)
                self.leaves.append(_as_real(leaf, name))
                self._is_float.append(not isinstance(leaf, np.ndarray))

    def arguments(self, replaced: dict[int, Array], dtype: type = np.float64) -> tuple[Any, ...]:
        """Fresh copies for one call of f, with the leaves in `replaced` exchanged."""
        copies: list[Array] = [
            np.array(replaced.get(k, leaf), dtype) for k, leaf in enumerate(self.leaves)
        ]
        inputs = iter(
            [
                copy.item() if scalar else copy
                for copy, scalar in zip(copies, self._is_float, strict=True)
            ]
        )
        args = list(self.args)
        for number in self.argnums:
            args[number] = with_leaves(self.args[number], inputs)
        return tuple(args)

    def structured(self, arrays: list[Array]) -> Any:
        """Put one array per leaf back into the structure of the chosen arguments."""
        values = iter(
            [
                float(array) if scalar and array.ndim == 0 else array
                for array, scalar in zip(arrays, self._is_float, strict=True)
            ]
        )
        results = tuple(with_leaves(self.args[number], values) for number in self.argnums)
        return results[0] if self.single else results

    def entry(self, k: int, i: int) -> str:
        """Name entry i of leaf k as Python would index it."""
        leaf = self.leaves[k]
        if leaf.ndim == 0:
            return self.names[k]
        return f"{self.names[k]}[{', '.join(str(n) for n in np.unravel_index(i, leaf.shape))}]"


def _as_real(leaf: Any, name: str) -> NDArray[np.float64]:
    array = np.asarray(leaf)
    if array.dtype.kind in "iub":
        raise TypeError(
            f"{name} holds whole numbers ({array.dtype}), which cannot be moved by a small step; "
            "write 2.0 for 2, or use x.astype(float)"
        )
    if array.dtype.kind != "f":
        raise TypeError(f"{name} must hold real numbers, but it is {type(leaf).__name__}")
    if array.size == 0:
        raise ValueError(f"{name} is empty, shape {array.shape}: there is nothing to differentiate")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} is not finite: {leaf!r}")
    return np.array(array, dtype=np.float64)


def as_value(value: Any, complex_allowed: bool = False) -> Array:
    """Copy what f returned into an array, or say why it is not a value to differentiate.

    The copy matters: a function may write every answer into the same buffer.

    Raises:
        TypeError: the value is not made of floating-point numbers.
    """
    array = np.array(value)
    if array.dtype.kind in "iub":
        raise TypeError(
            f"f returned whole numbers ({array.dtype}), so its derivative is lost; look for an "
            "integer array that floats were written into, or return a float"
        )
    if array.dtype.kind != "f" and not (complex_allowed and array.dtype.kind == "c"):
        raise TypeError(f"f must return a number or an array, but returned {type(value).__name__}")
    return array
