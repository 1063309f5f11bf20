from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.exercises import EXERCISES
from autograder.exercises.registry import Registry
from autograder.grading.hidden_inputs import NoFairDraw
from autograder.grading.questions import Questions
from autograder.random_functions.variants import variant_exercise


@pytest.fixture
def questions() -> Questions:
    return Questions(b"secret", None, EXERCISES)


def test_a_class_is_asked_one_question(questions: Questions) -> None:
    quiz1 = EXERCISES["quiz1.backward"]
    assert questions.about(quiz1, "f") is questions.about(quiz1, "f")


def test_two_names_of_an_answer_are_judged_by_one_key(questions: Questions) -> None:
    quiz1 = EXERCISES["quiz1.backward"]
    assert questions.about(quiz1, "f").key is questions.about(quiz1, "g").key


def test_what_a_later_exercise_builds_on_is_asked_after_the_own_inputs(
    questions: Questions,
) -> None:
    question = questions.about(EXERCISES["quiz1.forward"], "f")
    assert [later.id for later, _ in question.later] == ["quiz1.backward"]
    own, later = question.key.drawn, question.later[0][1]
    assert [*question.ask.drawn] == [*own, *later]


@pytest.mark.parametrize("student", ["ada", "bob"])
def test_each_variant_is_judged_by_its_own_key(questions: Questions, student: str) -> None:
    questions.about(variant_exercise("quiz1", "ml-2026", "eve"), "f")
    own = variant_exercise("quiz1", "ml-2026", student)
    question = questions.about(own, "f")
    assert question.key.exercise is own
    assert question.ask.exercise is own


def test_an_exercise_that_rejects_its_own_answers_is_not_asked() -> None:
    quiz1 = EXERCISES["quiz1.backward"]
    unfair = replace(quiz1, variants={"wrong": lambda *inputs: {}})
    questions = Questions(b"secret", None, Registry([unfair], {}))
    with pytest.raises(NoFairDraw):
        questions.about(unfair, "f")
