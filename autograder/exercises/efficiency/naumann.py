"""Naumann's example: v1 = x1 x2, v2 = sin v1, v3 = v1 v2, v4 = cos v3, v5 = exp v3.

The inputs, v₋₁ and v₀ on the slide, are x1 and x2; c1 … c7 are the local derivatives.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.exercise import Acceptance, Exercise, Part, Probe
from autograder.exercises.efficiency.naumann_counts import COUNT_MISTAKES
from autograder.exercises.efficiency.naumann_mistakes import DERIVATIVE_MISTAKES
from autograder.exercises.efficiency.naumann_steps import jacobian, local

UNIT = "09-efficiency"
KINDS = ("multiplications", "additions")


def _is_not(name: str) -> Acceptance:
    """Multiplications and additions, in this order."""

    def problem(value: Any, v: SimpleNamespace) -> str | None:
        if not isinstance(value, tuple | list) or len(value) != 2:
            return "it should be a pair (multiplications, additions)."
        wrong = [
            kind
            for kind, mine, right in zip(KINDS, value, getattr(v, name), strict=True)
            if mine != right
        ]
        return f"the number of {' and of '.join(wrong)} is wrong." if wrong else None

    return problem


NAUMANN_EXERCISE = Exercise(
    id="naumann.jacobian",
    unit=UNIT,
    title="Naumann's example: a Jacobian and its cost",
    objectives=("O8", "O2"),
    deck="D1, Optimal Jacobian Accumulation problem",
    steps={
        "v1": lambda v: v.x1 * v.x2,
        "v2": lambda v: np.sin(v.v1),
        "v3": lambda v: v.v1 * v.v2,
        "c": local(),
        "J": jacobian(lambda v: v.c[2] + v.c[4] * v.c[3]),
        "expanded": lambda v: (20, 4),
        "factored": lambda v: (7, 1),
    },
    parts=(
        Part("c", 0.5, "c₁ … c₇", entries=lambda v: [f"c{k}" for k in range(1, 8)]),
        Part("J", 0.8, "F′"),
        Part("expanded", 0.35, accept=_is_not("expanded")),
        Part("factored", 0.35, accept=_is_not("factored")),
    ),
    probes=(
        Probe("x1 = 0.5, x2 = 1.5", lambda rng: {"x1": 0.5, "x2": 1.5}, fixed=True),
        *(
            Probe(
                name,
                lambda rng: {
                    "x1": float(rng.uniform(0.3, 0.9)),
                    "x2": float(rng.uniform(1.0, 1.6)),
                },
            )
            for name in ("two other inputs", "two more inputs")
        ),
        *corners(x1=Real(largest=2.0), x2=Real(largest=2.0)),
    ),
    gradients=("c", "J"),
    mistakes=(*DERIVATIVE_MISTAKES, *COUNT_MISTAKES),
    variants={
        "by matrices": lambda x1, x2: _by_matrices(x1, x2),
        "in straight lines": lambda x1, x2: _in_lines(x1, x2),
    },
    hints=(
        "Label each arrow of the graph with its local derivative. An entry of F′ is a sum over all "
        "paths from one input to one output.",
        "There are two paths from each input to each output. They separate at v1 and meet again "
        "at v3. A product of three factors takes two multiplications, a product of four takes "
        "three. In the factored form, r, s and t are computed once.",
        "Take y = u·w with u = sin x and w = cos x, and two outputs p = y² and q = 1/y. There "
        "are two paths between x and y. In the expanded form, each output multiplies along both: "
        "2 · (2 + 2) products and 2 sums. In the factored form, the two paths are added once, "
        "before the way to the outputs divides.",
    ),
)


def _by_matrices(x1: float, x2: float) -> dict[str, Any]:
    v1 = x1 * x2
    v2 = math.sin(v1)
    v3 = v1 * v2
    first = np.array([[x2, x1], [math.cos(v1) * x2, math.cos(v1) * x1]])
    last = np.array([[-math.sin(v3)], [math.exp(v3)]])
    c = np.array([x2, x1, v2, math.cos(v1), v1, -math.sin(v3), math.exp(v3)])
    return {
        "c": c,
        "J": last @ np.array([[v2, v1]]) @ first,
        "expanded": (20, 4),
        "factored": (7, 1),
    }


def _in_lines(x1: float, x2: float) -> dict[str, Any]:
    product = x1 * x2
    wave = np.sin(product)
    c = np.zeros(7)
    c[:5] = x2, x1, wave, np.cos(product), product
    c[5:] = -np.sin(product * wave), np.exp(product * wave)
    r = c[2] + c[3] * c[4]
    s, t = r * c[0], r * c[1]
    J = np.empty((2, 2))
    J[0] = c[5] * s, c[5] * t
    J[1] = c[6] * s, c[6] * t
    return {"J": J, "c": c, "expanded": (20, 4), "factored": (7, 1)}


EXERCISES = (NAUMANN_EXERCISE,)
