"""Case 1, logistic regression: one example, forward.

Notation of decks D0 and D2: a = Σ_j θ_j x_j with x_0 = 1, y = σ(a), y_star the class, 0 or 1.
J is the loss, −(y* log y + (1 − y*) log(1 − y)); the slides print the log-likelihood, without the
minus.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners, label
from autograder.draws import large_and_small, times
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.logistic_to_network.saturated import saturated
from autograder.exercises.logistic_to_network.wrong_forward import wrong_sigmoids, wrong_sums
from autograder.exercises.logistic_to_network.wrong_losses import wrong_losses

UNIT = "06-logistic-to-network"


def sigmoid(a: Any) -> Any:
    """The logistic sigmoid."""
    return 1 / (1 + np.exp(-a))


def loss(y: Any, y_star: Any) -> Any:
    """The loss of a probability y for the class y_star."""
    return -(y_star * np.log(y) + (1 - y_star) * np.log(1 - y))


def _example(inputs: int, y_star: float) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "theta": rng.normal(size=inputs + 1),
            "x": rng.normal(size=inputs),
            "y_star": y_star,
        }

    return draw


def _confident(rng: np.random.Generator) -> Inputs:
    """A loss of more than 16, not far from where 1 − y has no digits left."""
    theta, x = rng.uniform(0.5, 1.5, size=4), rng.uniform(0.5, 1.5, size=3)
    theta *= rng.uniform(16.3, 16.6) / (theta[0] + theta[1:] @ x)
    return {"theta": theta, "x": x, "y_star": 0.0}


FORWARD = {
    "a": lambda v: v.theta[0] + v.theta[1:] @ v.x,
    "y": lambda v: sigmoid(v.a),
    "J": lambda v: loss(v.y, v.y_star),
}
LIKELIHOOD_BACKWARD = Mistake(
    "M1",
    "log-likelihood for the loss, as on the slide",
    {"dy": lambda v: v.y_star / v.y - (1 - v.y_star) / (1 - v.y)},
    "your {part} has the right size but the opposite sign, on every input. It belongs to the J "
    "on the slide, which is missing the minus.",
    name="the log-likelihood instead of the loss",
)
PROBES = (
    Probe("five inputs, class 1", _example(5, 1.0)),
    Probe("three inputs, class 0", _example(3, 0.0)),
    *corners(theta=Real("D+1", largest=1.5), x=Real("D", largest=1.5), y_star=label()),
    *large_and_small(
        _example(3, 1.0), "x", "weights", lambda far: {"x": times(far), "theta": times(1 / far, 1)}
    ),
    saturated(_example(3, 1.0), FORWARD, theta="a"),
)

FORWARD_EXERCISE = Exercise(
    id="case1.forward",
    unit=UNIT,
    title="Case 1, forward pass and loss",
    objectives=("O3",),
    deck="D0 and D2, Case 1: Logistic Regression",
    steps=FORWARD,
    parts=(Part("a", 0.3), Part("y", 0.2), Part("J", 0.5)),
    probes=(*PROBES, Probe("an output confident and wrong", _confident, corner=True)),
    tolerance=1e-9,
    why_tolerance="1 − y loses digits where a sigmoid is close to 1",
    mistakes=(
        Mistake(
            "M31",
            "bias left out",
            {"a": lambda v: v.theta[1:] @ v.x},
            "your {part} does not contain θ₀.",
            name="the bias is left out",
            question="What is x₀, and which term of the sum does it belong to?",
        ),
        Mistake(
            "M13",
            "bias at the other end",
            {"a": lambda v: v.theta[:-1] @ v.x + v.theta[-1]},
            "your {part} takes the last entry of θ for the bias.",
            name="the bias is taken from the wrong end of θ",
            question="x₀ = 1 stands in front of x. Which entry of θ does it multiply?",
        ),
        Mistake(
            "M1",
            "sigmoid of −a",
            {"y": lambda v: sigmoid(-v.a)},
            "your {part} is 1 − σ(a): it falls when a grows.",
            name="the sigmoid of −a",
            question="What should y be close to when a is large and positive?",
        ),
        Mistake(
            "M8",
            "sigmoid with a minus, as printed in deck D1",
            # One of the two logarithms of such a y does not exist.
            {"y": lambda v: 1 / (1 - np.exp(-v.a)), "J": lambda v: float("nan")},
            "your {part} is 1/(1 − e^−a), which does not lie between 0 and 1.",
            name="the sigmoid with a minus in its denominator",
            question="What should the sigmoid of 0 be, and what does your formula give there?",
        ),
        Mistake(
            "M5",
            "sigmoid left out",
            # The logarithm of such an output may not exist.
            {"y": lambda v: v.a, "J": lambda v: float("nan")},
            "your {part} equals a.",
            name="the sigmoid is left out",
            question="Can a probability lie outside (0, 1)?",
        ),
        *wrong_sums("a", lambda v: v.theta, lambda v: v.x, "θ"),
        *wrong_sigmoids("y", "a", lambda f: lambda v: f(v.a), {"J": lambda v: float("nan")}),
        *wrong_losses(float),
    ),
    variants={
        "a 1 in front of x": lambda theta, x, y_star: _forward_with_one(theta, x, y_star),
        "log of the right class": lambda theta, x, y_star: {
            "a": sum(theta[1:] * x) + theta[0],
            "y": (np.tanh((theta[1:] @ x + theta[0]) / 2) + 1) / 2,
            "J": np.log1p(np.exp((1 - 2 * y_star) * (theta[1:] @ x + theta[0]))),
        },
    },
    hints=(
        "It takes three lines: the sum, the sigmoid, the loss.",
        "θ has one more entry than x: the first one, for x₀ = 1. The loss has a minus in front, "
        "because each logarithm of a probability is negative.",
        "With one input, a = θ₀ + θ₁x₁ and y = 1/(1 + e^−a). For an example of class 1 the loss "
        "is −log y, and for class 0 it is −log(1 − y). The formula with y* combines both in one "
        "line.",
    ),
)


def _forward_with_one(theta: Any, x: Any, y_star: Any) -> dict[str, Any]:
    full = np.concatenate([[1.0], x])
    a = np.dot(full, theta)
    y = np.exp(a) / (1 + np.exp(a))
    return {"a": a, "y": y, "J": -np.log(y if y_star == 1 else 1 - y)}


EXERCISES = (FORWARD_EXERCISE,)
