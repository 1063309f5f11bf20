"""The sigmoid circuit, gate by gate and with one sigmoid gate: `dt` stands for df/dt."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.exercise import Exercise, Mistake, Part, Probe

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
CIRCUIT_PROBES = (
    Probe(
        "the deck's values",
        lambda rng: dict(zip(_CIRCUIT_INPUTS, (2.0, -1.0, -3.0, -2.0, -3.0), strict=True)),
        fixed=True,
    ),
    # On the deck's values x1 = −w0 and w1 = w2, which hides a swap or two.
    *(
        Probe(name, lambda rng: dict(zip(_CIRCUIT_INPUTS, rng.uniform(0.3, 1.6, 5), strict=True)))
        for name in ("five different values", "five more values")
    ),
    *corners(None, **{name: Real(largest=2.0) for name in ("w0", "x0", "w1", "x1", "w2")}),
)
_CIRCUIT_MISTAKES = (
    Mistake(
        "M30",
        "product operands swapped",
        {
            "dw0": lambda v: v.ds * v.w0,
            "dx0": lambda v: v.ds * v.x0,
            "dw1": lambda v: v.ds * v.w1,
            "dx1": lambda v: v.ds * v.x1,
        },
        "your {part} multiplies by the input itself, not by the other input of the gate.",
        name="the two factors of a product are swapped",
    ),
    Mistake(
        "M9",
        "upstream dropped at the products",
        {
            "dw0": lambda v: v.x0,
            "dx0": lambda v: v.w0,
            "dw1": lambda v: v.x1,
            "dx1": lambda v: v.w1,
            "dw2": lambda v: 1.0,
        },
        "your {part} is only the local derivative.",
        name="the incoming gradient is dropped",
        question="Upstream times local: which gradient does the sum receive from above?",
    ),
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
    mistakes=(
        *_CIRCUIT_MISTAKES,
        Mistake(
            "M1",
            "sign of 1/t",
            {"dt": lambda v: 1 / v.t**2},
            "your {part} is positive, as if f grew with t.",
            name="the wrong sign in the derivative of 1/t",
            question="Does 1/t rise or fall when t grows?",
        ),
        Mistake(
            "M31",
            "denominator not squared",
            {"dt": lambda v: -1 / v.t},
            "your {part} divides by t only once.",
            name="the derivative of 1/t without its square",
            question="What is the derivative of t to the power −1?",
        ),
        Mistake(
            "M5",
            "exp left out",
            {"dn": lambda v: v.de},
            "your {part} equals the gradient that reached the exp gate.",
            name="the local derivative of exp is left out",
            question="Which gate lies between n and e, and what is its local derivative?",
        ),
        Mistake(
            "M9",
            "upstream dropped at exp",
            {"dn": lambda v: v.e},
            "your {part} is only the local derivative of exp.",
            name="the incoming gradient is dropped",
            question="Upstream times local: which gradient does e receive from above?",
        ),
        Mistake(
            "M1",
            "negation forgotten",
            {"ds": lambda v: v.dn},
            "your {part} equals your dn, as if there were no gate in between.",
            name="the ×(−1) gate is skipped",
            question="What is the local derivative of n = −s?",
        ),
    ),
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
    mistakes=(
        *_CIRCUIT_MISTAKES,
        Mistake(
            "M6",
            "s(1 − s) with the gate's input",
            {"ds": lambda v: v.s * (1 - v.s)},
            "your {part} is s(1 − s) with the number that goes into the gate.",
            name="the gate's input is used instead of its output",
        ),
        Mistake(
            "M6",
            "sigmoid applied twice",
            {"ds": lambda v: 1 / (1 + np.exp(-v.f)) * (1 - 1 / (1 + np.exp(-v.f)))},
            "your {part} takes the sigmoid of f, which is already the output of a sigmoid.",
            name="the sigmoid is applied twice",
        ),
        Mistake(
            "M5",
            "σ′ left out",
            {"ds": lambda v: 1.0},
            "your {part} is 1, as if f were s.",
            question="Which gate lies between s and f, and what is its local derivative?",
        ),
        Mistake(
            "M6",
            "1 − f² as for tanh",
            {"ds": lambda v: 1 - v.f**2},
            "your {part} is 1 − f².",
            name="the derivative of tanh is used for a sigmoid",
        ),
        Mistake(
            "M5",
            "second factor left out",
            {"ds": lambda v: v.f},
            "your {part} is the gate's output itself.",
            name="the factor 1 − f is left out",
            question="How does the sigmoid change where it is already close to 1?",
        ),
    ),
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
