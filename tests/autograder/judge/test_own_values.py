"""What own earlier values earn in an exercise that builds on another, and what they do not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import (
    SEED,
    asked,
    filled,
    in_turn,
    positional,
    quiz1_after,
    quiz1_forward,
    some_mistakes,
    statuses,
)

from autograder.check import check
from autograder.exercise import Exercise, Mistake
from autograder.exercises import EXERCISES, building_on, find
from autograder.judge.compare import form_fault
from autograder.judge.draw import draw_inputs
from autograder.judge.earlier import asked_before, found_wrong
from autograder.judge.judge import judge
from autograder.judge.verdict import Status

BUILDING = [exercise for exercise in EXERCISES.values() if exercise.builds_on]
building = pytest.mark.parametrize("exercise", BUILDING, ids=lambda exercise: exercise.id)


def test_a_backward_pass_on_a_right_forward_pass_is_right() -> None:
    exercise = find("quiz1.backward")
    verdict = in_turn(exercise, quiz1_forward, quiz1_after(quiz1_forward))
    assert set(statuses(verdict).values()) == {Status.RIGHT}


def test_a_mistake_of_the_forward_pass_costs_nothing_in_the_backward_pass() -> None:
    def forward(x: float, z: float) -> dict[str, Any]:
        nodes = quiz1_forward(x, z)
        return {**nodes, "b": nodes["b"] + 0.1 * x, "e": np.cos(nodes["c"])}

    verdict = in_turn(find("quiz1.backward"), forward, quiz1_after(forward))
    assert verdict.full
    assert Status.FOLLOWS in statuses(verdict).values()


@pytest.mark.parametrize("value", [0.0, 1.0, 1e-300, np.nan])
def test_nothing_follows_from_a_forward_pass_without_content(value: float) -> None:
    def forward(x: float, z: float) -> dict[str, Any]:
        return dict.fromkeys("abcdefy", value)

    assert in_turn(find("quiz1.backward"), forward, quiz1_after(forward)).score < 2


def _forward_mistakes() -> list[Any]:
    return [
        pytest.param(exercise, mistake, id=f"{exercise.id}-{mistake.slug}")
        for exercise in BUILDING
        for mistake in some_mistakes(find(exercise.builds_on))
    ]


@pytest.mark.parametrize(("exercise", "mistake"), _forward_mistakes())
def test_a_right_backward_pass_on_any_known_forward_mistake_is_paid(
    exercise: Exercise, mistake: Mistake
) -> None:
    before = find(exercise.builds_on)

    def own(given: dict[str, Any]) -> dict[str, Any]:
        wrong, right = (vars(before.solve(given, steps)) for steps in (mistake.wrong, None))
        # On a value that is no number a student goes back to what was right, or stops.
        return {
            name: wrong[name] for name in before.steps if not form_fault(wrong[name], right[name])
        }

    try:
        backward = positional(exercise, own=own)
        for inputs in draw_inputs(exercise, SEED):
            backward(*inputs.values())
    except ValueError:
        pytest.skip("it runs on layers of equal sizes only")
    verdict = in_turn(exercise, positional(before, mistake.wrong), backward)
    assert verdict.full, statuses(verdict)


@building
@pytest.mark.parametrize("number", [-1.0, 0.0, 0.5, 1.0])
def test_a_forward_pass_that_is_swapped_after_its_check_earns_nothing(
    exercise: Exercise, number: float
) -> None:
    """Whatever the forward function has become: what was judged there was right."""
    before = find(exercise.builds_on)
    drawn = draw_inputs(exercise, SEED)
    its = draw_inputs(before, SEED)
    right = positional(before)
    verdict = judge(before, its, asked(before, right, its))
    shared = asked_before(exercise, drawn)
    changed = asked(before, filled(before, number), shared)
    earlier = found_wrong(verdict, exercise, shared, changed)
    backward = judge(
        exercise, drawn, asked(exercise, filled(exercise, 0.0), drawn), earlier=earlier
    )
    assert backward.score == 0


@building
@pytest.mark.parametrize("number", [-1.0, 0.0, 0.5, 1.0])
@pytest.mark.parametrize("answer", [0.0, 1.0, -2.0, 0.25])
def test_no_number_follows_from_a_forward_pass_that_was_handed_in_as_numbers(
    exercise: Exercise, number: float, answer: float
) -> None:
    forward = filled(find(exercise.builds_on), number)
    assert in_turn(exercise, forward, filled(exercise, answer)).score == 0
    assert in_turn(exercise, forward, filled(exercise, 0.0, first=answer)).score == 0


@building
def test_what_follows_from_chosen_forward_values_earns_nothing_where_it_is_zero(
    exercise: Exercise,
) -> None:
    """Own values that differ from input to input, so that they look like computed ones."""
    before = find(exercise.builds_on)
    names = list(draw_inputs(before, SEED)[0])

    def chosen(given: dict[str, Any]) -> dict[str, Any]:
        seed = abs(float(np.ravel(given[names[0]])[0]))
        right = before.solve(given)
        return {
            name: np.round(np.linspace(0, 1, np.size(value))).reshape(np.shape(value))
            if np.ndim(value := getattr(right, name))
            else -1.0 - seed
            for name in before.steps
        }

    def forward(*inputs: Any) -> dict[str, Any]:
        return chosen(dict(zip(names, inputs, strict=True)))

    verdict = in_turn(exercise, forward, positional(exercise, own=chosen))
    drawn = draw_inputs(exercise, SEED)
    follow = [positional(exercise, own=chosen)(*inputs.values()) for inputs in drawn]
    for part in verdict.parts:
        if not any(np.any(parts[part.part.name]) for parts in follow):
            assert not part.credited


def test_the_check_takes_own_values_as_they_were_at_the_earlier_check() -> None:
    exercise = find("quiz1.backward")

    def wrong(x: float, z: float) -> dict[str, Any]:
        nodes = quiz1_forward(x, z)
        return {**nodes, "e": np.cos(nodes["c"])}

    check("quiz1.forward", wrong)
    assert check("quiz1.backward", quiz1_after(wrong)).verdict.full
    check("quiz1.forward", quiz1_forward)
    assert check("quiz1.backward", quiz1_after(wrong)).score < exercise.points


def test_what_a_backward_pass_says_of_its_own_forward_values_is_not_believed() -> None:
    right = quiz1_after(quiz1_forward)

    def answer(x: float, z: float) -> dict[str, Any]:
        return {**right(x, z), "db": 2.0 + x, "own_b": 1.0 + x, "own_e": -((1.0 + x) ** 3)}

    verdict = in_turn(find("quiz1.backward"), quiz1_forward, answer)
    assert statuses(verdict)["db"] is Status.WRONG


@building
def test_the_exercise_before_asks_for_steps_of_this_one_on_the_same_kind_of_inputs(
    exercise: Exercise,
) -> None:
    before = find(exercise.builds_on)
    assert before.unit == exercise.unit
    assert exercise in building_on(before.id)
    assert {part.name for part in before.parts} <= set(exercise.steps)
    ours, theirs = draw_inputs(exercise, SEED), draw_inputs(before, SEED)
    assert list(ours[0]) == list(theirs[0])
