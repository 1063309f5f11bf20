"""A claimed gradient, taken apart and looked at before any of its numbers is compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._point import Point
from ..tree import tree_paths


class Claim:
    """A gradient, or a function that gives one, together with what is wrong with its form.

    Args:
        claimed: the gradient in the structure of the point's chosen arguments, or a function of
            all arguments that returns it.
        f: called with the same arguments before each call of such a function, because a
            backward pass may read what the forward pass left.
        point: where the gradient is claimed.

    Attributes:
        leaves: by name, the parts that can be compared.
        refused: by name, why a part cannot be compared and is wrong.
        problems: what else is wrong.
        notes: what is not wrong but worth knowing.
    """

    def __init__(self, claimed: Any, f: Callable[..., Any], point: Point) -> None:
        self._claimed = claimed
        self._f = f
        self._point = point
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.refused: dict[str, str] = {}
        self.leaves: dict[str, NDArray[Any]] = {}
        answer = self._answer()
        for name in answer.keys() - set(point.names):
            self.problems.append(f"the claimed gradient has {name}, which the argument has not")
        for name, leaf in zip(point.names, point.leaves, strict=True):
            if name not in answer:
                self.refused[name] = "the claimed gradient has no such part"
                continue
            part = np.array(answer[name])
            if part.dtype.kind not in "fiu":
                kind = type(answer[name]).__name__ if part.dtype == object else part.dtype
                self.refused[name] = f"the claimed gradient is {kind}, not real numbers"
            elif part.shape != leaf.shape:
                self.refused[name] = (
                    f"the claimed gradient has shape {part.shape}, but the argument has "
                    f"shape {leaf.shape}"
                )
            else:
                self.leaves[name] = part

    def repeat(self) -> None:
        """Ask a function for its gradient again, and complain if the answer has changed."""
        if not callable(self._claimed):
            return
        again = self._answer()
        for name, first in self.leaves.items():
            second = np.asarray(again.get(name))
            if second.shape != first.shape or not np.allclose(
                second.astype(float), first, rtol=1e-9, atol=0.0, equal_nan=True
            ):
                self.problems.append(
                    f"a second call gives another gradient for {name}; is it added to what an "
                    "earlier call left behind?"
                )

    def _answer(self) -> dict[str, Any]:
        if not callable(self._claimed):
            return self._point.named(self._claimed)
        self._f(*self._point.copied())
        args = self._point.copied()
        answer = self._point.named(self._claimed(*args))
        for name in self._point.changed(args):
            problem = f"the gradient function changed {name} in place"
            if problem not in self.problems:
                self.problems.append(problem)
        if not self.notes:
            self.notes = _aliases(answer, args)
        return answer


def _aliases(answer: dict[str, Any], args: tuple[Any, ...]) -> list[str]:
    arrays = [(name, leaf) for name, leaf in answer.items() if isinstance(leaf, np.ndarray)]
    inputs = [leaf for _, leaf in tree_paths(args) if isinstance(leaf, np.ndarray)]
    notes = [
        f"the gradients of {a} and {b} share memory: updating one in place changes the other"
        for k, (a, first) in enumerate(arrays)
        for b, second in arrays[k + 1 :]
        if np.may_share_memory(first, second)
    ]
    notes += [
        f"the gradient of {a} shares memory with an argument: updating one changes the other"
        for a, leaf in arrays
        if any(np.may_share_memory(leaf, x) for x in inputs)
    ]
    return notes
