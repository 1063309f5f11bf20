"""Unit 07's networks of any depth against HIPS autograd, and how their answers are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from judging import verdict_on

from autograder.exercises import find
from autograder.exercises.layers_and_batches.asks import from_the_top
from autograder.judge.draw import draw_inputs
from autograder.judge.verdict import Status


def cost_of_columns(W: Any, b: Any, x: Any, y: Any) -> Any:
    a = x
    for weights, biases in zip(W, b, strict=True):
        a = 1 / (1 + anp.exp(-(anp.dot(weights, a) + biases)))
    return 0.5 * anp.sum((a - y) ** 2)


def cost_of_rows(W: Any, b: Any, x: Any, y: Any) -> Any:
    a = x
    for weights, biases in zip(W, b, strict=True):
        a = 1 / (1 + anp.exp(-(anp.dot(a, weights) + biases)))
    return anp.mean(0.5 * anp.sum((a - y) ** 2, axis=1))


@pytest.mark.parametrize(
    ("exercise_id", "cost"), [("bp.five_steps", cost_of_columns), ("bp.batch", cost_of_rows)]
)
@pytest.mark.parametrize("probe", range(4))
def test_the_gradients_are_those_of_hips_autograd(
    exercise_id: str, cost: Callable[..., Any], probe: int
) -> None:
    exercise = find(exercise_id)
    inputs = draw_inputs(exercise, (7,))[probe]
    right = exercise.solve(inputs)
    last = len(inputs["W"]) + 1
    for argument, name in enumerate(("dW", "db")):
        gradients = grad(cost, argument)(*inputs.values())
        for part, expected in from_the_top(name, dict(enumerate(gradients, 2)), last).items():
            np.testing.assert_allclose(getattr(right, part), expected, rtol=1e-9, atol=1e-14)


def five_steps(turn: Callable[[Any], Any]) -> Callable[..., dict[str, Any]]:
    """The algorithm, with W passed through `turn` in BP2."""

    def answer(W: Any, b: Any, x: Any, y: Any) -> dict[str, Any]:
        a, last = {1: x}, max(W)
        for layer in W:
            a[layer] = 1 / (1 + np.exp(-(W[layer] @ a[layer - 1] + b[layer])))
        delta = {last: (a[last] - y) * a[last] * (1 - a[last])}
        for layer in range(last - 1, 1, -1):
            delta[layer] = turn(W[layer + 1]) @ delta[layer + 1] * a[layer] * (1 - a[layer])
        return {"db": delta, "dW": {n: np.outer(delta[n], a[n - 1]) for n in W}}

    return answer


def put_it_to(answer: Callable[..., Any], probe: int) -> Any:
    exercise = find("bp.five_steps")
    return exercise.ask(answer, draw_inputs(exercise, (5,))[probe])


def test_a_right_answer_by_layer_is_right() -> None:
    assert verdict_on("bp.five_steps", five_steps(np.transpose), seed=5).full


def test_a_missing_transpose_is_named_on_square_layers_and_costs_once() -> None:
    answer = five_steps(lambda weights: weights)
    with pytest.raises(ValueError, match="matmul"):
        put_it_to(answer, probe=0)
    verdict = verdict_on("bp.five_steps", answer, seed=5)
    assert verdict.score == verdict.exercise.points - 0.4
    assert verdict.first_wrong is not None
    assert verdict.first_wrong.part.name == "db_next"
    assert verdict.first_wrong.finding is not None
    assert verdict.first_wrong.finding.slug == "W where Wᵀ belongs"


def test_a_layer_that_was_left_out_is_missing() -> None:
    right = five_steps(np.transpose)

    def answer(W: Any, b: Any, x: Any, y: Any) -> dict[str, Any]:
        gradients = right(W, b, x, y)
        gradients["dW"].pop(2)
        return gradients

    found = {
        part.part.name: part.status for part in verdict_on("bp.five_steps", answer, seed=5).parts
    }
    assert found["dW_rest"] is Status.MISSING
    assert found["db_rest"] is Status.RIGHT


def test_gradients_in_a_list_are_told_to_come_by_layer() -> None:
    right = five_steps(np.transpose)

    def answer(W: Any, b: Any, x: Any, y: Any) -> dict[str, Any]:
        return {name: list(by_layer.values()) for name, by_layer in right(W, b, x, y).items()}

    verdict = verdict_on("bp.five_steps", answer, seed=5)
    assert verdict.fault == "call"
    assert "a dict by layer" in verdict.message


def test_changing_a_layer_in_place_is_noticed() -> None:
    right = five_steps(np.transpose)

    def answer(W: Any, b: Any, x: Any, y: Any) -> dict[str, Any]:
        gradients = right(W, b, x, y)
        W[2] -= 0.1
        return gradients

    assert verdict_on("bp.five_steps", answer, seed=5).mutated == ("W (entry 1)",)


@pytest.mark.parametrize("seed", range(5))
def test_the_loss_falls_in_every_training_probe(seed: int) -> None:
    exercise = find("twenty_lines.train")
    drawn = draw_inputs(exercise, (seed,))
    for i in exercise.ordinary:
        losses = exercise.solve(drawn[i]).losses
        assert losses[-1] < losses[0]


def test_the_slides_own_update_changes_the_callers_arrays() -> None:
    right = find("twenty_lines.train").variants["the slide's loop on copies"]

    def answer(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any, lr: Any, steps: Any) -> Any:
        found = right(x, y, w1, b1, w2, b2, lr, steps)
        w1 -= 0.1
        return found

    verdict = verdict_on("twenty_lines.train", answer, seed=5)
    assert verdict.mutated == ("w1",)
    assert verdict.score == find("twenty_lines.train").points / 2
