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


def _with_first(v: SimpleNamespace, first: Any) -> Any:
    return np.r_[first, v.X.T @ v.da]


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
        "M29",
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
        (
            "the last gradient",
            {"dtheta": lambda v: with_ones(v.X)[-1] * v.da[-1]},
            "your {part} is only the contribution of the last example.",
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
        "M11",
        "a reshape where a transpose belongs",
        "A reshape keeps the order of the numbers. Where does the second row of X end up?",
        (
            "X reshaped in dθ",
            {"dtheta": lambda v: np.r_[v.da.sum(), v.X.reshape(v.X.shape[::-1]) @ v.da]},
            "your {part} reads the inputs in a different order, as a reshape does.",
        ),
        (
            "X and its ones reshaped in dθ",
            {"dtheta": lambda v: with_ones(v.X).reshape(len(v.theta), len(v.X)) @ v.da},
            "your {part} reads the inputs in a different order, as a reshape does.",
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
        "a wrong number in place of N",
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
    *several_ways(
        "M29",
        "the examples are summed before they are paired",
        "Two examples have the inputs 1 and 5. Which da belongs with which?",
        (
            "sums multiplied",
            {"dtheta": lambda v: with_ones(v.X).sum(axis=0) * v.da.sum()},
            "your {part} adds up the inputs and the errors first, and then multiplies the sums.",
        ),
        (
            "a mean and a sum",
            {"dtheta": lambda v: with_ones(v.X).mean(axis=0) * v.da.sum()},
            "your {part} multiplies the mean inputs by the sum of the errors.",
        ),
    ),
    *several_ways(
        "M13",
        "the outputs in place of the errors",
        "If every output were equal to its class, what should the gradient be?",
        (
            "y for da",
            {"dtheta": lambda v: with_ones(v.X).T @ v.y},
            "your {part} is made from the outputs y.",
        ),
        (
            "y/N for da",
            {"dtheta": lambda v: with_ones(v.X).T @ v.y / len(v.X)},
            "your {part} is made from the outputs y.",
        ),
    ),
    *several_ways(
        "M20",
        "",
        "",
        (
            "1 for the bias's derivative",
            {"dtheta": lambda v: _with_first(v, 1.0)},
            "the first entry of your {part} is 1 for every input.",
        ),
        (
            "N for the bias's derivative",
            {"dtheta": lambda v: _with_first(v, float(len(v.X)))},
            "the first entry of your {part} is the number of examples.",
        ),
        (
            "the last error for the bias",
            {"dtheta": lambda v: _with_first(v, v.da[-1])},
            "the first entry of your {part} is the error of the last example.",
        ),
        (
            "the first error for the bias",
            {"dtheta": lambda v: _with_first(v, v.da[0])},
            "the first entry of your {part} is the error of the first example.",
        ),
        (
            "the bias without 1/N",
            {"dtheta": lambda v: _with_first(v, v.da.sum() * len(v.X))},
            "the first entry of your {part} is too large by the number of examples.",
        ),
        (
            "the bias times itself",
            {"dtheta": lambda v: _with_first(v, v.da.sum() * v.theta[0])},
            "the first entry of your {part} is a multiple of θ₀ itself.",
        ),
        (
            "the inputs in the bias",
            {"dtheta": lambda v: _with_first(v, (v.X.T @ v.da).sum())},
            "the first entry of your {part} contains the inputs, but a bias is multiplied only "
            "by 1.",
        ),
    ),
    *several_ways(
        "M4",
        "",
        "",
        (
            "the weights averaged again",
            {"dtheta": lambda v: np.r_[v.da.sum(), v.X.T @ v.da / len(v.X)]},
            "in your {part}, all entries but the first are divided by the number of examples "
            "again.",
        ),
    ),
    *several_ways(
        "M30",
        "θ in place of the inputs",
        "A product passes to each factor the other one. What does θ meet?",
        (
            "θ for x",
            {"dtheta": lambda v: v.da.sum() * v.theta},
            "your {part} is a multiple of θ itself.",
        ),
    ),
    *several_ways(
        "M32",
        "",
        "",
        *(
            (
                f"new weights at a rate of {rate}",
                {"dtheta": lambda v, rate=rate: v.theta - rate * with_ones(v.X).T @ v.da},
                f"your {{part}} is θ after a step of {rate} times the gradient.",
            )
            for rate in (1.0, 0.1, 0.01)
        ),
    ),
)
