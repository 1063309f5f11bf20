"""What own earlier values earn in an exercise that builds on another, and what they do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from judging import (
    SEED,
    Answer,
    asked,
    exercises,
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
from autograder.judge.compare import close, form_fault
from autograder.judge.draw import draw_inputs
from autograder.judge.earlier import asked_before, found_wrong
from autograder.judge.judge import judge
from autograder.judge.verdict import Status, Verdict

BUILDING = [exercise for exercise in EXERCISES.values() if exercise.builds_on]
building = pytest.mark.parametrize("exercise", BUILDING, ids=lambda exercise: exercise.id)


def filled(exercise: Exercise, number: float, first: float | None = None) -> Answer:
    """Numbers of the right shapes, without any computing."""
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


def deserved(verdict: Verdict) -> float:
    """What parts are worth that are right as they stand."""
    return sum(part.part.points for part in verdict.parts if part.status is Status.RIGHT)


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
