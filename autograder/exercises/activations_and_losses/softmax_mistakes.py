"""Further ways in which people get the softmax wrong."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.activations_and_losses.formulas import (
    log_softmax,
    quiet,
    sigmoid,
    softmax,
)
from autograder.exercises.several_ways import several_ways


def exponentials(b: Any) -> Any:
    """The exponentials of logits, each row less its maximum."""
    return np.exp(b - b.max(axis=1, keepdims=True))


def by_one_row_of_maxima(b: Any) -> Any:
    """The softmax with the maximum of each column subtracted, which overflows."""
    e = np.exp(b - b.max(axis=0))
    return e / e.sum(axis=1, keepdims=True)


def by_one_maximum(b: Any) -> Any:
    """The softmax with one maximum subtracted from all rows, which gives 0/0."""
    e = np.exp(b - b.max())
    return e / e.sum(axis=1, keepdims=True)


def mean_loss(logs: Any, targets: Any) -> Any:
    """The mean cross-entropy from the logarithms of all probabilities."""
    return -(targets * logs).sum() / len(targets)


def _probabilities(
    id: str, name: str, question: str, *ways: tuple[str, Callable[[Any], Any], str]
) -> tuple[Mistake, ...]:
    """Wrong probabilities, whose logarithms the loss then takes, whatever they are."""

    def steps(function: Callable[[Any], Any]) -> dict[str, Step]:
        return {"y": quiet(lambda v: function(v.b)), "J": quiet(lambda v: loss_of(v.y, v.targets))}

    return several_ways(
        id,
        name,
        question,
        *((slug, steps(made), evidence) for slug, made, evidence in ways),
        once=True,
    )


def loss_of(y: Any, targets: Any) -> Any:
    """The mean cross-entropy of probabilities, whose logarithms may be infinite."""
    return mean_loss(np.log(y), targets)


def _clipped(bound: int) -> tuple[str, dict[str, Step], str]:
    return (
        f"logits cut off at {bound}",
        {
            "y": lambda v: softmax(np.clip(v.b, -bound, bound)),
            "J": lambda v: mean_loss(log_softmax(np.clip(v.b, -bound, bound)), v.targets),
        },
        "in your {part}, large logits all become equal, as if they had been cut off.",
    )


def _matching(v: SimpleNamespace) -> Any:
    return (softmax(v.b) * v.targets).sum(axis=1)


def _without_zeros(v: SimpleNamespace) -> Any:
    kept = _matching(v)
    return -np.log(kept[kept > 0]).sum()


FURTHER = (
    *_probabilities(
        "M24",
        "every row is divided by the sum of the whole batch",
        "Which numbers should add up to 1?",
        (
            "the sum without an axis",
            lambda b: exponentials(b) / exponentials(b).sum(),
            "your {part} adds up to 1 over all rows together.",
        ),
    ),
    *_probabilities(
        "M31",
        "the exponentials without their sum",
        "What should each row of y add up to?",
        ("exponentials alone", exponentials, "the rows of your {part} do not add up to 1."),
        ("raw exponentials alone", np.exp, "the rows of your {part} do not add up to 1."),
    ),
    *_probabilities(
        "M31",
        "the maximum is subtracted in only one of the two places",
        "Which exponentials stand above the fraction bar, and which below? Are they the same?",
        (
            "maximum above only",
            lambda b: exponentials(b) / np.exp(b).sum(axis=1, keepdims=True),
            "the rows of your {part} do not add up to 1.",
        ),
        (
            "maximum below only",
            lambda b: np.exp(b) / exponentials(b).sum(axis=1, keepdims=True),
            "the rows of your {part} do not add up to 1.",
        ),
    ),
    *_probabilities(
        "M31",
        "the softmax is taken twice",
        "What does your function give for one row with the logits 0 and 100?",
        ("twice", lambda b: softmax(softmax(b)), "your {part} is the softmax of a softmax."),
    ),
    *_probabilities(
        "M8",
        "a different function instead of the softmax",
        "Where does the exponential stand, and what is it divided by?",
        (
            "logits over their sum",
            lambda b: b / b.sum(axis=1, keepdims=True),
            "your {part} is made from the logits themselves, without an exponential.",
        ),
        ("sigmoid", sigmoid, "your {part} treats every logit by itself, as a sigmoid does."),
        (
            "base 2",
            lambda b: softmax(b * np.log(2)),
            "your {part} is made from powers of 2 instead of powers of e.",
        ),
        (
            "one at the largest",
            lambda b: np.eye(b.shape[1])[b.argmax(axis=1)],
            "your {part} is 1 at the largest logit of a row and 0 elsewhere.",
        ),
        ("logarithm of the softmax", log_softmax, "your {part} is never positive."),
        (
            "one more in the denominator",
            lambda b: np.exp(b) / (1 + np.exp(b).sum(axis=1, keepdims=True)),
            "your {part} has a 1 added to the sum of its exponentials, as a sigmoid has.",
        ),
    ),
    *_probabilities(
        "M31",
        "a division by something other than the sum",
        "What should each row of y add up to?",
        (
            "over the norm",
            lambda b: exponentials(b) / np.linalg.norm(exponentials(b), axis=1, keepdims=True),
            "in each row of your {part}, the squares add up to 1.",
        ),
        (
            "over the mean",
            lambda b: exponentials(b) / exponentials(b).mean(axis=1, keepdims=True),
            "each row of your {part} adds up to the number of classes.",
        ),
        (
            "over the sum of the others",
            lambda b: (
                exponentials(b) / (exponentials(b).sum(axis=1, keepdims=True) - exponentials(b))
            ),
            "your {part} divides each exponential by the sum of the other ones.",
        ),
    ),
    *_probabilities(
        "M24",
        "two different axes in one softmax",
        "Over which axis is your maximum, and over which your sum?",
        (
            "maximum over classes, sum over examples",
            lambda b: exponentials(b) / exponentials(b).sum(axis=0),
            "in your {part}, the columns add up to 1, but the rows do not.",
        ),
        (
            "maximum over examples, sum over classes",
            by_one_row_of_maxima,
            "your {part} is right for ordinary logits, but not finite where the examples are far "
            "apart.",
        ),
    ),
    *_probabilities(
        "M25",
        "the logits are divided by their maximum",
        "Does softmax(b) stay the same if all logits of a row are halved?",
        (
            "over the maximum of the logits",
            lambda b: softmax(b / b.max(axis=1, keepdims=True)),
            "your {part} is the softmax of logits that were divided by the largest of their row.",
        ),
        (
            "standardised logits",
            lambda b: softmax((b - b.mean(axis=1, keepdims=True)) / b.std(axis=1, keepdims=True)),
            "your {part} is the softmax of logits that were divided by their spread.",
        ),
    ),
    *several_ways(
        "M25",
        "the logits are clipped before the exponential",
        "What becomes of the logits 800 and 801 in your code?",
        *(_clipped(bound) for bound in (50, 100, 500, 700)),
        once=True,
    ),
    *several_ways(
        "M25",
        "examples with probability 0 are left out",
        "Which examples have the largest loss, and does your J contain them?",
        (
            "probabilities of 0 left out of the sum",
            {"J": quiet(lambda v: _without_zeros(v) / len(v.b))},
            "your {part} leaves out the examples whose probability is too small for a float.",
        ),
        (
            "probabilities of 0 left out of the mean",
            {"J": quiet(lambda v: _without_zeros(v) / (_matching(v) > 0).sum())},
            "your {part} leaves out the examples whose probability is too small for a float.",
        ),
    ),
)
