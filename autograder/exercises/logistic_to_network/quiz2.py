"""Quiz 2, the network with two hidden sigmoid layers.

Notation of deck D0: `a` before the sigmoid, `z` after it, α⁽¹⁾ is D1×D0, α⁽²⁾ is D2×D1, β has D2
entries. `da2` stands for ∂y/∂a⁽²⁾ and so on; every derivative has the shape of what it belongs to.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.backward_asks import ask_after_forward
from autograder.exercises.logistic_to_network.case1 import (
    NO_SIGMOID_HINTS,
    SIGMOID_HINTS,
    UNIT,
    sigmoid,
)

# y = σ(β · σ(α⁽²⁾ σ(α⁽¹⁾ x)))
QUIZ2_FORWARD = {
    "a1": lambda v: v.alpha1 @ v.x,
    "z1": lambda v: sigmoid(v.a1),
    "a2": lambda v: v.alpha2 @ v.z1,
    "z2": lambda v: sigmoid(v.a2),
    "b": lambda v: v.beta @ v.z2,
    "y": lambda v: sigmoid(v.b),
}


def _network(*sizes: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        d0, d1, d2 = sizes
        return {
            "x": rng.normal(size=d0),
            "alpha1": rng.normal(size=(d1, d0)),
            "alpha2": rng.normal(size=(d2, d1)),
            "beta": rng.normal(size=d2),
        }

    return draw


QUIZ2_PROBES = (
    Probe("layers of 5, 7 and 3", _network(5, 7, 3)),
    Probe("layers of 4, 4 and 4", _network(4, 4, 4)),
    Probe("one unit in the second layer", _network(2, 3, 1)),
)

QUIZ2_FORWARD_EXERCISE = Exercise(
    id="quiz2.forward",
    unit=UNIT,
    title="Quiz 2, forward pass",
    objectives=("O3",),
    deck="D0, Differentiation Quiz #2",
    steps=QUIZ2_FORWARD,
    parts=(
        Part("a1", 0.1, "a⁽¹⁾"),
        Part("z1", 0.1, "z⁽¹⁾"),
        Part("a2", 0.2, "a⁽²⁾"),
        Part("z2", 0.1, "z⁽²⁾"),
        Part("b", 0.2),
        Part("y", 0.3),
    ),
    probes=QUIZ2_PROBES,
    mistakes=(
        Mistake(
            "M6",
            "activation left out below the second layer",
            {"a2": lambda v: v.alpha2 @ v.a1},
            "your {part} is made from a⁽¹⁾, the values before the sigmoid.",
            name="activation and pre-activation mixed up",
            question="Which of a⁽¹⁾ and z⁽¹⁾ enters the second layer?",
        ),
        Mistake(
            "M6",
            "activation left out below the output",
            {"b": lambda v: v.beta @ v.a2},
            "your {part} is made from a⁽²⁾, the values before the sigmoid.",
            name="activation and pre-activation mixed up",
            question="Which of a⁽²⁾ and z⁽²⁾ enters the output unit?",
        ),
        Mistake(
            "M11",
            "transposes as printed in the quiz",
            {"a1": lambda v: v.alpha1.T @ v.x, "a2": lambda v: v.alpha2.T @ v.z1},
            "your {part} multiplies by the transposed matrix; that runs only when both layers "
            "have the same size.",
            name="a matrix transposed, as printed in the quiz",
            question="What are the shapes of the matrix and the vector, for layers of 5 and 7?",
        ),
        Mistake(
            "M8",
            "sigmoid with the wrong sign, as printed in deck D1",
            {
                "z1": lambda v: 1 / (1 - np.exp(-v.a1)),
                "z2": lambda v: 1 / (1 - np.exp(-v.a2)),
                "y": lambda v: 1 / (1 - np.exp(-v.b)),
            },
            "your {part} is 1/(1 − e^−t), which is no number between 0 and 1.",
            name="the sigmoid with a minus in its denominator",
            question="What should the sigmoid of 0 be, and what does your formula give there?",
            hints=SIGMOID_HINTS,
        ),
        Mistake(
            "M8",
            "sigmoid of the negative",
            {
                "z1": lambda v: sigmoid(-v.a1),
                "z2": lambda v: sigmoid(-v.a2),
                "y": lambda v: sigmoid(-v.b),
            },
            "your {part} falls where the number before the sigmoid grows.",
            name="the sigmoid with the wrong sign in its exponent",
            question="Towards what should the sigmoid of a large positive number go?",
            hints=SIGMOID_HINTS,
        ),
        Mistake(
            "M5",
            "sigmoid left out",
            {"z1": lambda v: v.a1, "z2": lambda v: v.a2, "y": lambda v: v.b},
            "your {part} equals the number before the sigmoid.",
            name="the sigmoid left out",
            question="Can the output of a sigmoid lie outside (0, 1)?",
            hints=NO_SIGMOID_HINTS,
        ),
    ),
    variants={
        "dot and tanh": lambda x, alpha1, alpha2, beta: _quiz2_forward_by_tanh(
            x, alpha1, alpha2, beta
        ),
        "einsum": lambda x, alpha1, alpha2, beta: _quiz2_forward_by_einsum(x, alpha1, alpha2, beta),
    },
    hints=(
        "Work from the inside of the formula outwards: x, a⁽¹⁾, z⁽¹⁾, a⁽²⁾, z⁽²⁾, b, y.",
        "Each layer is a matrix times a vector, then a sigmoid of every entry.",
        "With one unit a layer: a1 = α1·x, z1 = σ(a1), a2 = α2·z1, z2 = σ(a2), b = β·z2, y = σ(b). "
        "The @ operator does the same with matrices; write the shapes beside each line.",
    ),
)


def _quiz2_forward_by_tanh(x: Any, alpha1: Any, alpha2: Any, beta: Any) -> dict[str, Any]:
    out = {"a1": np.dot(alpha1, x)}
    out["z1"] = (np.tanh(out["a1"] / 2) + 1) / 2
    out["a2"] = np.dot(alpha2, out["z1"])
    out["z2"] = (np.tanh(out["a2"] / 2) + 1) / 2
    out["b"] = np.dot(beta, out["z2"])
    out["y"] = (np.tanh(out["b"] / 2) + 1) / 2
    return out


def _quiz2_forward_by_einsum(x: Any, alpha1: Any, alpha2: Any, beta: Any) -> dict[str, Any]:
    a1 = np.einsum("ji,i->j", alpha1, x)
    z1 = np.exp(a1) / (1 + np.exp(a1))
    a2 = (alpha2 * z1).sum(axis=1)
    z2 = np.exp(a2) / (1 + np.exp(a2))
    b = sum(weight * unit for weight, unit in zip(beta, z2, strict=True))
    return dict(a1=a1, z1=z1, a2=a2, z2=z2, b=b, y=1 / (1 + np.exp(-b)))


def _slope(z: Any) -> Any:
    return z * (1 - z)


QUIZ2_BACKWARD_EXERCISE = Exercise(
    id="quiz2.backward",
    unit=UNIT,
    title="Quiz 2, backward pass",
    objectives=("O4",),
    deck="D0, Differentiation Quiz #2",
    ask=ask_after_forward,
    builds_on=tuple(QUIZ2_FORWARD),
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
            "your {part} is what arrives at z⁽²⁾; the step from z⁽²⁾ to a⁽²⁾ is missing.",
        ),
        Mistake(
            "M5",
            "σ′ left out in the first layer",
            {"da1": lambda v: v.alpha2.T @ v.da2},
            "your {part} is what arrives at z⁽¹⁾; the step from z⁽¹⁾ to a⁽¹⁾ is missing.",
        ),
        Mistake(
            "M6",
            "σ′ of the activation in the second layer",
            {"da2": lambda v: v.db * v.beta * _slope(sigmoid(v.z2))},
            "your {part} takes σ′ at z⁽²⁾, which is a sigmoid's output already.",
        ),
        Mistake(
            "M6",
            "σ′ of the activation in the first layer",
            {"da1": lambda v: (v.alpha2.T @ v.da2) * _slope(sigmoid(v.z1))},
            "your {part} takes σ′ at z⁽¹⁾, which is a sigmoid's output already.",
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
        ),
        Mistake(
            "M13",
            "pre-activations enter β",
            {"dbeta": lambda v: v.db * v.a2},
            "your {part} pairs the error with a⁽²⁾, and not with what entered the output unit.",
        ),
        Mistake(
            "M13",
            "β for its input",
            {"dbeta": lambda v: v.db * v.beta},
            "your {part} is a multiple of β itself.",
        ),
        Mistake(
            "M11",
            "outer product transposed in α⁽²⁾",
            {"dalpha2": lambda v: np.outer(v.z1, v.da2)},
            "your {part} has rows and columns exchanged.",
        ),
        Mistake(
            "M11",
            "outer product transposed in α⁽¹⁾",
            {"dalpha1": lambda v: np.outer(v.x, v.da1)},
            "your {part} has rows and columns exchanged.",
        ),
        Mistake(
            "M11",
            "errors passed back without the transpose",
            {"da1": lambda v: (v.alpha2 @ v.da2) * _slope(v.z1)},
            "your {part} multiplies by the matrix of the forward pass as it stands; that runs "
            "only when both layers have the same size.",
            name="the transpose forgotten on the way back",
            question="Which units of the second layer use unit k of the first, and in which row or "
            "column of the matrix do their weights stand?",
        ),
        Mistake(
            "M9",
            "upstream dropped in the second layer",
            {"da2": lambda v: v.beta * _slope(v.z2)},
            "your {part} does not contain db, the gradient that arrives at b.",
        ),
        Mistake(
            "M9",
            "upstream dropped at β",
            {"dbeta": lambda v: v.z2},
            "your {part} does not contain db, the gradient that arrives at b.",
        ),
        Mistake(
            "M15",
            "overwritten in the loop over j",
            {"da1": lambda v: v.da2[-1] * v.alpha2[-1] * _slope(v.z1)},
            "your {part} holds what arrives from the last unit of the second layer alone.",
            question="Into how many units of the second layer does z⁽¹⁾ₖ go, and is it = or += ?",
        ),
        Mistake(
            "M6",
            "σ′ of the output at the output",
            {"db": lambda v: _slope(sigmoid(v.y))},
            "your {part} takes σ′ at y, which is a sigmoid's output already.",
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
            name="the derivative of tanh for a sigmoid",
        ),
        Mistake(
            "M5",
            "σ in place of σ′ at the output",
            {"db": lambda v: v.y},
            "your {part} is y itself.",
            name="the factor 1 − y left out",
        ),
        Mistake(
            "M29",
            "sum of the weights, as printed on the slide",
            {"da1": lambda v: v.da2.sum() * v.alpha2.sum(axis=0) * _slope(v.z1)},
            "your {part} adds up the weights and the errors first and multiplies the sums.",
        ),
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
        "A sigmoid's local derivative is z(1 − z), entry by entry. A matrix passes errors back by "
        "its transpose, and its own gradient is an outer product: error times input.",
        "With one unit a layer: db = y(1−y), dβ = db·z2, da2 = db·β·z2(1−z2), dα2 = da2·z1. With "
        "many units, index one entry: ∂y/∂α_jk = da_j · z_k, so j numbers the rows.",
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


EXERCISES = (QUIZ2_FORWARD_EXERCISE, QUIZ2_BACKWARD_EXERCISE)
