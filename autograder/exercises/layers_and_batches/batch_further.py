"""Further ways in which people get a batch through a network wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step
from autograder.exercises.layers_and_batches.batch_steps import back, biases, weights
from autograder.exercises.layers_and_batches.deep import feedforward, lowest_left_out
from autograder.exercises.layers_and_batches.formulas import sigmoid, slope
from autograder.exercises.several_ways import several_ways


def _gap(v: SimpleNamespace) -> Any:
    return v.f.out - v.Y


def _squares(v: SimpleNamespace) -> Any:
    return 0.5 * np.sum(_gap(v) ** 2)


def _divided_by(number: Any) -> dict[str, Step]:
    """Cost and error over something other than the number of examples."""
    return {
        "C": lambda v: _squares(v) / number(v),
        "delta_L": lambda v: _gap(v) / number(v) * slope(v.f.out),
    }


FURTHER = (
    *lowest_left_out("delta"),
    *several_ways(
        "M3",
        "a division by something other than the number of examples",
        "Which axis of X runs over the examples?",
        (
            "the number of inputs",
            _divided_by(lambda v: v.X.shape[1]),
            "your {part} is divided by the number of columns of X.",
        ),
        (
            "the number of outputs",
            _divided_by(lambda v: v.Y.shape[1]),
            "your {part} is divided by the number of columns of Y.",
        ),
        (
            "all entries of X",
            _divided_by(lambda v: v.X.size),
            "your {part} is divided by the number of entries of X.",
        ),
        (
            "the number of inputs in the cost",
            {"C": lambda v: _squares(v) / v.X.shape[1]},
            "your {part} is divided by the number of columns of X.",
        ),
        (
            "the number of inputs in the error",
            {"delta_L": lambda v: _gap(v) / v.X.shape[1] * slope(v.f.out)},
            "your {part} is divided by the number of columns of X.",
        ),
        (
            "the number of outputs in the error",
            {"delta_L": lambda v: _gap(v) / v.Y.shape[1] * slope(v.f.out)},
            "your {part} is divided by the number of columns of Y.",
        ),
    ),
    *several_ways(
        "M27",
        "the stored output was changed in place",
        "After error = A[L] and error -= Y, what does A[L] hold?",
        (
            "(A − Y) in the slope",
            {"delta_L": lambda v: _gap(v) / len(v.X) * slope(_gap(v))},
            "your {part} uses the slope formula with A − Y instead of A.",
        ),
    ),
    *several_ways(
        "M6",
        "",
        "",
        (
            "σ′ at A at the output",
            {"delta_L": lambda v: _gap(v) / len(v.X) * slope(sigmoid(v.f.out))},
            "your {part} evaluates σ′ at A[L], which is already the output of a sigmoid.",
        ),
        (
            "Z(1 − Z) at the output",
            {"delta_L": lambda v: _gap(v) / len(v.X) * slope(v.f.z[max(v.f.z)])},
            "your {part} uses Z(1 − Z) with the values before the sigmoid.",
        ),
    ),
    *several_ways(
        "M8",
        "the derivative of tanh is used for a sigmoid",
        "How steep is a sigmoid at 0, and what does your line give there?",
        (
            "1 − A² everywhere",
            {
                "delta_L": lambda v: _gap(v) / len(v.X) * (1 - v.f.out**2),
                "back": back(lambda v, W, delta, layer: (delta @ W.T) * (1 - v.f.a[layer] ** 2)),
            },
            "your {part} uses 1 − A².",
        ),
        (
            "1 − A² below",
            {"back": back(lambda v, W, delta, layer: (delta @ W.T) * (1 - v.f.a[layer] ** 2))},
            "your {part} uses 1 − A².",
        ),
    ),
    *several_ways(
        "M11",
        "a missing transpose on the way back",
        "Which row or column of W contains the weights of one unit below?",
        (
            "W reshaped",
            {
                "back": back(
                    lambda v, W, delta, layer: (
                        (delta @ W.reshape(W.shape[::-1])) * slope(v.f.a[layer])
                    )
                )
            },
            "your {part} comes down through weights in a different order, as a reshape has them.",
        ),
    ),
    *several_ways(
        "M11",
        "a reshape that puts numbers in the wrong places",
        "A reshape keeps the order of the numbers. Which of them stand in your first row?",
        (
            "dW reshaped",
            weights(
                lambda v, layer, delta: (delta.T @ v.entering[layer - 1]).reshape(
                    v.entering[layer - 1].shape[1], delta.shape[1]
                )
            ),
            "your {part} has the right numbers in the wrong places.",
        ),
    ),
    *several_ways(
        "M31",
        "the examples are summed before they are paired",
        "Two examples have the inputs 1 and 5. Which row of delta belongs with which?",
        (
            "outer product of sums",
            weights(
                lambda v, layer, delta: np.outer(
                    v.entering[layer - 1].sum(axis=0), delta.sum(axis=0)
                )
            ),
            "your {part} adds up the inputs and the errors first, and then multiplies the sums.",
        ),
        (
            "outer product of a mean and a sum",
            weights(
                lambda v, layer, delta: np.outer(
                    v.entering[layer - 1].mean(axis=0), delta.sum(axis=0)
                )
            ),
            "your {part} multiplies the mean inputs by the sum of the errors.",
        ),
    ),
    *several_ways(
        "M20",
        "",
        "",
        (
            "one sum in every entry",
            biases(lambda v, layer, delta: np.full(delta.shape[1], delta.sum())),
            "all entries of your {part} within a layer are equal.",
        ),
        (
            "first example only",
            biases(lambda v, layer, delta: delta[0]),
            "your {part} is only the contribution of the first example.",
        ),
        (
            "the sum times N",
            biases(lambda v, layer, delta: delta.sum(axis=0) * len(v.X)),
            "your {part} is too large by a factor that equals the number of examples.",
        ),
    ),
    *several_ways(
        "M31",
        "something other than half the squares in the cost",
        "With errors of 3 and −1, what should the cost be, and what is yours?",
        (
            "absolute errors",
            {"C": lambda v: np.abs(_gap(v)).sum() / len(v.X)},
            "your {part} is made from absolute errors.",
        ),
        (
            "the square of the sum",
            {"C": lambda v: 0.5 * (_gap(v).sum(axis=1) ** 2).mean()},
            "your {part} adds up the errors of an example first, and squares the sum.",
        ),
        (
            "the norm without its square",
            {"C": lambda v: 0.5 * np.linalg.norm(_gap(v), axis=1).mean()},
            "your {part} has norms that are not squared.",
        ),
        (
            "cross-entropy",
            {
                "C": lambda v: (
                    -(v.Y * np.log(v.f.out) + (1 - v.Y) * np.log(1 - v.f.out)).sum() / len(v.X)
                )
            },
            "your {part} is a cross-entropy.",
        ),
    ),
    *several_ways(
        "M15",
        "only the last example is in the cost, but all of them add up",
        "Every example contributes to the cost. Which line adds them up?",
        (
            "the last cost",
            {"C": lambda v: 0.5 * np.sum(_gap(v)[-1] ** 2)},
            "your {part} is the cost of the last example.",
        ),
        (
            "the last cost over N",
            {"C": lambda v: 0.5 * np.sum(_gap(v)[-1] ** 2) / len(v.X)},
            "your {part} is the cost of the last example, divided by their number.",
        ),
    ),
    *several_ways(
        "M6",
        "a sigmoid of the inputs, which is not there",
        "What comes into layer 2?",
        (
            "σ(X) into the first weights",
            {"f": lambda v: feedforward(v, sigmoid(v.X), lambda W, a, b: a @ W + b)},
            "your {part} comes from a forward pass that sends X through a sigmoid.",
        ),
    ),
)
