"""Further ways in which people get one layer and a batch of rows wrong."""

from __future__ import annotations

import numpy as np

from autograder.exercises.several_ways import several_ways

FURTHER = (
    *several_ways(
        "M31",
        "the examples are summed before they are paired",
        "Two examples have the inputs 1 and 5. Which row of dZ belongs with which?",
        (
            "outer product of sums",
            {"dW": lambda v: np.outer(v.X.sum(axis=0), v.dZ.sum(axis=0))},
            "your {part} adds up the inputs and the errors first, and then multiplies the sums.",
        ),
        (
            "outer product of means",
            {"dW": lambda v: np.outer(v.X.mean(axis=0), v.dZ.mean(axis=0))},
            "your {part} multiplies the mean inputs by the mean errors.",
        ),
        (
            "outer product of a mean and a sum",
            {"dW": lambda v: np.outer(v.X.mean(axis=0), v.dZ.sum(axis=0))},
            "your {part} multiplies the mean inputs by the sum of the errors.",
        ),
    ),
    *several_ways(
        "M11",
        "a reshape that puts numbers in the wrong places",
        "A reshape keeps the order of the numbers. Which of them stand in your first row?",
        (
            "dW reshaped",
            {"dW": lambda v: (v.dZ.T @ v.X).reshape(v.W.shape)},
            "your {part} has the right numbers in the wrong places.",
        ),
        (
            "X reshaped",
            {"dW": lambda v: v.X.reshape(v.X.shape[::-1]) @ v.dZ},
            "your {part} reads the inputs in a different order, as a reshape does.",
        ),
    ),
    *several_ways(
        "M11",
        "a missing transpose on the way back",
        "Which row or column of W contains the weights of one input?",
        (
            "W reshaped",
            {"dX": lambda v: v.dZ @ v.W.reshape(v.W.shape[::-1])},
            "your {part} reads the weights in a different order, as a reshape does.",
        ),
        (
            "dX reshaped",
            {"dX": lambda v: (v.W @ v.dZ.T).reshape(v.X.shape)},
            "your {part} has the right numbers in the wrong places.",
        ),
    ),
    *several_ways(
        "M20",
        "",
        "",
        (
            "first example only",
            {"db": lambda v: v.dZ[0]},
            "your {part} is only the contribution of the first example.",
        ),
        (
            "the number of examples",
            {"db": lambda v: np.full(v.dZ.shape[1], float(len(v.X)))},
            "every entry of your {part} is the number of examples.",
        ),
        (
            "ones",
            {"db": lambda v: np.ones(v.dZ.shape[1])},
            "every entry of your {part} is 1.",
        ),
        (
            "one sum in every entry",
            {"db": lambda v: np.full(v.dZ.shape[1], v.dZ.sum())},
            "all entries of your {part} are equal. It adds up the units as well as the examples.",
        ),
        (
            "one mean in every entry",
            {"db": lambda v: np.full(v.dZ.shape[1], v.dZ.mean())},
            "all entries of your {part} are equal. It is a mean over examples and units.",
        ),
        (
            "divided by the units",
            {"db": lambda v: v.dZ.sum(axis=0) / v.dZ.shape[1]},
            "your {part} is divided by the number of units.",
        ),
        (
            "the largest",
            {"db": lambda v: v.dZ.max(axis=0)},
            "your {part} is the largest entry of each column of dZ.",
        ),
    ),
    *several_ways(
        "M15",
        "only one example is used, but all of them add up",
        "Every example contributes to this gradient. Which line adds them up?",
        (
            "last example in dW",
            {"dW": lambda v: np.outer(v.X[-1], v.dZ[-1])},
            "your {part} is only the contribution of the last example.",
        ),
        (
            "first example in dW",
            {"dW": lambda v: np.outer(v.X[0], v.dZ[0])},
            "your {part} is only the contribution of the first example.",
        ),
    ),
    *several_ways(
        "M3",
        "an average where the cost has none",
        "Does the text divide anything by the number of examples?",
        (
            "dX averaged",
            {"dX": lambda v: v.dZ @ v.W.T / len(v.X)},
            "your {part} is divided by the number of examples.",
        ),
        (
            "dW over the inputs",
            {"dW": lambda v: v.X.T @ v.dZ / v.X.shape[1]},
            "your {part} is divided by the number of inputs.",
        ),
        (
            "dX over the units",
            {"dX": lambda v: v.dZ @ v.W.T / v.dZ.shape[1]},
            "your {part} is divided by the number of units.",
        ),
    ),
    *several_ways(
        "M20",
        "the examples are added up where each has its own row",
        "Which row of Z does one row of X affect?",
        (
            "the sum over the examples in every row",
            {"dX": lambda v: np.tile(v.dZ.sum(axis=0) @ v.W.T, (len(v.X), 1))},
            "all rows of your {part} are equal.",
        ),
        (
            "the mean over the examples in every row",
            {"dX": lambda v: np.tile(v.dZ.mean(axis=0) @ v.W.T, (len(v.X), 1))},
            "all rows of your {part} are equal.",
        ),
    ),
    *several_ways(
        "M31",
        "the errors are not paired with their weights",
        "Each term of the sum over the units is a product. Which two factors does it have?",
        (
            "sums multiplied",
            {"dX": lambda v: np.outer(v.dZ.sum(axis=1), v.W.sum(axis=1))},
            "your {part} adds up the weights and the errors first, and then multiplies the sums.",
        ),
    ),
    *several_ways(
        "M31",
        "Z instead of its derivative",
        "Is it the value of Z that goes back, or the derivative of the cost with respect to it?",
        (
            "Z for dZ in dW",
            {"dW": lambda v: v.X.T @ (v.X @ v.W)},
            "your {part} is made from Z, not from dZ.",
        ),
        (
            "Z for dZ in dX",
            {"dX": lambda v: v.X @ v.W @ v.W.T},
            "your {part} is made from Z, not from dZ.",
        ),
    ),
    *several_ways(
        "M6",
        "a slope that is not there",
        "Is there a sigmoid in this layer?",
        (
            "X(1 − X) in dX",
            {"dX": lambda v: v.dZ @ v.W.T * v.X * (1 - v.X)},
            "your {part} has a factor X(1 − X), which would belong to a sigmoid below.",
        ),
    ),
    *several_ways(
        "M32",
        "",
        "",
        *(
            (
                f"new weights at a rate of {rate}",
                {"dW": lambda v, rate=rate: v.W - rate * v.X.T @ v.dZ},
                f"your {{part}} is W after a step of {rate} times the gradient.",
            )
            for rate in (1.0, 0.1, 0.01)
        ),
    ),
)
