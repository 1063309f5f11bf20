"""The bank: every mistake of every exercise is refused and named, every variant is accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from judging import exercises, some_mistakes, verdict_on

from autograder.bank.run import run_bank
from autograder.exercise import Exercise, Mistake
from autograder.exercises import EXERCISES
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import draw_inputs
from autograder.judge.reference_check import check_reference
from autograder.judge.verdict import Status

SEEDS = (1, 2)

mistakes = pytest.mark.parametrize(
    ("exercise", "mistake"),
    [
        pytest.param(exercise, mistake, id=f"{exercise.id}-{mistake.slug}")
        for exercise in EXERCISES.values()
        for mistake in some_mistakes(exercise)
    ],
)


def positional(exercise: Exercise, mistake: Mistake | None = None) -> Callable[..., Any]:
    """The exercise's own answer, taking its inputs by position as a student's function does."""
    answer = exercise.answer(mistake.wrong if mistake else None)
    names = list(draw_inputs(exercise, (1,))[0])
    return lambda *values: answer(**dict(zip(names, values, strict=True)))


@exercises
@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_is_right(exercise: Exercise, seed: int) -> None:
    verdict = verdict_on(exercise, positional(exercise), seed)
    assert verdict.full
    assert verdict.score == exercise.points


@exercises
@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_agrees_with_finite_differences(exercise: Exercise, seed: int) -> None:
    drawn = draw_inputs(exercise, (seed,))
    # Far out, and close to 0, a finite difference is not exact enough.
    for i in exercise.ordinary:
        check_reference(exercise, drawn[i])


@exercises
def test_the_bank_is_refused_and_named_and_what_is_right_accepted(exercise: Exercise) -> None:
    assert run_bank(exercise, 1).trouble == ()


def overflowing(exercise: Exercise, mistake: Mistake) -> set[str]:
    """The graded numbers that are not finite on some input if a mistake is made."""
    key = AnswerKey(exercise, draw_inputs(exercise, (1,)))
    names = [part.name for part in exercise.parts if part.accept is None]
    with np.errstate(all="ignore"):
        made = [one for i in exercise.ordinary if (one := key.wrong(i, mistake))]
    return {name for name in names for one in made if not np.isfinite(getattr(one, name)).all()}


def differing(exercise: Exercise, mistake: Mistake) -> set[str]:
    """The steps of a mistake that differ from the right ones on some input.

    Some mistakes keep a later step right that would have no meaning otherwise.
    """
    found = set()
    for inputs in draw_inputs(exercise, (1,)):
        values = exercise.solve(inputs)
        try:
            made = exercise.solve(inputs, mistake.wrong)
        except Exception:
            return set(mistake.wrong)
        found |= {n for n in mistake.wrong if not same(getattr(made, n), getattr(values, n))}
    return found


def same(made: Any, right: Any) -> bool:
    try:
        equal = np.allclose(made, right, rtol=1e-9, atol=0)
        return bool(equal) and np.shape(made) == np.shape(right)
    except (TypeError, ValueError):
        return bool(repr(made) == repr(right))


@mistakes
def test_a_mistake_costs_only_the_parts_that_it_touches(
    exercise: Exercise, mistake: Mistake
) -> None:
    graded = {part.name for part in exercise.parts}
    verdict = verdict_on(exercise, positional(exercise, mistake))
    lost = {part.part.name for part in verdict.parts if not part.credited}
    # A choice that is made by numbers before it is lost with them.
    lost -= {part.name for part in exercise.parts if part.accept} - set(mistake.wrong)
    touched = differing(exercise, mistake) & graded
    if set(mistake.wrong) - graded:
        # A wrong forward value that is not graded itself costs the first part that shows it.
        assert verdict.first_wrong is not None
        touched.add(verdict.first_wrong.part.name)
    if mistake.once:
        assert verdict.first_wrong is not None
        touched = {verdict.first_wrong.part.name}
    # What is computed from a wrong value may overflow where the right one does not.
    again = {part.part.name for part in verdict.parts if part.status is Status.AGAIN}
    assert lost == (touched | overflowing(exercise, mistake)) - again


@exercises
@pytest.mark.parametrize("constant", [0.0, 1.0])
def test_a_constant_answer_earns_nothing(exercise: Exercise, constant: float) -> None:
    def answer(*inputs: Any) -> dict[str, Any]:
        names = list(draw_inputs(exercise, (1,))[0])
        right = exercise.solve(dict(zip(names, inputs, strict=True)))
        return {
            part.name: np.full(np.shape(getattr(right, part.name)), constant)
            for part in exercise.parts
        }

    assert verdict_on(exercise, answer).score == 0


@exercises
def test_an_exercise_is_fit_for_use(exercise: Exercise) -> None:
    assert len(exercise.mistakes) >= 3
    assert len(exercise.variants) >= 2
    assert all(exercise.hints)
    assert len({mistake.slug for mistake in exercise.mistakes}) == len(exercise.mistakes)
