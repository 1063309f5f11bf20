"""Case 1, logistic regression: one example, backward; the notation is that of the forward pass.

`dtheta` stands for dJ/dθ and so on.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Mistake, Part
from autograder.exercises.logistic_to_network import case1_backward_mistakes
from autograder.exercises.logistic_to_network.case1_forward import (
    FORWARD,
    LIKELIHOOD_BACKWARD,
    PROBES,
    UNIT,
    sigmoid,
)
from autograder.exercises.logistic_to_network.wrong_loss_slopes import (
    WRONG_LOSS_SLOPES,
    difference_for_dy,
)

BACKWARD_EXERCISE = Exercise(
    id="case1.backward",
    unit=UNIT,
    title="Case 1, backward pass",
    objectives=("O4",),
    deck="D0 and D2, Case 1: Logistic Regression",
    builds_on="case1.forward",
    steps={
        **FORWARD,
        "dy": lambda v: -v.y_star / v.y + (1 - v.y_star) / (1 - v.y),
        "slope": lambda v: v.y * (1 - v.y),
        "da": lambda v: v.dy * v.slope,
        "dtheta": lambda v: v.da * np.r_[1.0, v.x],
        "dx": lambda v: v.da * v.theta[1:],
    },
    parts=(
        Part("dy", 0.5, "dJ/dy"),
        Part("da", 0.8, "dJ/da"),
        Part("dtheta", 0.7, "dJ/dθ"),
        Part("dx", 0.5, "dJ/dx"),
    ),
    probes=PROBES,
    output="J",
    leaves={"dtheta": "theta", "dx": "x"},
    tolerance=1e-9,
    why_tolerance="1 − y loses digits where a sigmoid is close to 1",
    mistakes=(
        LIKELIHOOD_BACKWARD,
        Mistake(
            "M1",
            "sign of the second term",
            {"dy": lambda v: -v.y_star / v.y - (1 - v.y_star) / (1 - v.y)},
            "your {part} is right for examples of class 1, but has the opposite sign for class 0.",
            name="the wrong sign in the derivative of 1 − y",
            question="Does log(1 − y) rise or fall when y grows?",
        ),
        difference_for_dy("a"),
        Mistake(
            "M7",
            "σ′ twice",
            {"da": lambda v: v.dy * v.slope**2},
            "your {part} contains y(1 − y) one time too many.",
        ),
        Mistake(
            "M5",
            "σ′ left out",
            {"da": lambda v: v.dy},
            "your {part} is dJ/dy itself; the step from y to a is missing.",
        ),
        Mistake(
            "M6",
            "σ′ at y",
            {"da": lambda v: v.dy * sigmoid(v.y) * (1 - sigmoid(v.y))},
            "your {part} evaluates σ′ at y, which is already the output of a sigmoid.",
        ),
        Mistake(
            "M6",
            "a(1 − a)",
            {"da": lambda v: v.dy * v.a * (1 - v.a)},
            "your {part} uses a(1 − a) with the value before the sigmoid.",
        ),
        Mistake(
            "M31",
            "the bias gets nothing",
            {"dtheta": lambda v: v.da * np.r_[0.0, v.x]},
            "the first entry of your {part} is zero, as if x₀ were 0.",
            name="the derivative of the bias is left out",
            question="What is x₀?",
        ),
        Mistake(
            "M13",
            "the bias at the other end",
            {"dtheta": lambda v: v.da * np.r_[v.x, 1.0]},
            "your {part} has the derivative of the bias in its last place.",
            name="the bias stands at the wrong end of dθ",
            question="x₀ = 1 stands in front of x. Where does the derivative of θ₀ belong?",
        ),
        Mistake(
            "M30",
            "the bias times itself",
            {"dtheta": lambda v: v.da * np.r_[v.theta[0], v.x]},
            "the first entry of your {part} is a multiple of θ₀ itself.",
            name="the bias is multiplied by itself instead of by 1",
            question="What does θ₀ multiply in the forward pass?",
        ),
        Mistake(
            "M9",
            "upstream dropped",
            {"dtheta": lambda v: np.r_[1.0, v.x]},
            "your {part} does not contain dJ/da.",
        ),
        Mistake(
            "M30",
            "θ for x",
            {"dtheta": lambda v: v.da * v.theta},
            "your {part} is a multiple of θ itself.",
        ),
        Mistake(
            "M30",
            "x for θ",
            {"dx": lambda v: v.da * v.x},
            "your {part} is a multiple of x itself.",
        ),
        Mistake(
            "M13",
            "weights shifted by one",
            {"dx": lambda v: v.da * v.theta[:-1]},
            "your {part} pairs the first input with the bias, and each later one with the weight "
            "before its own.",
            name="the weights are shifted by one place",
            question="Which entry of θ multiplies x₁ in the forward pass?",
        ),
        Mistake(
            "M5",
            "dJ/dy passed on",
            {
                "dtheta": lambda v: v.dy * np.r_[1.0, v.x],
                "dx": lambda v: v.dy * v.theta[1:],
            },
            "your {part} is made from dJ/dy, not from dJ/da.",
            question=(
                "θ and x make a, and a makes y. Which of the two derivatives reaches the products?"
            ),
        ),
        *WRONG_LOSS_SLOPES,
        *case1_backward_mistakes.FURTHER,
    ),
    variants={
        "y − y* at once": lambda theta, x, y_star: _backward_short(theta, x, y_star),
        "the slide's form with its sign reversed": lambda theta, x, y_star: _backward_slide(
            theta, x, y_star
        ),
    },
    hints=(
        "Go back from J to y, through the sigmoid to a, and then to each θ and each x.",
        "The dJ/dy on the slide matches the J on the slide, which has no minus. Once you have "
        "dJ/da, the rest is one product gate per term θ_j x_j: each factor receives the other "
        "one.",
        "For class 1, J = −log y, so dJ/dy = −1/y. For class 0, J = −log(1 − y): the logarithm "
        "gives 1/(1 − y), and its minus and the inner minus cancel. Multiply by the sigmoid's "
        "slope y(1 − y) for dJ/da, and see how much cancels.",
    ),
)


def _backward_short(theta: Any, x: Any, y_star: Any) -> dict[str, Any]:
    full = np.insert(x, 0, 1.0)
    y = 1 / (1 + np.exp(-(theta @ full)))
    da = y - y_star
    return {
        "dy": -1 / y if y_star else 1 / (1 - y),
        "da": da,
        "dtheta": full * da,
        "dx": theta[1:] * da,
    }


def _backward_slide(theta: Any, x: Any, y_star: Any) -> dict[str, Any]:
    a = theta[0] + np.sum(theta[1:] * x)
    y = 1 / (1 + np.exp(-a))
    dy = -(y_star / y + (1 - y_star) / (y - 1))
    da = dy * np.exp(-a) / (np.exp(-a) + 1) ** 2
    return {"dy": dy, "da": da, "dtheta": np.append(da, da * x), "dx": np.delete(theta, 0) * da}


EXERCISES = (BACKWARD_EXERCISE,)
