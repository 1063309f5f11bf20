"""Further ways in which people go back through softmax and cross-entropy wrongly."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activations_and_losses.formulas import (
    log_softmax,
    quiet,
    sigmoid,
    softmax,
)
from autograder.exercises.activations_and_losses.softmax_mistakes import (
    by_one_maximum,
    by_one_row_of_maxima,
    exponentials,
)
from autograder.exercises.several_ways import several_ways


def _from(v: SimpleNamespace, y: Any) -> Any:
    return (y - v.targets) / len(v.b)


def _through(v: SimpleNamespace, dy: Any) -> Any:
    """A gradient at y, carried back through the softmax."""
    return v.y * (dy - (dy * v.y).sum(axis=1, keepdims=True))


def _binary(v: SimpleNamespace) -> Any:
    return (-v.targets / v.y + (1 - v.targets) / (1 - v.y)) / len(v.b)


def _likeliest(v: SimpleNamespace) -> Any:
    return np.eye(v.b.shape[1])[v.y.argmax(axis=1)]


FURTHER = (
    *several_ways(
        "M3",
        "a division by the number of classes, not of examples",
        "What do you divide by, the number of rows or of columns?",
        (
            "over the classes",
            {"db": lambda v: (v.y - v.targets) / v.b.shape[1]},
            "your {part} is divided by the number of columns.",
        ),
    ),
    *several_ways(
        "M3",
        "1/N reaches only one of the two terms",
        "Does the division by N belong to both terms? Are there brackets around them?",
        (
            "y/N − t",
            {"db": lambda v: v.y / len(v.b) - v.targets},
            "in your {part}, the probabilities are divided by N and the targets are not.",
        ),
        (
            "y − t/N",
            {"db": lambda v: v.y - v.targets / len(v.b)},
            "in your {part}, the targets are divided by N and the probabilities are not.",
        ),
    ),
    Mistake(
        "M2",
        "2(y − t) without 1/N",
        {"db": lambda v: 2 * (v.y - v.targets)},
        "your {part} is 2(y − t), and is not divided by the number of examples.",
        name="a factor of 2 and no 1/N",
        question="Is there a square in J, and what is J divided by?",
    ),
    *several_ways(
        "M3",
        "a wrong number instead of N",
        "What exactly is J divided by?",
        (
            "N − 1",
            {"db": lambda v: (v.y - v.targets) / (len(v.b) - 1)},
            "your {part} is divided by the number of examples less 1.",
        ),
        (
            "the root of N",
            {"db": lambda v: (v.y - v.targets) / np.sqrt(len(v.b))},
            "your {part} is divided by the square root of the number of examples.",
        ),
    ),
    *several_ways(
        "M25",
        "the logits are clipped before the exponential",
        "What becomes of the logits 800 and 801 in your code?",
        *(
            (
                f"logits cut off at {bound}",
                {"db": lambda v, bound=bound: _from(v, softmax(np.clip(v.b, -bound, bound)))},
                "in your {part}, large logits all become equal, as if they had been cut off.",
            )
            for bound in (50, 100, 500, 700)
        ),
    ),
    Mistake(
        "M25",
        "one maximum for all rows",
        {"db": quiet(lambda v: _from(v, by_one_maximum(v.b)))},
        "your {part} is right for ordinary logits, but not finite if one row is far below another.",
        name="one maximum is subtracted from all rows",
        question=(
            "If the logits of one row are near 800 and those of another are near −800, what "
            "is left of the second row after your subtraction?"
        ),
    ),
    *several_ways(
        "M24",
        "two different axes in one softmax",
        "Over which axis is your maximum, and over which your sum?",
        (
            "maximum over examples, sum over classes",
            {"db": quiet(lambda v: _from(v, by_one_row_of_maxima(v.b)))},
            "your {part} is right for ordinary logits, but not finite where the examples are far "
            "apart.",
        ),
        (
            "maximum over classes, sum over examples",
            {"db": quiet(lambda v: _from(v, exponentials(v.b) / exponentials(v.b).sum(axis=0)))},
            "your {part} comes from a softmax whose columns add up to 1.",
        ),
    ),
    *several_ways(
        "M24",
        "one softmax over the whole batch",
        "Which numbers should add up to 1?",
        (
            "the sum without an axis",
            {"db": lambda v: _from(v, exponentials(v.b) / exponentials(v.b).sum())},
            "your {part} comes from probabilities that add up to 1 over all rows together.",
        ),
        (
            "maximum and sum without an axis",
            {"db": lambda v: _from(v, softmax(v.b.reshape(1, -1)).reshape(v.b.shape))},
            "your {part} comes from probabilities that add up to 1 over all rows together.",
        ),
    ),
    *several_ways(
        "M13",
        "something other than the softmax instead of the probabilities",
        "What should each row of db add up to, if each row of y adds up to 1?",
        (
            "the softmax twice",
            {"db": lambda v: _from(v, softmax(v.y))},
            "your {part} comes from the softmax of a softmax.",
        ),
        (
            "sigmoids",
            {"db": quiet(lambda v: _from(v, sigmoid(v.b)))},
            "your {part} comes from a sigmoid of each logit.",
        ),
        (
            "exponentials without their sum",
            {"db": lambda v: _from(v, exponentials(v.b))},
            "your {part} comes from exponentials that are not divided by their sum.",
        ),
        (
            "raw exponentials",
            {"db": quiet(lambda v: _from(v, np.exp(v.b)))},
            "your {part} comes from exponentials that are not divided by their sum.",
        ),
        (
            "logarithms of the probabilities",
            {"db": lambda v: _from(v, log_softmax(v.b))},
            "your {part} subtracts the targets from log y.",
        ),
        (
            "shifted logits",
            {"db": lambda v: _from(v, v.b - v.b.max(axis=1, keepdims=True))},
            "your {part} subtracts the targets from the logits less their maximum.",
        ),
        (
            "the softmax of −b",
            {"db": lambda v: _from(v, softmax(-v.b))},
            "your {part} comes from a softmax in which the smallest logit is the likeliest.",
        ),
        (
            "1 at the likeliest class",
            {"db": lambda v: _from(v, _likeliest(v))},
            "your {part} comes from probabilities of 0 and 1.",
        ),
    ),
    *several_ways(
        "M36",
        "the gradient of a squared error",
        "Where does the logarithm of J show in your derivative?",
        (
            "squared error through the softmax",
            {"db": lambda v: _through(v, 2 * (v.y - v.targets) / len(v.b))},
            "your {part} is what a sum of squares would give behind this softmax.",
        ),
        (
            "half the squared error through the softmax",
            {"db": lambda v: _through(v, (v.y - v.targets) / len(v.b))},
            "your {part} is what half a sum of squares would give behind this softmax.",
        ),
    ),
    *several_ways(
        "M7",
        "the two-class loss for every class",
        "Which logarithm belongs to an example whose class is k? Do the other classes have one?",
        (
            "both terms, at y",
            {"db": quiet(_binary)},
            "your {part} also contains 1/(1 − y) of the classes that are not the right one.",
        ),
        (
            "both terms, through the softmax",
            {"db": quiet(lambda v: _through(v, _binary(v)))},
            "your {part} also contains 1/(1 − y) of the classes that are not the right one.",
        ),
    ),
    *several_ways(
        "M23",
        "only the right class gets a gradient",
        "Raise the logit of a class that is not the right one. Does J stay the same?",
        (
            "1 − y at the right class",
            {"db": lambda v: v.targets * (1 - v.y) / len(v.b)},
            "your {part} is 0 for all classes but the right one, and positive there.",
        ),
    ),
    *several_ways(
        "M9",
        "the slope without the gradient of the loss",
        "Where do the targets come into your line?",
        (
            "y(1 − y)",
            {"db": lambda v: v.y * (1 - v.y) / len(v.b)},
            "your {part} does not depend on the targets.",
        ),
    ),
    *several_ways(
        "M13",
        "the likeliest class instead of the right one",
        "Which rows say what the right class is?",
        (
            "y less its largest",
            {"db": lambda v: (v.y - _likeliest(v)) / len(v.b)},
            "your {part} subtracts 1 at the most probable class, and does not depend on the "
            "targets.",
        ),
    ),
    *several_ways(
        "M13",
        "the loss instead of its gradient",
        "Is this a slope, or the thing whose slope you want?",
        (
            "−t log y",
            {"db": lambda v: -v.targets * log_softmax(v.b) / len(v.b)},
            "your {part} holds the terms of the loss itself.",
        ),
    ),
    *several_ways(
        "M20",
        "every row holds the mean over the examples",
        "J depends on the logits of every example. How many rows does db have, and are they equal?",
        (
            "the mean in every row",
            {"db": lambda v: np.tile((v.y - v.targets).mean(axis=0), (len(v.b), 1))},
            "all rows of your {part} are equal.",
        ),
    ),
    *several_ways(
        "M29",
        "a sum over the classes without its weights",
        "Each term of the sum over the classes is a product. Which two factors does it have?",
        (
            "the plain sum through the softmax",
            {
                "db": quiet(
                    lambda v: (
                        -v.targets / len(v.b)
                        - v.y * (-v.targets / v.y / len(v.b)).sum(axis=1, keepdims=True)
                    )
                )
            },
            "in your {part}, the gradient at y is summed without the probabilities as weights.",
        ),
    ),
)
