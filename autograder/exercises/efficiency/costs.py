"""What derivatives cost: passes for n inputs and m outputs, memory for a chain with checkpoints."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.draws import given
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.efficiency.checkpoint_mistakes import CHECKPOINT_MISTAKES
from autograder.exercises.efficiency.costs_mistakes import PASS_MISTAKES
from autograder.exercises.efficiency.naumann import UNIT


def _draw(n: tuple[int, int], m: tuple[int, int], order: int) -> Any:
    # With `order` 1 there are fewer segments than steps in each, with −1 more.
    def draw(rng: np.random.Generator) -> Inputs:
        segments, length = sorted(
            (int(k) for k in rng.choice([5, 7, 11, 13], 2, replace=False)), reverse=order < 0
        )
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
        Part("forward_passes", 0.1, plural=True),
        Part("reverse_passes", 0.1, plural=True),
        Part("evaluations", 0.2, plural=True),
        Part("kept", 0.1),
        Part("kept_with_checkpoints", 0.25),
        Part("repeated", 0.25),
    ),
    probes=(
        Probe("more inputs than outputs", _draw((90, 500), (3, 40), 1)),
        Probe("more outputs than inputs", _draw((3, 40), (90, 500), -1)),
        *(
            Probe(
                f"n = {n}, m = {m}, {steps} steps in segments of {length}",
                given(n=n, m=m, steps=steps, length=length),
                corner=True,
            )
            for n, m, steps, length in (
                (1, 1, 1, 1),
                (400, 700, 1200, 60),
                (1, 7, 6, 1),
                (7, 1, 6, 6),
                (4, 4, 9, 3),
                (2, 9, 12, 2),
                (9, 2, 12, 6),
            )
        ),
    ),
    mistakes=(*PASS_MISTAKES, *CHECKPOINT_MISTAKES),
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
