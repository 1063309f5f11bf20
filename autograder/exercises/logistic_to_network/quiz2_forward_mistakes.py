"""Further ways in which people get the forward pass of Quiz 2 wrong."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.logistic_to_network.case1_forward import sigmoid
from autograder.exercises.several_ways import several_ways


def _plain_or_turned(matrix: Any, vector: Any) -> Any:
    """The transpose where it runs, and the matrix itself elsewhere."""
    return matrix.T @ vector if matrix.shape[0] == len(vector) else matrix @ vector


def _each(function: Any) -> dict[str, Any]:
    """The same function in all three places of the sigmoid."""
    return {
        "z1": lambda v: function(v.a1),
        "z2": lambda v: function(v.a2),
        "y": lambda v: function(v.b),
    }


def _softmax(a: Any) -> Any:
    e = np.exp(a - np.max(a))
    return e / np.sum(e)


def _reshaped(matrix: Any, vector: Any) -> Any:
    return vector @ matrix.reshape(matrix.shape[::-1])


FURTHER = (
    *several_ways(
        "M11",
        "a matrix that is turned the wrong way",
        "Which unit do the weights in row j belong to? Does that depend on the sizes of the "
        "layers?",
        (
            "transposes where they run",
            {
                "a1": lambda v: _plain_or_turned(v.alpha1, v.x),
                "a2": lambda v: _plain_or_turned(v.alpha2, v.z1),
            },
            "your {part} multiplies by the transposed matrix where both layers have the same size.",
        ),
    ),
    *several_ways(
        "M11",
        "a matrix that is turned the wrong way",
        "A reshape keeps the order of the numbers. Which weights meet the first input?",
        (
            "matrices reshaped",
            {
                "a1": lambda v: _reshaped(v.alpha1, v.x),
                "a2": lambda v: _reshaped(v.alpha2, v.z1),
            },
            "your {part} reads the weights in a different order, as a reshape does.",
        ),
    ),
    *several_ways(
        "M8",
        "a different function instead of the sigmoid",
        "Between which two values does the sigmoid lie, and what is it at 0?",
        ("tanh in all places", _each(np.tanh), "your {part} is a tanh."),
        (
            "tanh in the hidden layers",
            {"z1": lambda v: np.tanh(v.a1), "z2": lambda v: np.tanh(v.a2)},
            "your {part} is a tanh.",
        ),
        (
            "ReLU in the hidden layers",
            {"z1": lambda v: np.maximum(v.a1, 0.0), "z2": lambda v: np.maximum(v.a2, 0.0)},
            "your {part} is 0 where the number before it is negative.",
        ),
        (
            "softmax in the hidden layers",
            {"z1": lambda v: _softmax(v.a1), "z2": lambda v: _softmax(v.a2)},
            "your {part} adds up to 1 over the units of a layer.",
        ),
    ),
    *several_ways(
        "M31",
        "the brackets of the sigmoid are left out",
        "What does Python divide first in 1 / 1 + u?",
    ),
    *several_ways(
        "M8",
        "the slope of the sigmoid instead of the sigmoid",
        "Does this step need the sigmoid or its derivative?",
        (
            "σ′ in all places",
            _each(lambda a: sigmoid(a) * sigmoid(-a)),
            "your {part} is never larger than a quarter.",
        ),
    ),
    *several_ways(
        "M6",
        "one sigmoid too many",
        "How many sigmoids does the formula have, from the inside outwards?",
        (
            "σ(z⁽¹⁾) into the second layer",
            {"a2": lambda v: v.alpha2 @ sigmoid(v.z1)},
            "your {part} sends z⁽¹⁾ through the sigmoid once more.",
        ),
        (
            "σ(z⁽²⁾) into the output",
            {"b": lambda v: v.beta @ sigmoid(v.z2)},
            "your {part} sends z⁽²⁾ through the sigmoid once more.",
        ),
        (
            "σ(x) into the first layer",
            {"a1": lambda v: v.alpha1 @ sigmoid(v.x)},
            "your {part} sends x through a sigmoid.",
        ),
    ),
    *several_ways(
        "M31",
        "sums are taken before the products",
        "Take two inputs and two weights. Which products are added, and how many are there?",
        (
            "sums multiplied in both layers",
            {
                "a1": lambda v: v.alpha1.sum(axis=1) * v.x.sum(),
                "a2": lambda v: v.alpha2.sum(axis=1) * v.z1.sum(),
            },
            "your {part} adds up the weights and the inputs first.",
        ),
        (
            "sums multiplied in b",
            {"b": lambda v: v.beta.sum() * v.z2.sum()},
            "your {part} adds up the weights and the inputs first.",
        ),
    ),
    *several_ways(
        "M3",
        "a mean instead of a sum",
        "If an input were given twice, each time with its weight, what should happen?",
        (
            "means in both layers",
            {
                "a1": lambda v: (v.alpha1 * v.x).mean(axis=1),
                "a2": lambda v: (v.alpha2 * v.z1).mean(axis=1),
            },
            "your {part} has the mean of the products.",
        ),
        (
            "means everywhere",
            {
                "a1": lambda v: (v.alpha1 * v.x).mean(axis=1),
                "a2": lambda v: (v.alpha2 * v.z1).mean(axis=1),
                "b": lambda v: (v.beta * v.z2).mean(),
            },
            "your {part} has the mean of the products.",
        ),
    ),
    *several_ways(
        "M31",
        "a constant that is not in this quiz",
        "Does this quiz have biases?",
        (
            "1 added in every sum",
            {
                "a1": lambda v: v.alpha1 @ v.x + 1,
                "a2": lambda v: v.alpha2 @ v.z1 + 1,
                "b": lambda v: v.beta @ v.z2 + 1,
            },
            "your {part} has a 1 added to its sum.",
        ),
    ),
    *several_ways(
        "M13",
        "the weights are reversed",
        "Which entry of β multiplies the first unit of the second layer?",
        (
            "β reversed",
            {"b": lambda v: v.beta[::-1] @ v.z2},
            "your {part} pairs the first unit with the last entry of β.",
        ),
    ),
)
