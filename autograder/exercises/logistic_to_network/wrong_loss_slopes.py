"""The derivative of the loss with respect to its probability, as people get it wrong."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.several_ways import several_ways


def difference_for_dy(before: str) -> Mistake:
    """y − y* as the derivative with respect to y.

    Args:
        before: the name of the number before the output's sigmoid, whose derivative it is.
    """
    return Mistake(
        "M7",
        "y − y* for dJ/dy",
        {"dy": lambda v: v.y - v.y_star},
        "your {part} is y − y*, which is the derivative with respect to a different quantity, or "
        "of a different loss.",
        name="y − y* where the derivative with respect to y is needed",
        question=(
            "Which derivative is as simple as y − y*: the one with respect to the output y, or "
            f"the one with respect to {before}?"
        ),
    )


WRONG_LOSS_SLOPES = (
    *several_ways(
        "M7",
        "the derivative of a squared error",
        "Which loss is this the derivative of, and where is its logarithm?",
        (
            "2(y − y*) for dJ/dy",
            {"dy": lambda v: 2 * (v.y - v.y_star)},
            "your {part} is 2(y − y*).",
        ),
        (
            "½(y − y*) for dJ/dy",
            {"dy": lambda v: (v.y - v.y_star) / 2},
            "your {part} is half of y − y*.",
        ),
    ),
    *several_ways(
        "M30",
        "the two classes are swapped in the derivative",
        "For class 1, the loss is −log y. Should raising y make it larger or smaller?",
        (
            "y* and 1 − y* swapped",
            {"dy": lambda v: -(1 - v.y_star) / v.y + v.y_star / (1 - v.y)},
            "your {part} is the derivative for the other class.",
        ),
        (
            "y and 1 − y swapped",
            {"dy": lambda v: -v.y_star / (1 - v.y) + (1 - v.y_star) / v.y},
            "your {part} has the two denominators swapped.",
        ),
    ),
    *several_ways(
        "M31",
        "a wrong denominator",
        "What is the derivative of log u, and what is u in each of the two terms?",
        (
            "y below both",
            {"dy": lambda v: -v.y_star / v.y + (1 - v.y_star) / v.y},
            "your {part} divides by y for both classes.",
        ),
        (
            "1 − y below both",
            {"dy": lambda v: -v.y_star / (1 - v.y) + (1 - v.y_star) / (1 - v.y)},
            "your {part} divides by 1 − y for both classes.",
        ),
        (
            "squares below",
            {"dy": lambda v: -v.y_star / v.y**2 + (1 - v.y_star) / (1 - v.y) ** 2},
            "your {part} divides by squares.",
        ),
        (
            "1 − y as a factor",
            {"dy": lambda v: -v.y_star / v.y + (1 - v.y_star) * (1 - v.y)},
            "your {part} multiplies by 1 − y for class 0.",
        ),
        (
            "y − y* over y",
            {"dy": lambda v: (v.y - v.y_star) / v.y},
            "your {part} divides y − y* by y alone.",
        ),
        (
            "y − y* over 1 − y",
            {"dy": lambda v: (v.y - v.y_star) / (1 - v.y)},
            "your {part} divides y − y* by 1 − y alone.",
        ),
    ),
    *several_ways(
        "M31",
        "the logarithm is still there",
        "What is the derivative of log u?",
        (
            "logarithms",
            {"dy": lambda v: -v.y_star * np.log(v.y) + (1 - v.y_star) * np.log(1 - v.y)},
            "your {part} is made from logarithms.",
        ),
        (
            "1 over the loss",
            {"dy": lambda v: -1 / v.J},
            "your {part} is minus 1 over the loss itself.",
        ),
    ),
    *several_ways(
        "M7",
        "y(1 − y) as a factor of y − y*",
        "y − y* belongs to a different derivative. Which one, and how do you get from it to dJ/dy?",
        (
            "y − y* times the slope",
            {"dy": lambda v: (v.y - v.y_star) * v.y * (1 - v.y)},
            "your {part} is y − y* times y(1 − y).",
        ),
    ),
    *several_ways(
        "M31",
        "the brackets of the second term stand in the wrong place",
        "What is below the fraction bar of the second term, and what above it?",
        (
            "no brackets below",
            {"dy": lambda v: -v.y_star / v.y + (1 - v.y_star) - v.y},
            "your {part} subtracts y instead of dividing by 1 − y.",
        ),
        (
            "no brackets above",
            {"dy": lambda v: -v.y_star / v.y + 1 - v.y_star / (1 - v.y)},
            "your {part} has a 1 by itself, which is not divided by 1 − y.",
        ),
    ),
)
