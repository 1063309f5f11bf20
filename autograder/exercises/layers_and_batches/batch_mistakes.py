"""What goes wrong in a batch's backward pass; see `batches`."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.layers_and_batches.batch_steps import (
    back,
    back_by_updated_weights,
    biases,
    gradient,
    weights,
)
from autograder.exercises.layers_and_batches.deep import (
    feedforward,
    layers,
    update_mistakes,
)
from autograder.exercises.layers_and_batches.formulas import sigmoid, slope
from autograder.exercises.layers_and_batches.forward_slips import bias_left_out, no_activation

MISTAKES = (
    bias_left_out(f=lambda v: feedforward(v, v.X, lambda W, a, b: a @ W)),
    no_activation(
        "of the output",
        f=lambda v: feedforward(v, v.X, lambda W, a, b: a @ W + b, linear_output=True),
    ),
    Mistake(
        "M3",
        "cost not averaged",
        {"C": lambda v: 0.5 * np.sum((v.f.out - v.Y) ** 2)},
        "your {part} grows with the number of examples.",
        name="a sum where a mean is needed",
        question="What does the text divide C by: the examples, the outputs or both?",
    ),
    Mistake(
        "M3",
        "mean over outputs too",
        {"C": lambda v: 0.5 * np.mean((v.f.out - v.Y) ** 2)},
        "your {part} is divided by the number of outputs as well as of examples.",
        name="a mean over examples and outputs instead of only the examples",
        question="What does the text divide C by: the examples, the outputs or both?",
    ),
    Mistake(
        "M2",
        "cost without ½",
        {"C": lambda v: np.sum((v.f.out - v.Y) ** 2) / len(v.X)},
        "your {part} is twice as large as it should be.",
        question="Which constant stands in front of the sum in C?",
    ),
    Mistake(
        "M1",
        "Y − A",
        {"delta_L": lambda v: (v.Y - v.f.out) / len(v.X) * slope(v.f.out)},
        "your {part} has the right size but the opposite sign, on every input.",
    ),
    Mistake(
        "M2",
        "derivative of the square without ½",
        {"delta_L": lambda v: 2 * (v.f.out - v.Y) / len(v.X) * slope(v.f.out)},
        "your {part} is twice as large as it should be for this cost, on every input.",
        name="a factor of 2, as if the cost had no ½",
    ),
    Mistake(
        "M3",
        "1/N left out",
        {"delta_L": lambda v: (v.f.out - v.Y) * slope(v.f.out)},
        "your {part} is too large by a factor that equals the number of examples.",
        name="a sum where a mean is needed",
    ),
    Mistake(
        "M3",
        "1/(NK)",
        {"delta_L": lambda v: (v.f.out - v.Y) / v.Y.size * slope(v.f.out)},
        "your {part} is divided by the number of outputs as well as of examples.",
        name="a mean over examples and outputs instead of only the examples",
    ),
    Mistake(
        "M5",
        "σ′ left out at the output",
        {"delta_L": lambda v: (v.f.out - v.Y) / len(v.X)},
        "your {part} is ∂C/∂A of the output layer; the step from A to Z is missing.",
    ),
    Mistake(
        "M4",
        "averaged again at every layer",
        {"back": back(lambda v, W, delta, layer: (delta @ W.T) * slope(v.f.a[layer]) / len(v.X))},
        "your {part} is divided by the number of examples again, although delta[L] already was.",
    ),
    Mistake(
        "M5",
        "σ′ left out below",
        {"back": back(lambda v, W, delta, layer: delta @ W.T)},
        "your {part} is the gradient at A; the step from A to Z is missing.",
    ),
    Mistake(
        "M6",
        "σ′ at A",
        {"back": back(lambda v, W, delta, layer: (delta @ W.T) * slope(sigmoid(v.f.a[layer])))},
        "your {part} evaluates σ′ at A, which is already the output of a sigmoid.",
    ),
    Mistake(
        "M6",
        "Z(1 − Z)",
        {"back": back(lambda v, W, delta, layer: (delta @ W.T) * slope(v.f.z[layer]))},
        "your {part} uses Z(1 − Z) with the values before the sigmoid.",
    ),
    Mistake(
        "M11",
        "W where Wᵀ belongs",
        {"back": back(lambda v, W, delta, layer: (delta @ W) * slope(v.f.a[layer]))},
        "your {part} uses W without a transpose, as the forward pass does. That runs only if "
        "two layers have the same size, and then it sums over the wrong index.",
        name="a missing transpose on the way back",
    ),
    Mistake(
        "M6",
        "pre-activations enter the weights",
        {"entering": lambda v: {**v.f.z, 1: v.X}},
        "your {part} pairs the errors with Z of the layer before, the values before its sigmoid.",
        question="Which values enter the weights: those before the sigmoid of the layer below, or "
        "those after it?",
    ),
    Mistake(
        "M13",
        "what leaves the layer",
        weights(lambda v, layer, delta: v.f.a[layer].T @ delta),
        "your {part} pairs the errors with the outputs of the layer, not with its inputs.",
        name="what leaves a layer where what enters it belongs",
    ),
    Mistake(
        "M11",
        "dW transposed",
        weights(lambda v, layer, delta: delta.T @ v.f.a[layer - 1]),
        "your {part} has its rows and columns swapped.",
    ),
    Mistake(
        "M4",
        "weights averaged again",
        weights(lambda v, layer, delta: v.f.a[layer - 1].T @ delta / len(v.X)),
        "your {part} is divided by the number of examples again, but delta already contains 1/N.",
    ),
    Mistake(
        "M19",
        "biases not summed",
        biases(lambda v, layer, delta: delta),
        "your {part} has one row per example, but the layer has one bias per unit.",
    ),
    Mistake(
        "M20",
        "biases averaged",
        biases(lambda v, layer, delta: delta.mean(axis=0)),
        "your {part} is a mean over the examples, but delta already contains 1/N.",
    ),
    Mistake(
        "M20",
        "one number for all biases",
        biases(lambda v, layer, delta: delta.sum()),
        "your {part} is a single number. It adds up the units as well as the examples.",
    ),
    Mistake(
        "M20",
        "sum over the units",
        biases(lambda v, layer, delta: delta.sum(axis=1)),
        "your {part} has one entry per example. It adds along the rows.",
    ),
    Mistake(
        "M15",
        "last example only",
        {
            **biases(lambda v, layer, delta: delta[-1]),
            **weights(lambda v, layer, delta: np.outer(v.entering[layer - 1][-1], delta[-1])),
        },
        "your {part} is only the contribution of the last example.",
        name="only the last example is used, but all of them add up",
        question="Every example contributes to this gradient. Which line adds them up?",
    ),
    Mistake(
        "M5",
        "∂C/∂A enters the weights",
        weights(
            lambda v, layer, delta: v.f.a[layer - 1].T @ (delta / slope(v.f.a[layer])),
        ),
        "your {part} is made from ∂C/∂A of its layer, not from delta.",
        question=(
            "A weight affects Z, and Z affects A. Which of ∂C/∂Z and ∂C/∂A reaches the weight?"
        ),
    ),
    Mistake(
        "M5",
        "∂C/∂A passed down",
        {
            "back": back(
                lambda v, W, delta, layer: (
                    ((delta / slope(v.f.a[layer + 1])) @ W.T) * slope(v.f.a[layer])
                )
            )
        },
        "your {part} comes from ∂C/∂A of the layer above, not from its delta.",
        question=(
            "The W of the layer above computes its Z. Which of ∂C/∂Z and ∂C/∂A goes back through W?"
        ),
    ),
    Mistake(
        "M13",
        "the layer's own weights",
        {
            "back": back(
                lambda v, W, delta, layer: (delta @ layers(v)[0][layer].T) * slope(v.f.a[layer])
            )
        },
        "your {part} comes down through the W of its own layer, not of the layer above.",
        name="the weights of a different layer",
        question="Through which weights does this layer reach the cost: those into it, or "
        "those out of it?",
    ),
    Mistake(
        "M13",
        "σ′ of the layer above",
        {"back": back(lambda v, W, delta, layer: (delta @ W.T) * slope(v.f.a[layer + 1]))},
        "your {part} uses σ′ of the layer above, which is already in delta.",
        name="the σ′ of a different layer",
        question=(
            "The delta of the layer above already contains its own σ′. Whose σ′ is still missing?"
        ),
    ),
    Mistake(
        "M12",
        "elementwise product",
        weights(lambda v, layer, delta: v.f.a[layer - 1] * delta),
        "your {part} multiplies entry by entry, which runs only if the shapes are equal.",
    ),
    *update_mistakes(back_by_updated_weights, weights, gradient),
)
