"""Judging an answer as a student's check does, but on a draw of inputs that a test chooses."""

from __future__ import annotations

from typing import Any

from autograder.exercise import Exercise
from autograder.exercises import find
from autograder.inside.asking import put_question
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Verdict


def verdict_on(
    exercise: Exercise | str,
    answer: Any,
    seed: int = 1,
    key: AnswerKey | None = None,
) -> Verdict:
    """The verdict on an answer.

    Args:
        exercise: the exercise or its id.
        answer: what a student would pass to `check`.
        seed: fixes the draw of inputs.
        key: the answer key whose inputs are used instead of a draw.
    """
    exercise = find(exercise) if isinstance(exercise, str) else exercise
    drawn = key.drawn if key else draw_inputs(exercise, (seed,))
    given = [put_question(exercise.ask, answer, inputs, exercise.asked) for inputs in drawn]
    return judge(exercise, drawn, given, key)
