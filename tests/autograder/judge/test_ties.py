"""Probes that tell mistakes apart which the others cannot: where there is one, it is needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from judging import verdict_on

from autograder.exercise import Exercise, Mistake, Part
from autograder.exercises import EXERCISES
from autograder.feedback.words import feedback, named_mistakes
from autograder.judge.draw import draw_inputs
from autograder.judge.verdict import Verdict

WITH_TIES = {id: e for id, e in EXERCISES.items() if any(p.ties for p in e.probes)}
SEEDS = (1, 2, 3)


def as_answer(exercise: Exercise, mistake: Mistake) -> Callable[..., Any]:
    answer = exercise.answer(mistake.wrong)
    names = list(draw_inputs(exercise, (1,))[0])
    return lambda *inputs: answer(**dict(zip(names, inputs, strict=True)))


def without_ties(exercise: Exercise) -> Exercise:
    return dataclasses.replace(
        exercise, probes=tuple(probe for probe in exercise.probes if not probe.ties)
    )


def rivals(verdict: Verdict) -> set[str]:
    """The parts that more than one mistake explains."""
    # What is not finite may have overflowed in more than one way.
    found = [part for part in verdict.parts if part.finding and not part.kind]
    return {part.part.name for part in found if part.finding and part.finding.rivals}


def unnamed(exercise: Exercise, seed: int) -> set[str]:
    """The parts of the exercise's own mistakes that more than one mistake explains."""
    return {
        f"{mistake.slug}: {name}"
        for mistake in exercise.mistakes
        for name in rivals(verdict_on(exercise, as_answer(exercise, mistake), seed))
    }


def unnamed_alone(exercise: Exercise, seed: int) -> set[str]:
    """The same where a mistake is made in one part and the others are right."""
    names = list(draw_inputs(exercise, (1,))[0])
    right, found = exercise.answer(), set()
    for mistake in exercise.mistakes:
        wrong = exercise.answer(mistake.wrong)
        for part in exercise.parts:

            def answer(*inputs: Any, part: Part = part, wrong: Any = wrong) -> dict[str, Any]:
                given = dict(zip(names, inputs, strict=True))
                return {**right(**given), part.name: wrong(**given)[part.name]}

            if part.name in rivals(verdict_on(exercise, answer, seed)):
                found.add(f"{mistake.slug}: {part.name}")
    return found


def test_a_real_exercise_has_such_a_probe() -> None:
    assert WITH_TIES


@pytest.mark.parametrize("exercise", WITH_TIES.values(), ids=list(WITH_TIES))
@pytest.mark.parametrize("seed", SEEDS)
def test_only_with_it_every_mistake_has_one_name(exercise: Exercise, seed: int) -> None:
    assert unnamed(exercise, seed) == set()
    assert unnamed_alone(exercise, seed) < unnamed_alone(without_ties(exercise), seed)


def quiz1(change: Callable[[float], float]) -> Callable[[float, float], dict[str, float]]:
    """A right backward pass of Quiz 1, except for what is done to de."""
    right = EXERCISES["quiz1.backward"].answer()

    def answer(x: float, z: float) -> dict[str, float]:
        parts = right(x=x, z=z)
        return {**parts, "de": change(parts["de"])}

    return answer


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda de: float(int(de)), "numbers truncated to integers"),
        (lambda de: 0.0, "zero everywhere"),
    ],
)
def test_a_number_cut_off_is_told_from_a_zero(change: Any, name: str) -> None:
    exercise = EXERCISES["quiz1.backward"]
    assert named_mistakes(verdict_on(exercise, quiz1(change))) == (name,)
    words = feedback(verdict_on(without_ties(exercise), quiz1(change))).text
    assert "cannot tell which it is" in " ".join(words.split())


def test_the_probe_for_ties_asks_nothing_of_a_right_answer() -> None:
    exercise = EXERCISES["quiz1.backward"]
    probes = tuple(probe for probe in exercise.probes if not probe.corner)
    exercise = dataclasses.replace(exercise, probes=probes, again=False)

    def answer(x: float, z: float) -> dict[str, float]:
        if z < 0:
            raise ValueError("z is positive in the quiz")
        return exercise.answer()(x=x, z=z)

    assert verdict_on(exercise, answer).full
