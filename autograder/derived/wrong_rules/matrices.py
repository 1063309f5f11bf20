"""Products of matrices, and the transpose."""

from __future__ import annotations

import numpy as np

from autograder.derived.wrong_rules.operation import Operation, WrongRule, one_operand

OPERATIONS: dict[str, Operation] = {
    "matmul": Operation(
        "u @ v",
        ("the gradient times vᵀ", "uᵀ times the gradient"),
        (
            (
                WrongRule(
                    "M11",
                    "a matrix not transposed",
                    "the gradient times v",
                    lambda g, y, u, v: g @ v,
                ),
                WrongRule(
                    "M11",
                    "a matrix reshaped instead of transposed",
                    "the gradient times a reshaped v",
                    lambda g, y, u, v: g @ np.reshape(v, np.shape(v)[::-1]),
                ),
                WrongRule(
                    "M30",
                    "the factors of a matrix product swapped",
                    "vᵀ times the gradient",
                    lambda g, y, u, v: v.T @ g,
                ),
            ),
            (
                WrongRule(
                    "M11",
                    "a matrix not transposed",
                    "u times the gradient",
                    lambda g, y, u, v: u @ g,
                ),
                WrongRule(
                    "M11",
                    "a matrix reshaped instead of transposed",
                    "a reshaped u times the gradient",
                    lambda g, y, u, v: np.reshape(u, np.shape(u)[::-1]) @ g,
                ),
                WrongRule(
                    "M30",
                    "the factors of a matrix product swapped",
                    "the gradient times uᵀ",
                    lambda g, y, u, v: g @ u.T,
                ),
            ),
        ),
    ),
    "transpose": one_operand(
        "uᵀ",
        "the gradient transposed",
        WrongRule(
            "M11",
            "a gradient reshaped instead of transposed",
            "the gradient reshaped",
            lambda g, y, u, *axes: np.reshape(g, np.shape(u)),
        ),
        linear=True,
    ),
}
