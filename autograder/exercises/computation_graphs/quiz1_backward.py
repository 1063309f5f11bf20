"""Quiz 1 backward: `da` stands for dy/da, the adjoint of node a."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Part, Probe
from autograder.exercises.computation_graphs.quiz1_backward_mistakes import PARTS, WRONG_PASSES
from autograder.exercises.computation_graphs.quiz1_backward_paths import WRONG_PATHS
from autograder.exercises.computation_graphs.quiz1_backward_terms import WRONG_TERMS
from autograder.exercises.computation_graphs.quiz1_forward import (
    QUIZ1_FORWARD,
    QUIZ1_FORWARD_EXERCISE,
    QUIZ1_PROBES,
    UNIT,
)

QUIZ1_BACKWARD_EXERCISE = Exercise(
    id="quiz1.backward",
    unit=UNIT,
    title="Quiz 1, backward pass",
    objectives=("O2",),
    deck="D0, Differentiation Quiz #1; Reverse Mode, Backward Computation",
    builds_on="quiz1.forward",
    steps={
        **QUIZ1_FORWARD,
        "dd": lambda v: 1.0,
        "df": lambda v: 1.0,
        **PARTS,
    },
    parts=(
        Part("db", 1, "dy/db"),
        Part("de", 0.5, "dy/de"),
        Part("dc", 1, "dy/dc"),
        Part("da", 1, "dy/da"),
        Part("dx", 1, "dy/dx"),
        Part("dz", 0.5, "dy/dz"),
    ),
    probes=(
        *QUIZ1_PROBES,
        # On the others de lies between 0 and 1, and truncated to an integer it is 0.
        Probe(
            "z below 0",
            lambda rng: {"x": rng.uniform(1.5, 2.5), "z": rng.uniform(-1.2, -0.6)},
            ties=True,
        ),
    ),
    output="y",
    leaves={"dx": "x", "dz": "z"},
    tolerance=1e-11,
    why_tolerance="at the deck's x and z a lost term moves dy/dx by only 8e-7 of itself",
    mistakes=(*WRONG_PASSES, *WRONG_TERMS, *WRONG_PATHS),
    variants={
        "accumulating with +=": lambda x, z: _quiz1_backward_accumulating(x, z),
        "closed forms": lambda x, z: _quiz1_backward_closed(x, z),
        "local derivatives first": lambda x, z: _quiz1_backward_by_locals(x, z),
    },
    hints=(
        "Go through your nodes in the reverse order of the forward pass. Each one sends upstream "
        "times local to every node that it was computed from.",
        "b, c, a and x are each used twice, so each of their lines is a sum of two products.",
        "For y = q/p with q = exp(p), dq = 1/p, and dp has two terms: −q/p² from the quotient "
        "and dq·exp(p) from the exponential.",
    ),
)


def _quiz1_backward_accumulating(x: float, z: float) -> dict[str, float]:
    a = x * z
    b, c = math.exp(a), math.log(x)
    e = math.sin(c)
    g = dict.fromkeys("abcdefxz", 0.0)
    for term in "bdf":
        g[term] += 1.0
    g["e"] += g["f"] / b
    g["b"] += g["f"] * -e * b**-2
    g["c"] += g["e"] * math.cos(c)
    g["a"] += g["d"] / c
    g["c"] += g["d"] * -a * c**-2
    g["x"] += g["c"] / x
    g["a"] += g["b"] * b
    g["x"] += g["a"] * z
    g["z"] += g["a"] * x
    return {"d" + name: value for name, value in g.items()}


def _quiz1_backward_closed(x: float, z: float) -> dict[str, float]:
    log, power = np.log(x), np.exp(x * z)
    dy_da = power + 1 / log - np.sin(log) / power
    dy_dc = np.cos(log) / power - x * z / log**2
    return {
        "db": 1 - np.sin(log) * np.exp(-2 * x * z),
        "de": np.exp(-x * z),
        "dc": dy_dc,
        "da": dy_da,
        "dx": z * dy_da + dy_dc / x,
        "dz": x * dy_da,
    }


def _quiz1_backward_by_locals(x: float, z: float) -> dict[str, Any]:
    v = QUIZ1_FORWARD_EXERCISE.solve({"x": x, "z": z})
    local = {"fb": -v.f / v.b, "fe": 1 / v.b, "dc": -v.d / v.c, "da": 1 / v.c, "ec": np.cos(v.c)}
    db = np.array(1.0) + local["fb"]
    dc = local["dc"] + local["fe"] * local["ec"]
    da = db * v.b + local["da"]
    return dict(db=db, de=local["fe"], dc=dc, da=da, dx=da * z + dc / x, dz=da * x, dd=1, df=1)


EXERCISES = (QUIZ1_BACKWARD_EXERCISE,)
