"""What gradients of losses for two classes are made of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from autograder.exercises.activations_and_losses.formulas import sigmoid


def residual(v: SimpleNamespace) -> Any:
    """How far each y is above the line."""
    return v.y - v.X @ v.w


def class_1(v: SimpleNamespace) -> Any:
    """The gradient of −log p over the examples of class 1."""
    return v.X.T @ (v.t * (sigmoid(v.X @ v.w) - 1))


def class_0(v: SimpleNamespace) -> Any:
    """The gradient of −log(1 − p) over the examples of class 0."""
    return v.X.T @ ((1 - v.t) * sigmoid(v.X @ v.w))


def slopes(v: SimpleNamespace) -> Any:
    """The slope of the sigmoid at each example."""
    p = sigmoid(v.X @ v.w)
    return p * (1 - p)


def sides(v: SimpleNamespace) -> Any:
    """The class as −1 or +1."""
    return 2 * v.t - 1


def hinge(v: SimpleNamespace, targets: Any) -> Any:
    """The gradient of the hinge Σ max(0, 1 − target · score), with these targets."""
    return -v.X.T @ (targets * (targets * (v.X @ v.w) < 1))


def margin(v: SimpleNamespace) -> Any:
    """z times the side of its class, which is above 0 where the class is right."""
    return sides(v) * (v.X @ v.w)
