from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder.exercise import Exercise
from autograder.exercises import EXERCISES, find
from autograder.inside.asking import CannotAsk, call_with_inputs
from autograder.inside.lent import Lent
from autograder.runner.client import Runner
from autograder.runner.job import (
    AskExercise,
    CannotSend,
    RunCell,
    answer_expression,
    ask_source,
    describe,
)
from autograder.runner.outcome import responses


def ask_twice(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """A way of asking of its own, with all that the sandbox lends it."""
    if not callable(answer):
        raise CannotAsk("no function")
    return {"y": np.float64(2) * answer(**inputs), "more": math.pi}


def ask_with_a_secret(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    return {"y": EXERCISES}


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_exercise_can_be_asked_in_the_sandbox(exercise: Exercise) -> None:
    source = ask_source(exercise)
    assert source is None or source["name"] in source["source"]


def test_a_way_of_asking_is_sent_as_source(runner: Runner) -> None:
    exercise = replace(find("quiz1.forward"), ask=ask_twice)
    drawn = [{"x": 3.0}]
    cells = [RunCell("def f(x): return x + 1"), RunCell("g = 7")]
    outcome = runner.run(
        [*cells, AskExercise(exercise, "f", drawn), AskExercise(exercise, "g", drawn),
         AskExercise(exercise, "h", drawn)]
    )  # fmt: skip
    (right,), (wrong,), (missing,) = (responses(step, drawn) for step in outcome.steps[2:])
    assert right.values == {"y": 8.0}
    assert right.others == ("more",)
    assert (wrong.fault, wrong.message) == ("call", "no function")
    assert "NameError" in missing.message


@pytest.mark.parametrize(
    "ask", [ask_with_a_secret, lambda answer, inputs: {}, call_with_inputs.__call__]
)
def test_a_way_of_asking_that_needs_more_is_refused(ask: Any) -> None:
    with pytest.raises(CannotSend):
        ask_source(replace(find("quiz1.forward"), ask=ask))


def test_changed_inputs_are_seen_from_outside(runner: Runner) -> None:
    drawn = [{"x": np.ones(3)}]
    cell = RunCell("def f(x):\n    x *= 2\n    return {'y': x}")
    question = AskExercise(find("quiz1.forward"), "f", drawn)
    (response,) = responses(runner.run([cell, question]).steps[1], drawn)
    assert response.mutated == ("x",)
    assert drawn[0]["x"].tolist() == [1.0, 1.0, 1.0]


def test_numbers_beyond_double_precision_are_told(runner: Runner) -> None:
    drawn = [{"x": 3.0}]
    cell = RunCell("def f(x):\n    return {'y': (x + 1e-30j).imag}")
    question = AskExercise(find("quiz1.forward"), "f", drawn)
    (response,) = responses(runner.run([cell, question]).steps[1], drawn)
    assert response.beyond == ("complex numbers",)


def test_numbers_that_come_in_with_the_last_call_are_told(runner: Runner) -> None:
    drawn = [{"x": float(n)} for n in range(4)]
    cell = RunCell(
        "def f(x):\n    if x == 3.0: exec('def g(x): return (x + 1e-30j).imag', globals())\n"
        "    return {'y': g(x)}\ndef g(x): return x"
    )
    question = AskExercise(find("quiz1.forward"), "f", drawn)
    found = responses(runner.run([cell, question]).steps[1], drawn)
    assert [one.beyond for one in found] == [(), (), (), ("complex numbers",)]


def test_functions_of_several_questions_are_numbered_through(runner: Runner) -> None:
    def plus(number: float) -> Any:
        return lambda x: x + number

    drawn = [[{"f": Lent(plus, 10.0 * n + m)} for m in range(2)] for n in range(3)]
    cell = RunCell("def call(f): return {'y': f(1.0)}")
    asked = [AskExercise(find("quiz1.forward"), "call", one) for one in drawn]
    steps = runner.run([cell, *asked]).steps[1:]
    found = [responses(step, one) for step, one in zip(steps, drawn, strict=True)]
    assert [[r.values["y"] for r in some] for some in found] == [[1, 2], [11, 12], [21, 22]]


def test_a_question_is_written_down_once() -> None:
    question = AskExercise(find("quiz2.forward"), "f", [{"x": np.ones(3)}])
    assert question.sent is question.sent
    assert describe([question, question])[1] == 2 * question.sent[0].frame


def test_a_graded_cell_is_one_call() -> None:
    assert answer_expression('check("a.b", make(1)[0])') == ("a.b", "make(1)[0]")


@pytest.mark.parametrize(
    "source",
    ["", "2.0", "x = check('a', f)", "check('a')", "check('a', f)\nprint(1)", "(", "f('a', g)"],
)
def test_any_other_graded_cell_is_refused(source: str) -> None:
    with pytest.raises(CannotSend, match="one line"):
        answer_expression(source)
