"""Derivatives by finite differences, for every exercise: recognised, and nothing else is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import exercises, judged, positional, words_on

from autograder.exercise import Exercise
from autograder.exercises import EXERCISES
from autograder.feedback.words import named_mistakes
from autograder.judge.approximations import LEAST
from autograder.judge.draw import draw_inputs
from autograder.judge.verdict import Status
from course_bp.finite_differences import finite_difference


@exercises
def test_a_finite_difference_is_recognised_where_a_derivative_is_asked(exercise: Exercise) -> None:
    leaves = {part: leaf for part, leaf in exercise.leaves.items() if part in exercise.derivatives}
    if not leaves:
        pytest.skip("no derivative of one output is asked")
    right = positional(exercise)
    names = list(draw_inputs(exercise, (1,))[0])

    def answer(*given: Any) -> dict[str, Any]:
        inputs = dict(zip(names, given, strict=True))
        parts = right(*given)
        for part, leaf in leaves.items():

            def output(value: Any, leaf: str = leaf) -> Any:
                return getattr(exercise.solve({**inputs, leaf: value}), exercise.output)

            parts[part] = finite_difference(output)(inputs[leaf])
        return parts

    verdict = judged(exercise, answer)
    found = {part.part.name: part.finding for part in verdict.parts if part.finding}
    assert set(named_mistakes(verdict)) == {"finite differences or another approximation"}
    assert set(found) <= set(leaves)
    assert verdict.score < exercise.points
    assert "small errors are those of a difference quotient" in words_on(exercise, answer)


def test_a_small_number_in_a_denominator_is_not_said_to_be_a_finite_difference() -> None:
    exercise = EXERCISES["case1.backward"]

    def answer(theta: Any, x: Any, y_star: float) -> dict[str, Any]:
        y = 1 / (1 + np.exp(-theta[0] - theta[1:] @ x))
        dy = -y_star / (y + 1e-8) + (1 - y_star) / (1 - y + 1e-8)
        da = dy * y * (1 - y)
        return dict(dy=dy, da=da, dtheta=da * np.append(1.0, x), dx=da * theta[1:])

    assert named_mistakes(judged(exercise, answer)) == (
        "finite differences or another approximation",
    )
    assert "or of a small number added to a denominator" in words_on(exercise, answer)


def test_a_finite_difference_within_the_tolerance_earns_what_the_exercise_says() -> None:
    exercise = EXERCISES["activations.backward"]
    forward = EXERCISES["activations.values"].answer()

    def answer(z: Any, upstream: Any) -> dict[str, Any]:
        parts = exercise.answer()(z=z, upstream=upstream)
        above, below = (forward(z=z + h)["tanh"] for h in (1e-5, -1e-5))
        near = np.abs(z) < 5
        parts["dtanh"] = np.where(near, upstream * (above - below) / 2e-5, parts["dtanh"])
        return parts

    (tanh,) = [p for p in judged(exercise, answer).parts if p.part.name == "dtanh"]
    assert tanh.status is Status.NUMERIC
    assert tanh.earned(exercise) == tanh.part.points * exercise.differences_earn


@exercises
def test_no_right_answer_is_taken_for_a_finite_difference(exercise: Exercise) -> None:
    for answer in exercise.variants.values():
        assert all(p.status is not Status.NUMERIC for p in judged(exercise, answer).parts)
    assert LEAST > 1e-13
