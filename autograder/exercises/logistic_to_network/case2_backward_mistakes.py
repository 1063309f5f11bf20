"""Further ways in which people get the backward pass of Case 2 wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercises.several_ways import several_ways


def _slope(z: Any) -> Any:
    return z * (1 - z)


def _with_one(x: Any) -> Any:
    return np.r_[1.0, x]


def _weights(v: SimpleNamespace) -> Any:
    return v.alpha[:, 1:]


def _first_column(v: SimpleNamespace, column: Any) -> Any:
    return np.column_stack([np.broadcast_to(column, v.da.shape), np.outer(v.da, v.x)])


FURTHER = (
    *several_ways(
        "M13",
        "the wrong end of z is dropped",
        "z₀ is the constant 1. Where does it stand in z?",
        (
            "z without its last entry",
            {"da": lambda v: v.dz * _slope(v.z[:-1])},
            "your {part} uses the slope at the constant for the first hidden unit, and each later "
            "one is one place off.",
        ),
    ),
    *several_ways(
        "M8",
        "the derivative of tanh is used for a sigmoid",
        "How steep is a sigmoid at 0, and what does your line give there?",
        (
            "1 − y² at the output",
            {"db": lambda v: v.dy * (1 - v.y**2)},
            "your {part} uses 1 − y².",
        ),
        (
            "1 − z² in the hidden layer",
            {"da": lambda v: v.dz * (1 - v.z[1:] ** 2)},
            "your {part} uses 1 − z².",
        ),
    ),
    *several_ways(
        "M6",
        "b where y belongs",
        "Which of b and y is the output?",
        (
            "b − y*",
            {"db": lambda v: v.b - v.y_star},
            "your {part} is b − y*.",
        ),
        (
            "b(1 − b)",
            {"db": lambda v: v.dy * _slope(v.b)},
            "your {part} uses b(1 − b) with the value before the sigmoid.",
        ),
    ),
    *several_ways(
        "M13",
        "another layer's value",
        "Whose slope leads from z to a: the output's, or the hidden unit's own?",
        (
            "the output's slope in the hidden layer",
            {"da": lambda v: v.dz * _slope(v.y)},
            "your {part} uses the slope of the output unit for every hidden unit.",
        ),
    ),
    *several_ways(
        "M9",
        "dJ/db is missing in the derivative of the bias",
        "β₀ is multiplied by z₀ = 1. Which two factors does its derivative have?",
        (
            "1 for the output bias",
            {"dbeta": lambda v: np.r_[1.0, v.db * v.z[1:]]},
            "the first entry of your {part} is 1 for every input.",
        ),
        (
            "dJ/dy for the output bias",
            {"dbeta": lambda v: np.r_[v.dy, v.db * v.z[1:]]},
            "the first entry of your {part} is dJ/dy.",
        ),
    ),
    *several_ways(
        "M13",
        "the bias instead of the weights",
        "Which entry of β multiplies z₁ in the forward pass?",
        (
            "β₀ for all",
            {"dz": lambda v: np.full(len(v.a), v.db * v.beta[0])},
            "your {part} is dJ/db times the bias, in every entry.",
        ),
    ),
    *several_ways(
        "M30",
        "each factor gets its own value",
        "A product passes to each factor the other one. What does z meet?",
        (
            "z for β",
            {"dz": lambda v: v.db * v.z[1:]},
            "your {part} is a multiple of z itself.",
        ),
        (
            "α for x",
            {"dalpha": lambda v: v.da[:, None] * v.alpha},
            "your {part} is made from α itself.",
        ),
        (
            "x for α",
            {"dx": lambda v: v.da.sum() * v.x},
            "your {part} is a multiple of x itself.",
        ),
    ),
    *several_ways(
        "M29",
        "the sum of the weights instead of each unit's own",
        "Which entry of β does z₁ meet in the forward pass?",
        (
            "the sum of β",
            {"dz": lambda v: np.full(len(v.a), v.db * v.beta[1:].sum())},
            "all entries of your {part} are equal.",
        ),
    ),
    *several_ways(
        "M11",
        "a reshape that puts numbers in the wrong places",
        "A reshape keeps the order of the numbers. Which of them stand in your first row?",
        (
            "dα reshaped",
            {"dalpha": lambda v: np.outer(_with_one(v.x), v.da).reshape(v.alpha.shape)},
            "your {part} has the right numbers in the wrong places.",
        ),
        (
            "the inputs of dα reshaped",
            {
                "dalpha": lambda v: np.column_stack(
                    [v.da, np.outer(v.x, v.da).reshape(len(v.da), len(v.x))]
                )
            },
            "all columns of your {part} but the first have the right numbers in the wrong places.",
        ),
    ),
    *several_ways(
        "M20",
        "",
        "",
        (
            "1 for the hidden biases",
            {"dalpha": lambda v: _first_column(v, 1.0)},
            "the first column of your {part} is 1 for every input.",
        ),
        (
            "the sum for the hidden biases",
            {"dalpha": lambda v: _first_column(v, v.da.sum())},
            "all entries in the first column of your {part} are equal.",
        ),
        (
            "the mean for the hidden biases",
            {"dalpha": lambda v: _first_column(v, v.da.mean())},
            "all entries in the first column of your {part} are equal.",
        ),
        (
            "dJ/dz for the hidden biases",
            {"dalpha": lambda v: _first_column(v, v.dz)},
            "the first column of your {part} is dJ/dz, not dJ/da.",
        ),
        (
            "dJ/db for the hidden biases",
            {"dalpha": lambda v: _first_column(v, v.db)},
            "the first column of your {part} is dJ/db in every entry.",
        ),
        (
            "the inputs in the hidden biases",
            {"dalpha": lambda v: _first_column(v, v.da * v.x.sum())},
            "the first column of your {part} contains the inputs.",
        ),
    ),
    *several_ways(
        "M13",
        "the columns of α are shifted by one place",
        "Which column of α multiplies x₁ in the forward pass?",
        (
            "α without its last column in dx",
            {"dx": lambda v: v.alpha[:, :-1].T @ v.da},
            "your {part} pairs the first input with the biases.",
        ),
    ),
    *several_ways(
        "M3",
        "an average instead of a weighted sum",
        "If xᵢ fed one more hidden unit, should its other contributions shrink?",
        (
            "mean over the hidden units",
            {"dx": lambda v: _weights(v).T @ v.da / len(v.da)},
            "your {part} is too small by a factor that equals the number of hidden units.",
        ),
    ),
    *several_ways(
        "M15",
        "",
        "How many hidden units does xᵢ feed, and does your line use = or += ?",
        (
            "only the first hidden unit",
            {"dx": lambda v: v.da[0] * v.alpha[0, 1:]},
            "your {part} holds only the contribution of the first hidden unit.",
        ),
    ),
    *several_ways(
        "M29",
        "the errors are left out of the sum over the hidden units",
        "Each term of the sum over the hidden units is a product. Which two factors does it have?",
        (
            "the sum of the weights alone",
            {"dx": lambda v: _weights(v).sum(axis=0)},
            "your {part} does not depend on the errors.",
        ),
        (
            "the sum of the weights with dJ/db",
            {"dx": lambda v: v.db * _weights(v).sum(axis=0)},
            "your {part} has the same error for every hidden unit, dJ/db.",
        ),
    ),
    *several_ways(
        "M11",
        "a missing transpose on the way back",
        "Which row or column of α contains the weights that x₁ meets?",
        (
            "α reshaped in dx",
            {"dx": lambda v: _weights(v).reshape(len(v.x), len(v.da)) @ v.da},
            "your {part} reads the weights in a different order, as a reshape does.",
        ),
    ),
)
