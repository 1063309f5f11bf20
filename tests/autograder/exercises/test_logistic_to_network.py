"""Unit 06 promises weighted sums between −20 and 20, and asks for them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercise import Exercise
from autograder.exercises import find
from autograder.judge.draw import draw_inputs
from autograder.judge.verdict import Status, Verdict


def cut_off(exercise: Exercise, name: str, edge: float) -> Any:
    """A right answer, but for a value that is kept away from 0 and 1."""
    step = exercise.steps[name]
    return exercise.answer({name: lambda v: np.clip(step(v), edge, 1 - edge)})


def refused(exercise: Exercise, answer: Any) -> Verdict:
    """The verdict on an answer that takes its inputs by name."""
    names = list(draw_inputs(exercise, (1,))[0])
    return verdict_on(exercise, lambda *given: answer(**dict(zip(names, given, strict=True))))


@pytest.mark.parametrize("edge", [1e-3, 1e-4])
@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("case1.forward", "y"),
        ("case1.backward", "y"),
        ("case2.forward", "y"),
        ("case2.backward", "y"),
        ("quiz2.forward", "z1"),
        ("quiz2.backward", "z1"),
        ("quiz2.backward", "z2"),
    ],
)
def test_an_output_cut_off_on_its_way_to_0_or_1_is_refused(id: str, name: str, edge: float) -> None:
    exercise = find(id)
    verdict = refused(exercise, cut_off(exercise, name, edge))
    assert not verdict.full
    assert {part.status for part in verdict.parts} & {Status.NARROW, Status.WRONG}


def test_what_is_meant_to_be_equal_is_not_said_to_be_confused() -> None:
    exercise = find("losses.matching")

    def matching(**inputs: Any) -> Any:
        right = exercise.answer()(**inputs)
        extra = np.maximum(-inputs["X"] @ inputs["w"], 0).mean()
        equal = {name: right[name] + extra for name in ("cross_entropy", "bernoulli")}
        return {**right, **equal}

    parts = {part.part.name: part for part in refused(exercise, matching).parts}
    finding = parts["bernoulli"].finding
    assert parts["bernoulli"].status is Status.WRONG
    assert finding is not None
    assert "the value of" not in finding.name
