from __future__ import annotations

import numpy as np
import pytest

from autograder.derived.possible import possible_names
from autograder.derived.steps import derivation
from autograder.practice.question import (
    TOPICS,
    draw_question,
    names_in,
    shown_inputs,
    told_apart,
)
from autograder.random_functions.ordinary import is_ordinary

topics = pytest.mark.parametrize("topic", TOPICS)


@topics
def test_a_question_is_ordinary_and_tells_mistakes_apart(topic: str) -> None:
    question = draw_question(np.random.default_rng(1), topic, 1, {})
    assert is_ordinary(question.program, question.inputs)
    assert told_apart(question.exercise, question.inputs) >= 0.9


@topics
def test_a_question_is_the_same_for_the_same_seed(topic: str) -> None:
    first, second = (draw_question(np.random.default_rng(4), topic, 1, {}) for _ in range(2))
    assert first.program.source == second.program.source
    assert repr(first.inputs) == repr(second.inputs)


@topics
def test_inputs_are_small_and_short(topic: str) -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        program = TOPICS[topic](rng, 1 + seed % 3)
        for value in shown_inputs(rng, program).values():
            assert np.size(value) <= 9
            assert np.array_equal(value, np.round(value, 1))


@topics
def test_small_inputs_are_worked_out_by_hand(topic: str) -> None:
    for seed in range(10):
        rng = np.random.default_rng(seed)
        for value in shown_inputs(rng, TOPICS[topic](rng, 1), small=True).values():
            assert np.size(value) <= (4 if topic == "layers" else 6)


@topics
def test_level_1_has_small_inputs(topic: str) -> None:
    question = draw_question(np.random.default_rng(1), topic, 1, {})
    assert all(np.size(value) <= 6 for value in question.inputs.values())
    assert max(len(np.shape(value)) and len(value) for value in question.inputs.values()) <= 3


@topics
def test_the_mistakes_of_the_exercise_are_among_the_possible_ones(topic: str) -> None:
    question = draw_question(np.random.default_rng(2), topic, 2, {})
    made = {mistake.name for mistake in question.exercise.mistakes}
    assert made <= question.possible


def test_possible_names_follow_from_the_operations() -> None:
    def chain(x: float) -> float:
        return np.sin(np.log(x))  # type: ignore[no-any-return]

    names = possible_names(derivation(chain, {"x": 2.0}, ["x"]))
    assert "a sine not differentiated" in names
    assert "a path missing at a fan-out" not in names


@pytest.mark.slow
def test_what_is_owed_comes_more_often() -> None:
    name = "a sine not differentiated"

    def share(owed: dict[str, float]) -> float:
        rng = np.random.default_rng(0)
        found = [draw_question(rng, "graphs", 1, owed) for _ in range(12)]
        return sum(name in names_in(one.program, one.inputs) for one in found) / 12

    assert share({name: 1.0}) >= 0.9 > 0.5 >= share({})
