"""Further ways in which people get Case 1 on many examples wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercises.logistic_to_network.case1_forward import loss, sigmoid
from autograder.exercises.several_ways import several_ways


def with_ones(X: Any) -> Any:
    """The inputs with a column of ones in front."""
    return np.column_stack([np.ones(len(X)), X])


def _gap(v: SimpleNamespace) -> Any:
    return v.y - v.y_star


FURTHER = (
    *several_ways(
        "M3",
        "a division by the number of inputs, not of examples",
        "What do you divide by, the number of rows of X or of columns?",
        (
            "J over the inputs",
            {"J": lambda v: loss(v.y, v.y_star).sum() / v.X.shape[1]},
            "your {part} is divided by the number of columns of X.",
        ),
        (
            "da over the inputs",
            {"da": lambda v: _gap(v) / v.X.shape[1]},
            "your {part} is divided by the number of columns of X.",
        ),
        (
            "da over the weights",
            {"da": lambda v: _gap(v) / len(v.theta)},
            "your {part} is divided by the number of entries of θ.",
        ),
    ),
    *several_ways(
        "M31",
        "the mean is taken before the loss",
        "Which comes first: the loss of each example, or the mean over the examples?",
        (
            "loss of the means",
            {"J": lambda v: loss(np.mean(v.y), np.mean(v.y_star))},
            "your {part} is the loss of a mean output and a mean class.",
        ),
        (
            "logarithm of the mean",
            {"J": lambda v: -np.log(np.mean(np.where(v.y_star == 1, v.y, 1 - v.y)))},
            "your {part} is the logarithm of a mean, not a mean of logarithms.",
        ),
    ),
    *several_ways(
        "M3",
        "one of the two terms is averaged and the other summed",
        "Does the mean belong to both logarithms? Are there brackets around them?",
        (
            "the first term averaged",
            {
                "J": lambda v: (
                    -np.mean(v.y_star * np.log(v.y)) - np.sum((1 - v.y_star) * np.log(1 - v.y))
                )
            },
            "your {part} averages the term of class 1 and adds up the one of class 0.",
        ),
        (
            "the second term averaged",
            {
                "J": lambda v: (
                    -np.sum(v.y_star * np.log(v.y)) - np.mean((1 - v.y_star) * np.log(1 - v.y))
                )
            },
            "your {part} adds up the term of class 1 and averages the one of class 0.",
        ),
    ),
    *several_ways(
        "M15",
        "only the last example is used, but all of them add up",
        "Every example contributes to this number. Which line adds them up?",
        (
            "the last loss",
            {"J": lambda v: loss(v.y, v.y_star)[-1]},
            "your {part} is the loss of the last example.",
        ),
        (
            "the last loss over N",
            {"J": lambda v: loss(v.y, v.y_star)[-1] / len(v.X)},
            "your {part} is the loss of the last example, divided by their number.",
        ),
    ),
    *several_ways(
        "M31",
        "a wrong first term of the sum",
        "What is the first term of the sum, the one with the constant 1?",
        (
            "1 for the bias",
            {"y": lambda v: sigmoid(1 + v.X @ v.theta[1:])},
            "your {part} comes from a forward pass that adds 1 instead of θ₀.",
        ),
        (
            "the bias with every product",
            {"y": lambda v: sigmoid((v.X * v.theta[1:] + v.theta[0]).sum(axis=1))},
            "your {part} comes from a forward pass that adds the bias once for every input.",
        ),
        (
            "no bias",
            {"y": lambda v: sigmoid(v.X @ v.theta[1:])},
            "your {part} comes from a forward pass without the bias.",
        ),
        (
            "weights shifted, no bias",
            {"y": lambda v: sigmoid(v.X @ v.theta[:-1])},
            "your {part} comes from a forward pass that pairs the first input with θ₀.",
        ),
    ),
    *several_ways(
        "M3",
        "1/N reaches only one of the two terms",
        "Does the division by N belong to both terms? Are there brackets around them?",
        (
            "y/N − y*",
            {"da": lambda v: v.y / len(v.X) - v.y_star},
            "in your {part}, the outputs are divided by N and the classes are not.",
        ),
        (
            "y − y*/N",
            {"da": lambda v: v.y - v.y_star / len(v.X)},
            "in your {part}, the classes are divided by N and the outputs are not.",
        ),
    ),
    *several_ways(
        "M3",
        "a mean over the examples where each has its own entry",
        "How many entries does da have, and are they equal?",
        (
            "the mean in every entry",
            {"da": lambda v: np.full(len(v.X), np.mean(_gap(v)))},
            "all entries of your {part} are equal.",
        ),
        (
            "the mean output",
            {"da": lambda v: (np.mean(v.y) - v.y_star) / len(v.X)},
            "your {part} is made from the mean of the outputs.",
        ),
    ),
    *several_ways(
        "M7",
        "an extra σ′ with the cross-entropy, and no 1/N",
        "What does the loss's own derivative do to y(1 − y), and what is J divided by?",
        (
            "an extra σ′, and no 1/N",
            {"da": lambda v: _gap(v) * v.y * (1 - v.y)},
            "your {part} contains y(1 − y), and is not divided by the number of examples.",
        ),
        (
            "2(y − y*)σ′/N",
            {"da": lambda v: 2 * _gap(v) * v.y * (1 - v.y) / len(v.X)},
            "your {part} is the gradient of a mean squared error.",
        ),
    ),
    *several_ways(
        "M5",
        "dJ/dy without 1/N",
        "What lies between y and a, and what is J divided by?",
        (
            "dJ/dy and no 1/N",
            {"da": lambda v: -v.y_star / v.y + (1 - v.y_star) / (1 - v.y)},
            "your {part} is the derivative with respect to y of each example's own loss.",
        ),
    ),
    *several_ways(
        "M6",
        "a where y belongs",
        "Which of a and y is the output?",
        (
            "a − y*",
            {"da": lambda v: (with_ones(v.X) @ v.theta - v.y_star) / len(v.X)},
            "your {part} is made from a − y*.",
        ),
    ),
    *several_ways(
        "M3",
        "a wrong number instead of N",
        "What exactly is J divided by?",
        (
            "N − 1",
            {"da": lambda v: _gap(v) / (len(v.X) - 1)},
            "your {part} is divided by the number of examples less 1.",
        ),
        (
            "the root of N",
            {"da": lambda v: _gap(v) / np.sqrt(len(v.X))},
            "your {part} is divided by the square root of the number of examples.",
        ),
    ),
    *several_ways(
        "M13",
        "predictions of 0 and 1",
        "Is y rounded anywhere in the loss?",
        (
            "y rounded",
            {"da": lambda v: (np.round(v.y) - v.y_star) / len(v.X)},
            "your {part} is made from outputs that were rounded to 0 or 1.",
        ),
        (
            "errors counted",
            {"J": lambda v: np.mean(np.round(v.y) != v.y_star)},
            "your {part} is the share of examples on the wrong side.",
        ),
    ),
)
