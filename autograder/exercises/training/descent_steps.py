"""Gradient descent on deck D1's network with one hidden layer, right or with a slip.

Examples are rows: h = tanh(x W + c), p = h w + b, with D1's names for the parameters. A batch's
loss is the mean of (p − y)²; the regulariser (λ/2)(Σ W² + Σ w²) acts on both weights, matrix and
vector, and leaves the biases c and b alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step

PARAMETERS = ("W", "c", "w", "b")
WEIGHTS = ("W", "w")

PASS: dict[str, Step] = {
    "h": lambda v: np.tanh(v.x @ v.W + v.c),
    "p": lambda v: v.h @ v.w + v.b,
    "loss": lambda v: np.mean((v.p - v.y) ** 2),
    "dp": lambda v: 2 * (v.p - v.y) / len(v.y),
    "dw": lambda v: v.h.T @ v.dp,
    "db": lambda v: np.sum(v.dp),
    "dz": lambda v: np.outer(v.dp, v.w) * (1 - v.h**2),
    "dW": lambda v: v.x.T @ v.dz,
    "dc": lambda v: v.dz.sum(axis=0),
}
PENALISED: dict[str, float] = {"W": 1.0, "w": 1.0}


def forward_and_backward(
    v: SimpleNamespace, x: Any, y: Any, wrong: Mapping[str, Step] | None = None
) -> SimpleNamespace:
    """One forward and backward pass at the parameters of v, on the batch x, y."""
    now = SimpleNamespace(**{**vars(v), "x": x, "y": y})
    for name, step in PASS.items():
        setattr(now, name, (wrong or {}).get(name, step)(now))
    return now


def descend(
    v: SimpleNamespace,
    wrong: Mapping[str, Step] | None = None,
    penalised: Mapping[str, float] = PENALISED,
    keep: float = 0.0,
    with_penalty: bool = False,
    direction: float = -1.0,
) -> SimpleNamespace:
    """SGD through all batches.

    Args:
        v: the inputs.
        wrong: steps of the pass to compute otherwise.
        penalised: what multiplies λ times each parameter in its gradient.
        keep: the share of the last step's gradients that is not cleared.
        with_penalty: whether the penalty's gradient is kept too.
        direction: −1 downhill.

    Returns:
        The losses, the parameters, and under `points` those before and after every step.
    """
    now = SimpleNamespace(**vars(v))
    losses = []
    points = [_parameters(now)]
    left = dict.fromkeys(PARAMETERS, 0.0)
    for x, y in zip(v.x, v.y, strict=True):
        found = forward_and_backward(now, x, y, wrong)
        losses.append(found.loss)
        for name in PARAMETERS:
            data = getattr(found, f"d{name}") + keep * left[name]
            slope = data + penalised.get(name, 0.0) * v.lam * getattr(now, name)
            left[name] = slope if with_penalty else data
            setattr(now, name, getattr(now, name) + direction * v.learning_rate * slope)
        points.append(_parameters(now))
    return SimpleNamespace(losses=np.array(losses), points=points, **vars(points[-1]))


def changed(v: SimpleNamespace, **values: Any) -> SimpleNamespace:
    """The same quantities with other values of some.

    Args:
        v: the quantities.
        **values: the new values.
    """
    return SimpleNamespace(**{**vars(v), **values})


def _parameters(v: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(**{name: getattr(v, name) for name in PARAMETERS})
