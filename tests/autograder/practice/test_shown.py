from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from autograder.practice.question import TOPICS, draw_question
from autograder.practice.shown import picture_of, shown_question, shown_solution

topics = pytest.mark.parametrize("topic", TOPICS)
LEVEL = 1


@topics
def test_a_question_shows_code_formula_inputs_and_what_is_asked(topic: str) -> None:
    question = draw_question(np.random.default_rng(3), topic, LEVEL, {})
    shown = shown_question(question)
    assert question.program.source in shown.text
    for part in question.exercise.parts:
        assert part.name in shown.text
        assert part.name in shown.markup
    assert r"\begin{aligned}" in shown.markup
    assert "<svg" in shown.markup


@topics
def test_the_picture_has_values_and_no_gradient(topic: str) -> None:
    picture = picture_of(draw_question(np.random.default_rng(3), topic, LEVEL, {}))
    texts = [one.text or "" for one in ElementTree.fromstring(picture.svg).iter()]
    assert any(text.startswith("= ") for text in texts)
    assert not any(text.startswith("∂") for text in texts)


@topics
def test_the_solution_has_each_adjoint_and_code_that_runs(topic: str) -> None:
    question = draw_question(np.random.default_rng(3), topic, LEVEL, {})
    shown = shown_solution(question)
    table, code = shown.text.split("\n\n", 1)
    assert table.splitlines()[0].split() == ["name", "value", "adjoint"]
    body = "\n".join(f"    {line}" for line in code.splitlines())
    scope: dict[str, object] = {"np": np}
    exec(f"def f({', '.join(question.inputs)}):\n{body}", scope)
    found = scope["f"](**question.inputs)  # type: ignore[operator]
    right = question.exercise.solve(question.inputs)
    for name, value in found.items():
        np.testing.assert_allclose(value, getattr(right, name), rtol=1e-9, atol=1e-12)
