"""Mistakes are known ones only if the answer makes them on a later exercise's inputs, too."""

from __future__ import annotations

from typing import Any

import pytest
from judging import SEED, asked, positional

from autograder.exercise import Exercise, Mistake
from autograder.exercises import EXERCISES, find
from autograder.judge.as_before import known_mistakes_alone
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Status

BUILDING = [exercise for exercise in EXERCISES.values() if exercise.builds_on]
MISTAKES = [
    pytest.param(exercise, mistake, id=f"{exercise.id}-{mistake.slug}")
    for exercise in BUILDING
    for mistake in find(exercise.builds_on).mistakes
]


def both(exercise: Exercise, answer: Any, later: Any) -> bool | None:
    """Whether known mistakes explain an answer that is another one on the later inputs.

    None if they do not explain it on its own inputs either.
    """
    before = find(exercise.builds_on)
    its, drawn = draw_inputs(before, SEED), draw_inputs(exercise, SEED)
    verdict = judge(before, its, asked(before, answer, its))
    wrong = [part for part in verdict.parts if part.status is Status.WRONG]
    if not wrong or not all(part.finding and part.finding.mistake for part in wrong):
        return None
    return known_mistakes_alone(verdict, drawn, asked(before, later, drawn))


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_a_mistake_that_is_made_throughout_is_one(exercise: Exercise, mistake: Mistake) -> None:
    answer = positional(find(exercise.builds_on), mistake.wrong)
    assert both(exercise, answer, answer) in (True, None)


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_values_that_are_chosen_later_are_none(exercise: Exercise, mistake: Mistake) -> None:
    before = find(exercise.builds_on)
    answer = positional(before, mistake.wrong)

    def chosen(*inputs: Any) -> dict[str, Any]:
        return {name: value * 1.5 for name, value in answer(*inputs).items()}

    assert both(exercise, answer, chosen) in (False, None)


@pytest.mark.parametrize("exercise", BUILDING, ids=lambda exercise: exercise.id)
def test_these_tests_look_at_some(exercise: Exercise) -> None:
    before = find(exercise.builds_on)
    answers = [positional(before, mistake.wrong) for mistake in before.mistakes]
    assert sum(both(exercise, answer, answer) is not None for answer in answers) >= 3


@pytest.mark.parametrize("exercise", BUILDING, ids=lambda exercise: exercise.id)
def test_an_answer_without_mistakes_is_explained(exercise: Exercise) -> None:
    before = find(exercise.builds_on)
    its, drawn = draw_inputs(before, SEED), draw_inputs(exercise, SEED)
    right = positional(before)
    verdict = judge(before, its, asked(before, right, its))
    assert known_mistakes_alone(verdict, drawn, asked(before, right, drawn))
