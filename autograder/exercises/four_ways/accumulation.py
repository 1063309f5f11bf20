"""s = xy + sin x by forward and reverse accumulation, and the number of passes each needs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.exercise import Exercise, Mistake, Part, Probe
from autograder.exercises.four_ways.adjoint_mistakes import WRONG_ADJOINTS
from autograder.exercises.four_ways.tangent_mistakes import WRONG_TANGENTS

UNIT = "03-four-ways"
DECK = "D1, Forward and backward modes: s = xy + sin x"

_FORWARD = {
    "a": lambda v: v.x * v.y,
    "b": lambda v: np.sin(v.x),
    "s": lambda v: v.a + v.b,
}


# The catalogue's hints for these mistakes speak of a backward pass.
_SUM_HINTS = (
    "x changes s in two ways. Which one does your line follow?",
    "Count the arrows that go into s. Each of them brings a tangent.",
    "Take s = p + q with tangents 3 and −1. A small step moves p by 3 times the step and q by −1 "
    "times the step, so it moves s by 2 times the step.",
)
_DROPPED_HINTS = (
    "If x_dot doubles, does your b_dot double?",
    "The tangent of a node is its local derivative times the tangent of the node that it is made "
    "from.",
    "For p = u² at u = 3, the local derivative is 6. If u moves with the tangent 1, p moves with "
    "6; if u moves twice as fast, so does p.",
)
_SINE_HINTS = (
    "Which operation lies between x and b, and what is its local derivative?",
    "The tangent of a node is its local derivative times the tangent of the node that it is made "
    "from.",
    "Just to the right of 0 the sine rises as fast as x itself, and at its maximum it is flat. "
    "Which function is 1 at 0 and 0 at π/2?",
)


def _probes(*further: str) -> tuple[Probe, ...]:
    def draw(low: float, high: float) -> Any:
        def inputs(rng: np.random.Generator) -> dict[str, float]:
            drawn = {"x": rng.uniform(low, high), "y": rng.uniform(1.5, 4)}
            seeds = {name: rng.choice([-1, 1]) * rng.uniform(0.3, 1.7) for name in further}
            return {name: float(value) for name, value in {**drawn, **seeds}.items()}

        return inputs

    return (
        Probe(
            "the lecture's values",
            lambda rng: {"x": 0.5, "y": 4.2, **dict.fromkeys(further, 1.0)},
            fixed=True,
        ),
        Probe("x below 1", draw(0.3, 0.9)),
        Probe("x above 1", draw(1.1, 1.4)),
        *corners(None, x=Real(largest=100.0), y=Real(), **{name: Real() for name in further}),
    )


ACCUMULATE_FORWARD_EXERCISE = Exercise(
    id="accumulate.forward",
    unit=UNIT,
    title="s = xy + sin x, forward accumulation",
    objectives=("O2", "O8"),
    deck=DECK,
    steps={
        **_FORWARD,
        "a_dot": lambda v: v.x_dot * v.y + v.x * v.y_dot,
        "b_dot": lambda v: np.cos(v.x) * v.x_dot,
        "s_dot": lambda v: v.a_dot + v.b_dot,
    },
    parts=(
        Part("a_dot", 0.5, "tangent of a = xy"),
        Part("b_dot", 0.5, "tangent of b = sin x"),
        Part("s_dot", 0.5, "tangent of s"),
    ),
    probes=_probes("x_dot", "y_dot"),
    gradients=("a_dot", "b_dot", "s_dot"),
    mistakes=(
        Mistake(
            "M31",
            "product rule without y's tangent",
            {"a_dot": lambda v: v.x_dot * v.y},
            "your {part} does not depend on y_dot.",
            name="half of the product rule",
            question="If only y changes, does xy stay the same?",
        ),
        Mistake(
            "M31",
            "product rule without x's tangent",
            {"a_dot": lambda v: v.x * v.y_dot},
            "your {part} does not depend on x_dot.",
            name="half of the product rule",
            question="If only x changes, does xy stay the same?",
        ),
        Mistake(
            "M30",
            "product rule swapped",
            {"a_dot": lambda v: v.x_dot * v.x + v.y * v.y_dot},
            "your {part} pairs each tangent with its own value.",
            name="the wrong factor of the product",
        ),
        Mistake(
            "M31",
            "tangents multiplied",
            {"a_dot": lambda v: v.x_dot * v.y_dot},
            "your {part} is the product of the two tangents.",
            name="a product of tangents",
            question="With the tangents 1 and 0, should the tangent of xy be 0?",
        ),
        Mistake(
            "M9",
            "tangent dropped",
            {"b_dot": lambda v: np.cos(v.x)},
            "your {part} is only the local derivative.",
            name="the incoming tangent is dropped",
            hints=_DROPPED_HINTS,
        ),
        Mistake(
            "M1",
            "sign of the cosine",
            {"b_dot": lambda v: -np.cos(v.x) * v.x_dot},
            "your {part} has the opposite sign.",
            name="the wrong sign in the derivative of the sine",
            question="Just to the right of 0, does the sine rise or fall?",
            hints=_SINE_HINTS,
        ),
        Mistake(
            "M5",
            "cosine left out",
            {"b_dot": lambda v: v.x_dot},
            "your {part} is the tangent of x itself.",
            name="the local derivative of the sine is left out",
            hints=_SINE_HINTS,
        ),
        Mistake(
            "M15",
            "only the tangent of a",
            {"s_dot": lambda v: 1.0 * v.a_dot},
            "your {part} is only the tangent of a.",
            name="a tangent missing from the sum",
            hints=_SUM_HINTS,
        ),
        Mistake(
            "M15",
            "only the tangent of b",
            {"s_dot": lambda v: 1.0 * v.b_dot},
            "your {part} is only the tangent of b.",
            name="a tangent missing from the sum",
            hints=_SUM_HINTS,
        ),
        *WRONG_TANGENTS,
    ),
    variants={
        "as dual numbers": lambda x, y, x_dot, y_dot: _by_pairs(x, y, x_dot, y_dot),
        "from the gradient": lambda x, y, x_dot, y_dot: {
            "a_dot": np.dot([y, x], [x_dot, y_dot]),
            "b_dot": math.cos(x) * x_dot,
            "s_dot": (y + math.cos(x)) * x_dot + x * y_dot,
        },
    },
    hints=(
        "Go through a, b, s in the order of the forward pass. Each tangent follows from the "
        "tangents of the nodes that the node is made from.",
        "For u = g(v₁, v₂): u̇ = ∂u/∂v₁ · v̇₁ + ∂u/∂v₂ · v̇₂. Write one line per node.",
        "Take p = u² and q = p·v with tangents u̇ = 1, v̇ = 0 at u = 3, v = 2. Then ṗ = 2·3·1 = "
        "6 and q̇ = ṗ·v + p·v̇ = 12.",
    ),
)


def _by_pairs(x: float, y: float, x_dot: float, y_dot: float) -> dict[str, float]:
    def times(u: tuple[float, float], v: tuple[float, float]) -> tuple[float, float]:
        return u[0] * v[0], u[0] * v[1] + u[1] * v[0]

    a, b = times((x, x_dot), (y, y_dot)), (math.sin(x), x_dot * math.cos(x))
    return {"s_dot": a[1] + b[1], "b_dot": b[1], "a_dot": a[1]}


ACCUMULATE_REVERSE_EXERCISE = Exercise(
    id="accumulate.reverse",
    unit=UNIT,
    title="s = xy + sin x, reverse accumulation",
    objectives=("O2", "O8"),
    deck=DECK,
    steps={
        **_FORWARD,
        "seeded": lambda v: v.s_bar * v.s,
        "a_bar": lambda v: v.s_bar,
        "b_bar": lambda v: v.s_bar,
        "y_bar": lambda v: v.a_bar * v.x,
        "x_bar": lambda v: v.a_bar * v.y + v.b_bar * np.cos(v.x),
    },
    parts=(
        Part("a_bar", 0.25, "adjoint of a = xy"),
        Part("b_bar", 0.25, "adjoint of b = sin x"),
        Part("y_bar", 0.5, "adjoint of y"),
        Part("x_bar", 0.5, "adjoint of x"),
    ),
    probes=_probes("s_bar"),
    output="seeded",
    leaves={"x_bar": "x", "y_bar": "y"},
    mistakes=(
        Mistake(
            "M15",
            "only the path through a",
            {"x_bar": lambda v: v.a_bar * v.y},
            "your {part} is only the contribution of a.",
            name="a path missing at the fan-out of x",
        ),
        Mistake(
            "M15",
            "only the path through b",
            {"x_bar": lambda v: v.b_bar * np.cos(v.x)},
            "your {part} is only the contribution of b.",
            name="a path missing at the fan-out of x",
        ),
        Mistake(
            "M30",
            "product operands swapped",
            {
                "y_bar": lambda v: v.a_bar * v.y,
                "x_bar": lambda v: v.a_bar * v.x + v.b_bar * np.cos(v.x),
            },
            "your {part} uses the wrong factor of the product xy.",
            name="the wrong factor of the product",
        ),
        Mistake(
            "M9",
            "seed ignored",
            {"a_bar": lambda v: 1.0, "b_bar": lambda v: 1.0},
            "your {part} is 1, whatever the adjoint of s is.",
            name="the incoming adjoint is dropped",
            question="If s_bar doubles, does your a_bar double?",
        ),
        Mistake(
            "M9",
            "upstream dropped at the product",
            {"y_bar": lambda v: v.x},
            "your {part} is only the local derivative.",
            name="the incoming adjoint is dropped",
        ),
        Mistake(
            "M5",
            "cosine left out",
            {"x_bar": lambda v: v.a_bar * v.y + v.b_bar},
            "in your {part}, the contribution through b skips the sine.",
            name="the local derivative of the sine is left out",
            question="The path from b to x goes through the sine. What is its local derivative?",
        ),
        Mistake(
            "M1",
            "sign of the cosine",
            {"x_bar": lambda v: v.a_bar * v.y - v.b_bar * np.cos(v.x)},
            "in your {part}, the contribution of b has the opposite sign.",
            name="the wrong sign in the derivative of the sine",
            question="Just to the right of 0, does the sine rise or fall?",
        ),
        *WRONG_ADJOINTS,
    ),
    variants={
        "accumulating with +=": lambda x, y, s_bar: _accumulating(x, y, s_bar),
        "gradient times seed": lambda x, y, s_bar: {
            "a_bar": 1.0 * s_bar,
            "b_bar": s_bar / 1,
            "x_bar": s_bar * (y + math.cos(x)),
            "y_bar": s_bar * x,
        },
    },
    hints=(
        "Start at s with the adjoint that you are given, and go back through b and a to x and y.",
        "Each node passes back its adjoint times the local derivative. Where two contributions "
        "meet, add them.",
        "Take p = u² and q = p·u with adjoint q̄ = 1 at u = 3. Then p̄ = 3, and ū = p (from the "
        "product) + p̄·2u (from the square) = 9 + 18 = 27.",
    ),
)


def _accumulating(x: float, y: float, s_bar: float) -> dict[str, float]:
    bar = dict.fromkeys("xyab", 0.0)
    bar["a"] += s_bar
    bar["b"] += s_bar
    bar["x"] += bar["b"] * math.cos(x)
    bar["x"] += bar["a"] * y
    bar["y"] += bar["a"] * x
    return {f"{name}_bar": value for name, value in bar.items()}


EXERCISES = (ACCUMULATE_FORWARD_EXERCISE, ACCUMULATE_REVERSE_EXERCISE)
