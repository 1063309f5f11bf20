"""BP3 and BP4 for one example: the biases and weights of a layer, from its error."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.layers_and_batches import parameters_mistakes
from autograder.exercises.layers_and_batches.formulas import UNIT


def _one_layer(units: int, inputs: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {"delta": rng.normal(size=units), "a_prev": rng.uniform(0.1, 0.9, size=inputs)}

    return draw


PARAMETERS_EXERCISE = Exercise(
    id="bp.parameters",
    unit=UNIT,
    title="BP3 and BP4, biases and weights of one layer",
    objectives=("O4",),
    deck="D1 and D3, four equations, BP3 and BP4",
    steps={
        "db": lambda v: v.delta,
        "dW": lambda v: np.outer(v.delta, v.a_prev),
    },
    parts=(Part("db", 0.4, "∂C/∂b^l"), Part("dW", 0.6, "∂C/∂W^l")),
    probes=(
        Probe("3 units with 7 inputs", _one_layer(3, 7)),
        Probe("4 units with 4 inputs", _one_layer(4, 4)),
        *corners(delta=Real("n"), a_prev=Real("m")),
    ),
    gradients=("db", "dW"),
    mistakes=(
        Mistake(
            "M11",
            "outer product transposed",
            {"dW": lambda v: np.outer(v.a_prev, v.delta)},
            "your {part} has its rows and columns swapped.",
            question="Which index of dW names the unit, row or column?",
        ),
        Mistake(
            "M12",
            "elementwise product",
            {"dW": lambda v: v.delta * v.a_prev},
            "your {part} pairs each error with only one input, but in a layer every unit has a "
            "weight for every input.",
        ),
        Mistake(
            "M9",
            "error dropped",
            {"dW": lambda v: np.outer(np.ones(len(v.delta)), v.a_prev)},
            "your {part} does not depend on the error δ.",
        ),
        Mistake(
            "M20",
            "bias with the inputs",
            {"db": lambda v: v.delta * v.a_prev.sum()},
            "your {part} contains the inputs, but a bias is multiplied only by 1.",
            name="the inputs in the derivative of the bias",
            question="By how much does z_j grow when b_j grows by 1?",
        ),
        Mistake(
            "M20",
            "one bias for all",
            {"db": lambda v: v.delta.sum()},
            "your {part} is a single number, but the layer has one bias per unit.",
            name="one number for all biases",
            question=(
                "How many biases does the layer have, and which unit does each of them affect?"
            ),
        ),
        Mistake(
            "M32",
            "a step at a rate of 0.1",
            {"db": lambda v: -0.1 * v.delta, "dW": lambda v: -0.1 * np.outer(v.delta, v.a_prev)},
            "your {part} is −0.1 times the derivative, on every input.",
        ),
        *parameters_mistakes.FURTHER,
    ),
    variants={
        "column times row": lambda delta, a_prev: {
            "db": delta.copy(),
            "dW": delta[:, None] * a_prev[None, :],
        },
        "double loop": lambda delta, a_prev: {
            "db": np.array([d * 1.0 for d in delta]),
            "dW": np.array([[a * d for a in a_prev] for d in delta]),
        },
        "matrix product": lambda delta, a_prev: {
            "dW": delta.reshape(-1, 1) @ a_prev.reshape(1, -1),
            "db": delta + 0.0,
        },
    },
    hints=(
        "How does z_j change when you nudge b_j? And when you nudge w_jk?",
        "z_j = Σ_k w_jk a_k + b_j, so z_j changes by the whole nudge of b_j, and by a_k times a "
        "nudge of w_jk. In both cases δ_j tells you what the change in z_j does to the cost.",
        "With two units and one input, ∂C/∂w_1 = δ_1 a and ∂C/∂w_2 = δ_2 a. With more inputs, "
        "every error is multiplied by every input: row j for δ_j, column k for a_k. NumPy has a "
        "function for tables like this.",
    ),
)


EXERCISES = (PARAMETERS_EXERCISE,)
