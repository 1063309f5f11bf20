"""What people get wrong in the risk of the digits and in its gradient."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.layers_and_batches.forward_slips import bias_left_out
from autograder.exercises.training.digits_steps import PASS, one_hot, remembered, softmax

_GRADIENTS = ("dW2", "db2", "dW1", "db1")


def _first_batch(size: int, name: str) -> Step:
    """A part as it is on the first few examples alone."""

    def on_some(v: SimpleNamespace) -> Any:
        few = SimpleNamespace(**{**vars(v), "x": v.x[:size], "y": v.y[:size]})
        for step in PASS:
            setattr(few, step, PASS[step](few))
        return getattr(few, name)

    return remembered(on_some, "x", "y", "W1", "b1", "W2", "b2")


def _regularised(lam: float) -> dict[str, Step]:
    def risk(v: SimpleNamespace) -> Any:
        return PASS["risk"](v) + lam / 2 * (np.sum(v.W1**2) + np.sum(v.W2**2))

    return {
        "risk": risk,
        "dW2": lambda v: PASS["dW2"](v) + lam * v.W2,
        "dW1": lambda v: PASS["dW1"](v) + lam * v.W1,
    }


def _sigmoid(v: SimpleNamespace) -> Any:
    return 1 / (1 + np.exp(-(v.x @ v.W1 + v.b1)))


MISTAKES = (
    Mistake(
        "M1",
        "log-likelihood",
        {"risk": lambda v: np.mean(np.log(v.p[np.arange(len(v.y)), v.y]))},
        "your {part} is negative. It is the log-likelihood, as printed on two slides.",
        name="the log-likelihood is used as the loss",
    ),
    Mistake(
        "M3",
        "sum for mean",
        {"risk": lambda v: -np.sum(np.log(v.p[np.arange(len(v.y)), v.y]))},
        "your {part} is a sum over the examples, but the empirical risk is their mean.",
        name="a sum where a mean is needed",
    ),
    Mistake(
        "M3",
        "mean over classes too",
        {"risk": lambda v: -np.mean(np.log(v.p) * one_hot(v.y))},
        "your {part} is ten times too small. It is divided by the number of classes as well.",
        name="a mean over the classes too",
    ),
    Mistake(
        "M24",
        "softmax along the columns",
        {"p": lambda v: softmax(v.z, axis=0)},
        "your {part} belongs to probabilities whose rows do not add up to 1.",
    ),
    Mistake(
        "M3",
        "gradient of a sum",
        {"dz": lambda v: v.p - one_hot(v.y)},
        "your {part} is too large by a factor equal to the number of examples.",
        name="a sum where a mean is needed",
    ),
    Mistake(
        "M1",
        "y − p",
        {"dz": lambda v: (one_hot(v.y) - v.p) / len(v.y)},
        "your {part} has the right size but the opposite sign.",
    ),
    Mistake(
        "M7",
        "extra p(1 − p)",
        {"dz": lambda v: (v.p - one_hot(v.y)) * v.p * (1 - v.p) / len(v.y)},
        "your {part} contains p(1 − p), which cancels when softmax and cross-entropy are combined.",
    ),
    Mistake(
        "M5",
        "tanh′ left out",
        {"ds": lambda v: v.dz @ v.W2.T},
        "your {part} comes from a backward pass that skips the tanh.",
        name="the derivative of tanh is left out",
    ),
    Mistake(
        "M8",
        "h(1 − h) for tanh",
        {"ds": lambda v: (v.dz @ v.W2.T) * v.h * (1 - v.h)},
        "your {part} comes from a backward pass that multiplies by h(1 − h), which belongs to the "
        "sigmoid.",
        name="the sigmoid's slope is used for tanh",
        question="Which activation do the hidden units have, and what is its derivative?",
    ),
    Mistake(
        "M6",
        "tanh′ at h",
        {"ds": lambda v: (v.dz @ v.W2.T) * (1 - np.tanh(v.h) ** 2)},
        "your {part} comes from a backward pass that applies tanh to h once more.",
        name="tanh is applied once more in its own slope",
        question="Is h the number before tanh or after it?",
    ),
    Mistake(
        "M8",
        "1 − h for tanh",
        {"ds": lambda v: (v.dz @ v.W2.T) * (1 - v.h)},
        "your {part} comes from a backward pass that multiplies by 1 − h, without a square.",
        name="the slope of tanh is written wrongly",
        question="What is the derivative of tanh, written with its value h?",
    ),
    Mistake(
        "M8",
        "sigmoid for tanh",
        {"h": _sigmoid, "ds": lambda v: (v.dz @ v.W2.T) * v.h * (1 - v.h)},
        "your {part} belongs to a network whose hidden units are sigmoids.",
        name="the sigmoid is used instead of tanh",
        question="Which activation does this network have in its hidden units?",
    ),
    bias_left_out("b1", h=lambda v: np.tanh(v.x @ v.W1)),
    bias_left_out("b2", z=lambda v: v.h @ v.W2),
    Mistake(
        "M4",
        "mean taken twice",
        {"dz": lambda v: (v.p - one_hot(v.y)) / len(v.y) ** 2},
        "your {part} comes from a backward pass that divides by the number of examples twice.",
    ),
    Mistake(
        "M4",
        "mean taken twice below",
        {"ds": lambda v: (v.dz @ v.W2.T) * (1 - v.h**2) / len(v.y)},
        "your {part} comes from a backward pass that divides by the number of examples once more "
        "below the output.",
    ),
    Mistake(
        "M20",
        "biases averaged",
        {"db2": lambda v: v.dz.mean(axis=0), "db1": lambda v: v.ds.mean(axis=0)},
        "your {part} is the mean over the examples, although dz already contains the 1/N.",
        once=True,
    ),
    Mistake(
        "M23",
        "diagonal of the softmax only",
        {"dz": lambda v: (v.p - 1) * one_hot(v.y) / len(v.y)},
        "your {part} comes from a backward pass in which only the logit of the right class gets a "
        "gradient.",
    ),
    Mistake(
        "M5",
        "softmax left out",
        {"dz": lambda v: -one_hot(v.y) / v.p / len(v.y)},
        "your {part} comes from a backward pass that takes the gradient with respect to p for the "
        "one with respect to z.",
        name="the softmax is left out on the way back",
        question="With respect to which quantity is −1/p the derivative of −log p?",
    ),
    *(
        Mistake(
            "M13",
            f"first {size} examples",
            {name: _first_batch(size, name) for name in ("risk", *_GRADIENTS)},
            f"your {{part}} is that of the first {size} examples only.",
            name="the first batch instead of all examples",
            question="Over which examples does the text take the risk?",
            once=True,
        )
        for size in (30, 32, 50, 64, 100)
    ),
    *(
        Mistake(
            "M22",
            f"with a penalty of {lam:g}",
            _regularised(lam),
            f"your {{part}} contains a penalty with λ = {lam:g}, but the risk is the loss of the "
            "data alone.",
            name="a penalty where the risk alone is asked for",
            question="Which terms does the formula of the risk have?",
            once=True,
        )
        for lam in (1e-4, 1e-3, 1e-2)
    ),
)
