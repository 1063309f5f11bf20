"""The loss of a probability as people get it wrong, for one example or for many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.several_ways import Way, several_ways


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
            "your {part} is missing the term for class 0.",
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
        *_further(over_examples),
    )


def _further(over_examples: Callable[[Any], Any]) -> tuple[Mistake, ...]:
    def ways(*ways: tuple[str, Callable[[Any], Any], str]) -> list[Way]:
        return [(slug, {"J": _averaged(over_examples, of)}, shows) for slug, of, shows in ways]

    return (
        *several_ways(
            "M31",
            "a missing term",
            "Which of the two terms is left when y* is 1, and which when y* is 0?",
            *ways(
                (
                    "only the term of class 0",
                    lambda v: -_of_class_0(v),
                    "your {part} is missing the term for class 1.",
                ),
            ),
        ),
        *several_ways(
            "M31",
            "the same logarithm for both classes",
            "What is the probability of class 0, if y is that of class 1?",
            *ways(
                (
                    "log y for both classes",
                    lambda v: -np.log(v.y),
                    "your {part} does not depend on the class.",
                ),
                (
                    "log(1 − y) for both classes",
                    lambda v: -np.log(1 - v.y),
                    "your {part} does not depend on the class.",
                ),
            ),
        ),
        *several_ways(
            "M31",
            "the logarithm is left out",
            "What should the loss be when y is close to 0 and the class is 1?",
            *ways(
                (
                    "minus the probability of the right class",
                    lambda v: -v.y_star * v.y - (1 - v.y_star) * (1 - v.y),
                    "your {part} is minus the probability of the right class.",
                ),
                (
                    "the probability of the right class",
                    lambda v: v.y_star * v.y + (1 - v.y_star) * (1 - v.y),
                    "your {part} is the probability of the right class.",
                ),
                (
                    "the probability of the wrong class",
                    lambda v: np.abs(v.y - v.y_star),
                    "your {part} is the distance of y from the class.",
                ),
                (
                    "the difference",
                    lambda v: v.y - v.y_star,
                    "your {part} is y − y*.",
                ),
            ),
        ),
        *several_ways(
            "M31",
            "the brackets of the loss stand in the wrong place",
            "What does each logarithm act on, and what is it multiplied by?",
            *ways(
                (
                    "1 − log y for log(1 − y)",
                    lambda v: -_of_class_1(v) - (1 - v.y_star) * (1 - np.log(v.y)),
                    "your {part} has 1 − log y where the logarithm of 1 − y belongs.",
                ),
                (
                    "log 1 − y for log(1 − y)",
                    lambda v: -_of_class_1(v) + (1 - v.y_star) * v.y,
                    "your {part} has −y where the logarithm of 1 − y belongs.",
                ),
                (
                    "1 − y* log(1 − y)",
                    lambda v: -_of_class_1(v) - (1 - v.y_star * np.log(1 - v.y)),
                    "your {part} multiplies the second logarithm by y*, and has a 1 by itself.",
                ),
            ),
        ),
        *several_ways(
            "M31",
            "1 is added inside the logarithm",
            "log1p(u) is log(1 + u). Which number do you need the logarithm of?",
            *ways(
                (
                    "log1p(y)",
                    lambda v: -v.y_star * np.log1p(v.y) - _of_class_0(v),
                    "your {part} has the logarithm of 1 + y for class 1.",
                ),
                (
                    "log1p twice",
                    lambda v: -v.y_star * np.log1p(v.y) - (1 - v.y_star) * np.log1p(1 - v.y),
                    "your {part} has 1 added inside both logarithms.",
                ),
            ),
        ),
        *several_ways(
            "M6",
            "one sigmoid too many in the loss",
            "Is y a probability already, or does it still need a sigmoid?",
            *ways(
                (
                    "the sigmoid of y",
                    lambda v: (
                        -v.y_star * np.log(1 / (1 + np.exp(-v.y)))
                        - (1 - v.y_star) * np.log(1 - 1 / (1 + np.exp(-v.y)))
                    ),
                    "your {part} sends y through a sigmoid once more.",
                ),
            ),
        ),
        *several_ways(
            "M31",
            "classes −1 and +1 where 0 and 1 were meant",
            "Which values can y* take, and what is 1 − y* then?",
            *ways(
                (
                    "hinge loss",
                    lambda v: np.maximum(0, 1 - (2 * v.y_star - 1) * v.y),
                    "your {part} is a hinge loss, made from classes of −1 and +1.",
                ),
                (
                    "targets −1 and +1",
                    lambda v: (
                        -(2 * v.y_star - 1) * np.log(v.y) - (2 - 2 * v.y_star) * np.log(1 - v.y)
                    ),
                    "your {part} is what you get with classes of −1 and +1.",
                ),
            ),
        ),
    )


def _averaged(over_examples: Callable[[Any], Any], of: Callable[[Any], Any]) -> Step:
    return lambda v: over_examples(of(v))


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
