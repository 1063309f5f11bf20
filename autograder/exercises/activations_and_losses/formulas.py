"""The formulas of unit 05: four activations, the softmax, and its logarithm."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Step

UNIT = "05-activations-and-losses"


def quiet(step: Step) -> Step:
    """A step whose overflows are meant: NumPy's warnings about them are not shown."""

    def silent(v: Any) -> Any:
        with np.errstate(all="ignore"):
            return step(v)

    return silent


def sigmoid(z: Any) -> Any:
    """The logistic function without overflow, to full precision for any z."""
    small = np.exp(-np.abs(z))
    return np.where(z < 0, small, 1.0) / (1 + small)


def softplus(z: Any) -> Any:
    """log(1 + eᶻ) without overflow."""
    return np.logaddexp(0, z)


def softmax(b: Any, axis: int = -1) -> Any:
    """The softmax of logits b, shape (N, K), over an axis; the same shape (D2)."""
    e = np.exp(b - b.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(b: Any) -> Any:
    """The logarithm of the softmax of each row of b, shape (N, K), without overflow (D2)."""
    shifted = b - b.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def mean_shifted(b: Any) -> Any:
    """Logits minus the mean of each row, where its maximum should be subtracted."""
    return b - b.mean(axis=-1, keepdims=True)


def softmax_by_the_mean(b: Any) -> Any:
    """The softmax of such logits: it overflows where a logit is far above the mean of its row."""
    e = np.exp(mean_shifted(b))
    return e / e.sum(axis=-1, keepdims=True)
