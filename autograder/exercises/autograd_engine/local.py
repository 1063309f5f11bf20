"""The operations of an engine: each computes its value and records its local derivatives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.draws import given
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.autograd_engine.asks import ask_for_locals
from autograder.exercises.autograd_engine.local_mistakes import MISTAKES
from autograder.exercises.autograd_engine.local_steps import (
    addition,
    difference,
    product,
    quotient,
    reflected,
)
from autograder.exercises.autograd_engine.right_engines import Composed, Direct

UNIT = "04-autograd-engine"


def _entries(*expressions: str) -> Callable[[Inputs], list[str]]:
    """What the entries of a part are: of each expression the value, and both derivatives.

    In an expression, a and b are nodes, c and n plain numbers.
    """

    def words(one: str) -> tuple[str, str, str]:
        slope = f"the derivative of {one} by"
        return f"the value of {one}", f"{slope} a", f"{slope} b"

    return lambda inputs: [entry for one in expressions for entry in words(one)]


def _draw(low: float, high: float) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        a, b, c = rng.uniform(low, high, size=3)
        return {"a": float(a), "b": float(b), "c": float(c), "n": float(rng.uniform(1.5, 3.5))}

    return draw


ENGINE_LOCAL_EXERCISE = Exercise(
    id="engine.local",
    unit=UNIT,
    title="Operations that write down where they came from",
    objectives=("O1",),
    deck="D0, Automatic Differentiation – Reverse Mode, Forward Computation; D4, upstream × local",
    ask=ask_for_locals,
    steps={
        "addition": addition,
        "difference": difference,
        "product": product,
        "quotient": quotient,
        "power": lambda v: np.array([v.a**v.n, v.n * v.a ** (v.n - 1), 0.0]),
        "exponential": lambda v: np.array([np.exp(v.a), np.exp(v.a), 0.0]),
        "reflected": reflected,
    },
    parts=(
        Part("addition", 0.25, "a + b", entries=_entries("a + b", "a + c (c a number)")),
        Part(
            "difference",
            0.5,
            "a − b and −a",
            entries=_entries("a − b", "−a", "a − c (c a number)"),
        ),
        Part("product", 0.5, "a · b", entries=_entries("a·b", "a·c (c a number)", "a·a")),
        Part("quotient", 0.5, "a / b", entries=_entries("a/b", "a/c (c a number)")),
        Part("power", 0.5, "aⁿ for a plain number n", entries=_entries("aⁿ")),
        Part("exponential", 0.25, "a.exp()", entries=_entries("a.exp()")),
        Part(
            "reflected",
            0.5,
            "a plain number on the left",
            entries=_entries(
                "c − a (c a number)",
                "c/a (c a number)",
                "c + a (c a number)",
                "c·a (c a number)",
            ),
        ),
    ),
    probes=(
        Probe("operands between 0.5 and 2", _draw(0.5, 2.0)),
        Probe("operands between 2 and 3", _draw(2.0, 3.0)),
        *(
            Probe(f"a = {a}, b = {b}, c = {c}, n = {n}", given(a=a, b=b, c=c, n=n), corner=True)
            for a, b, c, n in (
                (-1.5, -0.75, -2.0, 2.0),
                (1.25, 0.75, 48.0, 40.0),
                (1.5, 0.5, 1e-7, 1e-7),
                (1.5, 0.5, -2.0, 0.0),
                (-0.5, 1.25, 2, 3),
                (-2.5, 0.5, 0.75, -1.0),
                (0.5, -1.5, -0.25, 1.0),
                (1.75, -0.5, 3, 0.5),
                (2.5, 2.5, 2.5, 2.5),
            )
        ),
    ),
    tolerance=1e-11,
    why_tolerance="one operation each: round-off is a few parts in 10^16",
    gradients=(
        "addition",
        "difference",
        "product",
        "quotient",
        "power",
        "exponential",
        "reflected",
    ),
    mistakes=MISTAKES,
    variants={
        "difference and quotient from other operations": lambda a, b, c, n: ask_for_locals(
            Composed, dict(a=a, b=b, c=c, n=n)
        ),
        "every operation by itself": lambda a, b, c, n: ask_for_locals(
            Direct, dict(a=a, b=b, c=c, n=n)
        ),
    },
    hints=(
        "An operation does two things. It computes a number, and it records for each operand how "
        "strongly that number responds to it.",
        "The pattern is type(self)(value, parents, local): local has one number per parent, in "
        "the same order, worked out from the operands' values.",
        "For a square root, value = math.sqrt(self.value), parents = (self,), and local = (1 / "
        "(2 * value),). A sum has two parents, so it has two numbers in local.",
    ),
)

EXERCISES = (ENGINE_LOCAL_EXERCISE,)
