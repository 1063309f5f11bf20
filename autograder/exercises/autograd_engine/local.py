"""The operations of an engine: each computes its value and records its local derivatives."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.domain import given
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.autograd_engine.asks import ask_for_locals
from autograder.exercises.autograd_engine.right_engines import Composed, Direct

UNIT = "04-autograd-engine"


# Each row: the value, the derivative by a, the derivative by b.
def _addition(v: SimpleNamespace) -> Any:
    return np.array([v.a + v.b, 1.0, 1.0, v.a + v.c, 1.0, 0.0])


def _difference(v: SimpleNamespace, second: float = -1.0, minus: float = -1.0) -> Any:
    return np.array([v.a - v.b, 1.0, second, -v.a, minus, 0.0, v.a - v.c, 1.0, 0.0])


def _difference_swapped(v: SimpleNamespace) -> Any:
    return np.array([v.b - v.a, -1.0, 1.0, -v.a, -1.0, 0.0, v.c - v.a, -1.0, 0.0])


def _product(v: SimpleNamespace, by_a: Any = None, by_b: Any = None) -> Any:
    by_a = by_a or (lambda left, right: right)
    by_b = by_b or (lambda left, right: left)
    a, b, c = v.a, v.b, v.c
    square = by_a(a, a) + by_b(a, a)
    return np.array([a * b, by_a(a, b), by_b(a, b), a * c, by_a(a, c), 0.0, a * a, square, 0.0])


def _quotient(v: SimpleNamespace, by_a: Any = None, by_b: Any = None) -> Any:
    by_a = by_a or (lambda top, bottom: 1 / bottom)
    by_b = by_b or (lambda top, bottom: -top / bottom**2)
    a, b, c = v.a, v.b, v.c
    return np.array([a / b, by_a(a, b), by_b(a, b), a / c, by_a(a, c), 0.0])


def _reflected(v: SimpleNamespace, minus_swapped: bool = False, over_swapped: bool = False) -> Any:
    a, c = v.a, v.c
    minus = (a - c, 1.0) if minus_swapped else (c - a, -1.0)
    over = (a / c, 1 / c) if over_swapped else (c / a, -c / a**2)
    return np.array([*minus, 0.0, *over, 0.0, c + a, 1.0, 0.0, c * a, c, 0.0])


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
        "addition": _addition,
        "difference": _difference,
        "product": _product,
        "quotient": _quotient,
        "power": lambda v: np.array([v.a**v.n, v.n * v.a ** (v.n - 1), 0.0]),
        "exponential": lambda v: np.array([np.exp(v.a), np.exp(v.a), 0.0]),
        "reflected": _reflected,
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
    mistakes=(
        Mistake(
            "M1",
            "plus in a difference",
            {"difference": lambda v: _difference(v, second=1.0)},
            "in your {part}, the value is right, but the record says that it grows with b.",
            name="the wrong sign for the number that is subtracted",
            question="If b grows a little, does a − b rise or fall?",
        ),
        Mistake(
            "M1",
            "plus in the negative",
            {"difference": lambda v: _difference(v, minus=1.0)},
            "in your {part}, the record of −a says that it grows with a.",
            name="the wrong sign for the negative",
            question="If a grows a little, what does −a do?",
        ),
        Mistake(
            "M30",
            "product operands swapped",
            {
                "product": lambda v: _product(
                    v, by_a=lambda left, right: left, by_b=lambda left, right: right
                )
            },
            "in your {part}, each operand's local derivative is its own value.",
            name="the wrong factor of the product",
            question="Take 2 · 5. If the 2 grows by 0.1, by how much does the product grow?",
        ),
        Mistake(
            "M13",
            "the product's value as local derivative",
            {
                "product": lambda v: _product(
                    v,
                    by_a=lambda left, right: left * right,
                    by_b=lambda left, right: left * right,
                )
            },
            "in your {part}, both local derivatives are the value of the product itself.",
            name="the product itself instead of the other factor",
            question="Take 2 · 5. If the 2 grows by 0.1, by how much does the product grow?",
        ),
        Mistake(
            "M1",
            "sign of the denominator",
            {"quotient": lambda v: _quotient(v, by_b=lambda top, bottom: top / bottom**2)},
            "in your {part}, the record says that a/b grows with b.",
            name="the wrong sign for the denominator of a quotient",
            question="Does a/b rise or fall when b grows?",
        ),
        Mistake(
            "M31",
            "denominator not squared",
            {"quotient": lambda v: _quotient(v, by_b=lambda top, bottom: -top / bottom)},
            "in your {part}, the local derivative with respect to b divides by b only once.",
            name="the quotient rule without its square",
            question="What is the derivative of 1/b?",
        ),
        Mistake(
            "M31",
            "numerator's derivative 1",
            {"quotient": lambda v: _quotient(v, by_a=lambda top, bottom: 1.0)},
            "in your {part}, the local derivative with respect to a is 1, whatever b is.",
            name="the derivative of a quotient without its denominator",
            question="With b = 10, by how much does a/b grow when a grows by 1?",
        ),
        Mistake(
            "M31",
            "exponent not lowered",
            {"power": lambda v: np.array([v.a**v.n, v.n * v.a**v.n, 0.0])},
            "in your {part}, the local derivative is n·aⁿ.",
            name="the exponent was not reduced by one",
            question="What is the derivative of a², and what does your line give for n = 2?",
        ),
        Mistake(
            "M31",
            "exponent not brought down",
            {"power": lambda v: np.array([v.a**v.n, v.a ** (v.n - 1), 0.0])},
            "in your {part}, the local derivative is missing the factor n.",
            name="an exponent that was not brought to the front",
            question="What is the derivative of a², and what does your line give for n = 2?",
        ),
        Mistake(
            "M5",
            "exponential's derivative 1",
            {"exponential": lambda v: np.array([np.exp(v.a), 1.0, 0.0])},
            "in your {part}, the local derivative is 1, as if the node passed its input through "
            "unchanged.",
            name="the local derivative of exp is left out",
            question="How steep is the exponential at 0, and how steep is it at 2?",
        ),
        Mistake(
            "M30",
            "node minus node swapped",
            {
                "difference": _difference_swapped,
                "reflected": lambda v: _reflected(v, minus_swapped=True),
            },
            "in your {part}, what is subtracted from what is the other way round.",
            name="__sub__ with its operands swapped",
            question="Python calls x.__sub__(y) for x − y. Which of the two is self?",
        ),
        Mistake(
            "M30",
            "number minus node swapped",
            {"reflected": lambda v: _reflected(v, minus_swapped=True)},
            "in your {part}, a number minus a node comes out as the node minus the number.",
            name="__rsub__ with its operands swapped",
            question="Python calls x.__rsub__(5.0) for 5.0 − x. Which of the two is self?",
        ),
        Mistake(
            "M30",
            "number over node swapped",
            {"reflected": lambda v: _reflected(v, over_swapped=True)},
            "in your {part}, a number over a node comes out as the node over the number.",
            name="__rtruediv__ with its operands swapped",
            question="Python calls x.__rtruediv__(5.0) for 5.0 / x. Which of the two is self?",
        ),
    ),
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
