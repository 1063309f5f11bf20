"""An answer that stops on the inputs where its mistake would show."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from judging import SEED, Answer, asked, in_turn, positional, some_mistakes, statuses, verdict_on

from autograder.exercise import Exercise, Mistake
from autograder.exercises import EXERCISES, find
from autograder.inside.asking import Response
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Status

STOPPED = Response(fault="error", message="ValueError: not on this one")


def _values(response: Response) -> list[tuple[str, bytes]]:
    return [(name, repr(value).encode()) for name, value in response.values.items()]


@cache
def given(id: str, slug: str = "") -> tuple[Response, ...]:
    """What the right answer gives, or one with a mistake; both tests ask for the same."""
    exercise = find(id)
    wrong = next((one.wrong for one in exercise.mistakes if one.slug == slug), None)
    return tuple(asked(exercise, positional(exercise, wrong), draw_inputs(exercise, SEED)))


def _own_mistakes() -> list[Any]:
    return [
        pytest.param(exercise, mistake, id=f"{exercise.id}-{mistake.slug}")
        for exercise in EXERCISES.values()
        for mistake in some_mistakes(exercise)
    ]


@pytest.mark.parametrize(("exercise", "mistake"), _own_mistakes())
def test_to_stop_where_a_mistake_would_show_earns_no_more_than_the_mistake(
    exercise: Exercise, mistake: Mistake
) -> None:
    drawn = draw_inputs(exercise, SEED)
    right, wrong = given(exercise.id), given(exercise.id, mistake.slug)
    if any(response.fault for response in wrong):
        pytest.skip("it stops by itself")
    evasive = [
        one if _values(one) == _values(other) else STOPPED
        for one, other in zip(right, wrong, strict=True)
    ]
    assert judge(exercise, drawn, right).full
    made = judge(exercise, drawn, wrong).score
    assert judge(exercise, drawn, evasive).score <= made


@pytest.mark.parametrize(("exercise", "mistake"), _own_mistakes())
def test_a_wrong_value_beside_a_stop_earns_no_more_than_the_stop(
    exercise: Exercise, mistake: Mistake
) -> None:
    if exercise.costly:
        pytest.skip("its answers take seconds")
    drawn = draw_inputs(exercise, SEED)
    right, wrong = given(exercise.id), given(exercise.id, mistake.slug)
    same = [_values(one) == _values(other) for one, other in zip(right, wrong, strict=True)]
    answered = [i for i in exercise.ordinary if same[i]]
    if not answered or all(same):
        pytest.skip("it shows on all inputs, or on none that count")
    stops = [one if known else STOPPED for one, known in zip(right, same, strict=True)]
    garbage = dict.fromkeys(stops[answered[-1]].values, "?")
    beside = [*stops]
    beside[answered[-1]] = Response(values=garbage)
    alone = judge(exercise, drawn, stops).score
    assert judge(exercise, drawn, beside).score <= alone


def test_stopping_where_two_lines_meet_shows_nothing_of_kinks() -> None:
    def answer(p: float, q: float, r: float, s: float, x: float) -> dict[str, Any]:
        gap = (p * x + q) - (r * x + s)
        if gap == 0:
            raise ValueError("no derivative")
        slope = p if gap > 0 else r
        return {"left": slope, "right": slope, "differentiable": True}

    verdict = verdict_on("kinks.slopes", answer)
    assert set(statuses(verdict).values()) == {Status.WRONG}
    assert verdict.score == 0


def test_stopping_on_one_size_leaves_half_to_who_is_right_on_the_others() -> None:
    exercise = find("case2.backward")
    right = positional(exercise)

    def answer(*inputs: Any) -> dict[str, Any]:
        if len(inputs[2]) == 3:
            raise ValueError("not three")
        return right(*inputs)

    assert verdict_on(exercise, answer).score == exercise.points / 2


def _stopping(answer: Answer, unless: Callable[..., bool]) -> Answer:
    def evasive(*inputs: Any) -> dict[str, Any]:
        if not unless(*inputs):
            raise ValueError("not on this one")
        return answer(*inputs)

    return evasive


def test_a_stop_that_the_forward_pass_has_paid_for_shows_nothing_of_the_backward_pass() -> None:
    backward = find("quiz2.backward")
    both = positional(find("quiz2.forward")), positional(backward)
    one_unit = [_stopping(answer, lambda x, a1, a2, beta: len(beta) == 1) for answer in both]
    verdict = in_turn(backward, *one_unit)
    assert verdict.stopped_on == ()
    # With one unit, nothing says whether errors are passed back through the transpose.
    assert statuses(verdict)["da1"] is Status.WRONG
    assert verdict.score == 2 * verdict_on(backward, one_unit[1], seed=SEED[0]).score


def test_a_stop_that_the_forward_pass_has_paid_for_costs_nothing_where_the_rest_shows_all() -> None:
    backward = find("quiz2.backward")
    both = positional(find("quiz2.forward")), positional(backward)
    square = [_stopping(answer, lambda x, a1, a2, b: len(a1) == len(a2)) for answer in both]
    assert in_turn(backward, *square).full
