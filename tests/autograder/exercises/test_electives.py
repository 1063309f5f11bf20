"""Unit 11 names what goes wrong in conjugate gradients when arrays are changed in place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import lost, verdict_on

from autograder.exercises import find
from autograder.feedback.words import named_mistakes


@pytest.mark.parametrize("moves_first", [True, False])
@pytest.mark.parametrize("shared", [True, False])
def test_a_direction_that_is_the_residual_itself_is_named(shared: bool, moves_first: bool) -> None:
    right = find("hessian_free.step").variants["with the whole matrix"]

    def step(x: Any, y: Any, theta: Any, v: Any, damping: float, iterations: int) -> dict[str, Any]:
        p = 1 / (1 + np.exp(-x @ theta))
        r = -x.T @ (p - y) / len(y)
        s = r if shared else r.copy()
        d, square = np.zeros_like(theta), r @ r
        for _ in range(iterations):
            turned = x.T @ (p * (1 - p) * (x @ s)) / len(y) + damping * s
            alpha = square / (s @ turned)
            if moves_first:
                d += alpha * s
            r -= alpha * turned
            if not moves_first:
                d += alpha * s
            square, before = r @ r, square
            s = r + square / before * s
        return {**right(x, y, theta, v, damping, iterations), "step": d}

    verdict = verdict_on("hessian_free.step", step)
    assert lost(verdict) == ({"step"} if shared else set())
    named = ("the direction is the same array as the residual",) if shared else ()
    assert named_mistakes(verdict) == named
