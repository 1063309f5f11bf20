"""Further ways in which people get the backward pass of Quiz 2 wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercises.several_ways import several_ways


def _slope(z: Any) -> Any:
    return z * (1 - z)


def _dz1(v: SimpleNamespace) -> Any:
    return v.alpha2.T @ v.da2


FURTHER = (
    *several_ways(
        "M11",
        "a reshape that puts numbers in the wrong places",
        "A reshape keeps the order of the numbers. Which of them stand in your first row?",
        (
            "dα⁽²⁾ reshaped",
            {"dalpha2": lambda v: np.outer(v.z1, v.da2).reshape(v.alpha2.shape)},
            "your {part} has the right numbers in the wrong places.",
        ),
        (
            "dα⁽¹⁾ reshaped",
            {"dalpha1": lambda v: np.outer(v.x, v.da1).reshape(v.alpha1.shape)},
            "your {part} has the right numbers in the wrong places.",
        ),
    ),
    *several_ways(
        "M13",
        "the slope of a different layer",
        "From which z to which a does this step lead?",
        (
            "the output's slope in the second layer",
            {"da2": lambda v: v.db * v.beta * _slope(v.y)},
            "your {part} uses the slope of the output unit for every unit of the second layer.",
        ),
        (
            "the output's slope in the first layer",
            {"da1": lambda v: _dz1(v) * _slope(v.y)},
            "your {part} uses the slope of the output unit for every unit of the first layer.",
        ),
        (
            "the first layer's slope in the second",
            {"da2": lambda v: v.db * v.beta * _slope(v.z1)},
            "your {part} uses the slopes of the first layer, which runs only if both layers have "
            "the same size.",
        ),
        (
            "the second layer's slope in the first",
            {"da1": lambda v: _dz1(v) * _slope(v.z2)},
            "your {part} uses the slopes of the second layer, which runs only if both layers have "
            "the same size.",
        ),
    ),
    *several_ways(
        "M6",
        "",
        "",
        (
            "b(1 − b) at the output",
            {"db": lambda v: _slope(v.b)},
            "your {part} is b(1 − b), with the value before the sigmoid.",
        ),
    ),
    *several_ways(
        "M8",
        "a wrong formula for the slope of the sigmoid",
        "How steep is a sigmoid at 0 and far from 0, and what does your line give there?",
        (
            "1 − y at the output",
            {"db": lambda v: 1 - v.y},
            "your {part} is 1 − y.",
        ),
        (
            "y² at the output",
            {"db": lambda v: v.y**2},
            "your {part} is the square of y.",
        ),
        (
            "y − 1 at the output",
            {"db": lambda v: v.y - 1},
            "your {part} is y − 1, as if 1 were the class.",
        ),
        (
            "z in both hidden layers",
            {
                "da2": lambda v: v.db * v.beta * v.z2,
                "da1": lambda v: _dz1(v) * v.z1,
            },
            "your {part} multiplies by z, without the factor 1 − z.",
        ),
        (
            "1 − z in both hidden layers",
            {
                "da2": lambda v: v.db * v.beta * (1 - v.z2),
                "da1": lambda v: _dz1(v) * (1 - v.z1),
            },
            "your {part} multiplies by 1 − z, without the factor z.",
        ),
    ),
    *several_ways(
        "M30",
        "each factor gets its own value",
        "A product passes to each factor the other one. What does z⁽²⁾ meet?",
        (
            "z⁽²⁾ for β",
            {"da2": lambda v: v.db * v.z2 * _slope(v.z2)},
            "your {part} is made from z⁽²⁾, not from the weights that it meets.",
        ),
        (
            "α⁽²⁾ for its input",
            {"dalpha2": lambda v: v.da2[:, None] * v.alpha2},
            "your {part} is made from α⁽²⁾ itself.",
        ),
        (
            "α⁽¹⁾ for its input",
            {"dalpha1": lambda v: v.da1[:, None] * v.alpha1},
            "your {part} is made from α⁽¹⁾ itself.",
        ),
    ),
    *several_ways(
        "M13",
        "the outputs of a layer where its inputs belong",
        "What does this matrix multiply in the forward pass?",
        (
            "z⁽²⁾ in dα⁽²⁾",
            {"dalpha2": lambda v: np.outer(v.da2, v.z2)},
            "your {part} pairs the errors with z⁽²⁾, which runs only if both layers have the same "
            "size.",
        ),
        (
            "z⁽¹⁾ in dα⁽¹⁾",
            {"dalpha1": lambda v: np.outer(v.da1, v.z1)},
            "your {part} pairs the errors with z⁽¹⁾, which runs only if it is as long as x.",
        ),
        (
            "x in dα⁽²⁾",
            {"dalpha2": lambda v: np.outer(v.da2, v.x)},
            "your {part} pairs the errors with x, which runs only if it is as long as z⁽¹⁾.",
        ),
    ),
    *several_ways(
        "M12",
        "",
        "",
        (
            "elementwise product for dα⁽²⁾",
            {"dalpha2": lambda v: v.da2 * v.z1},
            "your {part} pairs each error with only one input, but every unit has a weight for "
            "every input.",
        ),
        (
            "elementwise product for dα⁽¹⁾",
            {"dalpha1": lambda v: v.da1 * v.x},
            "your {part} pairs each error with only one input, but every unit has a weight for "
            "every input.",
        ),
        (
            "dot product with β",
            {"da2": lambda v: v.db * np.full(len(v.beta), v.beta @ _slope(v.z2))},
            "all entries of your {part} are equal, because the products were added up.",
        ),
    ),
    *several_ways(
        "M3",
        "an average instead of a weighted sum",
        "If a unit fed one more unit above, should its other contributions shrink?",
        (
            "mean over the second layer",
            {"da1": lambda v: _dz1(v) / len(v.da2) * _slope(v.z1)},
            "your {part} is too small by a factor that equals the number of units above.",
        ),
    ),
    *several_ways(
        "M29",
        "the errors are left out of the sum over the units above",
        "Each term of the sum over the units above is a product. Which two factors does it have?",
        (
            "the sum of the weights alone",
            {"da1": lambda v: v.alpha2.sum(axis=0) * _slope(v.z1)},
            "your {part} does not depend on the errors of the second layer.",
        ),
        (
            "the sum of the weights with db",
            {"da1": lambda v: v.db * v.alpha2.sum(axis=0) * _slope(v.z1)},
            "your {part} has the same error for every unit of the second layer, ∂y/∂b.",
        ),
        (
            "the sum of the weights with the mean error",
            {"da1": lambda v: v.da2.mean() * v.alpha2.sum(axis=0) * _slope(v.z1)},
            "your {part} adds up the weights without pairing each with the error of its unit.",
        ),
    ),
    *several_ways(
        "M9",
        "",
        "",
        (
            "errors left out of dα⁽²⁾",
            {"dalpha2": lambda v: np.tile(v.z1, (len(v.da2), 1))},
            "all rows of your {part} are z⁽¹⁾.",
        ),
        (
            "errors left out of dα⁽¹⁾",
            {"dalpha1": lambda v: np.tile(v.x, (len(v.da1), 1))},
            "all rows of your {part} are x.",
        ),
        (
            "the slope alone in the first layer",
            {"da1": lambda v: _slope(v.z1)},
            "your {part} is the slope of the first layer, without what comes from above.",
        ),
    ),
    *several_ways(
        "M15",
        "",
        "How many units of the second layer does z⁽¹⁾ₖ feed, and does your line use = or += ?",
        (
            "only the first unit above",
            {"da1": lambda v: v.da2[0] * v.alpha2[0] * _slope(v.z1)},
            "your {part} holds only the contribution of the first unit of the second layer.",
        ),
    ),
    *several_ways(
        "M13",
        "the derivative skips a layer",
        "Which units lie between the first layer and b?",
        (
            "db instead of da⁽²⁾",
            {"dalpha2": lambda v: np.outer(np.full(len(v.da2), v.db), v.z1)},
            "all rows of your {part} are equal, made from ∂y/∂b.",
        ),
    ),
    *several_ways(
        "M11",
        "a missing transpose on the way back",
        "Which row or column of the matrix contains the weights that unit k of the first layer "
        "meets?",
        (
            "α⁽²⁾ reshaped on the way back",
            {"da1": lambda v: (v.alpha2.reshape(v.alpha2.shape[::-1]) @ v.da2) * _slope(v.z1)},
            "your {part} reads the weights in a different order, as a reshape does.",
        ),
    ),
)
