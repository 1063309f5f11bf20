from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest

from autograder.domain import Real
from autograder.practice.question import TOPICS, Question, draw_question
from autograder.practice.shown import shown_question, shown_solution
from autograder.random_functions.program import Line, Program

topics = pytest.mark.parametrize("topic", TOPICS)
LEVEL = 1


@topics
def test_a_question_shows_code_formula_inputs_and_what_is_asked(topic: str) -> None:
    question = draw_question(np.random.default_rng(3), topic, LEVEL, {})
    shown = shown_question(question)
    assert question.program.source in shown.text
    for part in question.exercise.parts:
        what = f"{part.name} = ∂{question.program.output}/∂{part.name[1:]}"
        assert what in " ".join(shown.text.split())
        assert what in shown.markup
    assert r"\begin{aligned}" in shown.markup
    assert "<svg" in shown.markup


@topics
def test_the_values_of_the_forward_pass_are_numbers_to_work_with(topic: str) -> None:
    question = draw_question(np.random.default_rng(3), topic, LEVEL, {})
    shown = shown_question(question)
    after = shown.text.split("Forward pass:\n")[1]
    written = dict(line.strip().split(" = ") for line in after.split("\n\n")[0].splitlines())
    right = question.program.all_values(**question.inputs)
    assert list(written) == list(right)
    for name, value in written.items():
        np.testing.assert_allclose(ast.literal_eval(value), right[name], rtol=6e-4)
        assert f"<code>{name} = {value}</code>" in shown.markup


def one_layer(activation: str) -> Question:
    sizes = {"x": Real("N", "D"), "W1": Real("D", "H"), "b1": Real("H")}
    lines = (
        Line("z1", "affine", ("x", "W1", "b1")),
        Line("h1", activation, ("z1",)),
        Line("L", "sum", ("h1",)),
    )
    inputs = {"x": np.ones((3, 2)), "W1": np.ones((2, 2)), "b1": np.ones(2)}
    return Question("layers", Program("network", sizes, lines, data=("x",)), inputs)


@pytest.mark.parametrize(
    ("activation", "meaning"),
    [
        ("relu", "relu(u) = max(u, 0)"),
        ("sigmoid", "sigmoid(u) = 1 / (1 + exp(-u))"),
        ("softplus", "softplus(u) = log(1 + exp(u))"),
        ("tanh", None),
    ],
)
def test_a_function_that_is_not_numpys_is_explained(activation: str, meaning: str | None) -> None:
    shown = shown_question(one_layer(activation))
    assert (f"Here:\n  {meaning}\n" in shown.text) == bool(meaning)
    assert ("<p>Here:</p>" in shown.markup) == bool(meaning)


def test_arrays_are_asked_for_as_they_are_typed() -> None:
    shown = shown_question(one_layer("tanh"))
    call = "answer(dW1=[[…, …], […, …]], db1=[…, …])"
    assert f"  {call}\n" in shown.text
    assert f"<code>{call}</code>" in shown.markup
    assert "to three significant digits" in " ".join(shown.text.split())


@topics
def test_the_solution_has_each_adjoint_and_code_that_runs(topic: str) -> None:
    question = draw_question(np.random.default_rng(3), topic, LEVEL, {})
    shown = shown_solution(question)
    table, code = shown.text.split("\n\n", 1)
    assert table.splitlines()[0].split() == ["name", "value", "derivative"]
    scope: dict[str, Any] = {"np": np}
    exec(code, scope)
    found = scope["backward"](**question.inputs)
    assert list(found) == [name for name in question.exercise.steps if name in question.asked]
    right = question.exercise.solve(question.inputs)
    for name, value in found.items():
        np.testing.assert_allclose(value, getattr(right, name), rtol=1e-9, atol=1e-12)
