"""How many passes each mode takes for a Jacobian, and how many evaluations differences take."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.draws import given
from autograder.exercise import Exercise, Mistake, Part, Probe, Step
from autograder.exercises.counted_passes import passes_mixed_up
from autograder.exercises.four_ways.accumulation import UNIT


def _sizes(*primes: int, larger: str) -> Callable[[np.random.Generator], dict[str, int]]:
    def draw(rng: np.random.Generator) -> dict[str, int]:
        few, many = sorted(map(int, rng.choice(primes, size=2, replace=False)))
        return {"n": many, "m": few} if larger == "n" else {"n": few, "m": many}

    return draw


def _counts(
    name: str, question: str, slips: Mapping[str, Mapping[str, Step]], evidence: str
) -> tuple[Mistake, ...]:
    """Wrong counts that share a name: slug → what is counted wrongly."""
    return tuple(
        Mistake("M35", slug, wrong, evidence, name=name, question=question)
        for slug, wrong in slips.items()
    )


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
        Part("differences", 0.5, "evaluations for central differences", plural=True),
    ),
    probes=(
        # Neither is the same twice: with m = 3 both times, 3n would be nm.
        # The larger one is not the same twice either.
        Probe("more inputs than outputs", _sizes(3, 7, 13, larger="n")),
        Probe("more outputs than inputs", _sizes(5, 17, 19, larger="m")),
        *(
            Probe(f"n = {n}, m = {m}", given(n=n, m=m), corner=True)
            for n, m in ((1, 1), (1, 8), (8, 1), (6, 2), (2, 6), (5, 5), (400, 700))
        ),
    ),
    mistakes=(
        *passes_mixed_up("forward", "reverse"),
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
        *_counts(
            "an evaluation of f is counted as a pass of its own",
            "Does a pass need an evaluation of f that is counted apart?",
            {
                "one pass more each way": {
                    "forward": lambda v: v.n + 1.0,
                    "reverse": lambda v: v.m + 1.0,
                },
                "one reverse pass more": {"reverse": lambda v: v.m + 1.0},
                "one forward pass more": {"forward": lambda v: v.n + 1.0},
            },
            "your {part} is one more than the number of passes that each fill a row or a column.",
        ),
        *_counts(
            "one pass for the whole Jacobian",
            "How many entries of the Jacobian do you get from one pass?",
            {
                "one reverse pass": {"reverse": lambda v: 1.0},
                "one forward pass": {"forward": lambda v: 1.0},
                "one pass each way": {"forward": lambda v: 1.0, "reverse": lambda v: 1.0},
            },
            "your {part} is 1, whatever n and m are.",
        ),
        *_counts(
            "inputs and outputs are added",
            "How many entries of the Jacobian do you get from one pass?",
            {
                "n + m passes": {
                    "forward": lambda v: float(v.n + v.m),
                    "reverse": lambda v: float(v.n + v.m),
                },
            },
            "the count in your {part} is made from the sum of n and m.",
        ),
        *_counts(
            "inputs and outputs are added",
            "Which of them do you move to measure a slope: an input or an output?",
            {
                "2(n + m) evaluations": {"differences": lambda v: 2.0 * (v.n + v.m)},
                "n + m evaluations": {"differences": lambda v: float(v.n + v.m)},
            },
            "the count in your {part} is made from the sum of n and m.",
        ),
        *_counts(
            "the smaller of n and m",
            "What does one forward pass start from, and what does one reverse pass start from?",
            {
                "the smaller one": {
                    "forward": lambda v: float(min(v.n, v.m)),
                    "reverse": lambda v: float(min(v.n, v.m)),
                },
            },
            "your {part} is the smaller of n and m, whichever that is.",
        ),
        *_counts(
            "the larger of n and m",
            "What does one forward pass start from, and what does one reverse pass start from?",
            {
                "the larger one": {
                    "forward": lambda v: float(max(v.n, v.m)),
                    "reverse": lambda v: float(max(v.n, v.m)),
                },
            },
            "your {part} is the larger of n and m, whichever that is.",
        ),
        *_counts(
            "one pass too few",
            "With a single input and a single output, how many passes are needed?",
            {
                "one forward pass less": {"forward": lambda v: v.n - 1.0},
                "one reverse pass less": {"reverse": lambda v: v.m - 1.0},
            },
            "your {part} is 0 when there is only one input and one output.",
        ),
        *_counts(
            "an evaluation at x itself",
            "Does a central difference use f(x) itself?",
            {
                "2n + 1": {"differences": lambda v: 2.0 * v.n + 1},
                "3n": {"differences": lambda v: 3.0 * v.n},
                "2n + 2": {"differences": lambda v: 2.0 * v.n + 2},
            },
            "your {part} counts evaluations in the middle too.",
        ),
        *_counts(
            "the outputs are counted instead of the inputs",
            "Which of them do you move to measure a slope: an input or an output?",
            {
                "2m": {"differences": lambda v: 2.0 * v.m},
                "m + 1": {"differences": lambda v: v.m + 1.0},
                "m": {"differences": lambda v: float(v.m)},
            },
            "the count in your {part} grows with the outputs, not with the inputs.",
        ),
        *_counts(
            "every output is measured separately, as the slide suggests",
            "When you evaluate f once, how many of its outputs do you get?",
            {
                "nm": {"differences": lambda v: float(v.n * v.m)},
                "(n + 1)m": {"differences": lambda v: (v.n + 1.0) * v.m},
                "(2n + 1)m": {"differences": lambda v: (2.0 * v.n + 1) * v.m},
            },
            "the count in your {part} grows with the number of outputs.",
        ),
        *_counts(
            "inputs are moved together, not one at a time",
            "How many inputs move in one central difference, and how many times is f evaluated?",
            {"2": {"differences": lambda v: 2.0}},
            "your {part} is 2, whatever n and m are.",
        ),
        *_counts(
            "inputs are moved together, not one at a time",
            "How many inputs move in one central difference, and how many times is f evaluated?",
            {
                "n²": {"differences": lambda v: float(v.n**2)},
                "2ⁿ": {"differences": lambda v: 2.0**v.n},
                "2n²": {"differences": lambda v: 2.0 * v.n**2},
            },
            "the count in your {part} does not grow by the same amount with each input.",
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
