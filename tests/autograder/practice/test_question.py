from __future__ import annotations

import numpy as np
import pytest

from autograder.derived.possible import possible_names
from autograder.derived.steps import derivation
from autograder.practice.mistakes import Mistakes
from autograder.practice.question import TOPICS, draw_question, shown_inputs
from autograder.random_functions.ordinary import is_ordinary

topics = pytest.mark.parametrize("topic", TOPICS)


@topics
def test_a_question_is_ordinary_and_tells_mistakes_apart(topic: str) -> None:
    question = draw_question(np.random.default_rng(1), topic, 1, {})
    assert is_ordinary(question.program, question.inputs)
    of_the_exercise = Mistakes(question.exercise.steps, question.exercise.mistakes, question.asked)
    assert of_the_exercise.told_apart(question.inputs) >= 0.9


@topics
def test_it_asks_for_what_its_exercise_asks_for(topic: str) -> None:
    question = draw_question(np.random.default_rng(1), topic, 2, {})
    assert question.asked == [part.name for part in question.exercise.parts]


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


def share(name: str, topic: str, owed: dict[str, float]) -> float:
    """The share of questions in which a mistake can be made."""
    rng = np.random.default_rng(0)
    found = [draw_question(rng, topic, 1, owed) for _ in range(40)]
    return sum(name in one.possible for one in found) / 40


@pytest.mark.slow
def test_what_is_owed_comes_more_often() -> None:
    name = "a sine not differentiated"
    assert share(name, "graphs", {name: 1.0}) >= 0.55 > 0.4 >= share(name, "graphs", {})


@pytest.mark.slow
def test_what_is_owed_is_not_all_that_comes() -> None:
    name = "the local derivative of exp(u) left out"
    assert 0.5 < share(name, "losses", {name: 1.0}) < 0.8
