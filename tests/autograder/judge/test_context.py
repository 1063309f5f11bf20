"""What a part is judged by, taken by itself."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from autograder.exercise import Exercise, Mistake, Step
from autograder.judge.answer_key import AnswerKey
from autograder.judge.context import Case, Context

W = np.array([[0.5, -2.0], [1.5, 3.0]])
DU = np.array([[1.0, 2.0], [4.0, -3.0]])


def context_on(
    exercise: Exercise, part: str, own: dict[str, Any], adopted: dict[str, Step] | None = None
) -> Context:
    """A part's context on one set of inputs, with the same own parts as its shadow."""
    case = Case(AnswerKey(exercise, [{"w": W}, {"w": 2 * W}]), [1])
    found = next(one for one in exercise.parts if one.name == part)
    return Context(case, found, [own], adopted or {}, [own])


@pytest.fixture
def counted(chain: Exercise) -> tuple[Exercise, list[str]]:
    """The chain, and the names of the steps in the order in which they were worked out."""
    worked: list[str] = []

    def counting(name: str, step: Step) -> Step:
        return lambda v: (worked.append(name), step(v))[1]

    steps = {name: counting(name, step) for name, step in chain.steps.items()}
    return dataclasses.replace(chain, steps=steps), worked


def test_only_what_was_asked_is_in_a_case(chain: Exercise) -> None:
    case = context_on(chain, "dv", {}).case
    assert case.probes == ["square"]
    np.testing.assert_array_equal(case.drawn[0]["w"], 2 * W)
    np.testing.assert_array_equal(case.truth[0].u, 4 * W**2)


def test_without_own_parts_the_right_value_is_expected_and_worked_out_once(
    counted: tuple[Exercise, list[str]],
) -> None:
    exercise, worked = counted
    context = context_on(exercise, "dv", {})
    np.testing.assert_allclose(context.expected()[0], 12 * W**2)
    assert len(list(context.bases())) == 1
    assert worked == list(exercise.steps)


def test_an_own_part_leads_to_what_follows_from_it(chain: Exercise) -> None:
    context = context_on(chain, "dv", {"du": DU})
    np.testing.assert_allclose(context.expected()[0], 4 * W**2 * DU)


def test_an_adopted_step_leads_to_what_follows_from_it(chain: Exercise) -> None:
    context = context_on(chain, "dv", {}, {"u": lambda v: v.w})
    np.testing.assert_allclose(context.expected()[0], 3 * 2 * W)


def test_a_wrong_step_without_own_parts_is_carried_through(chain: Exercise) -> None:
    context = context_on(chain, "dv", {})
    np.testing.assert_allclose(context.expected({"u": lambda v: v.w})[0], 3 * 2 * W)


def test_a_slip_may_start_from_the_right_value_and_from_what_follows(chain: Exercise) -> None:
    right, own = context_on(chain, "dv", {"du": DU}).bases()
    np.testing.assert_allclose(right[0], 12 * W**2)
    np.testing.assert_allclose(own[0], 4 * W**2 * DU)


def test_a_mistake_is_tried_on_right_and_on_own_values(chain: Exercise) -> None:
    context = context_on(chain, "dv", {"du": DU})
    assert context.reproduces(chain.mistakes[0], [np.full(W.shape, 3.0)], np.array_equal)
    assert context.reproduces(chain.mistakes[0], [DU], np.array_equal)
    assert not context.reproduces(chain.mistakes[0], [2 * DU], np.array_equal)


def test_a_mistake_without_own_values_is_tried_on_right_ones_alone(chain: Exercise) -> None:
    assert not context_on(chain, "dv", {}).reproduces(chain.mistakes[0], [DU], np.array_equal)


def test_a_mistake_of_another_part_is_not_tried(chain: Exercise) -> None:
    context = context_on(chain, "dw", {})
    assert not context.reproduces(chain.mistakes[0], context.right, np.array_equal)


def test_a_mistake_is_not_carried_beyond_the_part_from_own_values(
    counted: tuple[Exercise, list[str]],
) -> None:
    exercise, worked = counted
    context_on(exercise, "dv", {"du": DU}).expected()
    assert worked == ["u", "y", "dv"]


def test_a_mistake_that_differs_on_one_input_is_not_worked_out_on_the_next(
    counted: tuple[Exercise, list[str]],
) -> None:
    exercise, worked = counted
    case = Case(AnswerKey(exercise, [{"w": W}, {"w": 2 * W}]), [0, 1])
    context = Context(case, exercise.parts[1], [{}, {}], {}, [{}, {}])
    u = Mistake("M6", "another u", {"u": lambda v: v.w}, "your {part} has another u.")
    assert not context.reproduces(u, [DU, DU], np.array_equal)
    assert worked.count("dv") == 1


def stopping(chain: Exercise) -> Exercise:
    """The chain, where dv cannot be worked out from a negative du."""

    def dv(v: Any) -> Any:
        if (v.du < 0).any():
            raise ValueError("negative")
        return v.du * v.u

    return dataclasses.replace(chain, steps={**chain.steps, "dv": dv})


def test_nothing_follows_from_own_parts_that_the_steps_cannot_take(chain: Exercise) -> None:
    context = context_on(stopping(chain), "dv", {"du": DU})
    assert not context.follows([4 * W**2 * DU])
    assert len(list(context.bases())) == 1


def test_a_mistake_that_stops_on_own_values_is_tried_on_right_ones(chain: Exercise) -> None:
    u = Mistake("M6", "another u", {"u": lambda v: v.w}, "your {part} has another u.")
    context = context_on(stopping(chain), "dv", {"du": DU})
    assert context.reproduces(u, [3 * 2 * W], np.allclose)
    assert not context.reproduces(u, [DU], np.allclose)


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_follows_from_what_is_not(chain: Exercise, odd: float) -> None:
    du = np.where(DU > 0, odd, DU)
    context = context_on(chain, "dv", {"du": du})
    assert context.follows([4 * W**2 * du])
    assert not context.follows([4 * W**2 * DU])


def test_nothing_follows_where_nothing_is_own(chain: Exercise) -> None:
    assert not context_on(chain, "dv", {}).follows([12 * W**2])
