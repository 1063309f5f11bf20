"""Softmax with cross-entropy, backward: (y − t)/N in one step, for a batch of rows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Mistake, Part
from autograder.exercises.activations_and_losses.formulas import (
    UNIT,
    log_softmax,
    quiet,
    softmax,
    softmax_by_the_mean,
)
from autograder.exercises.activations_and_losses.largest_size import (
    largest_size_subtracted,
    softmax_by_the_largest_size,
)
from autograder.exercises.activations_and_losses.softmax import PROBES
from autograder.exercises.activations_and_losses.softmax_backward_mistakes import FURTHER


def _by_raw_exponentials(v: SimpleNamespace) -> Any:
    e = np.exp(v.b)
    return (e / e.sum(axis=1, keepdims=True) - v.targets) / len(v.b)


def _through_y(v: SimpleNamespace) -> Any:
    dy = -v.targets / v.y / len(v.y)
    return v.y * (dy - (dy * v.y).sum(axis=1, keepdims=True))


SOFTMAX_BACKWARD_EXERCISE = Exercise(
    id="softmax.backward",
    unit=UNIT,
    title="Back through softmax and cross-entropy at once",
    objectives=("O4",),
    deck="D2, Objective Functions for NNs; D2, Multi-Class Output",
    steps={
        "y": lambda v: softmax(v.b),
        "J": lambda v: -(v.targets * log_softmax(v.b)).sum() / len(v.b),
        "db": lambda v: (v.y - v.targets) / len(v.b),
    },
    parts=(Part("db", 1.5, "∂J/∂b, one row per example"),),
    probes=PROBES,
    output="J",
    leaves={"db": "b"},
    tolerance=1e-9,
    why_tolerance="logits of 800 carry an absolute round-off of 1e-13",
    batch="b",
    mistakes=(
        Mistake(
            "M3",
            "1/N left out",
            {"db": lambda v: v.y - v.targets},
            "your {part} is too large by a factor that equals the number of examples.",
            name="a sum where a mean is needed",
        ),
        Mistake(
            "M3",
            "divided by the classes too",
            {"db": lambda v: (v.y - v.targets) / v.b.size},
            "your {part} is too small by a factor that equals the number of classes.",
            name="a mean over the classes too",
            question="What is J divided by?",
        ),
        Mistake(
            "M1",
            "targets minus probabilities",
            {"db": lambda v: (v.targets - v.y) / len(v.b)},
            "your {part} has the right size but the opposite sign. It belongs to the "
            "log-likelihood.",
        ),
        Mistake(
            "M4",
            "averaged twice",
            {"db": lambda v: (v.y - v.targets) / len(v.b) ** 2},
            "your {part} is divided by the number of examples twice.",
            question="How many times does the formula divide by N?",
        ),
        Mistake(
            "M5",
            "softmax stepped over",
            {"db": quiet(lambda v: -v.targets / v.y / len(v.b))},
            "your {part} is ∂J/∂y; the step from y to b is missing.",
            name="the softmax is skipped",
            question="What lies between b and y?",
        ),
        Mistake(
            "M13",
            "logits for probabilities",
            {"db": lambda v: (v.b - v.targets) / len(v.b)},
            "your {part} subtracts the targets from the logits b.",
            name="logits instead of probabilities",
            question="Which of b and y has rows that add up to 1, as the targets do?",
        ),
        Mistake(
            "M7",
            "an extra y(1 − y)",
            {"db": lambda v: (v.y - v.targets) * v.y * (1 - v.y) / len(v.b)},
            "your {part} has the factor y(1 − y), which the cross-entropy has already cancelled.",
        ),
        Mistake(
            "M23",
            "diagonal only",
            {"db": lambda v: -v.targets * (1 - v.y) / len(v.b)},
            "in your {part}, only the logit of the right class gets a gradient.",
        ),
        Mistake(
            "M24",
            "softmax over the examples",
            {"db": lambda v: (softmax(v.b, axis=0) - v.targets) / len(v.b)},
            "your {part} comes from a softmax whose columns add up to 1.",
            name="the softmax is taken over the examples",
        ),
        Mistake(
            "M25",
            "overflow of raw logits",
            {"db": quiet(_by_raw_exponentials)},
            "your {part} is right for ordinary logits, but nan for logits of 800.",
            name="an overflow in the softmax",
        ),
        largest_size_subtracted(
            db=lambda v: (softmax_by_the_largest_size(v.b) - v.targets) / len(v.b)
        ),
        Mistake(
            "M25",
            "the mean subtracted",
            {"db": quiet(lambda v: (softmax_by_the_mean(v.b) - v.targets) / len(v.b))},
            "your {part} is right for ordinary logits, but not finite if one logit is far above "
            "the mean of its row.",
            name="the mean of each row is subtracted instead of its maximum",
            question="After your subtraction, how large can the largest logit of a row still be?",
        ),
        Mistake(
            "M25",
            "through the derivative by y",
            {"db": quiet(_through_y)},
            "your {part} is right for ordinary logits, but it divides by 0 where a probability "
            "was rounded to 0.",
            name="a division by a probability that was rounded to 0",
            question="Multiply ∂J/∂y and the Jacobian on paper. Which factor cancels?",
        ),
        *FURTHER,
    ),
    variants={
        "subtract one at the right class": lambda b, targets: _backward_in_place(b, targets),
        "example by example through the Jacobian": lambda b, targets: _backward_by_jacobians(
            b, targets
        ),
    },
    hints=(
        "Write J for one example as a sum over the classes of −target · log y, and differentiate "
        "log y with respect to a logit.",
        "log y_k = b_k − log Σ exp(b). Its derivative with respect to b_l has two terms. What is "
        "the second?",
        "With K = 2 and target (1, 0), J = log(1 + e^(b₂−b₁)). Its derivative with respect to b₁ "
        "is −σ(b₂ − b₁), which is y₁ − 1, and with respect to b₂ it is y₂ − 0. Then divide by "
        "the number of examples, once.",
    ),
)


def _backward_in_place(b: Any, targets: Any) -> dict[str, Any]:
    db = np.exp(b - np.logaddexp.reduce(b, axis=1)[:, None])
    db[np.arange(len(b)), targets.argmax(axis=1)] -= 1
    db /= len(b)
    return {"db": db}


def _backward_by_jacobians(b: Any, targets: Any) -> dict[str, Any]:
    rows = []
    for logits, target in zip(b, targets, strict=True):
        y = softmax(logits)
        # d log y_k / d b_l = (k = l) − y_l
        rows.append(-target @ (np.eye(len(y)) - y) / len(b))
    return {"db": np.array(rows)}


EXERCISES = (SOFTMAX_BACKWARD_EXERCISE,)
