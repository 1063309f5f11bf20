"""The matching quiz counts the letter only when the numbers support it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercises import find
from autograder.exercises.activations_and_losses.matching_draws import (
    drawn,
    logistic_gradient,
    squares_gradient,
)
from autograder.exercises.activations_and_losses.right_objectives import by_loops
from autograder.judge.draw import draw_inputs
from autograder.judge.verdict import Verdict
from course_bp import jacobian, softmax


def credited(verdict: Verdict) -> set[str]:
    return {part.part.name for part in verdict.parts if part.credited}


@pytest.mark.parametrize("letter", "ABCDF")
def test_another_letter_costs_its_own_part_only(letter: str) -> None:
    verdict = verdict_on("losses.matching", lambda *inputs: {**by_loops(*inputs), "choice": letter})
    assert {part.name for part in verdict.exercise.parts} - credited(verdict) == {"choice"}


@pytest.mark.parametrize(("examples", "weights"), [(2, 3), (11, 2), (4, 1)])
def test_no_draw_makes_what_does_not_match_parallel(examples: int, weights: int) -> None:
    draw = drawn(examples, weights)
    for seed in range(300):
        v = SimpleNamespace(**draw(np.random.default_rng(seed)))
        first, other = squares_gradient(v), logistic_gradient(v)
        if weights > 1:
            cosine = first @ other / np.linalg.norm(first) / np.linalg.norm(other)
            assert abs(cosine) < 0.999
        else:
            assert abs(other[0]) > 0.1 * np.abs(v.X).sum()


def test_the_letter_alone_earns_nothing() -> None:
    numbers = dict.fromkeys(
        ("squared_error", "penalised", "cross_entropy", "hinge", "gaussian", "bernoulli"), 0.0
    )
    verdict = verdict_on("losses.matching", lambda *inputs: {**numbers, "choice": "E"})
    assert verdict.score == 0


def test_the_letter_survives_one_wrong_objective() -> None:
    verdict = verdict_on(
        "losses.matching", lambda *inputs: {**by_loops(*inputs), "cross_entropy": 0.0}
    )
    assert "choice" in credited(verdict)


def test_a_vector_of_losses_is_refused_with_words() -> None:
    def one_by_one(w: Any, X: Any, *rest: Any) -> dict[str, Any]:
        return {**by_loops(w, X, *rest), "hinge": np.ones(len(X) + 50)}

    assert "one number for all examples" in verdict_on("losses.matching", one_by_one).message


@pytest.mark.parametrize("seed", [1, 2])
def test_the_softmax_jacobian_agrees_with_the_library(seed: int) -> None:
    exercise = find("softmax.jacobian")
    for inputs in draw_inputs(exercise, (seed,)):
        right = exercise.solve(inputs)
        by_library = jacobian(softmax)(inputs["b"])
        np.testing.assert_allclose(right.jacobian, by_library, rtol=1e-9, atol=1e-15)
        np.testing.assert_allclose(right.db, inputs["upstream"] @ by_library, rtol=1e-9, atol=1e-15)
