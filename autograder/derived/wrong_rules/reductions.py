"""Sums, means and extremes, and what is made with them."""

from __future__ import annotations

import numpy as np

from autograder.derived.wrong_rules.operation import (
    Operation,
    WrongRule,
    entries_per_result,
    one_operand,
    spread,
)

OPERATIONS: dict[str, Operation] = {
    "sum": one_operand(
        "the sum of u",
        "1 for every entry",
        WrongRule(
            "M3",
            "a mean differentiated instead of a sum",
            "one over the number of entries",
            lambda g, y, u, axis, keepdims: spread(g, u, axis, keepdims) / entries_per_result(y, u),
        ),
        linear=True,
    ),
    "mean": one_operand(
        "the mean of u",
        "one over the number of entries",
        WrongRule(
            "M3",
            "a sum differentiated instead of a mean",
            "1 for every entry",
            lambda g, y, u, axis, keepdims: spread(g, u, axis, keepdims),
        ),
        WrongRule(
            "M4",
            "the number of entries divided by twice",
            "one over the square of the number of entries",
            lambda g, y, u, axis, keepdims: (
                spread(g, u, axis, keepdims) / entries_per_result(y, u) ** 2
            ),
        ),
        WrongRule(
            "M3",
            "the number of results instead of the number of entries",
            "one over the number of results",
            lambda g, y, u, axis, keepdims: spread(g, u, axis, keepdims) / max(np.size(y), 1),
        ),
        linear=True,
    ),
    "max": one_operand(
        "the largest entry of u",
        "1 at the largest entry, and 0 elsewhere",
        WrongRule(
            "M10",
            "the gradient of a maximum given to every entry",
            "1 for every entry",
            lambda g, y, u, axis, keepdims: spread(g, u, axis, keepdims),
        ),
    ),
    "min": one_operand(
        "the smallest entry of u",
        "1 at the smallest entry, and 0 elsewhere",
        WrongRule(
            "M10",
            "the gradient of a minimum given to every entry",
            "1 for every entry",
            lambda g, y, u, axis, keepdims: spread(g, u, axis, keepdims),
        ),
    ),
    "cumsum": one_operand(
        "the running sums of u",
        "sums from the end",
        WrongRule(
            "M16",
            "running sums from the wrong end",
            "sums from the beginning",
            lambda g, y, u, axis: np.reshape(np.cumsum(g, axis=axis), np.shape(u)),
        ),
        linear=True,
    ),
    "logsumexp": one_operand(
        "log Σ exp(u)",
        "the softmax of u",
        WrongRule(
            "",
            "exponentials that are not divided by their sum",
            "exp(u)",
            lambda g, y, u, axis, keepdims: spread(g, u, axis, keepdims) * np.exp(u),
        ),
    ),
    "softmax": one_operand(
        "softmax(u)",
        "s·(g − Σ g·s), with s = softmax(u) and g the gradient that arrives",
        WrongRule(
            "M23",
            "only the diagonal of the softmax Jacobian",
            "g·s·(1 − s)",
            lambda g, y, u, axis: g * y * (1 - y),
        ),
        WrongRule(
            "M23",
            "the sum missing in the derivative of the softmax",
            "g·s",
            lambda g, y, u, axis: g * y,
        ),
        WrongRule(
            "",
            "s missing inside the sum",
            "s·(g − Σ g)",
            lambda g, y, u, axis: y * (g - np.sum(g, axis=axis, keepdims=True)),
        ),
    ),
    "log_softmax": one_operand(
        "log softmax(u)",
        "g − s·Σ g, with s = softmax(u) and g the gradient that arrives",
        WrongRule(
            "",
            "the sum of the gradients missing",
            "g − s",
            lambda g, y, u, axis: g - np.exp(y),
        ),
    ),
}
