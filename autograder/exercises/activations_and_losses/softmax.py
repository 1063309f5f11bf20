"""Softmax with cross-entropy: the forward pass.

Notation of deck D2: `b` before the softmax, `y` after it, `targets` are one-hot rows. Rows are
examples (N of them), columns are classes (K).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners, one_hot
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.activations_and_losses import cross_entropy_mistakes, softmax_mistakes
from autograder.exercises.activations_and_losses.formulas import (
    UNIT,
    log_softmax,
    mean_shifted,
    quiet,
    softmax,
    softmax_by_the_mean,
)
from autograder.exercises.activations_and_losses.largest_size import (
    largest_size_subtracted,
    softmax_by_the_largest_size,
)


def _loss(v: Any) -> float:
    """The mean cross-entropy of the probabilities y.

    Where those are the softmax, their logarithms are computed from b, for a probability may be too
    small for a float.
    """
    logs = log_softmax(v.b) if np.array_equal(v.y, softmax(v.b)) else np.log(v.y)
    return float(-(v.targets * np.where(v.targets == 0, 0.0, logs)).sum() / len(v.b))


def _loss_by_the_mean(v: Any) -> Any:
    shifted = mean_shifted(v.b)
    logs = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return -(v.targets * logs).sum() / len(v.b)


def _batch(rows: int, classes: int, scale: float = 1.0) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        b = rng.normal(size=(rows, classes))
        if scale > 1:
            # One row is far above 0 and one far below; the right class is not the likely one.
            b = b + scale * rng.permutation(np.linspace(-1, 1, rows))[:, None]
            b[np.arange(rows), rng.integers(classes, size=rows)] += scale
        return {"b": b, "targets": np.eye(classes)[rng.integers(classes, size=rows)]}

    return draw


def _far_apart(rows: int, classes: int) -> Any:
    """In every row one logit of about 2000, one of about −2000, and small ones."""

    def draw(rng: np.random.Generator) -> Inputs:
        b = rng.normal(size=(rows, classes))
        high, low = np.argsort(rng.random((rows, classes)), axis=1)[:, :2].T
        b[np.arange(rows), high] += 2000.0
        b[np.arange(rows), low] -= 2000.0
        return {"b": b, "targets": np.eye(classes)[rng.integers(classes, size=rows)]}

    return draw


PROBES = (
    Probe("5 examples, 3 classes", _batch(5, 3)),
    Probe("3 examples, 3 classes", _batch(3, 3)),
    Probe("logits of 800 and more", _batch(7, 5, scale=800.0), special=True),
    Probe("logits of 2000 and −2000 in one row", _far_apart(5, 4), special=True),
    *corners(b=Real("N", "K", largest=4.0), targets=one_hot("N", "K")),
)

SOFTMAX_FORWARD_EXERCISE = Exercise(
    id="softmax.forward",
    unit=UNIT,
    title="Softmax and cross-entropy",
    objectives=("O3",),
    deck="D2, Multi-Class Output; D2, Objective Functions for NNs",
    steps={
        "y": lambda v: softmax(v.b),
        "J": _loss,
    },
    parts=(
        Part("y", 0.75, "the probabilities"),
        Part("J", 0.75, "the mean cross-entropy"),
    ),
    probes=PROBES,
    tolerance=1e-9,
    why_tolerance="logits of 800 carry an absolute round-off of 1e-13",
    batch="b",
    mistakes=(
        Mistake(
            "M24",
            "softmax over the examples",
            {"y": lambda v: softmax(v.b, axis=0)},
            "in your {part}, the columns add up to 1, but the rows do not.",
            name="the softmax is taken over the examples",
        ),
        Mistake(
            "M24",
            "softmax over everything",
            {"y": lambda v: softmax(v.b.reshape(1, -1)).reshape(v.b.shape)},
            "your {part} adds up to 1 over the whole batch.",
            name="one softmax over the whole batch",
        ),
        Mistake(
            "M25",
            "exponentials of raw logits",
            {"y": quiet(lambda v: np.exp(v.b) / np.exp(v.b).sum(axis=1, keepdims=True))},
            "your {part} is right for ordinary logits, but nan for logits of 800.",
            name="an overflow in the softmax",
            question="What can you subtract from all logits of a row without changing the result?",
        ),
        largest_size_subtracted(y=lambda v: softmax_by_the_largest_size(v.b)),
        Mistake(
            "M25",
            "one maximum for all rows",
            {
                "y": quiet(
                    lambda v: (
                        np.exp(v.b - v.b.max()) / np.exp(v.b - v.b.max()).sum(axis=1, keepdims=True)
                    )
                )
            },
            "your {part} is right for ordinary logits, but not finite if one row is far below "
            "another.",
            name="one maximum is subtracted from all rows",
            question=(
                "If the logits of one row are near 800 and those of another are near −800, what "
                "is left of the second row after your subtraction?"
            ),
        ),
        Mistake(
            "M25",
            "the mean subtracted",
            {
                "y": quiet(lambda v: softmax_by_the_mean(v.b)),
                "J": quiet(_loss_by_the_mean),
            },
            "your {part} is right for ordinary logits, but not finite if one logit is far above "
            "the mean of its row.",
            name="the mean of each row is subtracted instead of its maximum",
            question="After your subtraction, how large can the largest logit of a row still be?",
        ),
        Mistake(
            "M25",
            "logarithm of a probability that is 0",
            {"J": quiet(lambda v: -(np.log(v.y) * v.targets).sum() / len(v.b))},
            "your {part} is right for ordinary logits, but not finite where a probability is so "
            "small that it was rounded to 0.",
            name="the logarithm of a probability that was rounded to 0",
            question="The logarithm undoes the exponential. Do you need to compute the exponential "
            "at all?",
        ),
        Mistake(
            "M1",
            "the log-likelihood",
            {"J": lambda v: (v.targets * log_softmax(v.b)).sum() / len(v.b)},
            "your {part} is negative, and it gets larger as the prediction improves.",
            name="the log-likelihood instead of the loss",
        ),
        Mistake(
            "M3",
            "sum over the examples",
            {"J": lambda v: -(v.targets * log_softmax(v.b)).sum()},
            "your {part} is too large by a factor that equals the number of examples.",
            name="a sum where a mean is needed",
        ),
        Mistake(
            "M3",
            "mean over examples and classes",
            {"J": lambda v: -(v.targets * log_softmax(v.b)).mean()},
            "your {part} is too small by a factor that equals the number of classes.",
            name="a mean over the classes too",
            question="How many entries of a one-hot row contribute, and what do you divide by?",
        ),
        Mistake(
            "M4",
            "averaged twice",
            {"J": lambda v: -(v.targets * log_softmax(v.b)).sum() / len(v.b) ** 2},
            "your {part} is divided by the number of examples twice.",
            question="After a mean over the examples, what is left to divide by?",
        ),
        *softmax_mistakes.FURTHER,
        *cross_entropy_mistakes.FURTHER,
    ),
    variants={
        "logsumexp": lambda b, targets: _forward_by_logsumexp(b, targets),
        "row by row, by class number": lambda b, targets: _forward_by_rows(b, targets),
    },
    hints=(
        "Print the sum of each row of y, and then try logits of 800.",
        "Subtracting one number from all logits of a row changes nothing in y. And you can "
        "compute log y before any exponential is rounded to 0.",
        "Take a row with two logits u > v. Then log y of the second is v − u − log(1 + e^(v−u)). "
        "The difference v − u is negative, so nothing overflows, and if e^(v−u) is rounded to 0 "
        "the result is simply v − u. With more logits, subtract the largest one first, and then "
        "take the logarithm of the sum.",
    ),
)


def _forward_by_logsumexp(b: Any, targets: Any) -> dict[str, Any]:
    log_sums = np.logaddexp.reduce(b, axis=1)
    return {
        "y": np.exp(b - log_sums[:, np.newaxis]),
        "J": float(np.mean(log_sums - (b * targets).sum(axis=1))),
    }


def _forward_by_rows(b: Any, targets: Any) -> dict[str, Any]:
    y, total = np.zeros(b.shape), 0.0
    for i, row in enumerate(b):
        exps = np.exp(row - max(row))
        y[i] = exps / sum(exps)
        total += max(row) + np.log(sum(exps)) - row[int(np.argmax(targets[i]))]
    return {"y": y, "J": total / len(b)}


EXERCISES = (SOFTMAX_FORWARD_EXERCISE,)
