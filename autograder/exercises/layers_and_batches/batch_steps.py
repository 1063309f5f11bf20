"""The steps of a batch's backward pass, from which right answers and mistakes are made."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from autograder.exercise import Step
from autograder.exercises.layers_and_batches.deep import Rule, in_each_layer, layers
from autograder.exercises.layers_and_batches.formulas import slope


def biases(rule: Rule) -> dict[str, Step]:
    """The db of every layer, by a rule of v, layer and delta."""
    return in_each_layer("db", "delta", rule)


def weights(rule: Rule) -> dict[str, Step]:
    """The dW of every layer, by a rule of v, layer and delta."""
    return in_each_layer("dW", "delta", rule)


def gradient(v: SimpleNamespace, layer: int, delta: Any) -> Any:
    """BP4 for rows: what a layer's delta gives for its weights."""
    return v.entering[layer - 1].T @ delta


def back(step: Callable[[SimpleNamespace, Any, Any, int], Any]) -> Step:
    """BP2 for rows, from a function of the weights above, the error there, and the layer."""
    return lambda v: lambda layer, delta: step(v, layers(v)[0][layer + 1], delta, layer)


def back_by_updated_weights(rate: float) -> Step:
    """BP2 with the weights above as they are after a step of gradient descent."""
    return back(
        lambda v, W, delta, layer: (
            (delta @ (W - rate * v.entering[layer].T @ delta).T) * slope(v.f.a[layer])
        )
    )
