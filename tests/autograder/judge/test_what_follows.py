"""What follows from a wrong part of the same answer: what is paid, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from judging import SEED, Answer, asked, exercises, filled, positional, statuses

from autograder.check import check
from autograder.exercise import Exercise
from autograder.exercises import EXERCISES, find
from autograder.judge.compare import close
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Status, Verdict


def deserved(verdict: Verdict) -> float:
    """What parts are worth that are right as they stand."""
    return sum(part.part.points for part in verdict.parts if part.status is Status.RIGHT)


@exercises
@pytest.mark.parametrize("first", [1.0, -2.0, 0.5])
def test_a_number_in_the_first_part_and_zeros_elsewhere_earn_what_is_right_as_it_stands(
    exercise: Exercise, first: float
) -> None:
    drawn = draw_inputs(exercise, SEED)
    verdict = judge(exercise, drawn, asked(exercise, filled(exercise, 0.0, first), drawn))
    assert verdict.score <= deserved(verdict)


def _chains() -> list[Any]:
    """Exercises with a part of which later ones are made, and that part."""
    found = []
    for exercise in EXERCISES.values():
        if any(part.accept for part in exercise.parts):
            continue
        drawn = draw_inputs(exercise, SEED)
        for part in exercise.parts[:-1]:
            if _reach(exercise, part.name, drawn):
                found.append(pytest.param(exercise, part.name, id=f"{exercise.id}-{part.name}"))
    return found


def _moved(exercise: Exercise, part: str, change: Callable[[Any], Any]) -> Answer:
    """The reference on a changed part: all that comes of it follows."""

    def own(given: dict[str, Any]) -> dict[str, Any]:
        value = change(np.asarray(getattr(exercise.solve(given), part), dtype=float))
        return {part: value if np.ndim(value) else float(value)}

    return positional(exercise, own=own)


def _generic(value: Any) -> Any:
    """An unexplained change: every entry by a factor of its own."""
    factors = 1.1 + 0.37 * np.sin(1.0 + np.arange(np.size(value)) + np.abs(value).sum())
    return value * factors.reshape(np.shape(value))


def _one_entry(value: Any) -> Any:
    found = np.zeros(np.shape(value))
    found.flat[:1] = 0.73 + np.abs(np.sin(value.sum()))
    return found


def _reach(exercise: Exercise, part: str, drawn: list[dict[str, Any]]) -> list[str]:
    """The later parts that change with a part."""
    names = [one.name for one in exercise.parts]
    later = names[names.index(part) + 1 :]
    moved = _moved(exercise, part, _generic)
    pairs = [(exercise.answer()(**inputs), moved(*inputs.values())) for inputs in drawn]
    return [
        name
        for name in later
        if not all(close(a[name], b[name], exercise.tolerance) for a, b in pairs)
    ]


@pytest.mark.parametrize(("exercise", "part"), _chains())
def test_what_follows_from_an_honest_mistake_is_paid(exercise: Exercise, part: str) -> None:
    drawn = draw_inputs(exercise, SEED)
    verdict = judge(exercise, drawn, asked(exercise, _moved(exercise, part, _generic), drawn))
    assert [name for name, status in statuses(verdict).items() if status is Status.WRONG] == [part]


def _by_difference(answer: Answer, part: str) -> Answer:
    """The same with the errors of a finite difference in one part."""

    def nearly(*inputs: Any) -> dict[str, Any]:
        found = answer(*inputs)
        return {**found, part: found[part] * (1 + 3e-11)}

    return nearly


@pytest.mark.parametrize(("exercise", "part"), _chains())
def test_a_finite_difference_that_follows_is_paid_as_one(exercise: Exercise, part: str) -> None:
    drawn = draw_inputs(exercise, SEED)
    moved = _moved(exercise, part, _generic)
    exact = statuses(judge(exercise, drawn, asked(exercise, moved, drawn)))
    for name in exercise.derivatives:
        if exact[name] is Status.FOLLOWS:
            nearly = asked(exercise, _by_difference(moved, name), drawn)
            assert statuses(judge(exercise, drawn, nearly))[name] is Status.NUMERIC


@pytest.mark.parametrize(("exercise", "part"), _chains())
def test_what_follows_from_a_single_entry_among_zeros_is_not(exercise: Exercise, part: str) -> None:
    drawn = draw_inputs(exercise, SEED)
    ordinary = [drawn[i] for i in exercise.ordinary]
    sizes = [np.size(exercise.answer()(**inputs)[part]) for inputs in ordinary]
    if max(sizes) < 3:
        pytest.skip("a number, or two")
    moved = _moved(exercise, part, _one_entry)
    verdict = judge(exercise, drawn, asked(exercise, moved, drawn))
    pairs = [(exercise.answer()(**inputs), moved(*inputs.values())) for inputs in ordinary]
    for name, status in statuses(verdict).items():
        empty = any(
            2 * np.count_nonzero(mine[name]) < np.count_nonzero(right[name])
            for right, mine in pairs
        )
        if empty or name == _reach(exercise, part, ordinary)[0]:
            assert status is not Status.FOLLOWS


@pytest.mark.parametrize(
    ("exercise_id", "part", "earned"),
    [("bp.batch", "delta_L", 0.3), ("twenty_lines.gradients", "grad_y_pred", 0.2)],
)
def test_an_error_with_one_entry_leaves_nothing_but_the_loss(
    exercise_id: str, part: str, earned: float
) -> None:
    exercise = find(exercise_id)
    drawn = draw_inputs(exercise, SEED)
    moved = _moved(exercise, part, _one_entry)
    assert judge(exercise, drawn, asked(exercise, moved, drawn)).score == earned


def test_a_slope_of_one_with_zeros_behind_it_earns_nothing_in_quiz_1() -> None:
    def answer(x: float, z: float) -> dict[str, float]:
        return {"db": 1.0, "de": 0.0, "dc": 0.0, "da": 0.0, "dx": 0.0, "dz": 0.0}

    assert check("quiz1.backward", answer).score == 0
