"""What people get wrong when they correct slides."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.bug_hunt.direction_mistakes import DIRECTION_MISTAKES
from autograder.exercises.several_ways import in_one_step


def _as_printed_with_transpose(v: SimpleNamespace) -> Any:
    # Where the layers differ in size the printed product does not exist, and all have to turn it.
    w = v.w.T if v.w.shape[0] == v.w.shape[1] else v.w
    return (w @ v.delta_above) * v.a * (1 - v.a)


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


MISTAKES = (
    Mistake(
        "M8",
        "sigmoid as printed",
        {"sigmoid": lambda v: 1 / (1 - np.exp(-v.z))},
        "your {part} is the formula as printed on the slide.",
        name="the sigmoid with a minus in its denominator",
        question=("What should the sigmoid of 0 be, and what does the printed formula give there?"),
    ),
    Mistake(
        "M1",
        "log-likelihood as printed",
        {"da_top": lambda v: v.y_star - v.y},
        "your {part} belongs to the log-likelihood, which we maximise, not to the loss.",
        name="the log-likelihood is used as the loss",
    ),
    Mistake(
        "M7",
        "derivative by y",
        {"da_top": lambda v: (v.y - v.y_star) * v.y * (1 - v.y)},
        "your {part} has a factor y(1 − y), which should have cancelled.",
    ),
    Mistake(
        "M29",
        "dx as printed",
        {"dx": lambda v: v.da.sum() * v.alpha.sum(axis=0)},
        "your {part} adds up the weights and the da first, and then multiplies the sums.",
        name="the terms are summed first and paired afterwards, as on the slide",
    ),
    Mistake(
        "M11",
        "BP-2 as printed, with z = wᵀa",
        {"delta": _as_printed_with_transpose},
        "your {part} is right where the layers differ in size, but transposed where they do not.",
        name="the transpose that belongs to the other convention",
        question="With z = wᵀa: which index of w belongs to the unit above?",
    ),
    Mistake(
        "M5",
        "σ′ left out of BP-2",
        {"delta": lambda v: v.w @ v.delta_above},
        "your {part} is missing the slope of the sigmoid.",
    ),
    *in_one_step(
        (
            "M8",
            "σ′ for σ",
            "sigmoid",
            lambda v: _sigmoid(v.z) * (1 - _sigmoid(v.z)),
            "is the derivative of the sigmoid, not the sigmoid",
            "the derivative instead of the function",
            "What should the sigmoid of a large z be close to?",
        ),
        (
            "M8",
            "σ of −z",
            "sigmoid",
            lambda v: _sigmoid(-v.z),
            "falls where the sigmoid rises",
            "the exponent has the wrong sign",
            "What should the sigmoid of a large z be close to?",
        ),
        (
            "M8",
            "−σ as printed",
            "sigmoid",
            lambda v: 1 / (np.exp(-v.z) - 1),
            "has a −1 in its denominator",
            "the sigmoid with a minus in its denominator",
            "What should the sigmoid of 0 be, and what does your formula give there?",
        ),
        (
            "M8",
            "tanh for σ",
            "sigmoid",
            lambda v: np.tanh(v.z),
            "is tanh",
            "tanh instead of the sigmoid",
            "What should the sigmoid of 0 be, and what does your formula give there?",
        ),
        (
            "M36",
            "derivative with respect to y",
            "da_top",
            lambda v: (v.y - v.y_star) / (v.y * (1 - v.y)),
            "is the derivative with respect to y; the exercise asks for the one with respect to a",
            "the derivative with respect to the output",
            "Which arrow lies between y and a?",
        ),
        (
            "M31",
            "derivative of a squared error",
            "da_top",
            lambda v: 2 * (v.y - v.y_star) * v.y * (1 - v.y),
            "belongs to a squared error",
            "a squared error instead of the cross-entropy",
            "Which loss do these slides use?",
        ),
        (
            "M31",
            "first term only",
            "da_top",
            lambda v: -v.y_star * (1 - v.y),
            "is right where the target is 1, and 0 elsewhere",
            "only the term with the target 1",
            "Which of the two terms of the cross-entropy is left when the target is 0?",
        ),
        (
            "M3",
            "mean over the units",
            "da_top",
            lambda v: (v.y - v.y_star) / len(v.y),
            "is divided by the number of units",
            "a mean over the units",
            "Does one unit's gradient depend on how many other units there are?",
        ),
        (
            "M9",
            "da left out of dx",
            "dx",
            lambda v: v.alpha.sum(axis=0),
            "does not depend on da",
            "",
            "If all da were 0, what would dx be?",
        ),
        (
            "M29",
            "da summed first, mean of the weights",
            "dx",
            lambda v: v.da.sum() * v.alpha.mean(axis=0),
            "multiplies the mean of the weights by the sum of the da",
            "",
            "For two units, write dx with all its terms. Which da belongs to which weight?",
        ),
        (
            "M29",
            "da averaged",
            "dx",
            lambda v: v.da.mean() * v.alpha.sum(axis=0),
            "multiplies the sum of the weights by the mean of the da",
            "",
            "For two units, write dx with all its terms. Which da belongs to which weight?",
        ),
        (
            "M3",
            "mean over the units in dx",
            "dx",
            lambda v: v.alpha.T @ v.da / len(v.da),
            "is a mean over the units, not their sum",
            "a mean where a sum is needed",
            "If a second unit uses x in the same way, does the influence of x double?",
        ),
        (
            "M15",
            "one unit only",
            "dx",
            lambda v: v.alpha[0] * v.da[0],
            "is the share of the first unit only",
            "",
            "How many units does each input feed?",
        ),
        (
            "M15",
            "last unit only",
            "dx",
            lambda v: v.alpha[-1] * v.da[-1],
            "is the share of the last unit only",
            "",
            "How many units does each input feed?",
        ),
        (
            "M6",
            "σ′ at a",
            "delta",
            lambda v: (v.w @ v.delta_above) * _sigmoid(v.a) * (1 - _sigmoid(v.a)),
            "takes the slope of the sigmoid at a, which is already the output of a sigmoid",
            "the sigmoid is applied once more in its own slope",
            "Is a the number before the sigmoid or after it?",
        ),
        (
            "M8",
            "a for σ′",
            "delta",
            lambda v: (v.w @ v.delta_above) * v.a,
            "multiplies by a alone",
            "the slope of the sigmoid is written wrongly",
            "What is the derivative of the sigmoid, written with its value a?",
        ),
        (
            "M8",
            "1 − a for σ′",
            "delta",
            lambda v: (v.w @ v.delta_above) * (1 - v.a),
            "multiplies by 1 − a alone",
            "the slope of the sigmoid is written wrongly",
            "What is the derivative of the sigmoid, written with its value a?",
        ),
        (
            "M8",
            "tanh′ for σ′",
            "delta",
            lambda v: (v.w @ v.delta_above) * (1 - v.a**2),
            "multiplies by 1 − a²",
            "the slope of tanh is used for the sigmoid",
            "Of which activation is 1 − a² the slope?",
        ),
        (
            "M29",
            "δ and weights summed apart",
            "delta",
            lambda v: v.w.sum(axis=1) * v.delta_above.sum() * v.a * (1 - v.a),
            "adds up the weights and the δ first, and then multiplies the sums",
            "",
            "For two units above, write δ with all its terms. Which weight belongs to which δ?",
        ),
        (
            "M9",
            "δ above left out",
            "delta",
            lambda v: v.w.sum(axis=1) * v.a * (1 - v.a),
            "does not depend on δ of the layer above",
            "",
            "If δ of the layer above were 0, what would this δ be?",
        ),
    ),
    *DIRECTION_MISTAKES,
)
