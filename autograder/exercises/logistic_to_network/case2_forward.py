"""Case 2, a network with one hidden layer: its forward pass, the slides' modules 1 to 5.

Notation of decks D0 and D2: a_j = Σ_i α_ji x_i with x_0 = 1, z_j = σ(a_j) for the hidden units
1 … D and z_0 = 1, b = Σ_j β_j z_j, y = σ(b). α is D×(M+1), its first column the biases; β has D+1
entries, the first the bias. J is the loss, with the minus that the slides leave out.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.domain import Real, corners, label
from autograder.draws import large_and_small, times
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.logistic_to_network import case2_forward_mistakes
from autograder.exercises.logistic_to_network.case1_forward import UNIT, loss, sigmoid
from autograder.exercises.logistic_to_network.saturated import saturated
from autograder.exercises.logistic_to_network.wrong_losses import wrong_losses


def _network(inputs: int, hidden: int, y_star: float) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "alpha": rng.normal(size=(hidden, inputs + 1)),
            "beta": rng.normal(size=hidden + 1),
            "x": rng.normal(size=inputs),
            "y_star": y_star,
        }

    return draw


def _output_sum(v: SimpleNamespace) -> Any:
    """The weighted sum with z as it is; a z without its constant can go on as if it had it."""
    return v.beta @ (v.z if len(v.z) == len(v.beta) else np.r_[1.0, v.z])


FORWARD = {
    "a": lambda v: v.alpha[:, 0] + v.alpha[:, 1:] @ v.x,
    "z": lambda v: np.r_[1.0, sigmoid(v.a)],
    "b": _output_sum,
    "y": lambda v: sigmoid(v.b),
    "J": lambda v: loss(v.y, v.y_star),
}
PROBES = (
    Probe("5 inputs, 7 hidden units, class 1", _network(5, 7, 1.0)),
    Probe("4 inputs, 4 hidden units, class 0", _network(4, 4, 0.0)),
    Probe("3 inputs, 2 hidden units, class 0", _network(3, 2, 0.0)),
    *corners(
        alpha=Real("D", "M+1", largest=1.2),
        beta=Real("D+1", largest=1.2),
        x=Real("M", largest=1.2),
        y_star=label(),
    ),
    *large_and_small(
        _network(3, 4, 1.0), "x", "α", lambda far: {"x": times(far), "alpha": times(1 / far, 1)}
    ),
    saturated(_network(3, 2, 0.0), FORWARD, alpha="a", beta="b"),
)

FORWARD_EXERCISE = Exercise(
    id="case2.forward",
    unit=UNIT,
    title="Case 2, forward pass",
    objectives=("O3",),
    deck="D0 and D2, Case 2: Neural Network",
    steps=FORWARD,
    parts=(Part("a", 0.3), Part("z", 0.3), Part("b", 0.3), Part("y", 0.2), Part("J", 0.4)),
    probes=PROBES,
    tolerance=1e-9,
    why_tolerance="1 − y loses digits where a sigmoid is close to 1",
    mistakes=(
        Mistake(
            "M31",
            "hidden biases left out",
            {"a": lambda v: v.alpha[:, 1:] @ v.x},
            "your {part} does not contain the first column of α.",
            name="the biases are left out",
            question="What is x₀, and which column of α does it multiply?",
        ),
        Mistake(
            "M13",
            "biases at the other end",
            {"a": lambda v: v.alpha[:, :-1] @ v.x + v.alpha[:, -1]},
            "your {part} takes the last column of α for the biases.",
            name="the biases are taken from the wrong end of α",
            question="x₀ = 1 stands in front of x. Which column of α does it multiply?",
        ),
        Mistake(
            "M5",
            "the constant sent through the sigmoid",
            {"z": lambda v: sigmoid(np.r_[1.0, v.a])},
            "the first entry of your {part} is σ(1) instead of 1.",
            name="the constant z₀ is sent through the sigmoid",
            question="z₀ is a constant, not a hidden unit. What is it?",
        ),
        Mistake(
            "M13",
            "the constant at the other end",
            {"z": lambda v: np.r_[sigmoid(v.a), 1.0]},
            "your {part} has its constant in the last place.",
            name="the constant z₀ stands at the wrong end",
            question="β₀ is the first entry of β. Which entry of z does it multiply?",
        ),
        Mistake(
            "M31",
            "z without its constant",
            {"z": lambda v: sigmoid(v.a)},
            "your {part} has the hidden units, but z₀ is missing.",
            name="the constant z₀ = 1 is left out",
            question="β has one more entry than there are hidden units. What does it multiply?",
        ),
        Mistake(
            "M31",
            "z with a constant of 0",
            {"z": lambda v: np.r_[0.0, sigmoid(v.a)]},
            "your {part} begins with 0, so that β₀ has no effect.",
            name="a constant z₀ of 0 instead of 1",
            question="What must z₀ be so that β₀z₀ is the bias?",
        ),
        Mistake(
            "M6",
            "sigmoid left out",
            {"z": lambda v: np.r_[1.0, v.a]},
            "your {part} is a, the values before the sigmoid.",
        ),
        Mistake(
            "M31",
            "output bias left out",
            {"b": lambda v: v.beta[1:] @ v.z[-len(v.a) :]},
            "your {part} does not contain β₀.",
            name="the bias is left out",
            question="What is z₀, and what does it multiply?",
        ),
        Mistake(
            "M13",
            "a for z",
            {"b": lambda v: v.beta[0] + v.beta[1:] @ v.a},
            "your {part} is made from a, the values before the sigmoid.",
            name="the values before the activation instead of those after it",
            question="Which of a and z goes into the output unit?",
        ),
        Mistake(
            "M13",
            "output bias at the other end",
            {"b": lambda v: v.beta[:-1] @ v.z[-len(v.a) :] + v.beta[-1]},
            "your {part} takes the last entry of β for the bias.",
            name="the bias is taken from the wrong end of β",
            question="z₀ = 1 stands in front of the hidden units. Which entry of β does it "
            "multiply?",
        ),
        Mistake(
            "M1",
            "sigmoid of −b",
            {"y": lambda v: sigmoid(-v.b)},
            "your {part} is 1 − σ(b): it falls when b grows.",
            name="the sigmoid of −b",
            question="What should y be close to when b is large and positive?",
        ),
        Mistake(
            "M5",
            "output sigmoid left out",
            # The logarithm of such an output may not exist.
            {"y": lambda v: v.b, "J": lambda v: float("nan")},
            "your {part} equals b.",
            name="the sigmoid of the output is left out",
            question="Can a probability lie outside (0, 1)?",
        ),
        *case2_forward_mistakes.FURTHER,
        *wrong_losses(float),
    ),
    variants={
        "a 1 in front of x and z": lambda alpha, beta, x, y_star: _forward_with_ones(
            alpha, beta, x, y_star
        ),
        "loops over units": lambda alpha, beta, x, y_star: _forward_by_loops(
            alpha, beta, x, y_star
        ),
    },
    hints=(
        "Go module by module, from 1 to 5. Which of the sums begin at 0, and what is their first "
        "term?",
        "Put a 1 in front of x before the first sum and in front of the hidden units before the "
        "second. Then both sums are plain products with α and β.",
        "Take one input and one hidden unit. Then a = α₀ + α₁x, the hidden unit is σ(a), and z = "
        "(1, σ(a)). From there, b = β₀ + β₁σ(a) and y = σ(b), and for class 1, J = −log y. "
        "np.concatenate([[1.0], x]) puts a 1 in front.",
    ),
)


def _forward_with_ones(alpha: Any, beta: Any, x: Any, y_star: Any) -> dict[str, Any]:
    a = alpha @ np.concatenate([[1.0], x])
    z = np.ones(len(beta))
    z[1:] = (np.tanh(a / 2) + 1) / 2
    b = np.dot(beta, z)
    y = np.exp(b) / (1 + np.exp(b))
    return {"a": a, "z": z, "b": b, "y": y, "J": -np.log(y if y_star == 1 else 1 - y)}


def _forward_by_loops(alpha: Any, beta: Any, x: Any, y_star: Any) -> dict[str, Any]:
    a = [row[0] + sum(w * u for w, u in zip(row[1:], x, strict=True)) for row in alpha]
    z = [1.0] + [1 / (1 + np.exp(-unit)) for unit in a]
    b = sum(w * u for w, u in zip(beta, z, strict=True))
    y = 1 / (1 + np.exp(-b))
    J = np.log1p(np.exp(-b)) + (1 - y_star) * b
    return {"a": np.array(a), "z": np.array(z), "b": b, "y": y, "J": J}


EXERCISES = (FORWARD_EXERCISE,)
