"""The loss of a probability as people get it wrong, for one example or for many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Mistake


def wrong_losses(over_examples: Callable[[Any], Any]) -> tuple[Mistake, ...]:
    """Mistakes in the step J, made from y and y_star.

    Args:
        over_examples: makes the loss of one or all examples of theirs, such as `np.mean`.
    """
    return (
        Mistake(
            "M1",
            "log-likelihood for the loss, as on the slide",
            {"J": lambda v: over_examples(_of_class_1(v) + _of_class_0(v))},
            "your {part} is negative and grows when the answer gets better.",
            name="the log-likelihood instead of the loss",
            question="Should training make this number larger or smaller?",
        ),
        Mistake(
            "M1",
            "a minus before the first term only",
            {"J": lambda v: over_examples(-_of_class_1(v) + _of_class_0(v))},
            "your {part} is right for class 1, and has the opposite sign for class 0.",
            name="the minus stands before the first term only",
            question="Does the minus belong to both logarithms? Are there brackets around them?",
        ),
        Mistake(
            "M1",
            "a minus before the second term only",
            {"J": lambda v: over_examples(_of_class_1(v) - _of_class_0(v))},
            "your {part} is right for class 0, and has the opposite sign for class 1.",
            name="the minus stands before the second term only",
            question="Does the minus belong to both logarithms?",
        ),
        Mistake(
            "M31",
            "only the term of class 1",
            {"J": lambda v: over_examples(-_of_class_1(v))},
            "your {part} has no share of class 0.",
            name="a missing term",
            question="Which of the two terms is left when y* is 0?",
        ),
        Mistake(
            "M30",
            "the classes swapped",
            {
                "J": lambda v: over_examples(
                    -v.y_star * np.log(1 - v.y) - (1 - v.y_star) * np.log(v.y)
                )
            },
            "your {part} is the loss for the other class.",
            name="the two classes are swapped in the loss",
            question="y is the probability of class 1. What should the loss be when y is close to "
            "1 and the class is 1?",
        ),
        _squared_error("squared error", 1.0, over_examples),
        _squared_error("half the squared error", 0.5, over_examples),
        Mistake(
            "M31",
            "logarithm to base 2",
            {"J": lambda v: over_examples(-_of_class_1(v) - _of_class_0(v)) / np.log(2)},
            "your {part} is what the logarithm to base 2 gives.",
            name="a different logarithm",
        ),
    )


def _of_class_1(v: Any) -> Any:
    return v.y_star * np.log(v.y)


def _of_class_0(v: Any) -> Any:
    return (1 - v.y_star) * np.log(1 - v.y)


def _squared_error(slug: str, factor: float, over_examples: Callable[[Any], Any]) -> Mistake:
    return Mistake(
        "M36",
        slug,
        {"J": lambda v: over_examples(factor * (v.y - v.y_star) ** 2)},
        "your {part} is made from the square of y − y*.",
        name="the squared error instead of the loss",
        question="Which loss does the text give for a probability?",
    )
