"""One key judges the whole class: no answer changes what the next is compared with."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from judging import SEED, some_mistakes, verdict_on

from autograder.exercises import EXERCISES
from autograder.feedback.result import CheckResult
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import draw_inputs

ODD = (math.nan, math.inf, -0.0, 1e308, None, "x", (), np.zeros((2, 3)), np.float32(1))


def held(value: Any, depth: int = 0) -> Any:
    """All that a value holds, to compare with what it holds later."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, float):
        return value.hex()
    if isinstance(value, dict):
        return [(repr(name), held(entry, depth + 1)) for name, entry in value.items()]
    if isinstance(value, list | tuple):
        return [held(entry, depth + 1) for entry in value]
    inner = getattr(value, "__dict__", None)
    return held(dict(inner), depth + 1) if inner and depth < 6 else type(value).__name__


def answers(key: AnswerKey) -> list[Any]:
    """The exercise's wrong and right answers, and the right one with odd values in each part."""
    exercise = key.exercise
    found: list[Any] = []

    def positional(answer: Any) -> Any:
        names = list(key.drawn[0])
        return lambda *inputs: answer(**dict(zip(names, inputs, strict=True)))

    for wrong in ({}, *(mistake.wrong for mistake in some_mistakes(exercise))):
        found.append(positional(exercise.answer(wrong)))
    for part in exercise.parts:
        for odd in ODD[:2] if exercise.costly else ODD:

            def answer(odd: Any = odd, name: str = part.name, **inputs: Any) -> dict[str, Any]:
                return {**exercise.answer()(**inputs), name: odd}

            found.append(positional(answer))
    return found


@pytest.mark.parametrize("id", EXERCISES)
def test_a_key_stays_as_it_is_whatever_it_judges(id: str) -> None:
    exercise = EXERCISES[id]
    key = AnswerKey(exercise, draw_inputs(exercise, SEED))
    told = [str(CheckResult(verdict_on(exercise, answer, key=key))) for answer in answers(key)]
    fresh = AnswerKey(exercise, draw_inputs(exercise, SEED))
    for (probe, slug, steps), worked in key._worked.items():
        mistake = next((one for one in exercise.mistakes if one.slug == slug), None)
        again = fresh.wrong(probe, mistake, steps) if mistake else fresh.right(probe)
        assert held(worked) == held(again), (id, probe, slug)
    assert held(key.drawn) == held(fresh.drawn)
    # The verdict on the first is the same after all the others, and with a key of its own.
    first = answers(fresh)[-1]
    assert str(CheckResult(verdict_on(exercise, first, key=key))) == told[-1]
    assert str(CheckResult(verdict_on(exercise, first, key=fresh))) == told[-1]


def test_a_lack_of_memory_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = EXERCISES["quiz1.backward"]
    key = AnswerKey(exercise, draw_inputs(exercise, SEED))
    mistake = exercise.mistakes[0]

    def full(*_: Any, **__: Any) -> Any:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(type(exercise), "solve", full)
        with pytest.raises(MemoryError):
            key.wrong(0, mistake)
    assert key.wrong(0, mistake) is not None


@pytest.mark.parametrize("id", [id for id in EXERCISES if EXERCISES[id].costly])
def test_what_is_kept_of_the_right_values_is_what_a_mistake_leaves_as_it_was(id: str) -> None:
    exercise = EXERCISES[id]
    # Beside the largest inputs there are some on which all mistakes take little time.
    drawn = [draw_inputs(exercise, SEED)[i] for i in exercise.corners]
    key = AnswerKey(exercise, drawn)
    for probe, inputs in enumerate(drawn):
        right = key.right(probe)
        for mistake in exercise.mistakes:
            try:
                anew = exercise.solve(inputs, mistake.wrong)
            except Exception:
                assert key.wrong(probe, mistake) is None
                continue
            assert held(key.wrong(probe, mistake)) == held(anew)
        for name in exercise.steps:
            own = {name: np.multiply(getattr(right, name), 2) if name != "trained" else {}}
            try:
                anew = exercise.solve(inputs, own=own)
            except Exception:
                continue
            assert held(key.solve(probe, {}, own)) == held(anew)
