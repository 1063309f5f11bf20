"""Case 2, a network with one hidden layer: its backward pass, the slides' modules 5 to 1.

Notation as in the forward pass; `dz` and `da` are those of the hidden units, without z_0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Mistake, Part
from autograder.exercises.logistic_to_network import case2_backward_mistakes
from autograder.exercises.logistic_to_network.case1_forward import (
    LIKELIHOOD_BACKWARD,
    UNIT,
    sigmoid,
)
from autograder.exercises.logistic_to_network.case2_forward import FORWARD, FORWARD_EXERCISE, PROBES
from autograder.exercises.logistic_to_network.wrong_loss_slopes import (
    WRONG_LOSS_SLOPES,
    difference_for_dy,
)


def _slope(z: Any) -> Any:
    return z * (1 - z)


BACKWARD_EXERCISE = Exercise(
    id="case2.backward",
    unit=UNIT,
    title="Case 2, backward pass",
    objectives=("O4",),
    deck="D0 and D2, Case 2: Neural Network, modules 1 to 5",
    builds_on="case2.forward",
    steps={
        **FORWARD,
        "dy": lambda v: -v.y_star / v.y + (1 - v.y_star) / (1 - v.y),
        "db": lambda v: v.dy * _slope(v.y),
        "dbeta": lambda v: v.db * v.z,
        "dz": lambda v: v.db * v.beta[1:],
        "da": lambda v: v.dz * _slope(v.z[1:]),
        "dalpha": lambda v: np.outer(v.da, np.r_[1.0, v.x]),
        "dx": lambda v: v.alpha[:, 1:].T @ v.da,
    },
    parts=(
        Part("dy", 0.4, "dJ/dy"),
        Part("db", 0.5, "dJ/db"),
        Part("dbeta", 0.6, "dJ/dβ"),
        Part("dz", 0.6, "dJ/dz"),
        Part("da", 0.7, "dJ/da"),
        Part("dalpha", 0.8, "dJ/dα"),
        Part("dx", 0.9, "dJ/dx"),
    ),
    probes=PROBES,
    output="J",
    leaves={"dbeta": "beta", "dalpha": "alpha", "dx": "x"},
    tolerance=1e-9,
    why_tolerance="1 − y loses digits where a sigmoid is close to 1",
    mistakes=(
        LIKELIHOOD_BACKWARD,
        difference_for_dy("b"),
        Mistake(
            "M5",
            "σ′ left out at the output",
            {"db": lambda v: v.dy},
            "your {part} is dJ/dy itself; the step from y to b is missing.",
        ),
        Mistake(
            "M7",
            "σ′ twice at the output",
            {"db": lambda v: v.dy * _slope(v.y) ** 2},
            "your {part} contains y(1 − y) one time too many.",
        ),
        Mistake(
            "M13",
            "a for z in dβ",
            {"dbeta": lambda v: v.db * np.r_[1.0, v.a]},
            "your {part} pairs the error with a, the values before the sigmoid.",
            name="the values before the activation instead of those after it",
            question="Which values does β multiply: those before the sigmoid or those after it?",
        ),
        Mistake(
            "M31",
            "the output bias gets nothing",
            {"dbeta": lambda v: v.db * np.r_[0.0, v.z[1:]]},
            "the first entry of your {part} is zero, as if z₀ were 0.",
            name="the derivative of the bias is left out",
            question="What is z₀?",
        ),
        Mistake(
            "M13",
            "the bias at the other end of dβ",
            {"dbeta": lambda v: v.db * np.r_[v.z[1:], 1.0]},
            "your {part} has the derivative of the bias in its last place.",
            name="the bias stands at the wrong end of dβ",
            question="z₀ = 1 stands in front of the hidden units. Where does the derivative of β₀ "
            "belong?",
        ),
        Mistake(
            "M13",
            "the biases at the other end of dα",
            {"dalpha": lambda v: np.outer(v.da, np.r_[v.x, 1.0])},
            "your {part} has the derivatives of the biases in its last column.",
            name="the biases stand at the wrong end of dα",
            question="x₀ = 1 stands in front of x. Which column of α does it multiply?",
        ),
        Mistake(
            "M30",
            "β for z",
            {"dbeta": lambda v: v.db * v.beta},
            "your {part} is a multiple of β itself.",
        ),
        Mistake(
            "M13",
            "β shifted by one",
            {"dz": lambda v: v.db * v.beta[:-1]},
            "your {part} pairs the first hidden unit with the bias, and each later one with the "
            "weight before its own.",
            name="the weights are shifted by one place",
            question="Which entry of β multiplies z₁ in the forward pass?",
        ),
        Mistake(
            "M9",
            "upstream dropped at z",
            {"dz": lambda v: v.beta[1:]},
            "your {part} does not contain dJ/db.",
        ),
        Mistake(
            "M36",
            "σ′ in dJ/dz",
            {"dz": lambda v: v.db * v.beta[1:] * _slope(v.z[1:])},
            "your {part} contains σ′, which belongs to the step from z to a.",
        ),
        Mistake(
            "M5",
            "σ′ left out in the hidden layer",
            {"da": lambda v: v.dz},
            "your {part} is dJ/dz itself; the step from z to a is missing.",
        ),
        Mistake(
            "M6",
            "σ′ at z",
            {"da": lambda v: v.dz * _slope(sigmoid(v.z[1:]))},
            "your {part} evaluates σ′ at z, which is already the output of a sigmoid.",
        ),
        Mistake(
            "M6",
            "a(1 − a)",
            {"da": lambda v: v.dz * _slope(v.a)},
            "your {part} uses a(1 − a) with the values before the sigmoid.",
        ),
        Mistake(
            "M11",
            "dα transposed",
            {"dalpha": lambda v: np.outer(np.r_[1.0, v.x], v.da)},
            "your {part} has its rows and columns swapped.",
            question="Which index of dα names the unit, row or column?",
        ),
        Mistake(
            "M31",
            "the hidden biases get nothing",
            {"dalpha": lambda v: np.outer(v.da, np.r_[0.0, v.x])},
            "the first column of your {part} is zero, as if x₀ were 0.",
            name="the derivatives of the biases are left out",
            question="What is x₀?",
        ),
        Mistake(
            "M15",
            "overwritten in the loop over j",
            {"dx": lambda v: v.da[-1] * v.alpha[-1, 1:]},
            "your {part} holds only the contribution of the last hidden unit.",
            question="How many hidden units does xᵢ feed, and does your line use = or += ?",
        ),
        Mistake(
            "M29",
            "sums first, as printed on the slide",
            {"dx": lambda v: v.da.sum() * v.alpha[:, 1:].sum(axis=0)},
            "your {part} adds up the weights and the errors first, and then multiplies the sums.",
            name="the terms are summed first and paired afterwards, as on the slide",
        ),
        Mistake(
            "M29",
            "sum of the weights with the mean error",
            {"dx": lambda v: v.da.mean() * v.alpha[:, 1:].sum(axis=0)},
            "your {part} adds up the weights without pairing each with the error of its unit.",
        ),
        Mistake(
            "M11",
            "α where its transpose belongs",
            {"dx": lambda v: v.alpha[:, 1:] @ v.da},
            "your {part} uses the matrix without a transpose, as the forward pass does. That "
            "runs only if two layers have the same size, and then it sums over the wrong index.",
            name="a missing transpose on the way back",
        ),
        Mistake(
            "M5",
            "dJ/dy passed on",
            {"dbeta": lambda v: v.dy * v.z, "dz": lambda v: v.dy * v.beta[1:]},
            "your {part} is made from dJ/dy, not from dJ/db.",
            question=(
                "β and z make b, and b makes y. Which of the two derivatives reaches the products?"
            ),
        ),
        Mistake(
            "M5",
            "dJ/dz passed on",
            {
                "dalpha": lambda v: np.outer(v.dz, np.r_[1.0, v.x]),
                "dx": lambda v: v.alpha[:, 1:].T @ v.dz,
            },
            "your {part} is made from dJ/dz, not from dJ/da.",
            question=(
                "α and x make a, and a makes z. Which of the two derivatives reaches the products?"
            ),
        ),
        *WRONG_LOSS_SLOPES,
        *case2_backward_mistakes.FURTHER,
    ),
    variants={
        "loops over j and i": lambda alpha, beta, x, y_star: _backward_by_loops(
            alpha, beta, x, y_star
        ),
        "with the constants, cut off at the end": lambda alpha, beta, x, y_star: _backward_full(
            alpha, beta, x, y_star
        ),
        "Jacobians multiplied": lambda alpha, beta, x, y_star: _backward_by_jacobians(
            alpha, beta, x, y_star
        ),
    },
    hints=(
        "Go back through the modules: 5, 4, 3, 2, 1. Modules 5, 4 and 3 are Case 1 with the "
        "hidden units as inputs.",
        "z₀ = 1 is a constant: β₀ has a derivative, but nothing is passed back from z₀ to any a. "
        "In module 1 every x_i feeds all hidden units, so its derivative is a sum of products.",
        "Take two hidden units and one input. Then dJ/dz_j = dJ/db β_j and dJ/da_j = dJ/dz_j z_j(1 "
        "− z_j). Next, dJ/dα_j0 = dJ/da_j and dJ/dα_j1 = dJ/da_j x₁. Finally, dJ/dx₁ = dJ/da₁ α₁₁ "
        "+ dJ/da₂ α₂₁: multiply pairs first, and then add.",
    ),
)


def _forward(alpha: Any, beta: Any, x: Any, y_star: Any) -> Any:
    return FORWARD_EXERCISE.solve(dict(alpha=alpha, beta=beta, x=x, y_star=y_star))


def _backward_by_loops(alpha: Any, beta: Any, x: Any, y_star: Any) -> dict[str, Any]:
    v = _forward(alpha, beta, x, y_star)
    hidden, inputs = len(v.a), len(x)
    db = float(v.y - y_star)
    dbeta, dz, da = np.zeros(hidden + 1), np.zeros(hidden), np.zeros(hidden)
    dalpha, dx = np.zeros((hidden, inputs + 1)), np.zeros(inputs)
    dbeta[0] = db
    for j in range(hidden):
        dbeta[j + 1] = db * v.z[j + 1]
        dz[j] = db * beta[j + 1]
        da[j] = dz[j] * np.exp(-v.a[j]) / (np.exp(-v.a[j]) + 1) ** 2
        dalpha[j, 0] = da[j]
        for i in range(inputs):
            dalpha[j, i + 1] = da[j] * x[i]
            dx[i] += da[j] * alpha[j, i + 1]
    dy = -1 / v.y if y_star == 1 else 1 / (1 - v.y)
    return dict(dy=dy, db=db, dbeta=dbeta, dz=dz, da=da, dalpha=dalpha, dx=dx)


def _backward_full(alpha: Any, beta: Any, x: Any, y_star: Any) -> dict[str, Any]:
    v = _forward(alpha, beta, x, y_star)
    full = np.insert(x, 0, 1.0)
    dy = -(y_star / v.y + (1 - y_star) / (v.y - 1))
    db = dy * v.y * (1 - v.y)
    dz = beta * db
    da = (dz * v.z * (1 - v.z))[1:]
    return {
        "dy": dy,
        "db": db,
        "dbeta": v.z * db,
        "dz": dz[1:],
        "da": da,
        "dalpha": da.reshape(-1, 1) * full,
        "dx": (da @ alpha)[1:],
    }


def _backward_by_jacobians(alpha: Any, beta: Any, x: Any, y_star: Any) -> dict[str, Any]:
    v = _forward(alpha, beta, x, y_star)
    db = v.y - y_star
    row_a = db * beta[1:] @ np.diag(v.z[1:] * (1 - v.z[1:]))
    return {
        "dy": (v.y - y_star) / (v.y * (1 - v.y)),
        "db": db,
        "dbeta": np.r_[db, db * v.z[1:]],
        "dz": db * beta[1:],
        "da": row_a,
        "dalpha": np.column_stack([row_a, np.einsum("j,i->ji", row_a, x)]),
        "dx": np.einsum("j,ji->i", row_a, alpha[:, 1:]),
    }


EXERCISES = (BACKWARD_EXERCISE,)
