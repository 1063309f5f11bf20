"""Activations, and what chooses between values."""

from __future__ import annotations

import numpy as np

from autograder.derived.wrong_rules.operation import (
    Operation,
    WrongRule,
    one_operand,
    sigmoid,
    slope,
)

OPERATIONS: dict[str, Operation] = {
    "tanh": one_operand(
        "tanh(u)",
        "1 − tanh²(u)",
        slope("the square missing in the slope of tanh", "1 − tanh(u)", lambda y, u: 1 - y, "M8"),
        slope("the slope of tanh taken at u itself", "1 − u²", lambda y, u: 1 - u**2, "M6"),
        slope(
            "tanh applied twice in its slope",
            "1 − tanh²(tanh(u))",
            lambda y, u: 1 - np.tanh(y) ** 2,
            "M6",
        ),
        slope(
            "the slope of the sigmoid instead of that of tanh",
            "tanh(u)·(1 − tanh(u))",
            lambda y, u: y * (1 - y),
            "M8",
        ),
        slope("the wrong sign in the slope of tanh", "1 + tanh²(u)", lambda y, u: 1 + y**2, "M1"),
        slope("tanh not differentiated", "tanh(u)", lambda y, u: y),
    ),
    "sigmoid": one_operand(
        "σ(u)",
        "σ(u)·(1 − σ(u))",
        slope("the slope of σ taken at u itself", "u·(1 − u)", lambda y, u: u * (1 - u), "M6"),
        slope(
            "σ applied twice in its slope",
            "σ(σ(u))·(1 − σ(σ(u)))",
            lambda y, u: sigmoid(y) * (1 - sigmoid(y)),
            "M6",
        ),
        slope("half of the slope of σ", "1 − σ(u)", lambda y, u: 1 - y),
        slope("σ not differentiated", "σ(u)", lambda y, u: y),
        slope("the slope of tanh instead of that of σ", "1 − σ(u)²", lambda y, u: 1 - y**2, "M8"),
        slope(
            "the wrong sign in the slope of σ", "σ(u)·(1 + σ(u))", lambda y, u: y * (1 + y), "M1"
        ),
    ),
    "relu": one_operand(
        "ReLU(u)",
        "1 where u > 0, and 0 elsewhere",
        WrongRule(
            "M10",
            "the mask of the ReLU made from the incoming gradient",
            "1 where the incoming gradient is above 0",
            lambda g, y, u: g * (g > 0),
        ),
        WrongRule(
            "M10",
            "negative gradients cut off at the ReLU",
            "1 where u and the incoming gradient are above 0",
            lambda g, y, u: g * (u > 0) * (g > 0),
        ),
        slope(
            "the mask of the ReLU the wrong way round",
            "1 where u < 0",
            lambda y, u: 1.0 * (u < 0),
            "M10",
        ),
        slope("a ReLU not differentiated", "ReLU(u)", lambda y, u: y, "M10"),
    ),
    "softplus": one_operand(
        "softplus(u)",
        "σ(u)",
        slope(
            "the wrong sign inside the slope of softplus", "σ(−u)", lambda y, u: sigmoid(-u), "M1"
        ),
        slope(
            "the slope of σ instead of that of softplus",
            "σ(u)·(1 − σ(u))",
            lambda y, u: sigmoid(u) * sigmoid(-u),
            "M8",
        ),
        slope("softplus not differentiated", "softplus(u)", lambda y, u: y),
    ),
    "abs": one_operand(
        "|u|",
        "the sign of u",
        slope("an absolute value not differentiated", "|u|", lambda y, u: y),
        slope("the value instead of its sign", "u", lambda y, u: u),
        slope(
            "the wrong sign in the derivative of |u|",
            "minus the sign of u",
            lambda y, u: -np.sign(u),
            "M1",
        ),
    ),
    "maximum": Operation(
        "max(u, v)",
        ("1 where u > v, and 0 elsewhere", "1 where v > u, and 0 elsewhere"),
        (
            (
                slope(
                    "the mask of a maximum the wrong way round",
                    "1 where u < v",
                    lambda y, u, v: 1.0 * (u < v),
                    "M10",
                ),
            ),
            (
                slope(
                    "the mask of a maximum the wrong way round",
                    "1 where v < u",
                    lambda y, u, v: 1.0 * (v < u),
                    "M10",
                ),
            ),
        ),
    ),
    "minimum": Operation(
        "min(u, v)",
        ("1 where u < v, and 0 elsewhere", "1 where v < u, and 0 elsewhere"),
        (
            (
                slope(
                    "the mask of a minimum the wrong way round",
                    "1 where u > v",
                    lambda y, u, v: 1.0 * (u > v),
                    "M10",
                ),
            ),
            (
                slope(
                    "the mask of a minimum the wrong way round",
                    "1 where v > u",
                    lambda y, u, v: 1.0 * (v > u),
                    "M10",
                ),
            ),
        ),
    ),
    "where": Operation(
        "where(c, u, v)",
        ("", "1 where c holds, and 0 elsewhere", "1 where c does not hold, and 0 elsewhere"),
        (
            (),
            (
                slope(
                    "the two branches swapped",
                    "1 where c does not hold",
                    lambda y, c, u, v: 1.0 * (np.asarray(c) == 0),
                    "M10",
                ),
            ),
            (
                slope(
                    "the two branches swapped",
                    "1 where c holds",
                    lambda y, c, u, v: 1.0 * (np.asarray(c) != 0),
                    "M10",
                ),
            ),
        ),
        letters="cuv",
    ),
}
