"""Answers that use what the library offers them, at the student's check and in the sandbox."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.check import check
from autograder.exercises import find
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Verdict
from autograder.runner.client import Runner
from autograder.runner.job import AskExercise, RunCell
from autograder.runner.outcome import responses

HEAD = "import numpy as np\nimport course_bp\nfrom course_bp import datasets\n"
CASE1 = """
def answer(theta, x, y_star):
    a = theta[0] + theta[1:] @ x
    y = 1 / (1 + course_bp.exp(-a))
    return {"a": a, "y": y, "J": -course_bp.log(y if y_star else 1 - y)}
"""
OUTPUT_ERROR = """
def answer(z, y):
    a = (course_bp.tanh(z / 2) + 1) / 2
    return {"nabla": a - y, "delta": (a - y) * a * (1 - a)}
"""
SGD = """
def answer(x, y, W, c, w, b, learning_rate, lam):
    losses = []
    for X, Y in zip(x, y):
        h = course_bp.tanh(X @ W + c)
        gap = h @ w + b - Y
        losses.append(np.mean(gap**2))
        dp = 2 * gap / len(Y)
        dz = np.outer(dp, w) * (1 - h**2)
        dW, dc, dw, db = X.T @ dz + lam * W, dz.sum(axis=0), h.T @ dp + lam * w, np.sum(dp)
        W, c = W - learning_rate * dW, c - learning_rate * dc
        w, b = w - learning_rate * dw, b - learning_rate * db
    return {"losses": np.array(losses), "W": W, "c": c, "w": w, "b": float(b)}
"""
DIGITS = """
def answer(theta, x, y_star):
    images, labels = datasets.digits()
    a = theta[0] + theta[1:] @ x + 0 * images[len(labels) - 1, 0]
    y = 1 / (1 + np.exp(-a))
    return {"a": a, "y": y, "J": -np.log(y if y_star else 1 - y)}
"""
ANSWERS = [
    pytest.param("case1.forward", CASE1, id="exp and log"),
    pytest.param("bp.output_error", OUTPUT_ERROR, id="tanh in BP1"),
    pytest.param("sgd.epoch", SGD, id="tanh in SGD"),
    pytest.param("case1.forward", DIGITS, id="digits"),
]


def graded(runner: Runner, exercise_id: str, cell: str) -> Verdict:
    exercise = find(exercise_id)
    drawn = draw_inputs(exercise, (3,))
    outcome = runner.run([RunCell(cell), AskExercise(exercise, "answer", drawn)])
    return judge(exercise, drawn, responses(outcome.steps[1], drawn))


@pytest.mark.parametrize(("exercise_id", "cell"), ANSWERS)
def test_the_check_takes_what_is_allowed(exercise_id: str, cell: str) -> None:
    names: dict[str, Any] = {}
    exec(HEAD + cell, names)
    result = check(exercise_id, names["answer"])
    assert result.verdict.full, str(result)


@pytest.mark.parametrize(("exercise_id", "cell"), ANSWERS)
def test_grading_takes_what_is_allowed(runner: Runner, exercise_id: str, cell: str) -> None:
    verdict = graded(runner, exercise_id, HEAD + cell)
    assert verdict.full, verdict.message


@pytest.mark.parametrize(
    "use",
    [
        "course_bp.grad(course_bp.exp)(0.5)",
        "course_bp.activations.sigmoid(0.5)",
        "__import__('importlib').import_module('course_bp.reverse_mode').grad(abs)(0.5)",
        "__import__('importlib').import_module('course_bp.lecture_networks.quiz2_network').backward(x)",
    ],
)
def test_grading_still_withholds_the_rest(runner: Runner, use: str) -> None:
    cell = f"{HEAD}def answer(theta, x, y_star):\n    return {{'a': {use}}}\n"
    verdict = graded(runner, "case1.forward", cell)
    assert verdict.score == 0
    assert "own work" in verdict.message


def test_the_digits_are_whole_inside(runner: Runner) -> None:
    exercise = find("case1.forward")
    cell = f"{HEAD}def answer(*inputs): return {{'a': datasets.digits()[0].sum()}}"
    drawn = draw_inputs(exercise, (3,))[:1]
    outcome = runner.run([RunCell(cell), AskExercise(exercise, "answer", drawn)])
    (response,) = responses(outcome.steps[1], drawn)
    from course_bp import datasets

    assert response.values["a"] == np.float64(datasets.digits()[0].sum())
