"""Further ways in which people get the Jacobian of the softmax wrong; with those of its product."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step
from autograder.exercises.activations_and_losses import softmax_product_mistakes
from autograder.exercises.activations_and_losses.formulas import sigmoid, softmax
from autograder.exercises.several_ways import several_ways

_ROWS = "The probabilities add up to 1. So what must each column of the Jacobian add up to?"


def _off_and_on(
    off: Callable[[SimpleNamespace], Any], diagonal: Callable[[Any], Any] | None = None
) -> dict[str, Step]:
    """The Jacobian with given entries off its diagonal, and others on it."""

    def jacobian(v: SimpleNamespace) -> Any:
        on = diagonal(v.y) if diagonal else v.y * (1 - v.y)
        return np.where(np.eye(len(v.y)) > 0, np.diag(on), off(v))

    return {"jacobian": jacobian}


def _products(v: SimpleNamespace) -> Any:
    return -np.outer(v.y, v.y)


def _exponentials(v: SimpleNamespace) -> Any:
    return np.exp(v.b - v.b.max())


def _of_exponentials(v: SimpleNamespace) -> Any:
    e = _exponentials(v)
    return np.diag(e) - np.outer(e, e)


def _quotient_without_square(v: SimpleNamespace) -> Any:
    e = _exponentials(v)
    return (np.diag(e) * e.sum() - np.outer(e, e)) / e.sum()


JACOBIAN = (
    *several_ways(
        "M31",
        "y(1 − y) of two classes off the diagonal",
        "If its own logit does not move, where does b_l occur in y_k?",
        (
            "y_k(1 − y_l) everywhere",
            {"jacobian": lambda v: np.outer(v.y, 1 - v.y)},
            "your {part} is y_k(1 − y_l) in every entry.",
        ),
        (
            "y_l(1 − y_k) everywhere",
            {"jacobian": lambda v: np.outer(1 - v.y, v.y)},
            "your {part} is y_l(1 − y_k) in every entry.",
        ),
        (
            "−y_k(1 − y_l) off the diagonal",
            _off_and_on(lambda v: -np.outer(v.y, 1 - v.y)),
            "your {part} is −y_k(1 − y_l) off the diagonal.",
        ),
    ),
    *several_ways(
        "M12",
        "a square where the outer product belongs",
        "Entry (k, l) off the diagonal belongs to two classes. Which two numbers are in it?",
        (
            "squares along the rows",
            {"jacobian": lambda v: np.diag(v.y) - v.y**2},
            "in your {part}, all entries of a column that are off the diagonal are equal.",
        ),
        (
            "squares along the columns",
            {"jacobian": lambda v: np.diag(v.y) - (v.y**2)[:, None]},
            "in your {part}, all entries of a row that are off the diagonal are equal.",
        ),
        (
            "a dot product",
            {"jacobian": lambda v: np.diag(v.y) - v.y @ v.y},
            "in your {part}, all entries off the diagonal are equal.",
        ),
    ),
    *several_ways(
        "M31",
        "a factor y is left out",
        "How many probabilities are multiplied in an entry off the diagonal, and in one on it?",
        (
            "1 − y_l",
            {"jacobian": lambda v: np.eye(len(v.y)) - v.y},
            "your {part} is 1 or 0, less y_l. That is the derivative of log y.",
        ),
        (
            "1 − y_k",
            {"jacobian": lambda v: np.eye(len(v.y)) - v.y[:, None]},
            "your {part} is 1 or 0, less y_k.",
        ),
        (
            "1 on the diagonal",
            {"jacobian": lambda v: np.eye(len(v.y)) + _products(v)},
            "your {part} is 1 less the square of y on the diagonal.",
        ),
        (
            "−y_l off the diagonal",
            {"jacobian": lambda v: np.diag(v.y) - v.y},
            "your {part} is −y_l off the diagonal, and 0 on it.",
        ),
        (
            "−y_k off the diagonal",
            {"jacobian": lambda v: np.diag(v.y) - v.y[:, None]},
            "your {part} is −y_k off the diagonal, and 0 on it.",
        ),
        (
            "−y_l off the diagonal only",
            _off_and_on(lambda v: -np.tile(v.y, (len(v.y), 1))),
            "your {part} is −y_l off the diagonal.",
        ),
        (
            "−y_k off the diagonal only",
            _off_and_on(lambda v: -np.tile(v.y, (len(v.y), 1)).T),
            "your {part} is −y_k off the diagonal.",
        ),
        (
            "1 − y on the diagonal",
            _off_and_on(_products, lambda y: 1 - y),
            "your {part} is 1 − y on the diagonal.",
        ),
    ),
    *several_ways(
        "M23",
        "a wrong diagonal",
        _ROWS,
        (
            "y on the diagonal",
            _off_and_on(_products, lambda y: y),
            "your {part} is y on the diagonal, with nothing subtracted.",
        ),
        (
            "y² on the diagonal",
            _off_and_on(_products, lambda y: y**2),
            "your {part} is the square of y on the diagonal.",
        ),
        (
            "1 − 2y + … on the diagonal",
            {"jacobian": lambda v: np.diag(1 - v.y) + _products(v)},
            "your {part} has 1 − y on the diagonal before the outer product is subtracted.",
        ),
        (
            "y² subtracted twice",
            {"jacobian": lambda v: np.diag(v.y * (1 - v.y)) + _products(v)},
            "your {part} subtracts the square of y twice on the diagonal.",
        ),
        (
            "0 on the diagonal",
            _off_and_on(_products, lambda y: 0 * y),
            "your {part} is 0 on the diagonal.",
        ),
        (
            "minus on the diagonal",
            _off_and_on(_products, lambda y: -y * (1 - y)),
            "your {part} is negative on the diagonal.",
        ),
    ),
    *several_ways(
        "M31",
        "the outer product alone, with the wrong sign",
        _ROWS,
        (
            "the outer product",
            {"jacobian": lambda v: np.outer(v.y, v.y)},
            "every entry of your {part} is positive.",
        ),
    ),
    *several_ways(
        "M31",
        "only one half of the entries off the diagonal",
        "Does raising logit 1 move probability 2? And the other way round?",
        (
            "above the diagonal",
            {"jacobian": lambda v: np.diag(v.y * (1 - v.y)) + np.triu(_products(v), 1)},
            "your {part} is 0 below the diagonal.",
        ),
        (
            "below the diagonal",
            {"jacobian": lambda v: np.diag(v.y * (1 - v.y)) + np.tril(_products(v), -1)},
            "your {part} is 0 above the diagonal.",
        ),
    ),
    *several_ways(
        "M31",
        "exponentials that are not divided by their sum",
        "Are the entries of your Jacobian made from numbers that add up to 1?",
        (
            "exponentials for probabilities",
            {"jacobian": _of_exponentials},
            "your {part} is made from exponentials instead of probabilities.",
        ),
        (
            "the quotient rule without its square",
            {"jacobian": _quotient_without_square},
            "your {part} divides by the sum of the exponentials once too few.",
        ),
        (
            "the quotient rule without its second term",
            {"jacobian": lambda v: np.diag(_exponentials(v)) / _exponentials(v).sum() ** 2},
            "your {part} is 0 off the diagonal, and the exponential over the square of the sum "
            "on it.",
        ),
    ),
    *several_ways(
        "M13",
        "something other than the softmax instead of the probabilities",
        "What do the numbers add up to that you make the Jacobian from?",
        (
            "the softmax twice",
            {"y": lambda v: softmax(softmax(v.b))},
            "your {part} is made from the softmax of a softmax.",
        ),
        (
            "sigmoids",
            {"y": lambda v: sigmoid(v.b)},
            "your {part} is made from a sigmoid of each logit.",
        ),
        (
            "the softmax of −b",
            {"y": lambda v: softmax(-v.b)},
            "your {part} is made from a softmax in which the smallest logit is the likeliest.",
        ),
        (
            "b in the outer product",
            {"jacobian": lambda v: np.diag(v.y) - np.outer(v.y, v.b)},
            "your {part} multiplies the probabilities by the logits.",
        ),
        (
            "the gradient on the diagonal",
            {"jacobian": lambda v: np.diag(v.upstream) + _products(v)},
            "your {part} has the gradient from above on its diagonal.",
        ),
    ),
    *several_ways(
        "M25",
        "the logits are clipped before the exponential",
        "What becomes of the logits 800 and 801 in your code?",
        *(
            (
                f"logits cut off at {bound}",
                {"y": lambda v, bound=bound: softmax(np.clip(v.b, -bound, bound))},
                "in your {part}, large logits all become equal, as if they had been cut off.",
            )
            for bound in (100, 500, 700)
        ),
    ),
)
FURTHER = (*JACOBIAN, *softmax_product_mistakes.FURTHER)
