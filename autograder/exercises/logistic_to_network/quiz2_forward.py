"""Quiz 2, the network with two hidden sigmoid layers: its forward pass.

Notation of deck D0: `a` before the sigmoid, `z` after it, α⁽¹⁾ is D1×D0, α⁽²⁾ is D2×D1, β has D2
entries.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.draws import FAR, large_and_small, times, with_changes
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.logistic_to_network.case1_forward import UNIT, sigmoid
from autograder.exercises.logistic_to_network.quiz2_forward_mistakes import FURTHER
from autograder.exercises.logistic_to_network.saturated import saturated

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
    *corners(
        x=Real("k", largest=1.2),
        alpha1=Real("m", "k", largest=1.2),
        alpha2=Real("n", "m", largest=1.2),
        beta=Real("n", largest=1.2),
    ),
    *large_and_small(
        _network(3, 4, 2), "x", "α1", lambda far: {"x": times(far), "alpha1": times(1 / far)}
    ),
    # An α1 that is not quite 0 would show.
    Probe(
        "large x and an α1 of 0",
        with_changes(_network(3, 4, 2), x=times(FAR), alpha1=np.zeros_like),
        corner=True,
    ),
    saturated(_network(3, 4, 2), QUIZ2_FORWARD, alpha1="a1", alpha2="a2", beta="b"),
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
            name="activation and pre-activation are mixed up",
            question="Which of a⁽¹⁾ and z⁽¹⁾ goes into the second layer?",
        ),
        Mistake(
            "M6",
            "activation left out below the output",
            {"b": lambda v: v.beta @ v.a2},
            "your {part} is made from a⁽²⁾, the values before the sigmoid.",
            name="activation and pre-activation are mixed up",
            question="Which of a⁽²⁾ and z⁽²⁾ goes into the output unit?",
        ),
        Mistake(
            "M13",
            "x enters the second layer",
            {"a2": lambda v: v.alpha2 @ v.x},
            "your {part} is made from x, which runs only if x is as long as z⁽¹⁾.",
        ),
        Mistake(
            "M11",
            "transposes as printed in the quiz",
            {"a1": lambda v: v.alpha1.T @ v.x, "a2": lambda v: v.alpha2.T @ v.z1},
            "your {part} multiplies by the transposed matrix, which runs only if both layers "
            "have the same size.",
            name="a matrix that is turned the wrong way",
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
            "your {part} is 1/(1 − e^−t), which does not lie between 0 and 1.",
            name="the sigmoid with a minus in its denominator",
            question="What should the sigmoid of 0 be, and what does your formula give there?",
            once=True,
        ),
        Mistake(
            "M8",
            "sigmoid of the negative",
            {
                "z1": lambda v: sigmoid(-v.a1),
                "z2": lambda v: sigmoid(-v.a2),
                "y": lambda v: sigmoid(-v.b),
            },
            "your {part} falls as the number before the sigmoid grows.",
            name="the sigmoid with the wrong sign in its exponent",
            question="Which number should the sigmoid approach for a large positive input?",
            once=True,
        ),
        Mistake(
            "M5",
            "sigmoid left out",
            {"z1": lambda v: v.a1, "z2": lambda v: v.a2, "y": lambda v: v.b},
            "your {part} equals the number before the sigmoid.",
            name="the sigmoid is left out",
            question="Can the output of a sigmoid lie outside (0, 1)?",
            once=True,
        ),
        *FURTHER,
    ),
    variants={
        "dot and tanh": lambda x, alpha1, alpha2, beta: _quiz2_forward_by_tanh(
            x, alpha1, alpha2, beta
        ),
        "einsum": lambda x, alpha1, alpha2, beta: _quiz2_forward_by_einsum(x, alpha1, alpha2, beta),
    },
    hints=(
        "Work from the inside of the formula outwards: x, a⁽¹⁾, z⁽¹⁾, a⁽²⁾, z⁽²⁾, b, y.",
        "Each layer is a matrix times a vector, then the sigmoid of every entry.",
        "With one unit per layer: a1 = α1·x, z1 = σ(a1), a2 = α2·z1, z2 = σ(a2), b = β·z2, y = "
        "σ(b). The @ operator does the same with matrices; write the shapes next to each line.",
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


EXERCISES = (QUIZ2_FORWARD_EXERCISE,)
