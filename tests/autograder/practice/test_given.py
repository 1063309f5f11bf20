from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from drawn_programs import QUIZ1

from autograder.exercise import Exercise
from autograder.practice.given import NotAsked, how_to_give, read_given
from autograder.random_functions.derived_program import derived_program

RIGHT: dict[str, Any] = {"x": 2.0, "f": 1.0, "da": 1.0, "dx": 2.0, "dz": np.ones((2, 3))}


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return derived_program("practice.graphs", replace(QUIZ1, asked=("a", "x", "z")), "practice")


@pytest.mark.parametrize("value", [3, 3.0, True, Fraction(3), np.float32(3), np.array(3)])
def test_every_kind_of_number_is_read_as_a_float(exercise: Exercise, value: Any) -> None:
    found = read_given(exercise, RIGHT, {"dx": value}, ())
    assert found == {"dx": float(value)}
    assert type(found["dx"]) is float


@pytest.mark.parametrize("value", [[[1, 2, 3], [4, 5, 6]], ((1, 2, 3), (4, 5, Fraction(6)))])
def test_lists_are_read_as_an_array(exercise: Exercise, value: Any) -> None:
    found = read_given(exercise, RIGHT, {"dz": value}, ())
    np.testing.assert_array_equal(found["dz"], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def test_numbers_come_in_the_order_of_computation(exercise: Exercise) -> None:
    given = {"dx": 1.0, "da": 2.0, "f": 3.0}
    assert list(read_given(exercise, RIGHT, given, ())) == ["f", "da", "dx"]


CALL = "answer(da=…, dx=…, dz=[[…, …, …], […, …, …]])"
NUMBER = "Give one number, such as dx=-1.3."
LISTS = "Give 2 × 3 numbers in lists, dz=[[…, …, …], […, …, …]]."
ROWS = f"dz must hold only numbers, in rows of the same length. {LISTS}"


@pytest.mark.parametrize(
    ("given", "unnamed", "sentence"),
    [
        ({}, (), f"Give at least one number by its name: {CALL}."),
        ({}, (1.0, 2.0), f"Say which number is which: {CALL}."),
        ({"dx": 1.0}, (2.0,), f"Say which number is which: {CALL}."),
        ({"dq": 1.0}, (), "There is no dq here. This task asks for da, dx, dz."),
        ({"_recorded": 1.0}, (), "There is no _recorded here. This task asks for da, dx, dz."),
        ({"x": 1.0}, (), "There is no x here. Did you mean dx?"),
        ({"dx": None}, (), f"You gave None for dx. {NUMBER}"),
        ({"dx": "1/a"}, (), f"You gave text for dx. {NUMBER}"),
        ({"dx": "0.3"}, (), f"You gave text for dx. {NUMBER}"),
        ({"dx": 1j}, (), f"You gave a complex number for dx. {NUMBER}"),
        ({"dx": abs}, (), f"You gave a function for dx. {NUMBER}"),
        ({"dx": 10**400}, (), f"You gave something other than a number for dx. {NUMBER}"),
        ({"dx": float("nan")}, (), f"dx is not finite. {NUMBER}"),
        ({"dx": [1.0]}, (), f"You gave a list for dx. {NUMBER}"),
        ({"dz": "0.3"}, (), f"You gave text for dz. {LISTS}"),
        ({"dz": 0.3}, (), f"You gave one number for dz. {LISTS}"),
        ({"dz": [1, 2, 3]}, (), f"You gave a list of 3 numbers for dz. {LISTS}"),
        ({"dz": np.ones((3, 2))}, (), f"You gave a list of 3 × 2 numbers for dz. {LISTS}"),
        ({"dz": [[1, 2], [3]]}, (), ROWS),
        ({"dz": [[1, 2, None], [4, 5, 6]]}, (), ROWS),
        ({"dz": [["1", "2", "3"], ["4", "5", "6"]]}, (), ROWS),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do(
    exercise: Exercise, given: dict[str, Any], unnamed: tuple[float, ...], sentence: str
) -> None:
    with pytest.raises(NotAsked) as problem:
        read_given(exercise, RIGHT, given, unnamed)
    assert str(problem.value) == sentence


@pytest.mark.parametrize(
    ("right", "words"),
    [
        (1.0, "one number, such as dx=-1.3"),
        (np.ones(2), "2 numbers in lists, dx=[…, …]"),
        (np.ones((1, 2)), "1 × 2 numbers in lists, dx=[[…, …]]"),
    ],
)
def test_the_shape_is_shown_as_it_is_typed(right: Any, words: str) -> None:
    assert how_to_give("dx", right) == words
