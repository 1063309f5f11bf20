"""J = cos(sin(x²) + 3x²): its derivative as a sum over the two paths from x."""

from __future__ import annotations

import math

import numpy as np

from autograder.domain import Real, corners
from autograder.draws import given
from autograder.exercise import Exercise, Part, Probe
from autograder.exercises.chain_rule.j_paths_mistakes import WRONG_ARROWS
from autograder.exercises.chain_rule.j_paths_sums import WRONG_SUMS

UNIT = "01-chain-rule"


def _between(low: float, high: float) -> Probe:
    return Probe(
        f"x between {low} and {high}, of either sign",
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
        # So far out, u has few digits left after the decimal point; here sin u and cos u need few.
        *(Probe(f"x = {x:g}", given(x=x), corner=True) for x in (40.0, -50.0)),
    ),
    output="J",
    leaves={"dx": "x"},
    mistakes=(*WRONG_ARROWS, *WRONG_SUMS),
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
