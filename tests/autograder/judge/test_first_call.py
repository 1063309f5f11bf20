from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from judging import exercises, judged, key_of, named_when, positional, words_on

from autograder.exercise import Exercise
from autograder.exercises import find
from autograder.feedback.words import named_mistakes
from autograder.judge.between_calls import KEPT
from autograder.judge.first_call import RIGHT_AT_FIRST, SAME_EACH_TIME, told_of_first_call
from autograder.judge.quantities import is_number, is_small
from autograder.judge.verdict import Status

NAME = "a value kept from an earlier call"
SIGMOID, XOR, ROWS = find("circuit.sigmoid"), find("xor.train"), find("bp.rows")
CASE1 = find("case1.forward")


def with_kept(exercise: Exercise, step: str) -> Any:
    """The right answer, but for a step that is worked out in the first call with each size."""
    kept: dict[Any, Any] = {}

    def keeping(values: Any) -> Any:
        value = exercise.steps[step](values)
        return kept.setdefault(np.shape(value), value)

    return positional(exercise, {step: keeping})


def test_a_step_that_keeps_its_first_value_is_named_in_every_part_after_it() -> None:
    verdict = judged(SIGMOID, with_kept(SIGMOID, "f"))
    assert named_mistakes(verdict) == (NAME,)
    assert all(part.finding and part.finding.name == NAME for part in verdict.parts)
    words = words_on(SIGMOID, with_kept(SIGMOID, "f"))
    assert "is what you get if f keeps the value that it had for the first inputs" in words
    assert "More than one mistake" not in words


def test_losses_that_go_on_from_the_first_call_are_named_and_earn_what_they_did() -> None:
    losses: list[float] = []

    def answer(*inputs: Any) -> dict[str, Any]:
        found = XOR.variants["column vectors"](*inputs)
        losses.extend(found["losses"])
        return {**found, "losses": np.array(losses)}

    first, trained = judged(XOR, answer).parts
    assert trained.status is Status.RIGHT
    assert (first.status, first.finding and first.finding.name) == (Status.NARROW, NAME)


def test_a_list_that_grows_with_each_call_is_called_kept() -> None:
    exercise = find("sgd.epoch")
    losses: list[Any] = []

    def answer(*inputs: Any) -> dict[str, Any]:
        found = positional(exercise)(*inputs)
        losses.extend(found["losses"])
        return {**found, "losses": np.array(losses)}

    verdict = judged(exercise, answer)
    assert verdict.parts[0].part.name == "losses"
    assert verdict.parts[0].finding is not None
    assert verdict.parts[0].finding.name == KEPT.name


@exercises
def test_any_step_that_is_kept_is_named_kept(exercise: Exercise) -> None:
    """A step is kept where it is made, which needs no knowledge of how the judge looks for it."""
    key = key_of(exercise.id)
    calls = range(len(key.drawn))
    parts = [part.name for part in exercise.parts if part.accept is None]
    steps = [
        step
        for step in parts
        if is_small(exercise, key.drawn)
        and all(is_number(getattr(key.right(i), step)) for i in calls)
        and not np.isin(getattr(key.right(0), step), (-1.0, 0.0, 1.0)).all()
    ]
    if not steps:
        pytest.skip("no part that is a number, or one that tells nothing at first")
    step = steps[0]
    verdict = judged(exercise, with_kept(exercise, step))
    found = next(part for part in verdict.parts if part.part.name == step)
    own = bool(found.finding and found.finding.mistake)
    varies = any(
        np.shape(getattr(key.right(i), step)) == np.shape(getattr(key.right(j), step))
        and not np.allclose(getattr(key.right(i), step), getattr(key.right(j), step))
        for i in calls
        for j in calls
    )
    if found.credited or own:
        assert own or not varies
    else:
        assert found.finding is not None
        assert found.finding.name in (NAME, KEPT.name)


@exercises
def test_no_mistake_of_an_exercises_own_is_called_kept(exercise: Exercise) -> None:
    key = key_of(exercise.id)
    if not is_small(exercise, key.drawn):
        pytest.skip("takes long")
    bare = replace(exercise, mistakes=())
    for mistake in exercise.mistakes[:: max(1, len(exercise.mistakes) // 6)]:
        verdict = judged(bare, positional(exercise, mistake.wrong))
        assert NAME not in named_mistakes(verdict), mistake.slug


def rows(*, after_first: Any) -> Any:
    """BP for a batch of rows, in which dW is something else from the second call on."""
    first: list[Any] = []

    def answer(*inputs: Any) -> dict[str, Any]:
        found = positional(ROWS)(*inputs)
        first[:] = first or [inputs[0]]
        known = np.array_equal(first[0], inputs[0])
        return found if known else {**found, "dW": after_first(found["dW"])}

    return answer


def test_what_is_right_in_the_first_call_alone_is_told_to_be_so() -> None:
    words = words_on(ROWS, rows(after_first=lambda dW: dW + 0.3 * np.abs(dW) ** 1.5))
    assert RIGHT_AT_FIRST in words


def test_a_lectures_own_numbers_on_which_a_mistake_does_not_show_are_no_first_call() -> None:
    names = named_when("circuit.sigmoid", dw0=lambda r, given: -r["ds"] * given["w0"])
    assert NAME not in names
    words = words_on(SIGMOID, lambda *v: {**positional(SIGMOID)(*v), "dx1": v[0] * 0.3})
    assert RIGHT_AT_FIRST not in words


def test_a_value_that_never_changes_is_told_to_be_the_same() -> None:
    def answer(*inputs: Any) -> dict[str, Any]:
        return {**positional(CASE1)(*inputs), "J": 0.8675309}

    assert SAME_EACH_TIME in words_on(CASE1, answer)


def test_the_verdict_is_left_alone_where_the_first_call_stopped() -> None:
    key = key_of("case1.forward")
    verdict = judged(CASE1, lambda *inputs: {**positional(CASE1)(*inputs), "J": 0.5})
    responses = [replace(r, fault="error") for r in _given()]
    assert told_of_first_call(key, verdict.parts, responses) == verdict.parts


def _given() -> list[Any]:
    from autograder.inside.asking import put_question

    drawn = key_of("case1.forward").drawn
    return [put_question(CASE1.ask, positional(CASE1), one, CASE1.asked) for one in drawn]


def test_lists_that_keep_their_first_numbers_count_as_arrays() -> None:
    kept: dict[int, list[float]] = {}

    def answer(*inputs: Any) -> dict[str, Any]:
        found = positional(ROWS)(*inputs)
        numbers = found["db"].tolist()
        return {**found, "db": kept.setdefault(len(numbers), numbers)}

    first = judged(ROWS, answer).parts[0]
    assert first.finding is not None
    assert first.finding.name == NAME
