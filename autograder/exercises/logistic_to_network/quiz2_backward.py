"""Quiz 2, the network with two hidden sigmoid layers: its backward pass.

Notation as in the forward pass. `da2` stands for ∂y/∂a⁽²⁾ and so on; every derivative has the shape
of what it belongs to.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Mistake, Part
from autograder.exercises.logistic_to_network.case1_forward import UNIT, sigmoid
from autograder.exercises.logistic_to_network.quiz2_backward_mistakes import FURTHER
from autograder.exercises.logistic_to_network.quiz2_forward import (
    QUIZ2_FORWARD,
    QUIZ2_FORWARD_EXERCISE,
    QUIZ2_PROBES,
)


def _slope(z: Any) -> Any:
    return z * (1 - z)


QUIZ2_BACKWARD_EXERCISE = Exercise(
    id="quiz2.backward",
    unit=UNIT,
    title="Quiz 2, backward pass",
    objectives=("O4",),
    deck="D0, Differentiation Quiz #2",
    builds_on="quiz2.forward",
    steps={
        **QUIZ2_FORWARD,
        "db": lambda v: _slope(v.y),
        "dbeta": lambda v: v.db * v.z2,
        "da2": lambda v: v.db * v.beta * _slope(v.z2),
        "dalpha2": lambda v: np.outer(v.da2, v.z1),
        "da1": lambda v: (v.alpha2.T @ v.da2) * _slope(v.z1),
        "dalpha1": lambda v: np.outer(v.da1, v.x),
    },
    parts=(
        Part("db", 0.3, "∂y/∂b"),
        Part("dbeta", 0.3, "∂y/∂β"),
        Part("da2", 0.4, "∂y/∂a⁽²⁾"),
        Part("dalpha2", 0.3, "∂y/∂α⁽²⁾"),
        Part("da1", 0.4, "∂y/∂a⁽¹⁾"),
        Part("dalpha1", 0.3, "∂y/∂α⁽¹⁾"),
    ),
    probes=QUIZ2_PROBES,
    output="y",
    leaves={"dbeta": "beta", "dalpha2": "alpha2", "dalpha1": "alpha1"},
    tolerance=1e-9,
    why_tolerance="1 − z loses digits where a sigmoid is close to 1",
    mistakes=(
        Mistake(
            "M5",
            "σ′ left out at the output",
            {"db": lambda v: 1.0},
            "your {part} is 1, as if y were b.",
        ),
        Mistake(
            "M5",
            "σ′ left out in the second layer",
            {"da2": lambda v: v.db * v.beta},
            "your {part} is the gradient at z⁽²⁾; the step from z⁽²⁾ to a⁽²⁾ is missing.",
        ),
        Mistake(
            "M5",
            "σ′ left out in the first layer",
            {"da1": lambda v: v.alpha2.T @ v.da2},
            "your {part} is the gradient at z⁽¹⁾; the step from z⁽¹⁾ to a⁽¹⁾ is missing.",
        ),
        Mistake(
            "M6",
            "σ′ of the activation in the second layer",
            {"da2": lambda v: v.db * v.beta * _slope(sigmoid(v.z2))},
            "your {part} evaluates σ′ at z⁽²⁾, which is already the output of a sigmoid.",
        ),
        Mistake(
            "M6",
            "σ′ of the activation in the first layer",
            {"da1": lambda v: (v.alpha2.T @ v.da2) * _slope(sigmoid(v.z1))},
            "your {part} evaluates σ′ at z⁽¹⁾, which is already the output of a sigmoid.",
        ),
        Mistake(
            "M6",
            "a(1 − a) in the second layer",
            {"da2": lambda v: v.db * v.beta * _slope(v.a2)},
            "your {part} uses a(1 − a) with the values before the sigmoid.",
        ),
        Mistake(
            "M6",
            "pre-activations enter α⁽²⁾",
            {"dalpha2": lambda v: np.outer(v.da2, v.a1)},
            "your {part} pairs each error with a⁽¹⁾, the values before the sigmoid.",
            question=(
                "Which values enter the second layer: those before the sigmoid or those after it?"
            ),
        ),
        Mistake(
            "M13",
            "pre-activations enter β",
            {"dbeta": lambda v: v.db * v.a2},
            "your {part} pairs the error with a⁽²⁾, not with the inputs of the output unit.",
            name="the values before the activation instead of those after it",
        ),
        Mistake(
            "M13",
            "β for its input",
            {"dbeta": lambda v: v.db * v.beta},
            "your {part} is a multiple of β itself.",
            name="the weights themselves where the values that enter them belong",
        ),
        Mistake(
            "M11",
            "outer product transposed in α⁽²⁾",
            {"dalpha2": lambda v: np.outer(v.z1, v.da2)},
            "your {part} has its rows and columns swapped.",
            question="Which index of dα names the unit, row or column?",
        ),
        Mistake(
            "M11",
            "outer product transposed in α⁽¹⁾",
            {"dalpha1": lambda v: np.outer(v.x, v.da1)},
            "your {part} has its rows and columns swapped.",
            question="Which index of dα names the unit, row or column?",
        ),
        Mistake(
            "M11",
            "errors passed back without the transpose",
            {"da1": lambda v: (v.alpha2 @ v.da2) * _slope(v.z1)},
            "your {part} multiplies by the matrix without a transpose, as the forward pass does. "
            "That runs only if both layers have the same size.",
            name="a missing transpose on the way back",
            question=(
                "Which units of the second layer use unit k of the first, and which row or "
                "column of the matrix contains their weights?"
            ),
        ),
        Mistake(
            "M9",
            "upstream dropped in the second layer",
            {"da2": lambda v: v.beta * _slope(v.z2)},
            "your {part} does not contain db, the gradient at b.",
        ),
        Mistake(
            "M9",
            "upstream dropped at β",
            {"dbeta": lambda v: v.z2},
            "your {part} does not contain db, the gradient at b.",
        ),
        Mistake(
            "M15",
            "overwritten in the loop over j",
            {"da1": lambda v: v.da2[-1] * v.alpha2[-1] * _slope(v.z1)},
            "your {part} holds only the contribution of the last unit of the second layer.",
            question=(
                "How many units of the second layer does z⁽¹⁾ₖ feed, and does your line use = or "
                "+= ?"
            ),
        ),
        Mistake(
            "M6",
            "σ′ of the output at the output",
            {"db": lambda v: _slope(sigmoid(v.y))},
            "your {part} evaluates σ′ at y, which is already the output of a sigmoid.",
        ),
        Mistake(
            "M6",
            "a(1 − a) in the first layer",
            {"da1": lambda v: (v.alpha2.T @ v.da2) * _slope(v.a1)},
            "your {part} uses a(1 − a) with the values before the sigmoid.",
        ),
        Mistake(
            "M8",
            "1 − z² as for tanh",
            {
                "db": lambda v: 1 - v.y**2,
                "da2": lambda v: v.db * v.beta * (1 - v.z2**2),
                "da1": lambda v: (v.alpha2.T @ v.da2) * (1 - v.z1**2),
            },
            "your {part} uses 1 − z².",
            name="the derivative of tanh is used for a sigmoid",
        ),
        Mistake(
            "M5",
            "σ instead of σ′ at the output",
            {"db": lambda v: v.y},
            "your {part} is y itself.",
            name="the factor 1 − y is left out",
        ),
        Mistake(
            "M29",
            "sum of the weights, as printed on the slide",
            {"da1": lambda v: v.da2.sum() * v.alpha2.sum(axis=0) * _slope(v.z1)},
            "your {part} adds up the weights and the errors first, and then multiplies the sums.",
        ),
        Mistake(
            "M5",
            "∂y/∂z⁽²⁾ passed on",
            {
                "dalpha2": lambda v: np.outer(v.db * v.beta, v.z1),
                "da1": lambda v: (v.alpha2.T @ (v.db * v.beta)) * _slope(v.z1),
            },
            "your {part} is made from ∂y/∂z⁽²⁾, not from ∂y/∂a⁽²⁾.",
            question=(
                "α⁽²⁾ and z⁽¹⁾ make a⁽²⁾, and a⁽²⁾ makes z⁽²⁾. Which of the two derivatives "
                "reaches the products?"
            ),
        ),
        Mistake(
            "M5",
            "∂y/∂z⁽¹⁾ passed on",
            {"dalpha1": lambda v: np.outer(v.alpha2.T @ v.da2, v.x)},
            "your {part} is made from ∂y/∂z⁽¹⁾, not from ∂y/∂a⁽¹⁾.",
            question=(
                "α⁽¹⁾ and x make a⁽¹⁾, and a⁽¹⁾ makes z⁽¹⁾. Which of the two derivatives reaches "
                "the products?"
            ),
        ),
        *FURTHER,
    ),
    variants={
        "loops over j and k": lambda x, alpha1, alpha2, beta: _quiz2_by_loops(
            x, alpha1, alpha2, beta
        ),
        "Jacobians multiplied": lambda x, alpha1, alpha2, beta: _quiz2_by_jacobians(
            x, alpha1, alpha2, beta
        ),
        "einsum": lambda x, alpha1, alpha2, beta: _quiz2_by_einsum(x, alpha1, alpha2, beta),
    },
    hints=(
        "Go back from y: through the sigmoid to b, from b to β and to z⁽²⁾, through the sigmoid to "
        "a⁽²⁾, and so on. Every step is upstream times local.",
        "A sigmoid's local derivative is z(1 − z), entry by entry. A matrix passes errors back "
        "through its transpose, and its own gradient is an outer product: error times input.",
        "With one unit per layer, db = y(1−y), dβ = db·z2, da2 = db·β·z2(1−z2), dα2 = da2·z1. "
        "With many units, look at one entry: ∂y/∂α_jk = da_j · z_k, so j is the row.",
    ),
)


def _quiz2_values(x: Any, alpha1: Any, alpha2: Any, beta: Any) -> Any:
    return QUIZ2_FORWARD_EXERCISE.solve(dict(x=x, alpha1=alpha1, alpha2=alpha2, beta=beta))


def _quiz2_by_loops(x: Any, alpha1: Any, alpha2: Any, beta: Any) -> dict[str, Any]:
    v = _quiz2_values(x, alpha1, alpha2, beta)
    db = float(v.y - v.y**2)
    dbeta, da2 = np.zeros(len(beta)), np.zeros(len(beta))
    dalpha2, dalpha1 = np.zeros(alpha2.shape), np.zeros(alpha1.shape)
    dz1 = np.zeros(len(v.z1))
    for j in range(len(beta)):
        dbeta[j] += db * v.z2[j]
        da2[j] += db * beta[j] * v.z2[j] * (1 - v.z2[j])
        for k in range(len(v.z1)):
            dalpha2[j, k] += da2[j] * v.z1[k]
            dz1[k] += da2[j] * alpha2[j, k]
    da1 = dz1 * np.exp(-v.a1) / (1 + np.exp(-v.a1)) ** 2
    for j in range(len(da1)):
        for k in range(len(x)):
            dalpha1[j, k] = da1[j] * x[k]
    return dict(db=db, dbeta=dbeta, da2=da2, dalpha2=dalpha2, da1=da1, dalpha1=dalpha1)


def _quiz2_by_jacobians(x: Any, alpha1: Any, alpha2: Any, beta: Any) -> dict[str, Any]:
    v = _quiz2_values(x, alpha1, alpha2, beta)
    row_b = v.y * (1 - v.y)
    row_a2 = row_b * beta @ np.diag(v.z2 * (1 - v.z2))
    row_a1 = row_a2 @ alpha2 @ np.diag(v.z1 * (1 - v.z1))
    return {
        "db": row_b,
        "dbeta": row_b * v.z2,
        "da2": row_a2,
        "dalpha2": row_a2[:, None] * v.z1[None, :],
        "da1": row_a1,
        "dalpha1": row_a1[:, None] * x,
    }


def _quiz2_by_einsum(x: Any, alpha1: Any, alpha2: Any, beta: Any) -> dict[str, Any]:
    v = _quiz2_values(x, alpha1, alpha2, beta)
    db = sigmoid(v.b) * sigmoid(-v.b)
    da2 = db * beta * sigmoid(v.a2) * sigmoid(-v.a2)
    da1 = np.einsum("j,jk,k->k", da2, alpha2, v.z1 * (1 - v.z1))
    return {
        "dalpha1": np.einsum("j,k->jk", da1, x),
        "dalpha2": np.einsum("j,k->jk", da2, v.z1),
        "dbeta": v.z2 * db,
        "da1": da1,
        "da2": da2,
        "db": db,
    }


EXERCISES = (QUIZ2_BACKWARD_EXERCISE,)
