"""Further ways in which people get the cross-entropy of softmax outputs wrong."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.activations_and_losses.formulas import (
    log_softmax,
    quiet,
)
from autograder.exercises.activations_and_losses.softmax_mistakes import (
    exponentials,
    loss_of,
    mean_loss,
)
from autograder.exercises.several_ways import several_ways


def _small_number(
    size: str, change: Callable[[Any, float], Any], how: str
) -> tuple[str, dict[str, Step], str]:
    return (
        f"{how} {size}",
        {"J": lambda v: loss_of(change(v.y, float(size)), v.targets)},
        "your {part} is far off where a probability is tiny. It stops growing there.",
    )


def _binary(v: SimpleNamespace) -> Any:
    return v.targets * np.log(v.y) + (1 - v.targets) * np.log(1 - v.y)


def _shifted_logs(v: SimpleNamespace, of_b: float, of_sum: float) -> Any:
    """Logits less the logarithm of their sum, each shifted by a multiple of the maximum."""
    top = v.b.max(axis=1, keepdims=True)
    sums = np.log(exponentials(v.b).sum(axis=1, keepdims=True))
    return mean_loss(v.b + of_b * top - (sums + of_sum * top), v.targets)


SMALL_NUMBERS = (
    *several_ways(
        "M25",
        "a small number that keeps the logarithm finite",
        "The loss of a logit that is 800 too low is about 800. What is yours?",
        *(
            _small_number(size, lambda y, eps: y + eps, "added")
            for size in (
                "1e-6",
                "1e-7",
                "1e-8",
                "1e-9",
                "1e-10",
                "1e-12",
                "1e-15",
                "1e-16",
                "1e-300",
            )
        ),
    ),
    *several_ways(
        "M25",
        "a small number that keeps the logarithm finite",
        "The loss of a logit that is 800 too low is about 800. What is yours?",
        *(
            _small_number(size, np.maximum, "at least")
            for size in ("1e-7", "1e-8", "1e-9", "1e-10", "1e-12", "1e-15", "1e-300")
        ),
        *(
            _small_number(size, lambda y, eps: np.clip(y, eps, 1 - eps), "between it and 1 less")
            for size in ("1e-7", "1e-8")
        ),
        _small_number(str(np.finfo(float).eps), np.maximum, "at least"),
        _small_number(str(np.finfo(float).tiny), np.maximum, "at least"),
    ),
)
LOSS = (
    *several_ways(
        "M25",
        "the maximum does not come back after the logarithm of the sum",
        "Add 100 to all logits of a row. Should the loss change, and does yours?",
        (
            "raw logits, shifted sum",
            {"J": lambda v: _shifted_logs(v, 0, 0)},
            "your {part} takes the maximum off the logits in the sum, but not off the other one.",
        ),
        (
            "shifted logits, whole sum",
            {"J": lambda v: _shifted_logs(v, -1, 1)},
            "your {part} takes the maximum off twice.",
        ),
        (
            "the maximum subtracted again",
            {"J": lambda v: _shifted_logs(v, 0, -1)},
            "your {part} takes the maximum off again where it should be added back.",
        ),
    ),
    *several_ways(
        "M31",
        "the two-class loss for every class",
        "Which logarithm belongs to an example whose class is k? Do the other classes have one?",
        (
            "both terms, summed over the classes",
            {"J": quiet(lambda v: -_binary(v).sum() / len(v.b))},
            "your {part} also contains log(1 − y) of the classes that are not the right one.",
        ),
        (
            "both terms, with the mean over the classes",
            {"J": quiet(lambda v: -_binary(v).mean())},
            "your {part} also contains log(1 − y) of the classes that are not the right one.",
        ),
        *(
            (
                f"both terms, 1 − y at least {least}",
                {
                    "J": lambda v, least=least: (
                        mean_loss(log_softmax(v.b), v.targets)
                        + mean_loss(np.log(np.maximum(1 - v.y, least)), 1 - v.targets)
                    )
                },
                "your {part} also contains log(1 − y) of the classes that are not the right one.",
            )
            for least in (1e-300, 1e-15, 1e-12)
        ),
        (
            "the second term alone",
            {"J": quiet(lambda v: -((1 - v.targets) * np.log(1 - v.y)).sum() / len(v.b))},
            "your {part} contains log(1 − y) of the classes that are not the right one.",
        ),
    ),
    *several_ways(
        "M36",
        "a squared error instead of the cross-entropy",
        "Where is the logarithm in your line?",
        (
            "sum of squares",
            {"J": lambda v: ((v.y - v.targets) ** 2).sum() / len(v.b)},
            "your {part} is made from the squares of y − t.",
        ),
        (
            "half the sum of squares",
            {"J": lambda v: ((v.y - v.targets) ** 2).sum() / len(v.b) / 2},
            "your {part} is made from the squares of y − t.",
        ),
        (
            "mean of squares",
            {"J": lambda v: ((v.y - v.targets) ** 2).mean()},
            "your {part} is made from the squares of y − t.",
        ),
    ),
    *several_ways(
        "M31",
        "the logarithm is left out",
        "What should the loss be if the right class has a probability close to 0?",
        (
            "minus the probability",
            {"J": lambda v: mean_loss(v.y, v.targets)},
            "your {part} is minus the mean probability of the right class.",
        ),
        (
            "1 less the probability",
            {"J": lambda v: 1 + mean_loss(v.y, v.targets)},
            "your {part} is 1 minus the mean probability of the right class.",
        ),
        (
            "absolute differences",
            {"J": lambda v: np.abs(v.y - v.targets).sum() / len(v.b)},
            "your {part} is made from the absolute values of y − t.",
        ),
    ),
    *several_ways(
        "M31",
        "only one of the two terms of log y",
        "log y is a difference of two terms. Which one is missing?",
        (
            "the logit of the right class alone",
            {"J": lambda v: mean_loss(v.b, v.targets)},
            "your {part} is minus the mean logit of the right class.",
        ),
        (
            "the logarithm of the sum alone",
            {"J": lambda v: np.logaddexp.reduce(v.b, axis=1).mean()},
            "your {part} does not depend on the targets.",
        ),
    ),
    *several_ways(
        "M3",
        "the loss is divided by the number of classes, not of examples",
        "What do you divide by, the number of rows or of columns?",
        (
            "over the classes",
            {"J": lambda v: -(v.targets * log_softmax(v.b)).sum() / v.b.shape[1]},
            "your {part} is divided by the number of columns.",
        ),
    ),
    *several_ways(
        "M31",
        "the mean is taken before the logarithm",
        "Which comes first: the logarithm of each example, or the mean over the examples?",
        (
            "log of the mean",
            {"J": lambda v: -np.log((v.targets * v.y).sum(axis=1).mean())},
            "your {part} is the logarithm of a mean, not a mean of logarithms.",
        ),
    ),
    *several_ways(
        "M31",
        "the wrong class in the loss",
        "Which of the logarithms in a row counts, and what do the targets say about it?",
        (
            "all classes, averaged",
            {"J": lambda v: -log_softmax(v.b).mean()},
            "your {part} takes all classes of each row and does not depend on the targets.",
        ),
        (
            "all classes, added up",
            {"J": lambda v: -log_softmax(v.b).sum() / len(v.b)},
            "your {part} takes all classes of each row and does not depend on the targets.",
        ),
    ),
    *several_ways(
        "M30",
        "probabilities and targets are swapped in the cross-entropy",
        "What is the logarithm of a target that is 0?",
        *(
            (
                f"log of the targets plus {eps}",
                {"J": lambda v, eps=eps: -(v.y * np.log(v.targets + eps)).sum() / len(v.b)},
                "your {part} takes the logarithm of the targets.",
            )
            for eps in (1e-12, 1e-15, 1e-9, 1e-8)
        ),
    ),
    Mistake(
        "M31",
        "the likeliest class",
        {"J": lambda v: -log_softmax(v.b).max(axis=1).mean()},
        "your {part} is what you get if the right class is the most probable one in every row. "
        "It does not depend on the targets.",
        name="the targets are not used",
        question="Which of the logarithms in a row counts, and what do the targets say about it?",
    ),
    Mistake(
        "M31",
        "the largest loss",
        {"J": lambda v: -(v.targets * log_softmax(v.b)).sum(axis=1).min()},
        "your {part} is the largest loss among the examples.",
        name="the largest loss instead of the mean",
        question="How many examples should have an effect on J?",
    ),
)
FURTHER = (*LOSS, *SMALL_NUMBERS)
