"""One pass of the network that reads digits.

Examples are rows: h = tanh(x W1 + b1), z = h W2 + b2, p = softmax(z) along each row. The risk is
the mean of −log p[class] over the examples.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step

REMEMBERED = 8


def softmax(z: Any, axis: int = 1) -> Any:
    """The softmax along an axis.

    Args:
        z: the logits.
        axis: the axis that adds up to 1.
    """
    raised = np.exp(z - z.max(axis=axis, keepdims=True))
    return raised / raised.sum(axis=axis, keepdims=True)


def remembered(step: Step, *reads: str) -> Step:
    """A step that is not worked out again for the very same arrays.

    A pass over a thousand digits takes milliseconds, and the same forward pass belongs to many
    mistakes of the backward pass.

    Args:
        step: what is worked out.
        *reads: the quantities that it reads.

    Returns:
        The step, which remembers the last few results with the arrays that they were made from.
    """
    known: list[tuple[list[Any], Any]] = []

    def recalled(v: SimpleNamespace) -> Any:
        given = [getattr(v, name) for name in reads]
        for before, value in known:
            if all(one is other for one, other in zip(before, given, strict=True)):
                return value
        value = step(v)
        known.insert(0, (given, value))
        del known[REMEMBERED:]
        return value

    return recalled


def one_hot(y: Any) -> Any:
    """A row for each example, with a 1 in the place of its class.

    Args:
        y: the classes.
    """
    return np.eye(10)[y]


PASS: dict[str, Step] = {
    "h": remembered(lambda v: np.tanh(v.x @ v.W1 + v.b1), "x", "W1", "b1"),
    "z": remembered(lambda v: v.h @ v.W2 + v.b2, "h", "W2", "b2"),
    "p": remembered(lambda v: softmax(v.z), "z"),
    "risk": remembered(lambda v: -np.mean(np.log(v.p[np.arange(len(v.y)), v.y])), "p", "y"),
    "dz": remembered(lambda v: (v.p - one_hot(v.y)) / len(v.y), "p", "y"),
    "dW2": remembered(lambda v: v.h.T @ v.dz, "h", "dz"),
    "db2": remembered(lambda v: v.dz.sum(axis=0), "dz"),
    "ds": remembered(lambda v: (v.dz @ v.W2.T) * (1 - v.h**2), "dz", "W2", "h"),
    "dW1": remembered(lambda v: v.x.T @ v.ds, "x", "ds"),
    "db1": remembered(lambda v: v.ds.sum(axis=0), "ds"),
}
