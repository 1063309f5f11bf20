"""Gradient descent on XOR's four examples, right or with a slip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step
from autograder.exercises.training.descent_steps import PARAMETERS, forward_and_backward

ENOUGH = 1e-3
MOST_STEPS = 10_000
FIRST = 5


def path(
    v: SimpleNamespace, wrong: Mapping[str, Step] | None = None, direction: float = -1.0
) -> Iterator[tuple[float, SimpleNamespace]]:
    """Gradient descent on all four examples.

    Args:
        v: the inputs.
        wrong: steps of the pass to compute otherwise.
        direction: −1 downhill.

    Yields:
        The loss at each point, and the point.
    """
    now = SimpleNamespace(**vars(v))
    for _ in range(MOST_STEPS + 1):
        found = forward_and_backward(now, v.x, v.y, wrong)
        yield float(found.loss), now
        now = SimpleNamespace(**vars(v))
        for name in PARAMETERS:
            slope = getattr(found, f"d{name}")
            setattr(now, name, getattr(found, name) + direction * v.learning_rate * slope)


def descend_path(
    v: SimpleNamespace,
    wrong: Mapping[str, Step] | None = None,
    direction: float = -1.0,
    most: int = FIRST,
) -> tuple[Any, dict[str, Any]]:
    """Gradient descent until the loss is small.

    Args:
        v: the inputs.
        wrong: steps of the pass to compute otherwise.
        direction: −1 downhill.
        most: the largest number of steps.

    Returns:
        The losses, and the parameters at the end.
    """
    losses: list[float] = []
    for loss, now in path(v, wrong, direction):
        end = {name: getattr(now, name) for name in PARAMETERS}
        if len(losses) == most:
            break
        losses.append(loss)
        if loss < ENOUGH:
            break
    return np.array(losses), end
