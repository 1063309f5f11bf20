"""A batch of rows through a network of any depth: Z = X W + b, as in deck D4.

The cost is the mean over the examples of ½ Σ (a − y)², so 1/N enters once, at the output.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe, Step
from autograder.exercises.layers_and_batches import right_passes
from autograder.exercises.layers_and_batches.asks import ask_network
from autograder.exercises.layers_and_batches.deep import (
    Rule,
    carried_down,
    feedforward,
    in_each_layer,
    layers,
    update_mistakes,
)
from autograder.exercises.layers_and_batches.four_equations import UNIT, sigmoid, slope


def _network(examples: int, *sizes: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "W": [rng.normal(size=(m, n)) for m, n in pairwise(sizes)],
            "b": [rng.normal(size=n) for n in sizes[1:]],
            "X": rng.normal(size=(examples, sizes[0])),
            "Y": rng.uniform(0.1, 0.9, size=(examples, sizes[-1])),
        }

    return draw


def _biases(rule: Rule) -> dict[str, Step]:
    return in_each_layer("db", "delta", rule)


def _weights(rule: Rule) -> dict[str, Step]:
    return in_each_layer("dW", "delta", rule)


def _gradient(v: SimpleNamespace, layer: int, delta: Any) -> Any:
    return v.entering[layer - 1].T @ delta


def _back(step: Callable[[SimpleNamespace, Any, Any, int], Any]) -> Step:
    """BP2 for rows, from a function of the weights above, the error there, and the layer."""
    return lambda v: lambda layer, delta: step(v, layers(v)[0][layer + 1], delta, layer)


def _back_by_updated_weights(rate: float) -> Step:
    """BP2 with the weights above as they are after a step of gradient descent."""
    return _back(
        lambda v, W, delta, layer: (
            (delta @ (W - rate * v.entering[layer].T @ delta).T) * slope(v.f.a[layer])
        )
    )


BATCH_EXERCISE = Exercise(
    id="bp.batch",
    unit=UNIT,
    title="A batch through a network of any depth",
    objectives=("O4",),
    deck="D1 and D3, BP1 to BP4; D4, batches as rows",
    ask=ask_network,
    steps={
        "f": lambda v: feedforward(v, v.X, lambda W, a, b: a @ W + b),
        "entering": lambda v: v.f.a,
        "C": lambda v: 0.5 * np.sum((v.f.out - v.Y) ** 2) / len(v.X),
        "back": _back(lambda v, W, delta, layer: (delta @ W.T) * slope(v.f.a[layer])),
        "delta_L": lambda v: (v.f.out - v.Y) / len(v.X) * slope(v.f.out),
        **carried_down("delta"),
        **_biases(lambda v, layer, delta: delta.sum(axis=0)),
        **_weights(_gradient),
    },
    parts=(
        Part("C", 0.3),
        Part("delta_L", 0.4, "delta[L]"),
        Part("db_L", 0.2, "db[L]"),
        Part("dW_L", 0.2, "dW[L]"),
        Part("delta_next", 0.4, "delta[L−1]"),
        Part("db_next", 0.2, "db[L−1]"),
        Part("dW_next", 0.2, "dW[L−1]"),
        Part("delta_rest", 0.2, "delta further down"),
        Part("db_rest", 0.2, "db further down"),
        Part("dW_rest", 0.2, "dW further down"),
    ),
    probes=(
        Probe("7 examples, layers of 5, 4, 2 and 3", _network(7, 5, 4, 2, 3)),
        Probe("5 examples, four layers of 3", _network(5, 3, 3, 3, 3)),
        Probe("3 examples, six layers", _network(3, 2, 4, 3, 2, 3, 5)),
        Probe("11 examples, no hidden layer", _network(11, 4, 3), special=True),
    ),
    tolerance=1e-8,
    why_tolerance="1 − a loses digits where sigmoids are close to 1, layer after layer",
    batch="X",
    derivatives=(
        "delta_L",
        "db_L",
        "dW_L",
        "delta_next",
        "db_next",
        "dW_next",
        "delta_rest",
        "db_rest",
        "dW_rest",
    ),
    mistakes=(
        Mistake(
            "M3",
            "cost not averaged",
            {"C": lambda v: 0.5 * np.sum((v.f.out - v.Y) ** 2)},
            "your {part} grows with the number of examples.",
        ),
        Mistake(
            "M3",
            "mean over outputs too",
            {"C": lambda v: 0.5 * np.mean((v.f.out - v.Y) ** 2)},
            "your {part} is divided by the number of outputs as well as of examples.",
            name="a mean over examples and outputs instead of only the examples",
        ),
        Mistake(
            "M2",
            "cost without ½",
            {"C": lambda v: np.sum((v.f.out - v.Y) ** 2) / len(v.X)},
            "your {part} is twice as large as it should be.",
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
            {
                "back": _back(
                    lambda v, W, delta, layer: (delta @ W.T) * slope(v.f.a[layer]) / len(v.X)
                )
            },
            "your {part} is divided by the number of examples again, although delta[L] already "
            "was.",
        ),
        Mistake(
            "M5",
            "σ′ left out below",
            {"back": _back(lambda v, W, delta, layer: delta @ W.T)},
            "your {part} is the gradient at A; the step from A to Z is missing.",
        ),
        Mistake(
            "M6",
            "σ′ at A",
            {
                "back": _back(
                    lambda v, W, delta, layer: (delta @ W.T) * slope(sigmoid(v.f.a[layer]))
                )
            },
            "your {part} evaluates σ′ at A, which is already the output of a sigmoid.",
        ),
        Mistake(
            "M6",
            "Z(1 − Z)",
            {"back": _back(lambda v, W, delta, layer: (delta @ W.T) * slope(v.f.z[layer]))},
            "your {part} uses Z(1 − Z) with the values before the sigmoid.",
        ),
        Mistake(
            "M11",
            "W where Wᵀ belongs",
            {"back": _back(lambda v, W, delta, layer: (delta @ W) * slope(v.f.a[layer]))},
            "your {part} uses W without a transpose, as the forward pass does. That runs only if "
            "two layers have the same size, and then it sums over the wrong index.",
            name="a missing transpose, hidden by a square matrix",
        ),
        Mistake(
            "M6",
            "pre-activations enter the weights",
            {"entering": lambda v: {**v.f.z, 1: v.X}},
            "your {part} pairs the errors with Z of the layer before, the values before its "
            "sigmoid.",
        ),
        Mistake(
            "M13",
            "what leaves the layer",
            _weights(lambda v, layer, delta: v.f.a[layer].T @ delta),
            "your {part} pairs the errors with the outputs of the layer, not with its inputs.",
        ),
        Mistake(
            "M11",
            "dW transposed",
            _weights(lambda v, layer, delta: delta.T @ v.f.a[layer - 1]),
            "your {part} has its rows and columns swapped.",
        ),
        Mistake(
            "M4",
            "weights averaged again",
            _weights(lambda v, layer, delta: v.f.a[layer - 1].T @ delta / len(v.X)),
            "your {part} is divided by the number of examples again, but delta already contains "
            "1/N.",
        ),
        Mistake(
            "M19",
            "biases not summed",
            _biases(lambda v, layer, delta: delta),
            "your {part} has one row per example, but the layer has one bias per unit.",
        ),
        Mistake(
            "M20",
            "biases averaged",
            _biases(lambda v, layer, delta: delta.mean(axis=0)),
            "your {part} is a mean over the examples, but delta already contains 1/N.",
        ),
        Mistake(
            "M20",
            "one number for all biases",
            _biases(lambda v, layer, delta: delta.sum()),
            "your {part} is a single number: it adds up the units as well as the examples.",
        ),
        Mistake(
            "M20",
            "sum over the units",
            _biases(lambda v, layer, delta: delta.sum(axis=1)),
            "your {part} has one entry per example: it adds along the rows.",
        ),
        Mistake(
            "M15",
            "last example only",
            {
                **_biases(lambda v, layer, delta: delta[-1]),
                **_weights(lambda v, layer, delta: np.outer(v.entering[layer - 1][-1], delta[-1])),
            },
            "your {part} is only the contribution of the last example.",
            name="only the last example, but all of them add up",
            question="Every example contributes to this gradient. Which line adds them up?",
        ),
        Mistake(
            "M5",
            "∂C/∂A enters the weights",
            _weights(
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
                "back": _back(
                    lambda v, W, delta, layer: (
                        ((delta / slope(v.f.a[layer + 1])) @ W.T) * slope(v.f.a[layer])
                    )
                )
            },
            "your {part} comes from ∂C/∂A of the layer above, not from its delta.",
            question=(
                "The W of the layer above computes its Z. Which of ∂C/∂Z and ∂C/∂A goes back "
                "through W?"
            ),
        ),
        Mistake(
            "M13",
            "the layer's own weights",
            {
                "back": _back(
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
            {"back": _back(lambda v, W, delta, layer: (delta @ W.T) * slope(v.f.a[layer + 1]))},
            "your {part} uses σ′ of the layer above, which is already in delta.",
            name="the σ′ of a different layer",
            question=(
                "The delta of the layer above already contains its own σ′. Whose σ′ is still "
                "missing?"
            ),
        ),
        Mistake(
            "M12",
            "elementwise product",
            _weights(lambda v, layer, delta: v.f.a[layer - 1] * delta),
            "your {part} multiplies entry by entry, which runs only if the shapes are equal.",
        ),
        *update_mistakes(_back_by_updated_weights, _weights, _gradient),
    ),
    variants={
        "example by example": right_passes.one_by_one,
        "columns inside": right_passes.by_columns,
        "a column of ones for the bias": right_passes.with_ones,
    },
    hints=(
        "This is your five-step algorithm with one row per example. Which products change their "
        "order, and where are the examples added up?",
        "1/N belongs to the cost, so it enters with delta[L] and comes down with it. No other "
        "line contains it. The sum over the examples is inside the product for dW, and you write "
        "it out for db.",
        "With one hidden layer, delta3 = (A3 − Y)/N · A3(1 − A3); db3 is the sum of its rows; "
        "dW3 = A2ᵀ delta3; delta2 = (delta3 W3ᵀ) · A2(1 − A2), and so on down. Test it with a "
        "batch of one example against your five steps.",
    ),
)


EXERCISES = (BATCH_EXERCISE,)
