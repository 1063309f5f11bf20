"""Exponentials, logarithms and the trigonometric functions."""

from __future__ import annotations

import numpy as np

from autograder.derived.wrong_rules.operation import Operation, one_operand, slope

OPERATIONS: dict[str, Operation] = {
    "exp": one_operand(
        "exp(u)",
        "exp(u)",
        slope(
            "the power rule used on an exponential", "u·exp(u−1)", lambda y, u: u * np.exp(u - 1)
        ),
        slope("a factor u too many in the derivative of exp", "u·exp(u)", lambda y, u: u * y),
    ),
    "expm1": one_operand(
        "exp(u) − 1",
        "exp(u)",
        slope("the −1 kept in the derivative of exp(u) − 1", "exp(u) − 1", lambda y, u: y),
    ),
    "log": one_operand(
        "log(u)",
        "1/u",
        slope("a logarithm not differentiated", "log(u)", lambda y, u: y),
        slope("the reciprocal of a logarithm", "1/log(u)", lambda y, u: 1 / y),
        slope("a square too many in the derivative of log", "1/u²", lambda y, u: 1 / u**2),
        slope("a factor ln 10 too many", "1/(u·ln 10)", lambda y, u: 1 / (u * np.log(10))),
        slope("a factor u instead of 1/u", "u", lambda y, u: u),
    ),
    "log1p": one_operand(
        "log(1 + u)",
        "1/(1 + u)",
        slope("the 1 lost in the derivative of log(1 + u)", "1/u", lambda y, u: 1 / u),
    ),
    "log2": one_operand(
        "log₂(u)",
        "1/(u·ln 2)",
        slope("ln 2 missing in the derivative of log₂", "1/u", lambda y, u: 1 / u),
    ),
    "log10": one_operand(
        "log₁₀(u)",
        "1/(u·ln 10)",
        slope("ln 10 missing in the derivative of log₁₀", "1/u", lambda y, u: 1 / u),
    ),
    "sin": one_operand(
        "sin(u)",
        "cos(u)",
        slope(
            "the wrong sign in the derivative of the sine", "−cos(u)", lambda y, u: -np.cos(u), "M1"
        ),
        slope("a sine not differentiated", "sin(u)", lambda y, u: y),
    ),
    "cos": one_operand(
        "cos(u)",
        "−sin(u)",
        slope(
            "the wrong sign in the derivative of the cosine", "sin(u)", lambda y, u: np.sin(u), "M1"
        ),
        slope("a cosine not differentiated", "cos(u)", lambda y, u: y),
    ),
    "tan": one_operand(
        "tan(u)",
        "1 + tan²(u)",
        slope(
            "the wrong sign in the derivative of tan", "1 − tan²(u)", lambda y, u: 1 - y**2, "M1"
        ),
        slope("a square missing in the derivative of tan", "1/cos(u)", lambda y, u: 1 / np.cos(u)),
    ),
    "arctan": one_operand(
        "arctan(u)",
        "1/(1 + u²)",
        slope(
            "the wrong sign in the derivative of arctan",
            "1/(1 − u²)",
            lambda y, u: 1 / (1 - u**2),
            "M1",
        ),
        slope(
            "a square missing in the derivative of arctan", "1/(1 + u)", lambda y, u: 1 / (1 + u)
        ),
        slope(
            "arctan taken for the reciprocal of tan", "−1/sin²(u)", lambda y, u: -1 / np.sin(u) ** 2
        ),
    ),
    "sinh": one_operand(
        "sinh(u)",
        "cosh(u)",
        slope(
            "the wrong sign in the derivative of sinh", "−cosh(u)", lambda y, u: -np.cosh(u), "M1"
        ),
    ),
    "cosh": one_operand(
        "cosh(u)",
        "sinh(u)",
        slope(
            "the wrong sign in the derivative of cosh", "−sinh(u)", lambda y, u: -np.sinh(u), "M1"
        ),
    ),
}
