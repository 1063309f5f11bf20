"""The way back through time, right or with a slip."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step

Slope = Callable[[Any, Any], Any]


def states(v: SimpleNamespace, first: float, inputs: Any) -> Any:
    """A state and those that follow from it.

    Args:
        v: the inputs, of which w and u are read.
        first: the state.
        inputs: the inputs of the steps after it.

    Returns:
        One state more than inputs.
    """
    found = [first]
    for x in inputs:
        found.append(np.tanh(v.w * found[-1] + v.u * x))
    return np.array(found)


def from_checkpoints(v: SimpleNamespace) -> Any:
    """The states before and after all steps, computed again from the checkpoints.

    Args:
        v: the inputs and the checkpoints.

    Returns:
        Two rows, those before the steps and those after them, of shape (2, T).
    """
    parts = np.split(np.asarray(v.x), len(v.x) // v.length)
    if len(v.checkpoints) != len(parts):  # They are not what the way back starts from.
        return np.array([v.h[:-1], v.h[1:]])
    found = [states(v, first, x) for first, x in zip(v.checkpoints, parts, strict=True)]
    return np.concatenate([[s[:-1], s[1:]] for s in found], axis=1)


def after_the_step(before: Any, after: Any) -> Any:
    """The slope of tanh in a step.

    Args:
        before: the state before the step.
        after: the state after it.
    """
    return 1 - after**2


def deltas(
    seed: Step = lambda v: v.h[-1] - v.y,
    slope: Slope = after_the_step,
    along: Step = lambda v: v.w,
    again: bool = False,
) -> Step:
    """∂loss/∂h_t for t = 1 … T.

    Args:
        seed: the derivative with respect to the last state.
        slope: the slope in a step, from the states before and after it.
        along: what a step multiplies by on the way back, besides its slope.
        again: whether every segment starts from the seed anew.
    """

    def found(v: SimpleNamespace) -> Any:
        before, after = v.again
        dh = [seed(v)]
        for t in range(len(after), 1, -1):
            passed = dh[-1] * slope(before[t - 1], after[t - 1]) * along(v)
            dh.append(seed(v) if again and (t - 1) % v.length == 0 else passed)
        return np.array(dh[::-1])

    return found
