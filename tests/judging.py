"""Judging an answer as a student's check does, but on a draw of inputs that a test chooses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from autograder.exercise import Exercise, Mistake
from autograder.exercises import EXERCISES, find
from autograder.feedback.words import feedback
from autograder.inside.asking import put_question
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import draw_inputs
from autograder.judge.earlier import asked_before, found_wrong
from autograder.judge.judge import judge
from autograder.judge.verdict import Status, Verdict

# The bank judges all mistakes; of other properties some of each exercise are asked.
MOST_MISTAKES = 8
Answer = Callable[..., dict[str, Any]]
SEED = (1,)

# A test for every exercise.
exercises = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


def some_mistakes(exercise: Exercise) -> list[Mistake]:
    """A few of an exercise's mistakes, the same every time, from its first to its last.

    Args:
        exercise: the exercise.
    """
    every = exercise.mistakes
    numbers = np.linspace(0, len(every) - 1, min(MOST_MISTAKES, len(every)))
    return [every[i] for i in np.unique(numbers.round().astype(int))]


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


@cache
def key_of(exercise_id: str) -> AnswerKey:
    """An exercise's answer key on one draw of inputs, for many answers."""
    exercise = EXERCISES[exercise_id]
    return AnswerKey(exercise, draw_inputs(exercise, SEED))


def judged(exercise: Exercise, answer: Any) -> Verdict:
    """The verdict on an answer, on that draw."""
    return verdict_on(exercise, answer, key=key_of(exercise.id))


def words_on(exercise: Exercise, answer: Any) -> str:
    """The feedback on an answer, in one line."""
    return " ".join(feedback(judged(exercise, answer)).text.split())


def numeric_parts(exercise: Exercise) -> list[str]:
    """The names of the parts that are numbers."""
    return [part.name for part in exercise.parts if part.accept is None]


def asked(exercise: Exercise, answer: Answer, drawn: list[dict[str, Any]]) -> list[Any]:
    return [put_question(exercise.ask, answer, inputs, exercise.asked) for inputs in drawn]


def in_turn(exercise: Exercise, forward: Answer, backward: Answer) -> Verdict:
    """The verdict on a backward pass, after that on the forward pass before it."""
    before, drawn = find(exercise.builds_on), draw_inputs(exercise, SEED)
    its = draw_inputs(before, SEED)
    verdict = judge(before, its, asked(before, forward, its))
    shared = asked_before(exercise, drawn)
    earlier = found_wrong(verdict, exercise, shared, asked(before, forward, shared))
    return judge(exercise, drawn, asked(exercise, backward, drawn), earlier=earlier)


def positional(exercise: Exercise, wrong: Any = None, own: Any = None) -> Answer:
    """The reference, or a mistake of it, on own values that a function of the inputs gives."""
    names = list(draw_inputs(exercise, SEED)[0])

    def answer(*inputs: Any) -> dict[str, Any]:
        given = dict(zip(names, inputs, strict=True))
        solved = exercise.solve(given, wrong, own(given) if own else None)
        return {part.name: getattr(solved, part.name) for part in exercise.parts}

    return answer


def filled(exercise: Exercise, number: float, first: float | None = None) -> Answer:
    """Numbers of the right shapes, without any computing.

    Args:
        exercise: the exercise.
        number: what every part holds.
        first: what the first part holds instead.
    """
    right = positional(exercise)

    def answer(*inputs: Any) -> dict[str, Any]:
        parts = right(*inputs)
        found: dict[str, Any] = {
            name: np.full(np.shape(value), number) if np.ndim(value) else number
            for name, value in parts.items()
        }
        if first is not None:
            name = next(iter(found))
            found[name] = np.full(np.shape(parts[name]), first) if np.ndim(parts[name]) else first
        return found

    return answer


def quiz1_forward(x: float, z: float) -> dict[str, Any]:
    a, c = x * z, np.log(x)
    b, e = np.exp(a), np.sin(c)
    return {"a": a, "b": b, "c": c, "d": a / c, "e": e, "f": e / b, "y": b + a / c + e / b}


def quiz1_after(forward: Answer) -> Answer:
    def quiz1_backward(x: float, z: float) -> dict[str, Any]:
        v = forward(x, z)
        db = 1 - v["e"] / v["b"] ** 2
        de = 1 / v["b"]
        dc = -v["a"] / v["c"] ** 2 + de * np.cos(v["c"])
        da = db * v["b"] + 1 / v["c"]
        return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}

    return quiz1_backward


def lost(verdict: Verdict) -> set[str]:
    """The names of the parts that do not earn all their points."""
    return {part.part.name for part in verdict.parts if not part.credited}


def statuses(verdict: Verdict) -> dict[str, Status]:
    return {part.part.name: part.status for part in verdict.parts}


def named_when(id: str, **changes: Callable[[dict[str, Any], dict[str, Any]], Any]) -> list[str]:
    """The names that general detectors give parts when some of them are changed at the return.

    Args:
        id: the exercise; its own mistakes are taken out, because they are looked for first.
        changes: part → from the right answer and the inputs to what is returned instead.
    """
    exercise = replace(find(id), mistakes=())
    right, names = positional(exercise), list(draw_inputs(exercise, SEED)[0])

    def answer(*inputs: Any) -> dict[str, Any]:
        found = right(*inputs)
        given = dict(zip(names, inputs, strict=True))
        return {**found, **{name: change(found, given) for name, change in changes.items()}}

    parts = verdict_on(exercise, answer).parts
    return [
        part.finding.name if part.finding else "" for part in parts if part.part.name in changes
    ]
