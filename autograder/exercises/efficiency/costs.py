"""What derivatives cost: passes for n inputs and m outputs, memory for a chain with checkpoints."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import given
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.efficiency.naumann import UNIT


def _draw(n: tuple[int, int], m: tuple[int, int]) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        segments, length = (int(k) for k in rng.choice([5, 7, 11, 13], 2, replace=False))
        return {
            "n": int(rng.integers(*n)),
            "m": int(rng.integers(*m)),
            "steps": segments * length,
            "length": length,
        }

    return draw


COSTS_EXERCISE = Exercise(
    id="derivative.costs",
    unit=UNIT,
    title="What a derivative costs",
    objectives=("O8",),
    deck="D0, Approaches to Differentiation; D1, computational costs, memory O(V)",
    steps={
        "forward_passes": lambda v: float(v.n),
        "reverse_passes": lambda v: float(v.m),
        "evaluations": lambda v: 2.0 * v.n,
        "kept": lambda v: float(v.steps),
        "kept_with_checkpoints": lambda v: v.steps / v.length + v.length - 1.0,
        "repeated": lambda v: v.steps - v.steps / v.length,
    },
    parts=(
        Part("forward_passes", 0.1),
        Part("reverse_passes", 0.1),
        Part("evaluations", 0.2),
        Part("kept", 0.1),
        Part("kept_with_checkpoints", 0.25),
        Part("repeated", 0.25),
    ),
    probes=(
        Probe("more inputs than outputs", _draw((90, 500), (3, 40))),
        Probe("more outputs than inputs", _draw((3, 40), (90, 500))),
        *(
            Probe(
                f"n = {n}, m = {m}, {steps} steps in segments of {length}",
                given(n=n, m=m, steps=steps, length=length),
                corner=True,
            )
            for n, m, steps, length in (
                (1, 1, 1, 1),
                (1, 7, 6, 1),
                (7, 1, 6, 6),
                (4, 4, 9, 3),
                (2, 9, 12, 2),
                (9, 2, 12, 6),
            )
        ),
    ),
    mistakes=(
        Mistake(
            "M30",
            "modes swapped",
            {"forward_passes": lambda v: float(v.m), "reverse_passes": lambda v: float(v.n)},
            "your {part} is the cost of the other mode.",
            name="forward and reverse mode are swapped",
            question="Does one forward pass follow one input or one output?",
        ),
        Mistake(
            "M35",
            "evaluations for every output, as on the slide",
            {"evaluations": lambda v: 2.0 * v.n * v.m},
            "your {part} grows with the number of outputs, as the count in deck D0 does.",
            name="the slide's cost of finite differences",
            question="How many outputs do you get from one evaluation of the function?",
        ),
        Mistake(
            "M33",
            "one-sided",
            {"evaluations": lambda v: v.n + 1.0},
            "your {part} is the cost of one-sided differences; the exercise asks for central ones.",
        ),
        Mistake(
            "M35",
            "checkpoints alone",
            {"kept_with_checkpoints": lambda v: v.steps / v.length},
            "your {part} counts the checkpoints, but not what one segment holds while you work "
            "on it.",
        ),
        Mistake(
            "M35",
            "checkpoint counted twice",
            {"kept_with_checkpoints": lambda v: v.steps / v.length + v.length},
            "your {part} counts the first value of the segment twice. That value is already a "
            "checkpoint.",
        ),
        Mistake(
            "M35",
            "all steps repeated",
            {"repeated": lambda v: float(v.steps)},
            "your {part} repeats every step; the last one of each segment is not needed again.",
        ),
    ),
    variants={
        "by counting": lambda n, m, steps, length: _by_counting(n, m, steps, length),
        "whole numbers": lambda n, m, steps, length: {
            "forward_passes": n,
            "reverse_passes": m,
            "evaluations": n + n,
            "kept": steps,
            "kept_with_checkpoints": steps // length + length - 1,
            "repeated": steps // length * (length - 1),
        },
    },
    hints=(
        "Forward mode asks: what does this one input change? Reverse mode asks: what does this "
        "one output depend on?",
        "One evaluation gives all outputs at once. With checkpoints, hold the first value of "
        "every segment. For the segment that you are working on, hold the values inside it as "
        "well.",
        "Take six steps in segments of three: you need x0 … x5 on the way back. The checkpoints "
        "are x0 and x3. For the second segment, compute x4 and x5 again; for the first, x1 and "
        "x2. That makes four repeated steps, and you never hold more than four values at a time.",
    ),
)


def _by_counting(n: int, m: int, steps: int, length: int) -> dict[str, float]:
    checkpoints = list(range(0, steps, length))
    repeated, most = 0, 0
    for start in reversed(checkpoints):
        inside = list(range(start + 1, start + length))
        repeated += len(inside)
        most = max(most, len(checkpoints) + len(inside))
    return {
        "forward_passes": float(len(np.eye(n))),
        "reverse_passes": float(len(np.eye(m))),
        "evaluations": float(sum(2 for _ in range(n))),
        "kept": float(len(range(steps))),
        "kept_with_checkpoints": float(most),
        "repeated": float(repeated),
    }


EXERCISES = (COSTS_EXERCISE,)
