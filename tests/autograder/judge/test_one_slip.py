"""One slip in an answer: what is said is true of it, and what it carries along costs nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import positional, verdict_on

from autograder.exercises import find
from autograder.exercises.autograd_engine import passes
from autograder.feedback.words import named_mistakes
from autograder.judge.verdict import Verdict

SEEDS = pytest.mark.parametrize("seed", range(1, 5))


def not_credited(verdict: Verdict) -> list[str]:
    return [one.part.name for one in verdict.parts if not one.credited]


@SEEDS
def test_a_tanh_that_cancels_close_to_0_does_not_pass(seed: int) -> None:
    right = positional(find("activations.values"))

    def cancels(z: Any) -> dict[str, Any]:
        return {**right(z), "tanh": 1 - 2 / (np.exp(np.minimum(2 * z, 700.0)) + 1)}

    assert not_credited(verdict_on("activations.values", cancels, seed)) == ["tanh"]


@pytest.mark.parametrize(("id", "part"), [("engine.backward", "again"), ("engine.deep", "chain")])
def test_gradients_left_over_spoil_the_part_that_calls_twice(id: str, part: str) -> None:
    verdict = verdict_on(id, passes.engine(start=None))
    assert not_credited(verdict) == [part]
    assert named_mistakes(verdict) == ("gradients left over from an earlier call",)


@SEEDS
def test_the_best_step_by_own_wrong_errors_costs_nothing(seed: int) -> None:
    def half_a_step(f: Any, x: float, slope: float, steps: Any) -> dict[str, Any]:
        one = np.array([abs((f(x + h) - f(x)) / h / slope - 1) for h in steps])
        two = np.array([abs((f(x + h / 2) - f(x - h / 2)) / h / slope - 1) for h in steps])
        best = {"forward_best": steps[one.argmin()], "central_best": steps[two.argmin()]}
        return {"forward_error": one, "central_error": two, **best}

    verdict = verdict_on("checker.sweep", half_a_step, seed)
    assert not_credited(verdict) == ["central_error"]
