"""How many passes each mode takes for a Jacobian, and how many evaluations differences take."""

from __future__ import annotations

import numpy as np

from autograder.domain import given
from autograder.exercise import Exercise, Mistake, Part, Probe
from autograder.exercises.four_ways.accumulation import UNIT


def _sizes(rng: np.random.Generator) -> dict[str, int]:
    n, m = rng.choice([3, 5, 7, 11, 13, 17], size=2, replace=False)
    return {"n": int(n), "m": int(m)}


ACCUMULATE_PASSES_EXERCISE = Exercise(
    id="accumulate.passes",
    unit=UNIT,
    title="How many passes, how many evaluations",
    objectives=("O8",),
    deck="D1, Forward and backward modes: computational costs; D0, Approaches to Differentiation",
    steps={
        "forward": lambda v: float(v.n),
        "reverse": lambda v: float(v.m),
        "differences": lambda v: 2.0 * v.n,
    },
    parts=(
        Part("forward", 0.25, "forward passes with tangents"),
        Part("reverse", 0.25, "reverse passes"),
        Part("differences", 0.5, "evaluations for central differences"),
    ),
    probes=(
        Probe("n and m", _sizes),
        Probe("other n and m", _sizes),
        *(
            Probe(f"n = {n}, m = {m}", given(n=n, m=m), corner=True)
            for n, m in ((1, 1), (1, 8), (8, 1), (6, 2), (2, 6), (5, 5))
        ),
    ),
    mistakes=(
        Mistake(
            "M30",
            "forward and reverse swapped",
            {"forward": lambda v: float(v.m), "reverse": lambda v: float(v.n)},
            "your {part} is the number for the other mode.",
            name="forward and reverse are swapped",
            question="What does one forward pass start from: an input or an output?",
        ),
        Mistake(
            "M31",
            "outputs counted in the differences, as on the slide",
            {"differences": lambda v: 2.0 * v.n * v.m},
            "the count in your {part} grows with the number of outputs.",
            name="every output is measured separately, as the slide suggests",
            question="When you evaluate f once, how many of its outputs do you get?",
            hints=(
                "When you evaluate f once, how many of its outputs do you get?",
                "Moving one input to either side takes two evaluations. What do they tell you?",
                "For f(x) = (x, x², x³), f(1 + h) and f(1 − h) are two evaluations, and their "
                "difference contains three slopes.",
            ),
        ),
        Mistake(
            "M33",
            "one-sided count",
            {"differences": lambda v: v.n + 1.0},
            "your {part} is the count for one-sided differences.",
            name="the count for one-sided differences",
            question="How many points does a central difference need for one input?",
        ),
        Mistake(
            "M33",
            "one evaluation an input",
            {"differences": lambda v: float(v.n)},
            "your {part} has only one evaluation per input.",
            name="one evaluation per input",
            question="How many points does a central difference need for one input?",
        ),
        Mistake(
            "M31",
            "every entry of the Jacobian",
            {"forward": lambda v: float(v.n * v.m), "reverse": lambda v: float(v.n * v.m)},
            "your {part} is the number of entries of the Jacobian.",
            name="one pass per entry of the Jacobian",
            question="How many entries of the Jacobian do you get from one pass?",
            hints=(
                "How many entries of the Jacobian do you get from one pass?",
                "A forward pass gives one column of the Jacobian; a reverse pass gives one row.",
                "With 2 inputs and 3 outputs the Jacobian is 3 by 2: it has two columns and three "
                "rows.",
            ),
        ),
    ),
    variants={
        "counted on a Jacobian": lambda n, m: _counted(n, m),
        "whole numbers": lambda n, m: {"differences": n + n, "reverse": m, "forward": n},
    },
    hints=(
        "One forward pass starts from the tangent of one input; one reverse pass starts from the "
        "adjoint of one output.",
        "The Jacobian has m rows (outputs) and n columns (inputs). Which of them does one pass "
        "fill?",
        "With 1 input and 100 outputs, you need one forward pass, a hundred reverse passes, and "
        "two evaluations for central differences.",
    ),
)


def _counted(n: int, m: int) -> dict[str, float]:
    rows, columns = np.zeros((m, n)).shape
    return {"forward": float(columns), "reverse": float(rows), "differences": columns * 2.0}


EXERCISES = (ACCUMULATE_PASSES_EXERCISE,)
