"""Further ways in which people get the backward pass of Case 1 wrong."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.several_ways import several_ways


def _with_one(x: Any) -> Any:
    return np.r_[1.0, x]


FURTHER = (
    *several_ways(
        "M8",
        "a number that is not the slope of this sigmoid",
        "Where on the curve of the sigmoid is this example, and how steep is it there?",
        (
            "a quarter for the slope",
            {"da": lambda v: v.dy / 4},
            "your {part} uses a slope of a quarter for every input, as in the worked example.",
        ),
        (
            "dy(1 − dy)",
            {"da": lambda v: v.dy * (1 - v.dy)},
            "your {part} is dy(1 − dy), with the derivative where y belongs.",
        ),
    ),
    *several_ways(
        "M9",
        "a sum where the chain rule has a product",
        "If dJ/dy is 0, what should dJ/da be?",
        (
            "dy plus the slope",
            {"da": lambda v: v.dy + v.slope},
            "your {part} adds the slope to dJ/dy.",
        ),
    ),
    *several_ways(
        "M12",
        "a missing pair of brackets",
        "In u·a − b, what does u multiply?",
        (
            "dy·y − y²",
            {"da": lambda v: v.dy * v.y - v.y**2},
            "in your {part}, dJ/dy multiplies the first term only.",
        ),
        (
            "dy·y − y",
            {"da": lambda v: v.dy * v.y - v.y},
            "in your {part}, dJ/dy multiplies the first term only.",
        ),
    ),
    *several_ways(
        "M6",
        "a where y belongs",
        "Which of a and y is the output?",
        (
            "a − y*",
            {"da": lambda v: v.a - v.y_star},
            "your {part} is a − y*.",
        ),
        (
            "a(1 − a) alone",
            {"da": lambda v: v.a * (1 - v.a)},
            "your {part} is a(1 − a).",
        ),
    ),
    *several_ways(
        "M9",
        "dJ/da is missing in the derivative of the bias",
        "θ₀ is multiplied by 1. Which two factors does its derivative have?",
        (
            "1 for the bias",
            {"dtheta": lambda v: np.r_[1.0, v.da * v.x]},
            "the first entry of your {part} is 1 for every input.",
        ),
        (
            "dJ/dy for the bias",
            {"dtheta": lambda v: np.r_[v.dy, v.da * v.x]},
            "the first entry of your {part} is dJ/dy.",
        ),
    ),
    *several_ways(
        "M20",
        "an input in the derivative of the bias",
        "By how much does a grow when θ₀ grows by 1?",
        (
            "the sum of the inputs for the bias",
            {"dtheta": lambda v: v.da * np.r_[v.x.sum(), v.x]},
            "the first entry of your {part} contains the sum of the inputs.",
        ),
        (
            "the first input for the bias",
            {"dtheta": lambda v: v.da * np.r_[v.x[0], v.x]},
            "the first entry of your {part} contains the first input.",
        ),
        (
            "the sum of the others for the bias",
            {"dtheta": lambda v: v.da * np.r_[v.x.mean(), v.x]},
            "the first entry of your {part} contains the mean of the inputs.",
        ),
    ),
    *several_ways(
        "M13",
        "the inputs in the wrong order",
        "Which input does θ₁ multiply?",
        (
            "inputs reversed",
            {"dtheta": lambda v: v.da * np.r_[1.0, v.x[::-1]]},
            "your {part} has the inputs in reverse order.",
        ),
    ),
    *several_ways(
        "M32",
        "",
        "",
        *(
            (
                f"new weights at a rate of {rate}",
                {"dtheta": lambda v, rate=rate: v.theta - rate * v.da * _with_one(v.x)},
                f"your {{part}} is θ after a step of {rate} times the gradient.",
            )
            for rate in (1.0, 0.1, 0.01)
        ),
    ),
    *several_ways(
        "M29",
        "the sum of the weights instead of each input's own",
        "Which entry of θ does x₁ meet in the forward pass?",
        (
            "the sum of the weights",
            {"dx": lambda v: np.full(len(v.x), v.da * v.theta[1:].sum())},
            "all entries of your {part} are equal.",
        ),
        (
            "the sum of all of θ",
            {"dx": lambda v: np.full(len(v.x), v.da * v.theta.sum())},
            "all entries of your {part} are equal.",
        ),
    ),
    *several_ways(
        "M13",
        "the bias in the derivatives of the inputs",
        "Which entry of θ does x₁ meet in the forward pass?",
        (
            "θ₀ for all",
            {"dx": lambda v: np.full(len(v.x), v.da * v.theta[0])},
            "your {part} is dJ/da times the bias, in every entry.",
        ),
        (
            "θ₀ added",
            {"dx": lambda v: v.da * (v.theta[1:] + v.theta[0])},
            "your {part} has the bias added to every weight.",
        ),
        (
            "with an entry for the constant",
            {"dx": lambda v: v.da * v.theta},
            "your {part} has one entry too many: the constant x₀ needs none.",
        ),
    ),
    *several_ways(
        "M13",
        "dJ/dθ under the name of dJ/dx",
        "A product passes to each factor the other one. What does x meet?",
        (
            "dθ without its last entry",
            {"dx": lambda v: v.dtheta[:-1]},
            "your {part} is part of dJ/dθ.",
        ),
    ),
)
