"""Gradient descent on the twenty-line network, right or with a slip."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step
from autograder.exercises.layers_and_batches.twenty_lines import STEPS

PARAMETERS = ("w1", "b1", "w2", "b2")


def right_gradients(v: SimpleNamespace, wrong: dict[str, Step] | None = None) -> SimpleNamespace:
    """One forward and backward pass.

    Args:
        v: the inputs, with the current parameters.
        wrong: steps to compute otherwise.
    """
    now = SimpleNamespace(**vars(v))
    for name, step in STEPS.items():
        setattr(now, name, (wrong or {}).get(name, step)(now))
    return now


def descend(v: SimpleNamespace, step: Callable[[SimpleNamespace], SimpleNamespace]) -> Any:
    """Gradient descent.

    Args:
        v: the inputs.
        step: the forward and backward pass at the current parameters.

    Returns:
        The losses, the parameters, and under `points` those before and after every step.
    """
    now = SimpleNamespace(**vars(v))
    losses = []
    points = [_parameters(now)]
    for _ in range(v.steps):
        found = step(now)
        losses.append(found.loss)
        for name in PARAMETERS:
            setattr(now, name, getattr(now, name) - v.lr * getattr(found, f"grad_{name}"))
        points.append(_parameters(now))
    return SimpleNamespace(losses=np.array(losses), points=points, **vars(points[-1]))


def _parameters(v: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(**{name: getattr(v, name) for name in PARAMETERS})
