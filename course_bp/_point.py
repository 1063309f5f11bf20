"""The place where a numerical method calls f: copies of the arguments, entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .recording import parameter_names
from .tree import path_name, tree_flatten, tree_map, tree_paths

Array = NDArray[Any]


class Point:
    """Where f is differentiated: the arguments, and the chosen ones as a flat list of arrays.

    Args:
        f: read only for the names of its parameters.
        args: all positional arguments.
        argnums: which arguments to differentiate with respect to.

    Attributes:
        names: what each leaf is called, as Python would index it: `params['W'][0]`.
        leaves: the leaves of the chosen arguments as float64 arrays.

    Raises:
        TypeError: if a chosen argument holds something other than floating-point numbers, or
            argnums names one that is not there.
        ValueError: if a leaf is empty or not finite.
    """

    def __init__(
        self, f: Callable[..., Any], args: tuple[Any, ...], argnums: int | Sequence[int] = 0
    ) -> None:
        chosen = (argnums,) if isinstance(argnums, int) else tuple(argnums)
        for number in chosen:
            if not -len(args) <= number < len(args):
                raise TypeError(f"argnums asks for argument {number}, and f was given {len(args)}")
        self.args = args
        self._argnums = tuple(number % len(args) for number in chosen)
        self._single = isinstance(argnums, int)
        self._roots = parameter_names(f, len(args))
        self.names: list[str] = []
        self.leaves: list[NDArray[np.float64]] = []
        for number in self._argnums:
            for path, leaf in tree_paths(args[number]):
                self.names.append(path_name(self._roots[number], path))
                self.leaves.append(_as_real(leaf, self.names[-1]))

    def arguments(self, replaced: dict[int, Array], dtype: type = np.float64) -> tuple[Any, ...]:
        """Fresh copies for one call of f, with the leaves in `replaced` exchanged."""
        copies: list[Array] = [
            np.array(replaced.get(k, x), dtype) for k, x in enumerate(self.leaves)
        ]
        return self.with_leaves([x if x.ndim else _number(x) for x in copies])

    def with_leaves(self, leaves: list[Any]) -> tuple[Any, ...]:
        """The arguments with other values instead of the leaves of the chosen ones."""
        args = list(self.args)
        for number, argument in zip(self._argnums, self._arranged(leaves), strict=True):
            args[number] = argument
        return tuple(args)

    def at(self, leaves: list[Array]) -> Point:
        """The point with these leaves instead of its own."""
        other = copy(self)
        other.leaves = [np.array(leaf, np.float64) for leaf in leaves]
        other.args = self.arguments(dict(enumerate(leaves)))
        return other

    def structured(self, arrays: list[Array]) -> Any:
        """Put one array per leaf back into the structure of the chosen arguments."""
        parts = self._arranged([x if x.ndim else float(x) for x in arrays])
        return parts[0] if self._single else tuple(parts)

    def named(self, gradient: Any) -> dict[str, Any]:
        """The leaves of a gradient of the chosen arguments by name, whatever its structure is.

        Raises:
            ValueError: if there is not one part for each chosen argument.
        """
        asked = len(self._argnums)
        try:
            parts = (gradient,) if self._single else tuple(gradient)
        except TypeError:
            parts = ()
        if len(parts) != asked:
            given = f"{len(parts)}" if parts else f"a {type(gradient).__name__}"
            raise ValueError(
                f"a gradient with respect to {asked} arguments is a tuple of {asked} "
                f"parts; got {given}"
            )
        return {
            path_name(self._roots[number], path): leaf
            for number, part in zip(self._argnums, parts, strict=True)
            for path, leaf in tree_paths(part)
        }

    def copied(self) -> tuple[Any, ...]:
        """The arguments as they were given, with every array in them copied."""
        copies: tuple[Any, ...] = tree_map(
            lambda leaf: leaf.copy() if isinstance(leaf, np.ndarray) else leaf, self.args
        )
        return copies

    def changed(self, args: tuple[Any, ...]) -> list[str]:
        """The names of the arrays in `args` that are not what was given."""
        return [
            path_name(self._roots[path[0]], path[1:])  # type: ignore[index]  # a tuple's index
            for (path, old), new in zip(tree_paths(self.args), tree_flatten(args)[0], strict=True)
            if isinstance(old, np.ndarray) and not np.array_equal(old, new)
        ]

    def entry(self, k: int, i: int) -> str:
        """Name entry i of leaf k as Python would index it."""
        shape = self.leaves[k].shape
        if not shape:
            return self.names[k]
        return f"{self.names[k]}[{', '.join(str(n) for n in np.unravel_index(i, shape))}]"

    def _arranged(self, leaves: list[Any]) -> list[Any]:
        parts = []
        for number in self._argnums:
            found, rebuild = tree_flatten(self.args[number])
            parts.append(rebuild(leaves[: len(found)]))
            leaves = leaves[len(found) :]
        return parts


def _number(x: Array) -> Any:
    """A Python float; a complex number as NumPy's, which can be compared and divided by 0."""
    return x[()] if x.dtype.kind == "c" else x.item()


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
    """What f returned as an array, or why it is not a value to differentiate.

    Raises:
        TypeError: if the value is not made of floating-point numbers.
    """
    array = np.asarray(value)
    if array.dtype.kind in "iub":
        raise TypeError(
            f"f returned whole numbers ({array.dtype}), so its derivative is lost; look for an "
            "integer array that floats were written into, or return a float"
        )
    if array.dtype.kind != "f" and not (complex_allowed and array.dtype.kind == "c"):
        raise TypeError(f"f must return a number or an array, but returned {type(value).__name__}")
    return array


def require_function(f: Any) -> None:
    """Complain if f cannot be called.

    Raises:
        TypeError: if it cannot.
    """
    if not callable(f):
        raise TypeError(f"f must be a function, but it is a {type(f).__name__}")
