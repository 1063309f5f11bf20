"""The sigmoid circuit, gate by gate and with one sigmoid gate: `dt` stands for df/dt."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.draws import large_and_small, times
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.computation_graphs.circuit_gate_mistakes import (
    WRONG_GATES,
    WRONG_SIGMOIDS,
)
from autograder.exercises.computation_graphs.circuit_mistakes import WRONG_LEAVES, WRONG_SUMS

UNIT = "02-computation-graphs"

# f(w, x) = 1 / (1 + exp(−(w0 x0 + w1 x1 + w2)))
CIRCUIT_FORWARD = {
    "s": lambda v: v.w0 * v.x0 + v.w1 * v.x1 + v.w2,
    "n": lambda v: -v.s,
    "e": lambda v: np.exp(v.n),
    "t": lambda v: 1 + v.e,
    "f": lambda v: 1 / v.t,
}
CIRCUIT_LEAVES = {
    "dw0": lambda v: v.ds * v.x0,
    "dx0": lambda v: v.ds * v.w0,
    "dw1": lambda v: v.ds * v.x1,
    "dx1": lambda v: v.ds * v.w1,
    "dw2": lambda v: v.ds,
}
_CIRCUIT_INPUTS = ("w0", "x0", "w1", "x1", "w2")


def _draw(rng: np.random.Generator) -> Inputs:
    return dict(zip(_CIRCUIT_INPUTS, map(float, rng.uniform(0.3, 1.6, 5)), strict=True))


def _cancelling(rng: np.random.Generator) -> Inputs:
    """A bias that is large, and so are the products, but not their sum."""
    inputs = _draw(rng)
    s = inputs["w0"] * inputs["x0"] + inputs["w1"] * inputs["x1"]
    return {**inputs, "w0": -64.0 * inputs["w0"], "w1": -64.0 * inputs["w1"], "w2": 64.0 * s + 0.5}


def _saturated(s: float) -> Callable[[np.random.Generator], Inputs]:
    """Inputs whose sum s is near the end of what the text promises."""

    def draw(rng: np.random.Generator) -> Inputs:
        inputs = _draw(rng)
        products = inputs["w0"] * inputs["x0"] + inputs["w1"] * inputs["x1"]
        return {**inputs, "w2": s - products}

    return draw


CIRCUIT_PROBES = (
    Probe(
        "the deck's values",
        lambda rng: dict(zip(_CIRCUIT_INPUTS, (2.0, -1.0, -3.0, -2.0, -3.0), strict=True)),
        fixed=True,
    ),
    # On the deck's values x1 = −w0 and w1 = w2, which hides a swap or two.
    *(Probe(name, _draw) for name in ("five different values", "five more values")),
    *corners(None, **{name: Real(largest=2.0) for name in _CIRCUIT_INPUTS}),
    *large_and_small(
        _draw,
        "w",
        "x",
        lambda far: {
            **dict.fromkeys(("w0", "w1"), times(far)),
            **dict.fromkeys(("x0", "x1"), times(1 / far)),
        },
    ),
    Probe("a large bias and large products that cancel", _cancelling, corner=True),
    *(Probe(f"s = {s}", _saturated(s), corner=True) for s in (-9.5, 9.5)),
)
CIRCUIT_GATES_EXERCISE = Exercise(
    id="circuit.gates",
    unit=UNIT,
    title="Sigmoid circuit, gate by gate",
    objectives=("O2",),
    deck="D4, Another Example: upstream gradient × local gradient",
    steps={
        **CIRCUIT_FORWARD,
        "dt": lambda v: -1 / v.t**2,
        "de": lambda v: v.dt,
        "dn": lambda v: v.de * v.e,
        "ds": lambda v: -v.dn,
        **CIRCUIT_LEAVES,
    },
    parts=(
        Part("dt", 0.5, "df/dt"),
        Part("dn", 0.5, "df/dn"),
        Part("ds", 0.5, "df/ds"),
        *(Part(name, 0.3, f"df/{name}") for name in CIRCUIT_LEAVES),
    ),
    probes=CIRCUIT_PROBES,
    output="f",
    leaves={name: name[1:] for name in CIRCUIT_LEAVES},
    mistakes=(*WRONG_GATES, *WRONG_LEAVES, *WRONG_SUMS),
    variants={
        "with the value of f": lambda w0, x0, w1, x1, w2: _circuit_by_value(w0, x0, w1, x1, w2),
        "accumulating": lambda *values: _circuit_accumulating(*values),
    },
    hints=(
        "Start at f with df/df = 1 and go back one gate at a time: 1/t, +1, exp, ×(−1), the sum, "
        "the two products.",
        "Each line is upstream times local. A sum passes its upstream gradient back to every "
        "input. A product gives each input the upstream gradient times the other input.",
        "For f = 1/t at t = 4, the local derivative is −1/16. For e = exp(n), it is e itself. "
        "For p = w·x with upstream 0.5, w = 3, x = 7: dw = 0.5·7 and dx = 0.5·3.",
    ),
)


def _circuit_by_value(w0: float, x0: float, w1: float, x1: float, w2: float) -> dict[str, float]:
    f = 1 / (1 + math.exp(-(w0 * x0 + w1 * x1 + w2)))
    slope = f - f**2
    return dict(
        dt=-(f**2), dn=-slope, ds=slope, dw0=x0 * slope, dx0=w0 * slope, dw1=x1 * slope,
        dx1=w1 * slope, dw2=slope,
    )  # fmt: skip


def _circuit_accumulating(w0: float, x0: float, w1: float, x1: float, w2: float) -> dict[str, Any]:
    n = -(w0 * x0) - w1 * x1 - w2
    gradients = np.zeros(8)
    gradients[0] -= (1 + np.exp(n)) ** -2.0
    gradients[1] += gradients[0] * np.exp(n)
    gradients[2] -= gradients[1]
    gradients[3:] += gradients[2] * np.array([x0, w0, x1, w1, 1.0])
    names = ("dt", "dn", "ds", "dw0", "dx0", "dw1", "dx1", "dw2")
    return dict(zip(names, gradients, strict=True))


CIRCUIT_SIGMOID_EXERCISE = Exercise(
    id="circuit.sigmoid",
    unit=UNIT,
    title="Sigmoid circuit with one sigmoid gate",
    objectives=("O2",),
    deck="D4, Another Example: the graph is not unique; the sigmoid gate",
    steps={**CIRCUIT_FORWARD, "ds": lambda v: v.f * (1 - v.f), **CIRCUIT_LEAVES},
    parts=(
        Part("ds", 0.5, "df/ds"),
        *(Part(name, 0.1, f"df/{name}") for name in CIRCUIT_LEAVES),
    ),
    probes=CIRCUIT_PROBES,
    output="f",
    leaves={name: name[1:] for name in CIRCUIT_LEAVES},
    mistakes=(*WRONG_SIGMOIDS, *WRONG_LEAVES, *WRONG_SUMS),
    variants={
        "from the definition": lambda w0, x0, w1, x1, w2: {
            name: value
            for name, value in _circuit_by_value(w0, x0, w1, x1, w2).items()
            if name not in ("dt", "dn")
        },
        "cosh form": lambda w0, x0, w1, x1, w2: _circuit_by_cosh(w0, x0, w1, x1, w2),
    },
    hints=(
        "The four gates from s to f together form one sigmoid. What is its derivative, in terms "
        "of f?",
        "ds = f(1 − f); from there on, the lines are the same as for the first graph.",
        "At s = 0 the sigmoid is 1/2 and its slope 1/4. Is your ds 1/4 there?",
    ),
)


def _circuit_by_cosh(w0: float, x0: float, w1: float, x1: float, w2: float) -> dict[str, float]:
    ds = 0.25 / np.cosh((w0 * x0 + w1 * x1 + w2) / 2) ** 2
    return dict(ds=ds, dw2=ds, dx1=w1 * ds, dw1=x1 * ds, dx0=w0 * ds, dw0=x0 * ds)


EXERCISES = (CIRCUIT_GATES_EXERCISE, CIRCUIT_SIGMOID_EXERCISE)
