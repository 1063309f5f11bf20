"""Further ways in which people get dJ/dθ on many examples wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercises.logistic_to_network.case1_batch_mistakes import with_ones
from autograder.exercises.several_ways import several_ways


def _with_first(v: SimpleNamespace, first: Any) -> Any:
    return np.r_[first, v.X.T @ v.da]


FURTHER = (
    *several_ways(
        "M15",
        "only the last example is used, but all of them add up",
        "Every example contributes to this gradient. Which line adds them up?",
        (
            "the last gradient",
            {"dtheta": lambda v: with_ones(v.X)[-1] * v.da[-1]},
            "your {part} is only the contribution of the last example.",
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
        "M31",
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
        "the outputs instead of the errors",
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
        "Does your da already contain 1/N?",
        (
            "the weights averaged again",
            {"dtheta": lambda v: np.r_[v.da.sum(), v.X.T @ v.da / len(v.X)]},
            "in your {part}, all entries but the first are divided by the number of examples "
            "again.",
        ),
    ),
    *several_ways(
        "M30",
        "θ instead of the inputs",
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
