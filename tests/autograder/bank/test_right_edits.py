"""Right answers that people wrote in ways of their own: none loses points, at home or graded."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from judging import in_turn, verdict_on

from autograder.bank.right_answers import right_answers
from autograder.course.folder import Course
from autograder.exercises import find
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Status
from autograder.runner.client import Runner
from autograder.runner.job import AskExercise, RunCell
from autograder.runner.outcome import responses

COURSE = Course.at(Path(__file__).parents[3])


def solution(id: str) -> Any:
    right = right_answers(COURSE, find(id))[0]
    return right.run(right.text)


@pytest.mark.parametrize("id", ["accumulate.passes", "derivative.costs"])
def test_numpys_whole_numbers_count_as_whole_numbers(id: str) -> None:
    right = solution(id)
    answer = lambda *inputs: {name: np.int64(n) for name, n in right(*inputs).items()}  # noqa: E731
    assert verdict_on(id, answer).full


class Matrix(NamedTuple):
    rows: int
    columns: int


def test_a_named_tuple_is_a_shape() -> None:
    right = solution("rosetta.shapes")

    def answer(N: int, D: int, M: int) -> dict[str, Any]:
        return {n: Matrix(*s) if len(s) == 2 else s for n, s in right(N, D, M).items()}

    assert verdict_on("rosetta.shapes", answer).full


def test_a_named_tuple_is_a_shape_in_the_sandbox(runner: Runner) -> None:
    exercise = find("rosetta.shapes")
    text = right_answers(COURSE, exercise)[0].text
    cell = f"""from typing import NamedTuple
class Matrix(NamedTuple):
    rows: int
    columns: int
{text}
def answer(*sizes):
    return {{n: Matrix(*s) if len(s) == 2 else s for n, s in rosetta_shapes(*sizes).items()}}
"""
    drawn = draw_inputs(exercise, (3,))
    outcome = runner.run([RunCell(cell), AskExercise(exercise, "answer", drawn)])
    assert judge(exercise, drawn, responses(outcome.steps[1], drawn)).full


CHECKER = solution("checker.verdict")


def with_defaults(f: Any, claimed: Any = None, x: Any = None) -> dict[str, Any]:
    found: dict[str, Any] = CHECKER(f, claimed, x)
    return found


@pytest.mark.parametrize(
    "answer", [lambda *inputs: CHECKER(*inputs), with_defaults], ids=["*inputs", "defaults"]
)
def test_a_checker_may_take_its_arguments_in_any_way(answer: Any) -> None:
    assert verdict_on("checker.verdict", answer).full


def test_a_finder_of_suspects_may_take_any_number_of_arguments() -> None:
    right = solution("suspects.named")
    assert verdict_on("suspects.named", lambda *inputs: right(*inputs)).full


def test_a_trained_network_may_come_with_further_entries() -> None:
    exercise = find("erm.digits")
    right = exercise.solve(draw_inputs(exercise, (1,))[0])
    trained = next(part for part in exercise.parts if part.name == "trained")
    assert trained.accept is not None
    assert trained.accept({**right.trained, "epochs": 400}, right) is None


def guarded(eps: float) -> Any:
    def case1_backward(theta: Any, x: Any, y_star: float) -> dict[str, Any]:
        y = 1 / (1 + np.exp(-(theta[0] + theta[1:] @ x)))
        dy = -y_star / (y + eps) + (1 - y_star) / (1 - y + eps)
        da = dy * y * (1 - y)
        return {"dy": dy, "da": da, "dtheta": da * np.append(1.0, x), "dx": da * theta[1:]}

    return case1_backward


def test_a_tiny_number_against_division_by_zero_costs_at_most_one_part() -> None:
    small, larger = (verdict_on("case1.backward", guarded(eps)) for eps in (1e-12, 1e-8))
    assert [part.part.name for part in small.parts if not part.credited] == ["dy"]
    assert small.score >= larger.score


def wrong_forward(theta: Any, x: Any, y_star: float) -> dict[str, Any]:
    a = theta[1:] @ x
    y = 1 / (1 + np.exp(-a))
    return {"a": a, "y": y, "J": -np.log(y if y_star else 1 - y)}


def backward(theta: Any, x: Any, y_star: float) -> dict[str, Any]:
    y = wrong_forward(theta, x, y_star)["y"]
    dy = -y_star / y + (1 - y_star) / (1 - y)
    da = dy * y * (1 - y)
    return {"dy": dy, "da": da, "dtheta": da * np.append(1.0, x), "dx": da * theta[1:]}


@functools.wraps(backward)
def decorated(*inputs: Any) -> dict[str, Any]:
    return backward(*inputs)


class Backward:
    def __call__(self, theta: Any, x: Any, y_star: float) -> dict[str, Any]:
        return backward(theta, x, y_star)


@pytest.mark.parametrize(
    "answer", [backward, decorated, Backward()], ids=["plain", "wraps", "object"]
)
def test_the_own_forward_pass_is_found_however_the_backward_pass_is_written(answer: Any) -> None:
    verdict = in_turn(find("case1.backward"), wrong_forward, answer)
    assert verdict.score == verdict.exercise.points
    assert {part.status for part in verdict.parts} <= {Status.FOLLOWS, Status.RIGHT}
