"""The error of a finite difference against its step: the data of the V-shaped curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..tree import tree_flatten
from .quotients import Function, Method, finite_difference


class CountedCalls:
    """A function that counts its evaluations: `counted = CountedCalls(f)`, `counted.calls`."""

    def __init__(self, f: Function) -> None:
        self.f = f
        self.calls = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call f, and count."""
        self.calls += 1
        return self.f(*args, **kwargs)


@dataclass(frozen=True)
class StepSizeSweep:
    """The error of a finite difference at many steps: the data of the V-shaped curve."""

    method: Method
    steps: NDArray[np.float64]
    """The steps h, shape (n,)."""
    errors: NDArray[np.float64]
    """Largest error over all entries, relative to the largest entry of the gradient, shape (n,)."""

    @property
    def best_step(self) -> float:
        """The step with the smallest error."""
        return float(self.steps[np.argmin(self.errors)])

    @property
    def best_error(self) -> float:
        """The smallest error of the sweep."""
        return float(self.errors.min())


def step_size_sweep(
    f: Function,
    *args: Any,
    exact: Any,
    argnums: int | Sequence[int] = 0,
    method: Method = "central",
    steps: Sequence[float] | NDArray[np.float64] | None = None,
) -> StepSizeSweep:
    """Measure the error of a finite difference against the exact gradient for many steps.

    Too large a step truncates the Taylor series, too small a one leaves only round-off: on
    logarithmic axes the error draws a V.

    Args:
        f: scalar-valued function, and `*args` the point.
        exact: the gradient at that point, in the structure of the chosen argument, or a function
            of `*args` that gives it, such as `grad(f)`.
        argnums: as in `finite_difference`.
        method: as in `finite_difference`.
        steps: the steps to try; by default 49 from 1e-12 to 1 (1e-120 to 1 for "complex").

    Source: D0, "Finite Difference Method" (notes on precision and choice of epsilon).
    """
    if steps is None:
        steps = np.logspace(-120 if method == "complex" else -12, 0, 49)
    truth = exact(*args) if callable(exact) else exact
    expected = _flat(truth)
    size = float(np.max(np.abs(expected), initial=0.0)) or 1.0
    errors = []
    for h in steps:
        found = _flat(finite_difference(f, argnums, method, float(h))(*args))
        if found.shape != expected.shape:
            raise ValueError(
                f"exact holds {expected.size} numbers, but the argument holds {found.size}"
            )
        errors.append(float(np.max(np.abs(found - expected), initial=0.0)) / size)
    return StepSizeSweep(method, np.array(steps, dtype=np.float64), np.array(errors))


def _flat(tree: Any) -> NDArray[np.float64]:
    leaves = [np.ravel(np.asarray(leaf, dtype=np.float64)) for leaf in tree_flatten(tree)[0]]
    return np.concatenate(leaves)
