"""Weighted sums and sigmoids as people get them wrong, wherever they stand in unit 06."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.several_ways import Way, several_ways

Sum = Callable[[Any, Any], Any]
Made = Callable[[Any], Any]


def wrong_sums(
    part: str, weights: Callable[[Any], Any], inputs: Callable[[Any], Any], letter: str
) -> tuple[Mistake, ...]:
    """Mistakes in a step that is a bias plus a weighted sum.

    Args:
        part: the name of the step.
        weights: all weights, the bias first.
        inputs: the inputs without their constant.
        letter: how the text calls the weights.
    """

    def way(slug: str, made: Sum, shows: str) -> Way:
        return f"{slug} in {part}", {part: lambda v: made(weights(v), inputs(v))}, shows

    return (
        *several_ways(
            "M13",
            "the weights are shifted by one place",
            f"Which entry of {letter} multiplies the first input?",
            way(
                "weights shifted, no bias",
                lambda w, x: w[:-1] @ x,
                f"your {{part}} pairs the first input with {letter}₀, and has no bias.",
            ),
            way(
                "the last weight as the bias, too",
                lambda w, x: w[-1] + w[1:] @ x,
                f"your {{part}} takes the last entry of {letter} for the bias and for a weight.",
            ),
            way(
                "the weights reversed",
                lambda w, x: w[0] + w[:0:-1] @ x,
                f"your {{part}} pairs the first input with the last entry of {letter}.",
            ),
        ),
        *several_ways(
            "M31",
            "a wrong first term of the sum",
            "What is the first term of the sum, the one with the constant 1?",
            way(
                "1 for the bias",
                lambda w, x: 1 + w[1:] @ x,
                f"your {{part}} adds the constant 1 itself instead of {letter}₀.",
            ),
            way(
                "minus the bias",
                lambda w, x: -w[0] + w[1:] @ x,
                "your {part} subtracts the bias.",
            ),
            way(
                "the bias as a factor",
                lambda w, x: w[0] * (w[1:] @ x),
                "your {part} multiplies the sum by the bias.",
            ),
            way(
                "the bias twice",
                lambda w, x: 2 * w[0] + w[1:] @ x,
                "your {part} adds the bias twice.",
            ),
            way(
                "the bias with every product",
                lambda w, x: len(x) * w[0] + w[1:] @ x,
                "your {part} adds the bias once for every input.",
            ),
        ),
        *several_ways(
            "M31",
            "sums are taken before the products",
            "Take two inputs and two weights. Which products are added, and how many are there?",
            way(
                "sums multiplied",
                lambda w, x: w[0] + w[1:].sum() * x.sum(),
                "your {part} adds up the weights and the inputs first.",
            ),
            way(
                "sums added",
                lambda w, x: w.sum() + x.sum(),
                "your {part} adds weights and inputs where it should multiply them.",
            ),
        ),
        *several_ways(
            "M3",
            "a mean instead of a sum",
            "If an input were given twice, each time with its weight, what should happen?",
            way(
                "a mean of the products",
                lambda w, x: w[0] + (w[1:] * x).mean(),
                "your {part} has the mean of the products.",
            ),
            way(
                "a mean of all terms",
                lambda w, x: (w[0] + w[1:] @ x) / len(w),
                "your {part} has the mean of all terms.",
            ),
        ),
    )


def wrong_sigmoids(
    part: str, before: str, step: Callable[[Made], Step], after: dict[str, Step]
) -> tuple[Mistake, ...]:
    """Mistakes in a step that is a sigmoid.

    Args:
        part: the name of the step.
        before: how the text calls what goes into the sigmoid.
        step: makes the step from a function of that.
        after: further steps that must not be worked out from such numbers.
    """

    def way(slug: str, made: Made, shows: str) -> Way:
        return f"{slug} in {part}", {part: step(made), **after}, shows

    return (
        *several_ways(
            "M8",
            "a different function instead of the sigmoid",
            "Between which two values does the sigmoid lie, and what is it at 0?",
            way("tanh", np.tanh, f"your {{part}} is tanh({before})."),
            way("tanh of half", lambda a: np.tanh(a / 2), f"your {{part}} is tanh({before}/2)."),
            way("exp", np.exp, f"your {{part}} is e^{before}, without a denominator."),
        ),
        *several_ways(
            "M31",
            "the brackets of the sigmoid are left out",
            "What does Python divide first in 1 / 1 + u?",
            way(
                "1/1 + e^−a",
                lambda a: 1 + np.exp(-a),
                f"your {{part}} is 1 + e^−{before}, which is larger than 1.",
            ),
            way(
                "e^a/1 + e^a",
                lambda a: 2 * np.exp(a),
                f"your {{part}} is twice e^{before}.",
            ),
        ),
        *several_ways(
            "M8",
            "the slope of the sigmoid instead of the sigmoid",
            "Does this step need the sigmoid or its derivative?",
            way(
                "σ′",
                lambda a: np.exp(-a) / (1 + np.exp(-a)) ** 2,
                "your {part} is never larger than a quarter.",
            ),
        ),
    )
