"""Six formulas that slides print with a slip, each to be computed in its correct form."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, bits, corners
from autograder.draws import with_changes
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.bug_hunt.slides_mistakes import MISTAKES

UNIT = "10-bug-hunt"


def _draw(units: int, inputs: int, above: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "z": float(rng.uniform(0.4, 1.8)),
            "y": rng.uniform(0.1, 0.9, units),
            "y_star": rng.integers(0, 2, units).astype(float),
            "alpha": rng.normal(size=(units, inputs)),
            "da": rng.normal(size=units),
            "w": rng.normal(size=(units, above)),
            "delta_above": rng.normal(size=above),
            "a": rng.uniform(0.1, 0.9, units),
            "gradient": rng.normal(size=inputs),
            "before": rng.normal(size=17),
            "upstream": rng.normal(size=17),
        }

    return draw


SLIDES_EXERCISE = Exercise(
    id="slides.corrected",
    unit=UNIT,
    title="Six slides, corrected",
    objectives=("O2", "O4"),
    deck="D0–D3: the slides named in the notebook",
    steps={
        "sigmoid": lambda v: 1 / (1 + np.exp(-v.z)),
        "da_top": lambda v: v.y - v.y_star,
        "dx": lambda v: v.alpha.T @ v.da,
        "delta": lambda v: (v.w @ v.delta_above) * v.a * (1 - v.a),
        "descent": lambda v: -v.gradient / np.linalg.norm(v.gradient),
        "dz_relu": lambda v: v.upstream * (v.before > 0),
    },
    parts=(
        Part("sigmoid", 0.2, "D1"),
        Part("da_top", 0.2, "D0 and D2, Case 1"),
        Part("dx", 0.3, "D0 and D2, Case 2"),
        Part("delta", 0.3, "D3, BP-2"),
        Part("descent", 0.25, "D1, why −∇f"),
        Part("dz_relu", 0.25, "D2, ReLU"),
    ),
    probes=(
        Probe("layers of 5, 7 and 3", _draw(5, 7, 3)),
        Probe("layers of 4, 4 and 4", _draw(4, 4, 4)),
        *corners(
            {"J": (1, 2), "I": (1, 3), "K": (1, 2), "M": (1, 4)},
            z=Real(largest=6.0),
            y=Real("J", above=0.0, below=1.0),
            y_star=bits("J"),
            alpha=Real("J", "I"),
            da=Real("J"),
            w=Real("J", "K"),
            delta_above=Real("K"),
            a=Real("J", above=0.0, below=1.0),
            gradient=Real("I", zeros=False),
            before=Real("M"),
            upstream=Real("M"),
        ),
        Probe(
            "a gradient with a 0",
            with_changes(_draw(2, 3, 2), gradient=lambda gradient: gradient * (0.0, 1.0, 1.0)),
            corner=True,
        ),
    ),
    gradients=("da_top", "dx", "delta", "descent", "dz_relu"),
    mistakes=MISTAKES,
    variants={
        "written another way": lambda *inputs: _otherwise(*inputs),
        "by loops": lambda *inputs: _by_loops(*inputs),
    },
    hints=(
        "Test each printed form on a case that you can do in your head, and then fix it.",
        "For the sigmoid, try 0. For the sign, ask whether the output should rise or fall. For "
        "the sum, write out two units. For the transpose, write the shapes. For the direction, "
        "check that the length is 1. For the ReLU, remember that a unit that is on passes "
        "everything.",
        "For BP-2 with z = wᵀa, take one unit below and two above: w = (2, 3) and z = (2a, 3a). "
        "If δ above is (1, 10), a receives 2·1 + 3·10 = 32. In general, row j of w is multiplied "
        "by δ, which makes w δ, with no transpose.",
    ),
)


def _otherwise(
    z: Any, y: Any, y_star: Any, alpha: Any, da: Any, w: Any, delta_above: Any, a: Any,
    gradient: Any, before: Any, upstream: Any,
) -> dict[str, Any]:  # fmt: skip
    return {
        "sigmoid": np.exp(z) / (1 + np.exp(z)),
        "da_top": -(y_star - y),
        "dx": da @ alpha,
        "delta": (delta_above @ w.T) * (a - a**2),
        "descent": gradient / -np.sqrt(np.sum(gradient * gradient)),
        "dz_relu": np.where(before > 0, upstream, 0.0),
    }


def _by_loops(
    z: Any, y: Any, y_star: Any, alpha: Any, da: Any, w: Any, delta_above: Any, a: Any,
    gradient: Any, before: Any, upstream: Any,
) -> dict[str, Any]:  # fmt: skip
    dx, delta, passed = np.zeros(alpha.shape[1]), np.zeros(len(a)), upstream.copy()
    for k in range(len(dx)):
        for j in range(len(da)):
            dx[k] += da[j] * alpha[j, k]
    for j in range(len(a)):
        for k in range(len(delta_above)):
            delta[j] += w[j, k] * delta_above[k] * a[j] * (1 - a[j])
    passed[before <= 0] = 0
    length = sum(float(g) ** 2 for g in gradient) ** 0.5
    return {
        "sigmoid": 0.5 + 0.5 * float(np.tanh(z / 2)),
        "da_top": np.array([p - t for p, t in zip(y, y_star, strict=True)]),
        "dx": dx,
        "delta": delta,
        "descent": np.array([-g / length for g in gradient]),
        "dz_relu": passed,
    }


EXERCISES = (SLIDES_EXERCISE,)
