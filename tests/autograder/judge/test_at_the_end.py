"""What belongs to the parameters after training is told from what belongs to those before it."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercise import Exercise, Part, Probe
from autograder.feedback.words import feedback, named_mistakes
from autograder.judge.verdict import Status


def _not_trained(value: Any, right: SimpleNamespace) -> str | None:
    return None if np.allclose(value["w"], 2.0, atol=0.5) else "it is not trained."


@pytest.fixture
def training() -> Exercise:
    """Of Σ(w − 2)², the value and the gradient at the start; and w at the end, which is 2."""

    def draw(rng: np.random.Generator) -> dict[str, Any]:
        return {"w": rng.normal(size=4), "x": rng.normal(size=4)}

    return Exercise(
        again=False,
        id="training.test",
        unit="99-test",
        title="A training",
        objectives=("O6",),
        deck="none",
        steps={
            "risk": lambda v: float(v.x @ (v.w - 3) ** 2),
            "dw": lambda v: 2 * v.x * (v.w - 3),
            "end": lambda v: {"w": np.full(4, 2.0)},
        },
        parts=(Part("risk", 1), Part("dw", 1), Part("end", 1, accept=_not_trained)),
        probes=(Probe("some", draw), Probe("others", draw)),
        derivatives=("dw",),
    )


def at(reached: Any, end: Mapping[str, Any] | None) -> Any:
    """An answer with risk and gradient at a point that it has reached."""

    def answer(w: Any, x: Any) -> dict[str, Any]:
        gap = reached - 3
        return {"risk": float(x @ gap**2), "dw": 2 * x * gap, "end": end}

    return answer


def test_what_was_computed_after_training_is_named(training: Exercise) -> None:
    end = np.array([2.0, 2.0 + 1e-6, 2.0, 2.0])
    verdict = verdict_on(training, at(end, {"w": end}))
    assert named_mistakes(verdict) == ("the parameters after training instead of those before it",)
    assert "belongs to the parameters that you return as end" in feedback(verdict).text


def test_what_was_computed_before_the_last_step_of_training_is_named(training: Exercise) -> None:
    def answer(w: Any, x: Any) -> dict[str, Any]:
        before = np.array([2.0, 2.0 + 1e-6, 2.0, 2.0])
        found = at(before, None)(w, x)
        return {**found, "end": {"w": before - 0.01 * found["dw"]}}

    verdict = verdict_on(training, answer)
    assert named_mistakes(verdict) == ("the parameters after training instead of those before it",)
    assert "one step before those that you return as end" in " ".join(
        feedback(verdict).text.split()
    )


def test_it_costs_points_once(training: Exercise) -> None:
    end = np.array([2.0, 2.0 + 1e-6, 2.0, 2.0])
    verdict = verdict_on(training, at(end, {"w": end}))
    assert [part.status for part in verdict.parts] == [Status.WRONG, Status.AGAIN, Status.RIGHT]


def test_parameters_that_were_chosen_explain_nothing(training: Exercise) -> None:
    chosen = np.array([3.0, 3.0, 3.0, 4.0])
    assert verdict_on(training, at(chosen, {"w": chosen})).score == 0


@pytest.mark.parametrize("end", [{}, {"w": np.zeros(3)}, {"v": np.full(4, 2.0)}, None])
def test_what_came_back_may_have_any_form(training: Exercise, end: Any) -> None:
    assert verdict_on(training, at(np.full(4, 2.5), end)).score == 0
