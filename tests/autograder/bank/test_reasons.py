"""How far an answer that counts as right is from the unchanged one."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from autograder.bank.reasons import Distance, Reason, distance, furthest, identical
from autograder.exercise import Exercise, Part, Probe
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey

PART = Part("y", 1.0)
EXERCISE = Exercise(
    id="test.reasons",
    unit="01-chain-rule",
    title="",
    objectives=(),
    deck="",
    steps={"y": lambda v: v.x},
    parts=(PART,),
    probes=(Probe("any", lambda rng: {"x": np.array([1.0, 2.0])}),),
    again=False,
    tolerance=1e-6,
)
RIGHT = np.array([1.0, 2.0])


def between(value: Any, exercise: Exercise = EXERCISE, right: Any = RIGHT) -> Distance:
    key = AnswerKey(exercise, [{"x": right}])
    before, after = ([Response(values={"y": one})] for one in (right, value))
    return distance(key, before, after)


@pytest.mark.parametrize(
    ("off", "reason"),
    [
        (0.0, Reason.SAME),
        (1e-15, Reason.ROUND_OFF),
        (5e-10, Reason.ROUND_OFF),
        (1e-8, Reason.TOLERANCE),
    ],
)
def test_the_kind_follows_from_the_size(off: float, reason: Reason) -> None:
    assert between(RIGHT * (1 + off)).reason is reason


def test_the_size_is_relative_to_the_entry() -> None:
    assert between(np.array([1.0, 2.0 + 2e-8])).size == pytest.approx(1e-8, rel=1e-3)


def test_a_list_of_the_same_numbers_is_the_same() -> None:
    assert between([1.0, 2.0]).reason is Reason.SAME


def test_what_cannot_be_measured_is_the_furthest() -> None:
    assert between("two") == Distance(Reason.TOLERANCE, np.inf)


def test_a_part_with_several_right_values_may_have_another() -> None:
    several = dataclasses.replace(PART, accept=lambda value, right: None)
    exercise = dataclasses.replace(EXERCISE, parts=(several,))
    assert between("E", exercise, "F").reason is Reason.OTHER_FORM


@pytest.mark.parametrize(
    ("value", "reason"), [(RIGHT + 1, Reason.NOT_ASKED), (RIGHT * (1 + 1e-8), Reason.TOLERANCE)]
)
def test_what_is_wrong_where_nothing_is_asked_is_set_apart(value: Any, reason: Reason) -> None:
    probe = dataclasses.replace(EXERCISE.probes[0], ties=True)
    exercise = dataclasses.replace(EXERCISE, probes=(probe,))
    assert between(value, exercise).reason is reason


def test_the_furthest_counts() -> None:
    near, far = Distance(Reason.TOLERANCE, 1e-9), Distance(Reason.TOLERANCE, 1e-8)
    assert furthest([near, Distance(), far]) == far
    assert furthest([]) == Distance()


ONE = Response(values={"y": RIGHT})


def test_equal_bits_are_identical() -> None:
    assert identical(ONE, Response(values={"y": RIGHT.copy()}))


@pytest.mark.parametrize(
    "other",
    [
        Response(values={"y": RIGHT * (1 + 1e-15)}),
        Response(values={"y": [1.0, 2.0]}),
        Response(values={"y": RIGHT.astype(np.float32)}),
        Response(values={"y": RIGHT, "z": 1.0}),
        Response(values={"y": RIGHT}, mutated=("x",)),
        Response(values={"y": RIGHT}, shared=(("y", "x"),)),
        Response(values={"y": lambda: RIGHT}),
        Response(fault="error"),
    ],
)
def test_another_value_type_or_mark_is_not_identical(other: Response) -> None:
    assert not identical(ONE, other)
