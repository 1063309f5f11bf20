"""Nearly right values: rounded, approximated, or a finite difference."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from judging import named_when

from autograder.exercise import Exercise, Part
from autograder.judge.approximations import APPROXIMATE, DIFFERENCES, ROUNDED, numeric_explanation

RIGHT = np.array([1 / 3, -20 / 7, 5 / 11])


def explain(chain: Exercise, values: list[Any], right: Any = RIGHT) -> Any:
    return numeric_explanation(chain, Part("dw", 1), values, [right] * len(values))


@pytest.mark.parametrize("digits", range(1, 9))
def test_rounded_values_are_told(chain: Exercise, digits: int) -> None:
    value = np.round(RIGHT, digits)
    assert explain(chain, [value, value]) is ROUNDED


@pytest.mark.parametrize("digits", [0, 9, 13])
def test_whole_numbers_and_all_digits_are_not_called_rounded(chain: Exercise, digits: int) -> None:
    assert explain(chain, [np.round(RIGHT, digits)]) is not ROUNDED


def test_a_right_value_of_few_digits_is_not_rounded(chain: Exercise) -> None:
    right = np.array([0.5, 0.25])
    assert explain(chain, [right], right) is None


def test_zeros_are_not_rounded(chain: Exercise) -> None:
    assert explain(chain, [np.zeros(3)], RIGHT / 100) is None


def test_one_value_that_is_not_rounded_takes_it_away(chain: Exercise) -> None:
    assert explain(chain, [np.round(RIGHT, 3), RIGHT * (1 + 1e-6)]) is not ROUNDED


def test_one_right_value_of_few_digits_does_not(chain: Exercise) -> None:
    rights = [RIGHT, np.array([0.5, 0.25])]
    values = [np.round(RIGHT, 3), rights[1]]
    assert numeric_explanation(chain, Part("dw", 1), values, rights) is ROUNDED


@pytest.mark.parametrize(
    ("error", "told"),
    [(0.5e-12, False), (2e-12, True), (1e-7, True), (0.9e-3, True), (1.1e-3, False)],
)
@pytest.mark.parametrize("sign", [-1, 1])
def test_errors_of_a_difference_are_relative_to_the_largest_entry(
    chain: Exercise, error: float, told: bool, sign: int
) -> None:
    value = RIGHT.copy()
    value[0] += sign * error * 20 / 7
    assert explain(chain, [value]) is (DIFFERENCES if told else None)


@pytest.mark.parametrize("size", [1e3, 1e12])
def test_the_bounds_themselves_are_no_errors_of_a_difference(chain: Exercise, size: float) -> None:
    right = np.array([size])
    assert explain(chain, [right + 1], right) is None


def test_what_is_no_derivative_is_called_approximate(chain: Exercise) -> None:
    exercise = dataclasses.replace(chain, derivatives=("du",))
    value = [RIGHT * (1 + 1e-7)]
    assert numeric_explanation(exercise, Part("dw", 1), value, [RIGHT]) is APPROXIMATE
    assert numeric_explanation(exercise, Part("du", 1), value, [RIGHT]) is DIFFERENCES


@pytest.mark.parametrize(
    ("near", "exact", "told"),
    [(1, 0, True), (1, 1, False), (2, 1, True), (2, 2, False), (3, 4, False)],
)
def test_most_inputs_must_show_the_error(
    chain: Exercise, near: int, exact: int, told: bool
) -> None:
    values = [RIGHT * (1 + 1e-7)] * near + [RIGHT] * exact
    assert explain(chain, values) is (DIFFERENCES if told else None)


def test_one_value_far_off_takes_it_away(chain: Exercise) -> None:
    assert explain(chain, [RIGHT * (1 + 1e-7)] * 3 + [RIGHT * 1.1]) is None


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (RIGHT[:2], RIGHT),
        (np.append(RIGHT, 1.0), RIGHT),
        (RIGHT[:, None], RIGHT),
        (np.empty(0), np.empty(0)),
        (RIGHT * [1 + 1e-7, np.nan, 1], RIGHT),
        (RIGHT * [1 + 1e-7, np.inf, 1], RIGHT),
        (np.full(3, 1e-7), np.zeros(3)),
    ],
)
def test_what_cannot_be_compared_is_no_approximation(
    chain: Exercise, value: Any, right: Any
) -> None:
    assert explain(chain, [value], right) is None


def test_without_an_answer_nothing_is_told(chain: Exercise) -> None:
    assert explain(chain, []) is None


def test_a_derivative_of_zero_on_one_input_hides_no_difference(chain: Exercise) -> None:
    part, zero = Part("dw", 1), np.zeros(3)
    values = [RIGHT + 1e-9, zero, 2 * RIGHT + 1e-9]
    assert numeric_explanation(chain, part, values, [RIGHT, zero, 2 * RIGHT]) is DIFFERENCES
    values[1] = zero + 1e-9
    assert numeric_explanation(chain, part, values, [RIGHT, zero, 2 * RIGHT]) is None


@pytest.mark.parametrize(
    ("id", "part"),
    [
        ("checker.difference", "forward"),
        ("checker.difference", "central"),
        ("checker.sweep", "forward_error"),
        ("checker.sweep", "central_error"),
    ],
)
def test_what_is_to_be_measured_is_not_called_an_approximation(id: str, part: str) -> None:
    nearly = {part: lambda right, _: right[part] * (1 + 1e-4 * np.cos(np.ravel(right[part])[0]))}
    assert APPROXIMATE.name not in named_when(id, **nearly)


def test_what_is_to_be_worked_out_is_called_an_approximation() -> None:
    assert named_when("case1.forward", y=lambda r, _: r["y"] * (1 + 1e-7)) == [APPROXIMATE.name]


def test_an_empty_array_on_most_inputs_hides_no_difference(chain: Exercise) -> None:
    part, empty = Part("dw", 1), np.empty((0, 2))
    values, rights = [empty, RIGHT * (1 + 1e-7), empty], [empty, RIGHT, empty]
    assert numeric_explanation(chain, part, values, rights) is DIFFERENCES
