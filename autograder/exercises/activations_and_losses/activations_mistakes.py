"""Further ways in which people get the sigmoid, tanh and the ReLU wrong; with those of softplus."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activations_and_losses import softplus_mistakes
from autograder.exercises.activations_and_losses.formulas import quiet, sigmoid
from autograder.exercises.several_ways import several_ways


def _leaky(slope: float) -> Mistake:
    return Mistake(
        "M10",
        f"leaky ReLU with {slope}",
        {"relu": lambda v: np.where(v.z > 0, v.z, slope * v.z)},
        f"your {{part}} is {slope} z where z is negative.",
        name="a leaky ReLU",
        question="What comes out of a unit that is switched off?",
    )


def _by_e_2z(v: Any) -> Any:
    return (np.exp(2 * v.z) - 1) / (np.exp(2 * v.z) + 1)


def _by_e_minus_2z(v: Any) -> Any:
    return (1 - np.exp(-2 * v.z)) / (1 + np.exp(-2 * v.z))


SIGMOID = (
    *several_ways(
        "M8",
        "the derivative instead of the activation",
        "Does the text ask for the function or for its slope?",
        (
            "σ′ for σ",
            {"sigmoid": lambda v: sigmoid(v.z) * sigmoid(-v.z)},
            "your {part} is the slope of the sigmoid.",
        ),
        (
            "tanh′ for tanh",
            {"tanh": lambda v: 1 - np.tanh(v.z) ** 2},
            "your {part} is the slope of tanh.",
        ),
    ),
    *several_ways(
        "M1",
        "the absolute value of z in the exponential, on both sides of 0",
        "What does your line give at z = 2 and at z = −2? Should the two be equal?",
        (
            "|z| for z in the sigmoid",
            {"sigmoid": lambda v: sigmoid(np.abs(v.z))},
            "your {part} is the same for z and −z.",
        ),
        (
            "−|z| for z in the sigmoid",
            {"sigmoid": lambda v: sigmoid(-np.abs(v.z))},
            "your {part} is the same for z and −z.",
        ),
    ),
    Mistake(
        "M25",
        "two exponentials of different sign in the sigmoid",
        {
            "sigmoid": quiet(
                lambda v: np.where(v.z < 0, np.exp(-np.abs(v.z)), 1.0) / (1 + np.exp(np.abs(v.z)))
            )
        },
        "your {part} has e^−|z| in one place and e^|z| in the other.",
        name="two exponentials that do not belong together",
        question="Multiply σ(z) by e^−|z| above and below the fraction bar. What is below?",
    ),
    *several_ways(
        "M8",
        "the sigmoid mixed up with tanh",
        "Between which two values should the sigmoid lie, and what should it be at 0?",
        (
            "tanh(z/2) for the sigmoid",
            {"sigmoid": lambda v: np.tanh(v.z / 2)},
            "your {part} is tanh(z/2), which is negative where z is.",
        ),
        (
            "½ + tanh(z/2) for the sigmoid",
            {"sigmoid": lambda v: 0.5 + np.tanh(v.z / 2)},
            "your {part} is ½ + tanh(z/2), which does not stay between 0 and 1.",
        ),
    ),
    Mistake(
        "M31",
        "e^z for the sigmoid",
        {"sigmoid": quiet(lambda v: np.exp(v.z))},
        "your {part} is e^z, without a denominator.",
        name="the denominator is left out",
        question="Can the sigmoid be larger than 1?",
    ),
    Mistake(
        "M24",
        "softmax for the sigmoid",
        {"sigmoid": quiet(lambda v: np.exp(v.z - v.z.max()) / np.exp(v.z - v.z.max()).sum())},
        "your {part} adds up to 1 over all entries.",
        name="a softmax instead of a sigmoid",
        question="Should one entry of the result depend on the other entries of z?",
    ),
    Mistake(
        "M8",
        "a step for the sigmoid",
        {"sigmoid": lambda v: (v.z > 0) * 1.0},
        "your {part} is 0 or 1.",
        name="a step instead of the sigmoid",
        question="What should the sigmoid be at z = 0.1 and at z = 3?",
    ),
)
TANH = (
    *several_ways(
        "M25",
        "infinity over infinity in tanh",
        "Which NumPy function computes this without exp(800)?",
        (
            "tanh by e^2z",
            {"tanh": quiet(_by_e_2z)},
            "your {part} is right for ordinary z, but nan where z is large.",
        ),
        (
            "tanh by e^−2z",
            {"tanh": quiet(_by_e_minus_2z)},
            "your {part} is right for ordinary z, but nan where z is far below 0.",
        ),
    ),
    *several_ways(
        "M8",
        "tanh by way of the sigmoid, with a wrong constant",
        "What should tanh be at 0, and which value should it approach for a large z?",
        (
            "σ(2z) − 1 for tanh",
            {"tanh": lambda v: sigmoid(2 * v.z) - 1},
            "your {part} is σ(2z) − 1, which is never positive.",
        ),
        (
            "2σ(2z) for tanh",
            {"tanh": lambda v: 2 * sigmoid(2 * v.z)},
            "your {part} is 2σ(2z), which is never negative.",
        ),
        (
            "σ(2z) − ½ for tanh",
            {"tanh": lambda v: sigmoid(2 * v.z) - 0.5},
            "your {part} is σ(2z) − ½, which stays between −½ and ½.",
        ),
        (
            "2σ(z) − ½ for tanh",
            {"tanh": lambda v: 2 * sigmoid(v.z) - 0.5},
            "your {part} is 2σ(z) − ½.",
        ),
    ),
    *several_ways(
        "M8",
        "a different function instead of tanh",
        "tanh is the hyperbolic tangent. Which value does it approach for a large z?",
        ("tan for tanh", {"tanh": lambda v: np.tan(v.z)}, "your {part} is tan(z)."),
        ("arctan for tanh", {"tanh": lambda v: np.arctan(v.z)}, "your {part} is arctan(z)."),
        (
            "sinh for tanh",
            {"tanh": quiet(lambda v: np.sinh(v.z))},
            "your {part} is sinh(z), without a denominator.",
        ),
        (
            "z clipped for tanh",
            {"tanh": lambda v: np.clip(v.z, -1, 1)},
            "your {part} is z, cut off at −1 and 1.",
        ),
    ),
)
RELU = (
    _leaky(0.01),
    _leaky(0.1),
    *several_ways(
        "M10",
        "a ReLU with an upper bound",
        "What should the ReLU of 100 be?",
        ("cut off at 1", {"relu": lambda v: np.clip(v.z, 0, 1)}, "your {part} is never above 1."),
        ("cut off at 6", {"relu": lambda v: np.clip(v.z, 0, 6)}, "your {part} is never above 6."),
    ),
    *several_ways(
        "M10",
        "a different activation instead of the ReLU",
        "What comes out of a unit that is switched off?",
        (
            "ELU",
            {"relu": lambda v: np.where(v.z > 0, v.z, np.expm1(np.minimum(v.z, 0)))},
            "your {part} is e^z − 1 where z is negative.",
        ),
        (
            "z times its sigmoid",
            {"relu": lambda v: v.z * sigmoid(v.z)},
            "your {part} is z · σ(z).",
        ),
    ),
    Mistake(
        "M10",
        "the larger of z and 1",
        {"relu": lambda v: np.maximum(v.z, 1)},
        "your {part} is never below 1.",
        name="the larger of z and 1 instead of the larger of z and 0",
        question="What comes out of a unit that is switched off?",
    ),
    Mistake(
        "M10",
        "one maximum for all entries",
        {"relu": lambda v: np.full(np.shape(v.z), max(np.max(v.z), 0.0))},
        "every entry of your {part} is the largest entry of z, or 0.",
        name="the largest entry of the whole array",
        question="np.max and np.maximum differ. Which of them compares entry by entry?",
    ),
)
FURTHER = (*SIGMOID, *TANH, *RELU, *softplus_mistakes.FURTHER)
