"""J = cos(sin(x²) + 3x²): its derivative as a sum over the two paths from x."""

from __future__ import annotations

import math

import numpy as np

from autograder.domain import Real, corners
from autograder.exercise import Exercise, Mistake, Part, Probe

UNIT = "01-chain-rule"


def _between(low: float, high: float) -> Probe:
    return Probe(
        f"x between {low} and {high}",
        lambda rng: {"x": float(rng.choice([-1, 1]) * rng.uniform(low, high))},
    )


J_PATHS_EXERCISE = Exercise(
    id="j.paths",
    unit=UNIT,
    title="J along both paths",
    objectives=("O2",),
    deck="D0 and D2, Simple Example: J = cos(sin(x²) + 3x²)",
    steps={
        "t": lambda v: v.x**2,
        "u1": lambda v: np.sin(v.t),
        "u2": lambda v: 3 * v.t,
        "u": lambda v: v.u1 + v.u2,
        "J": lambda v: np.cos(v.u),
        "du": lambda v: -np.sin(v.u),
        "via_sin": lambda v: v.du * np.cos(v.t) * 2 * v.x,
        "via_3t": lambda v: v.du * 3 * 2 * v.x,
        "dx": lambda v: v.via_sin + v.via_3t,
    },
    parts=(
        Part("J", 0.5),
        Part("du", 0.5, "dJ/du"),
        Part("via_sin", 1, "the path x → t → u₁ → u → J"),
        Part("via_3t", 1, "the path x → t → u₂ → u → J"),
        Part("dx", 1, "dJ/dx"),
    ),
    # At 0, 1, 1.5 and 2 some mistakes coincide with the right answer.
    probes=(
        Probe("x = 0.7", lambda rng: {"x": 0.7}, fixed=True),
        _between(0.4, 0.6),
        _between(0.75, 0.95),
        _between(1.2, 1.4),
        *corners(x=Real(largest=3.0)),
    ),
    output="J",
    leaves={"dx": "x"},
    mistakes=(
        Mistake(
            "M31",
            "sin(x)²",
            {"u1": lambda v: np.sin(v.x) ** 2},
            "your {part} squares the sine; the formula takes the sine of the square.",
            name="sin²(x) where sin(x²) was meant",
            question="Which comes first on the way from x: the square or the sine?",
        ),
        Mistake(
            "M31",
            "(3x)²",
            {"u2": lambda v: 9 * v.t},
            "your {part} squares the 3 as well.",
            name="(3x)² where 3x² was meant",
            question="In 3x², what exactly is squared?",
        ),
        Mistake(
            "M1",
            "sign of the cosine's derivative",
            {"du": lambda v: np.sin(v.u)},
            "your {part} has the opposite sign.",
            name="the wrong sign in the derivative of the cosine",
            question=(
                "Just to the right of 0 the cosine falls. What sign does its slope have there?"
            ),
        ),
        Mistake(
            "M15",
            "only the path through the sine",
            {"dx": lambda v: v.via_sin},
            "your {part} is only the contribution of the path through the sine.",
            name="a path missing at the fan-out of t",
        ),
        Mistake(
            "M15",
            "only the path through 3t",
            {"dx": lambda v: v.via_3t},
            "your {part} is only the contribution of the path through 3t.",
            name="a path missing at the fan-out of t",
        ),
        Mistake(
            "M12",
            "paths multiplied",
            {"dx": lambda v: v.via_sin * v.via_3t},
            "your {part} multiplies the two paths.",
            name="a product of the paths instead of their sum",
            question="Along one path we multiply. What do we do when there are several paths?",
            hints=(
                "Along one path we multiply. What do we do when there are several paths?",
                "Nudge t a little: it moves u through u₁ and through u₂. How do two small moves "
                "of u combine?",
                "For y = a + a there are two paths, each with the product 1, and dy/da is 2.",
            ),
        ),
        Mistake(
            "M5",
            "cos(t) left out",
            {"via_sin": lambda v: v.du * 2 * v.x},
            "your {part} skips the sine.",
            name="the local derivative of the sine is left out",
            question="Four arrows, four factors: which one is missing on this path?",
        ),
        Mistake(
            "M5",
            "3 left out",
            {"via_3t": lambda v: v.du * 2 * v.x},
            "your {part} skips u₂ = 3t.",
            name="the local derivative of 3t is left out",
            question="Four arrows, four factors: which one is missing on this path?",
        ),
        Mistake(
            "M5",
            "2x left out in the path through the sine",
            {"via_sin": lambda v: v.du * np.cos(v.t)},
            "your {part} ends at t and does not go on to x.",
            name="the last arrow, from t to x, is left out",
            question=(
                "This is a derivative with respect to t. Which arrow still leads from t back to x?"
            ),
        ),
        Mistake(
            "M5",
            "2x left out in the path through 3t",
            {"via_3t": lambda v: v.du * 3},
            "your {part} ends at t and does not go on to x.",
            name="the last arrow, from t to x, is left out",
            question=(
                "This is a derivative with respect to t. Which arrow still leads from t back to x?"
            ),
        ),
        Mistake(
            "M6",
            "cosine of x",
            {"via_sin": lambda v: v.du * np.cos(v.x) * 2 * v.x},
            "your {part} takes the cosine of x itself, but the sine was not applied to x.",
            name="a local derivative evaluated at another node's value",
            question="The sine is applied to t. Where must its derivative be evaluated?",
            hints=(
                "The sine is applied to t. Where must its derivative be evaluated?",
                "A local derivative uses the number that went into the operation.",
                "For y = exp(t) with t = x³ the local derivative of exp is exp(t), not exp(x).",
            ),
        ),
        Mistake(
            "M9",
            "upstream dropped",
            {"via_sin": lambda v: np.cos(v.t) * 2 * v.x, "via_3t": lambda v: 3 * 2 * v.x},
            "your {part} does not contain du.",
            name="the incoming gradient is dropped",
        ),
    ),
    variants={
        "in closed form": lambda x: {
            "J": np.cos(np.sin(x**2) + 3 * x**2),
            "du": -np.sin(np.sin(x**2) + 3 * x**2),
            "via_sin": -2 * x * np.cos(x * x) * np.sin(np.sin(x**2) + 3 * x**2),
            "via_3t": -6 * x * np.sin(np.sin(x**2) + 3 * x**2),
            "dx": -np.sin(np.sin(x**2) + 3 * x**2) * (2 * x * np.cos(x**2) + 6 * x),
        },
        "backward pass first": lambda x: _by_a_backward_pass(x),
    },
    hints=(
        "Name the steps: t = x², u₁ = sin t, u₂ = 3t, u = u₁ + u₂, J = cos u. Which arrows lead "
        "from x to J?",
        "Write the local derivative on every arrow. Multiply along each path, then add the two "
        "products.",
        "Take y = exp(w) with w = s + 5s and s = x³. One path gives exp(w)·1·3x², the other "
        "exp(w)·5·3x², and dy/dx is their sum, exp(w)·6·3x².",
    ),
)


def _by_a_backward_pass(x: float) -> dict[str, float]:
    t = x * x
    u = math.sin(t) + 3 * t
    du = -math.sin(u)
    dt = 0.0
    dt += du * math.cos(t)
    dt += du * 3
    share = math.cos(t) / (math.cos(t) + 3)
    dx = dt * 2 * x
    return {"dx": dx, "J": math.cos(u), "du": du, "via_3t": dx * (1 - share), "via_sin": dx * share}


EXERCISES = (J_PATHS_EXERCISE,)
