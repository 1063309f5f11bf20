"""Further ways in which people get BP3 and BP4 wrong."""

from __future__ import annotations

import numpy as np

from autograder.exercises.layers_and_batches.formulas import sigmoid, slope
from autograder.exercises.several_ways import several_ways

FURTHER = (
    *several_ways(
        "M11",
        "a reshape that puts numbers in the wrong places",
        "A reshape keeps the order of the numbers. Which of them stand in your first row?",
        (
            "dW reshaped",
            {"dW": lambda v: np.outer(v.a_prev, v.delta).reshape(len(v.delta), len(v.a_prev))},
            "your {part} has the right numbers in the wrong places.",
        ),
    ),
    *several_ways(
        "M20",
        "one number for all biases",
        "How many biases does the layer have, and which unit does each of them affect?",
        (
            "the sum in every entry",
            {"db": lambda v: np.full(len(v.delta), v.delta.sum())},
            "all entries of your {part} are the sum of the errors.",
        ),
        (
            "the mean in every entry",
            {"db": lambda v: np.full(len(v.delta), v.delta.mean())},
            "all entries of your {part} are the mean of the errors.",
        ),
        ("the mean", {"db": lambda v: v.delta.mean()}, "your {part} is a single number."),
        (
            "the sum in one entry",
            {"db": lambda v: v.delta.sum(keepdims=True)},
            "your {part} has one entry, the sum of the errors.",
        ),
    ),
    *several_ways(
        "M3",
        "an average where nothing is averaged",
        "For one example, what is there to average over?",
        (
            "errors over the units",
            {"db": lambda v: v.delta / len(v.delta)},
            "your {part} is divided by the number of units.",
        ),
        (
            "weights over the units",
            {"dW": lambda v: np.outer(v.delta, v.a_prev) / len(v.delta)},
            "your {part} is divided by the number of units.",
        ),
        (
            "weights over the inputs",
            {"dW": lambda v: np.outer(v.delta, v.a_prev) / len(v.a_prev)},
            "your {part} is divided by the number of inputs.",
        ),
    ),
    *several_ways(
        "M9",
        "the error is left out",
        "Which two factors does the derivative with respect to b have?",
        ("ones", {"db": lambda v: np.ones(len(v.delta))}, "all entries of your {part} are 1."),
        (
            "the sum of the inputs",
            {"db": lambda v: np.full(len(v.delta), v.a_prev.sum())},
            "your {part} does not depend on the error δ.",
        ),
    ),
    *several_ways(
        "M6",
        "one sigmoid too many",
        "Has what comes into the layer been through its sigmoid already?",
        (
            "σ of the inputs",
            {"dW": lambda v: np.outer(v.delta, sigmoid(v.a_prev))},
            "your {part} sends the inputs through a sigmoid once more.",
        ),
    ),
    *several_ways(
        "M7",
        "a slope where the inputs belong",
        "By how much does z_j grow when w_jk grows by 1?",
        (
            "the slope of the inputs in their place",
            {"dW": lambda v: np.outer(v.delta, slope(v.a_prev))},
            "your {part} has the slope a(1 − a) where the inputs a belong.",
        ),
    ),
    *several_ways(
        "M7",
        "a further σ′, which δ already contains",
        "δ is the derivative with respect to z. Is there a sigmoid between z and W?",
        (
            "the slope of the inputs as a factor",
            {"dW": lambda v: np.outer(v.delta, v.a_prev * slope(v.a_prev))},
            "your {part} has a further factor a(1 − a).",
        ),
        (
            "the slope of the errors",
            {
                "db": lambda v: v.delta * slope(v.delta),
                "dW": lambda v: np.outer(v.delta * slope(v.delta), v.a_prev),
            },
            "your {part} has a further factor δ(1 − δ).",
        ),
        (
            "the slope at δ",
            {
                "db": lambda v: v.delta * slope(sigmoid(v.delta)),
                "dW": lambda v: np.outer(v.delta * slope(sigmoid(v.delta)), v.a_prev),
            },
            "your {part} has a further factor σ′(δ).",
        ),
    ),
    *several_ways(
        "M9",
        "the inputs are left out of the derivative of the weights",
        "By how much does z_j grow when w_jk grows by 1?",
        (
            "errors alone",
            {"dW": lambda v: np.outer(v.delta, np.ones(len(v.a_prev)))},
            "your {part} does not depend on what comes into the layer.",
        ),
    ),
    *several_ways(
        "M29",
        "the errors or the inputs are added up",
        "How many different products does a table of 3 errors and 7 inputs have?",
        (
            "the sum of the errors",
            {"dW": lambda v: np.tile(v.delta.sum() * v.a_prev, (len(v.delta), 1))},
            "all rows of your {part} are equal.",
        ),
        (
            "the sum of the inputs in every column",
            {"dW": lambda v: np.outer(v.delta, np.full(len(v.a_prev), v.a_prev.sum()))},
            "all columns of your {part} are equal.",
        ),
        (
            "sums instead of products",
            {"dW": lambda v: v.delta[:, None] + v.a_prev},
            "your {part} adds each input to each error.",
        ),
    ),
    *several_ways(
        "M32",
        "",
        "",
        *(
            (
                f"a step at a rate of {rate}",
                {
                    "db": lambda v, rate=rate: -rate * v.delta,
                    "dW": lambda v, rate=rate: -rate * np.outer(v.delta, v.a_prev),
                },
                f"your {{part}} is −{rate} times the derivative, on every input.",
            )
            for rate in (0.01, 0.5)
        ),
    ),
)
