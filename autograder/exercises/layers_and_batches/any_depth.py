"""The five-step algorithm of decks D1 and D3: a network of any depth, one example.

z^l = W^l a^{l−1} + b^l, a^l = σ(z^l), C = ½ Σ (a^L − y)². For one example ∂C/∂b^l is δ^l itself,
so the biases carry the errors down.
"""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.domain import with_zeros
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe, Step
from autograder.exercises.layers_and_batches import right_passes
from autograder.exercises.layers_and_batches.asks import ask_network
from autograder.exercises.layers_and_batches.deep import (
    carried_down,
    feedforward,
    in_each_layer,
    layers,
    update_mistakes,
)
from autograder.exercises.layers_and_batches.forward_slips import bias_left_out, no_activation
from autograder.exercises.layers_and_batches.four_equations import UNIT, sigmoid, slope


def _weights(v: SimpleNamespace, layer: int, error: Any) -> Any:
    return np.outer(error, v.entering[layer - 1])


def _back(v: SimpleNamespace) -> Any:
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

    def back(v: SimpleNamespace) -> Any:
        def step(layer: int, error: Any) -> Any:
            moved = _above(v, layer) - rate * np.outer(error, v.entering[layer])
            return (moved.T @ error) * slope(v.f.a[layer])

        return step

    return back


def _network(*sizes: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "W": [rng.normal(size=(n, m)) for m, n in pairwise(sizes)],
            "b": [rng.normal(size=n) for n in sizes[1:]],
            "x": rng.normal(size=sizes[0]),
            "y": rng.uniform(0.1, 0.9, size=sizes[-1]),
        }

    return draw


FIVE_STEPS_EXERCISE = Exercise(
    id="bp.five_steps",
    unit=UNIT,
    title="The five-step algorithm, any depth",
    objectives=("O4",),
    deck="D1 and D3, Back Propagation Algorithm; D1, Algorithm 6.4 of Goodfellow",
    ask=ask_network,
    steps={
        "f": lambda v: feedforward(v, v.x, lambda W, a, b: W @ a + b),
        "entering": lambda v: v.f.a,
        "at_output": lambda v: (v.f.out - v.y) * slope(v.f.out),
        "back": _back,
        "db_L": lambda v: v.at_output,
        **carried_down("db"),
        **in_each_layer("dW", "db", _weights),
    },
    parts=(
        Part("db_L", 0.4, "db[L]"),
        Part("dW_L", 0.3, "dW[L]"),
        Part("db_next", 0.4, "db[L−1]"),
        Part("dW_next", 0.3, "dW[L−1]"),
        Part("db_rest", 0.3, "db of the layers below"),
        Part("dW_rest", 0.3, "dW of the layers below"),
    ),
    probes=(
        Probe("layers of 5, 7, 4 and 3", _network(5, 7, 4, 3)),
        Probe("four layers of 3", _network(3, 3, 3, 3)),
        Probe("six layers", _network(2, 4, 3, 2, 3, 5)),
        Probe("no hidden layer", _network(4, 3), special=True),
        *(
            Probe(name, _network(*sizes), corner=True)
            for name, sizes in (
                ("one unit in each of two layers", (1, 1)),
                ("one hidden unit", (3, 1, 2)),
                ("one input and one output", (1, 4, 3, 1)),
            )
        ),
        Probe("many zeros", with_zeros(_network(3, 4, 2)), corner=True),
    ),
    tolerance=1e-8,
    why_tolerance="1 − a loses digits where sigmoids are close to 1, layer after layer",
    derivatives=("db_L", "dW_L", "db_next", "dW_next", "db_rest", "dW_rest"),
    mistakes=(
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
            {"back": lambda v: lambda layer, error: _back(v)(layer, error) / len(error)},
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
                        (_above(v, layer).T @ (error / slope(v.f.a[layer + 1])))
                        * slope(v.f.a[layer])
                    )
                )
            },
            "your {part} comes from ∂C/∂a of the layer above, not from its δ.",
            question=(
                "The W of the layer above computes its z. Which of ∂C/∂z and ∂C/∂a goes back "
                "through W?"
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
            {
                "back": lambda v: (
                    lambda layer, error: (_above(v, layer).T @ error) * slope(v.f.z[layer])
                )
            },
            "your {part} uses z(1 − z) with the values before the sigmoid.",
        ),
        Mistake(
            "M11",
            "W where Wᵀ belongs",
            {"back": _back_without_transpose},
            "your {part} uses W without a transpose, as the forward pass does. That runs only if "
            "two layers have the same size, and then it sums over the wrong index.",
            name="a missing transpose, hidden by a square matrix",
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
                "The error of the layer above already contains its own σ′. Whose σ′ is still "
                "missing?"
            ),
        ),
        Mistake(
            "M11",
            "outer product transposed",
            in_each_layer("dW", "db", lambda v, layer, d: np.outer(v.f.a[layer - 1], d)),
            "your {part} has its rows and columns swapped.",
            once=True,
        ),
        Mistake(
            "M13",
            "what leaves the layer",
            in_each_layer("dW", "db", lambda v, layer, d: np.outer(d, v.f.a[layer])),
            "your {part} pairs the errors with the outputs of the layer, not with its inputs.",
            once=True,
        ),
        Mistake(
            "M6",
            "pre-activations enter the weights",
            {"entering": lambda v: {**v.f.z, 1: v.x}},
            "your {part} pairs the errors with z of the layer before, the values before its "
            "sigmoid.",
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
            _back_by_updated_weights, lambda rule: in_each_layer("dW", "db", rule), _weights
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
    ),
    variants={
        "Goodfellow's loop with one g": right_passes.goodfellow,
        "recursion": right_passes.by_recursion,
        "Jacobians forward": right_passes.by_jacobians,
    },
    hints=(
        "Go forward and keep every z and a. Then go down from L with one error at a time: use "
        "BP1 once, BP2 for every step down, and BP3 and BP4 at each layer.",
        "At layer l you need three things: the W and the error of the layer above, σ′ of layer l, "
        "and the inputs of layer l. Those inputs are the a of layer l − 1. range(L - 1, 1, -1) "
        "counts down to 2.",
        "Take one hidden layer (L = 3). At the top, δ3 = (a3 − y) a3(1 − a3), db3 = δ3, and dW3 is "
        "the table of δ3 times a2. Below it, δ2 = (W3ᵀ δ3) a2(1 − a2), db2 = δ2, and dW2 is the "
        "table of δ2 times x. A loop does the last three for every layer below the top.",
    ),
)


EXERCISES = (FIVE_STEPS_EXERCISE,)
