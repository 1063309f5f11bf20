"""f at displaced points, for a gradient check: counted, silent, and nan where it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._point import Point, as_value

Array = NDArray[Any]

Move = dict[int, tuple[Array, Array]]
"""For each leaf that moves, its flat indices and how far each entry goes per unit of t."""


class Probe:
    """f around a point.

    Attributes:
        evaluations: how often f was called.
        changed: the arguments that f wrote into.
        at_zero: f at the point itself.
        dtype, eps: what f computes in, and its relative precision.

    Raises:
        TypeError: if f's value is not one real number.
    """

    def __init__(self, f: Callable[..., Any], point: Point) -> None:
        self.f = f
        self.point = point
        self.evaluations = 0
        args = point.copied()
        self._call(args)
        self.changed = point.changed(args)
        self.at_zero, self.dtype = self._call(point.arguments({}))
        self.eps = float(np.finfo(self.dtype).eps)

    def obstacle(self) -> str | None:
        """Why no slope can be measured here, if so."""
        if not np.isfinite(self.at_zero):
            return f"f itself is {self.at_zero} at this point, so it has no slope to measure"
        again, _ = self._call(self.point.arguments({}))
        if abs(again - self.at_zero) > 1e3 * self.eps * abs(self.at_zero):
            return (
                f"f returned {self.at_zero!r}, then {again!r} for the same arguments; fix its "
                "random seed, or look for something that it keeps from call to call"
            )
        return None

    def along(self, move: Move) -> Callable[[float], float]:
        """f as a function of t, its entries displaced by t times the weights of the move."""

        def displaced(t: float) -> float:
            replaced = {}
            for k, (indices, weights) in move.items():
                replaced[k] = self.point.leaves[k].copy()
                replaced[k].flat[indices] += t * weights
            try:
                return self._call(self.point.arguments(replaced))[0]
            except (ArithmeticError, ValueError, TypeError):  # or a complex root, in Python
                return float("nan")

        return displaced

    def _call(self, args: tuple[Any, ...]) -> tuple[float, np.dtype[Any]]:
        self.evaluations += 1
        with np.errstate(all="ignore"):
            value = as_value(self.f(*args))
        if value.ndim:
            raise TypeError(
                f"f returned an array of shape {value.shape}; a gradient needs one number. "
                "Sum the result, or use check_vjp, which draws an upstream gradient for it"
            )
        return float(value), value.dtype


def everywhere(point: Point, rng: np.random.Generator) -> Move:
    """A random direction in which every entry of every leaf moves."""
    return {
        k: (np.arange(leaf.size), scale_of(leaf.ravel()) * signed(rng, (leaf.size,)))
        for k, leaf in enumerate(point.leaves)
    }


def scale_of(x: Array) -> Array:
    """max(1, |x|) rounded up to a power of two, so that adding a step rounds nothing away."""
    power: Array = np.ceil(np.log2(np.maximum(1.0, np.abs(x))))
    return 2.0**power


def signed(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Numbers in ±[0.5, 1.5] of few binary digits: none can be lost, and no two sums cancel."""
    numbers: Array = rng.choice([-1.0, 1.0], shape) * rng.integers(512, 1537, shape) / 1024
    return numbers
