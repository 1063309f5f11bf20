"""Further ways in which people get the forward pass of Case 2 wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step
from autograder.exercises.logistic_to_network.case1_forward import sigmoid
from autograder.exercises.logistic_to_network.wrong_forward import Made, wrong_sigmoids, wrong_sums
from autograder.exercises.several_ways import several_ways


def _hidden(v: SimpleNamespace) -> Any:
    return v.z[-len(v.a) :]


def _z_by(function: Made) -> Step:
    return lambda v: np.r_[1.0, function(v.a)]


def _weights(v: SimpleNamespace) -> Any:
    return v.alpha[:, 1:]


FURTHER = (
    *several_ways(
        "M13",
        "one bias for all hidden units",
        "How many biases does the hidden layer have, and where are they in α?",
        (
            "the first bias for all",
            {"a": lambda v: v.alpha[0, 0] + _weights(v) @ v.x},
            "your {part} takes the first entry of α for the bias of every hidden unit.",
        ),
        (
            "the sum of the biases for all",
            {"a": lambda v: v.alpha[:, 0].sum() + _weights(v) @ v.x},
            "your {part} adds all biases to every hidden unit.",
        ),
    ),
    *several_ways(
        "M31",
        "a wrong first term of the sum",
        "What is the first term of the sum, the one with the constant 1?",
        (
            "1 for the biases",
            {"a": lambda v: 1 + _weights(v) @ v.x},
            "your {part} adds the constant 1 itself instead of the first column of α.",
        ),
        (
            "minus the biases",
            {"a": lambda v: -v.alpha[:, 0] + _weights(v) @ v.x},
            "your {part} subtracts the biases.",
        ),
        (
            "the biases with every product",
            {"a": lambda v: len(v.x) * v.alpha[:, 0] + _weights(v) @ v.x},
            "your {part} adds the bias once for every input.",
        ),
        (
            "the biases twice",
            {"a": lambda v: 2 * v.alpha[:, 0] + _weights(v) @ v.x},
            "your {part} adds the biases twice.",
        ),
    ),
    *several_ways(
        "M13",
        "the columns of α are shifted by one place",
        "Which column of α multiplies the first input?",
        (
            "columns shifted, no biases",
            {"a": lambda v: v.alpha[:, :-1] @ v.x},
            "your {part} pairs the first input with the biases.",
        ),
        (
            "the last column as the biases, too",
            {"a": lambda v: v.alpha[:, -1] + _weights(v) @ v.x},
            "your {part} takes the last column of α for the biases and for weights.",
        ),
    ),
    *several_ways(
        "M11",
        "a reshape or a transpose that moves the weights",
        "Which row of α belongs to the first hidden unit? Is it still a row in your line?",
        (
            "α reshaped",
            {"a": lambda v: v.alpha[:, 0] + v.x @ _weights(v).reshape(len(v.x), len(v.alpha))},
            "your {part} reads the weights in a different order, as a reshape does.",
        ),
    ),
    *several_ways(
        "M31",
        "sums are taken before the products",
        "Take two inputs and two weights. Which products are added, and how many are there?",
        (
            "sums multiplied in a",
            {"a": lambda v: v.alpha[:, 0] + _weights(v).sum(axis=1) * v.x.sum()},
            "your {part} adds up the weights and the inputs first.",
        ),
        (
            "sums added in a",
            {"a": lambda v: v.alpha.sum(axis=1) + v.x.sum()},
            "your {part} adds weights and inputs where it should multiply them.",
        ),
    ),
    *several_ways(
        "M3",
        "a mean instead of a sum",
        "If an input were given twice, each time with its weight, what should happen?",
        (
            "a mean in a",
            {"a": lambda v: v.alpha[:, 0] + (_weights(v) * v.x).mean(axis=1)},
            "your {part} has the mean of the products.",
        ),
        (
            "a mean of all terms in a",
            {"a": lambda v: (v.alpha[:, 0] + _weights(v) @ v.x) / len(v.alpha[0])},
            "your {part} has the mean of all terms.",
        ),
    ),
    *several_ways(
        "M8",
        "the sigmoid of −a",
        "What should a hidden unit be close to when its a is large and positive?",
        (
            "σ(−a) in z",
            {"z": lambda v: np.r_[1.0, sigmoid(-v.a)]},
            "the hidden units in your {part} fall when a grows.",
        ),
    ),
    *several_ways(
        "M6",
        "one sigmoid too many",
        "How many sigmoids lie between a and b, and how many between b and y?",
        (
            "σ(σ(a)) in z",
            {"z": lambda v: np.r_[1.0, sigmoid(sigmoid(v.a))]},
            "your {part} has been through the sigmoid twice.",
        ),
        (
            "σ(z) in b",
            {"b": lambda v: v.beta[0] + v.beta[1:] @ sigmoid(_hidden(v))},
            "your {part} sends z through the sigmoid once more.",
        ),
        (
            "σ of all of z in b",
            {"b": lambda v: v.beta @ sigmoid(np.r_[1.0, _hidden(v)])},
            "your {part} sends z through the sigmoid once more, with its constant.",
        ),
    ),
    *several_ways(
        "M13",
        "the constant z₀ is something other than 1",
        "z₀ is a constant, not a hidden unit. What is it?",
        (
            "z₀ from the bias",
            {"z": lambda v: np.r_[v.beta[0], sigmoid(v.a)]},
            "the first entry of your {part} is β₀.",
        ),
    ),
    *wrong_sigmoids("z", "a", _z_by, {}),
    *wrong_sums("b", lambda v: v.beta, _hidden, "β"),
    *wrong_sigmoids("y", "b", lambda f: lambda v: f(v.b), {"J": lambda v: float("nan")}),
)
