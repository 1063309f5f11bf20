"""The five-step algorithm of any depth as people get it wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.layers_and_batches.deep import (
    feedforward,
    in_each_layer,
    layers,
    update_mistakes,
)
from autograder.exercises.layers_and_batches.formulas import sigmoid, slope
from autograder.exercises.layers_and_batches.forward_slips import bias_left_out, no_activation


def weights(v: SimpleNamespace, layer: int, error: Any) -> Any:
    """∂C/∂W of a layer from its error."""
    return np.outer(error, v.entering[layer - 1])


def back(v: SimpleNamespace) -> Any:
    """BP2: the error of a layer from that of the layer above."""
    return lambda layer, error: (_above(v, layer).T @ error) * slope(v.f.a[layer])


def _above(v: SimpleNamespace, layer: int) -> Any:
    return layers(v)[0][layer + 1]


def _back_without_transpose(v: SimpleNamespace) -> Any:
    return lambda layer, error: (_above(v, layer) @ error) * slope(v.f.a[layer])


def _back_by_own_weights(v: SimpleNamespace) -> Any:
    return lambda layer, error: (layers(v)[0][layer].T @ error) * slope(v.f.a[layer])


def _back_by_upper_slope(v: SimpleNamespace) -> Any:
    return lambda layer, error: (_above(v, layer).T @ error) * slope(v.f.a[layer + 1])


def _back_by_updated_weights(rate: float) -> Step:
    """BP2 with the weights above as they are after a step of gradient descent."""

    def moved_back(v: SimpleNamespace) -> Any:
        def step(layer: int, error: Any) -> Any:
            moved = _above(v, layer) - rate * np.outer(error, v.entering[layer])
            return (moved.T @ error) * slope(v.f.a[layer])

        return step

    return moved_back


MISTAKES = (
    bias_left_out(f=lambda v: feedforward(v, v.x, lambda W, a, b: W @ a)),
    no_activation(
        "of the output",
        f=lambda v: feedforward(v, v.x, lambda W, a, b: W @ a + b, linear_output=True),
    ),
    Mistake(
        "M1",
        "y − a",
        {"at_output": lambda v: (v.y - v.f.out) * slope(v.f.out)},
        "your {part} has the right size but the opposite sign, on every input.",
    ),
    Mistake(
        "M2",
        "cost without ½",
        {"at_output": lambda v: 2 * (v.f.out - v.y) * slope(v.f.out)},
        "your {part} is twice as large as it should be for this cost, on every input.",
        name="a factor of 2, as if the cost had no ½",
    ),
    Mistake(
        "M3",
        "mean over the outputs",
        {"at_output": lambda v: (v.f.out - v.y) * slope(v.f.out) / len(v.y)},
        "your {part} is too small by a factor that equals the number of outputs.",
        name="a mean over the outputs instead of a sum",
        question="Does ½ Σ (a − y)² divide by anything besides the 2?",
    ),
    Mistake(
        "M3",
        "mean over the units",
        {"back": lambda v: lambda layer, error: back(v)(layer, error) / len(error)},
        "your {part} is divided by the number of units of the layer above.",
        name="a mean over the units of the layer above",
    ),
    # Before the next one, which gives the same numbers below the output.
    Mistake(
        "M5",
        "∂C/∂a passed down",
        {
            "back": lambda v: (
                lambda layer, error: (
                    (_above(v, layer).T @ (error / slope(v.f.a[layer + 1]))) * slope(v.f.a[layer])
                )
            )
        },
        "your {part} comes from ∂C/∂a of the layer above, not from its δ.",
        question=(
            "The W of the layer above computes its z. Which of ∂C/∂z and ∂C/∂a goes back through W?"
        ),
    ),
    Mistake(
        "M5",
        "σ′ left out at the output",
        {"at_output": lambda v: v.f.out - v.y},
        "your {part} is ∂C/∂a of the output layer; the step from a to z is missing.",
    ),
    Mistake(
        "M5",
        "σ′ left out below",
        {"back": lambda v: lambda layer, error: _above(v, layer).T @ error},
        "your {part} is the gradient at a; the step from a to z is missing.",
    ),
    Mistake(
        "M6",
        "σ′ at a",
        {
            "back": lambda v: (
                lambda layer, error: (_above(v, layer).T @ error) * slope(sigmoid(v.f.a[layer]))
            )
        },
        "your {part} evaluates σ′ at a, which is already the output of a sigmoid.",
    ),
    Mistake(
        "M6",
        "z(1 − z)",
        {"back": lambda v: lambda layer, error: (_above(v, layer).T @ error) * slope(v.f.z[layer])},
        "your {part} uses z(1 − z) with the values before the sigmoid.",
    ),
    Mistake(
        "M11",
        "W where Wᵀ belongs",
        {"back": _back_without_transpose},
        "your {part} uses W without a transpose, as the forward pass does. That runs only if "
        "two layers have the same size, and then it sums over the wrong index.",
        name="a missing transpose on the way back",
    ),
    Mistake(
        "M13",
        "the layer's own weights",
        {"back": _back_by_own_weights},
        "your {part} comes down through the W of its own layer, not of the layer above.",
        name="the weights of a different layer",
        question="Through which weights does this layer reach the cost: those into it, or "
        "those out of it?",
    ),
    Mistake(
        "M13",
        "σ′ of the layer above",
        {"back": _back_by_upper_slope},
        "your {part} uses σ′ of the layer above, which is already in the error.",
        name="the σ′ of a different layer",
        question=(
            "The error of the layer above already contains its own σ′. Whose σ′ is still missing?"
        ),
    ),
    Mistake(
        "M11",
        "outer product transposed",
        in_each_layer("dW", "db", lambda v, layer, d: np.outer(v.f.a[layer - 1], d)),
        "your {part} has its rows and columns swapped.",
        once=True,
        question="Which index of dW names the unit, row or column?",
    ),
    Mistake(
        "M13",
        "what leaves the layer",
        in_each_layer("dW", "db", lambda v, layer, d: np.outer(d, v.f.a[layer])),
        "your {part} pairs the errors with the outputs of the layer, not with its inputs.",
        name="what leaves a layer where what enters it belongs",
        once=True,
    ),
    Mistake(
        "M6",
        "pre-activations enter the weights",
        {"entering": lambda v: {**v.f.z, 1: v.x}},
        "your {part} pairs the errors with z of the layer before, the values before its sigmoid.",
        question="Which values enter the weights: those before the sigmoid of the layer below, or "
        "those after it?",
    ),
    Mistake(
        "M5",
        "∂C/∂a enters the weights",
        in_each_layer(
            "dW",
            "db",
            lambda v, layer, d: np.outer(d / slope(v.f.a[layer]), v.f.a[layer - 1]),
        ),
        "your {part} is made from ∂C/∂a of its layer, not from δ.",
        question=(
            "A weight affects z, and z affects a. Which of ∂C/∂z and ∂C/∂a reaches the weight?"
        ),
        once=True,
    ),
    Mistake(
        "M12",
        "elementwise product",
        in_each_layer("dW", "db", lambda v, layer, d: d * v.f.a[layer - 1]),
        "your {part} pairs each error with only one input, but in a layer every unit has a "
        "weight for every input.",
        once=True,
    ),
    *update_mistakes(
        _back_by_updated_weights, lambda rule: in_each_layer("dW", "db", rule), weights
    ),
    Mistake(
        "M20",
        "inputs in the bias",
        {
            "db_L": lambda v: v.at_output * v.entering[len(v.f.a) - 1].sum(),
        },
        "your {part} contains the inputs, but a bias is multiplied only by 1.",
        name="the inputs in the derivative of the bias",
        question="By how much does z_j grow when b_j grows by 1?",
    ),
)
