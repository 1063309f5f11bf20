from __future__ import annotations

from typing import Any

import pytest

from autograder.practice.rounding import close, has_two_digits, last_place, rounds_to

# A learner's right matrix, whose largest entry has two digits when all have three decimals.
SMALL = [[-0.05316, -0.00412], [0.00938, -0.01649]]
THREE_DECIMALS = [[-0.053, -0.004], [0.009, -0.016]]
TWO_DECIMALS = [[-0.05, 0.0], [0.01, -0.02]]


@pytest.mark.parametrize(
    ("value", "right", "agrees"),
    [
        (1.23, 1.2345, True),
        (-0.00123, -0.0012345, True),
        (1.2, 1.2345, False),
        (1.23, -1.2345, False),
        (0.0, 0.01, False),
        (0.0, 0.0, True),
        (THREE_DECIMALS, SMALL, True),
        (TWO_DECIMALS, SMALL, False),
        # Its digits do not excuse an entry that is off by more than one unit of the last.
        ([[-0.053, -0.004], [0.009, -0.018]], SMALL, False),
        ([[-0.0532, -0.0041], [0.0094, -0.0160]], SMALL, False),
        ([2.0, 1.0], [2.0, 1.1], False),
        ([1.0, 2.0], [[1.0, 2.0]], False),
        ([1.0, 2.0], [1.0, float("inf")], False),
        ([1.0, float("nan")], [1.0, 2.0], False),
    ],
)
def test_close_means_three_digits_of_the_largest_entry(
    value: Any, right: Any, agrees: bool
) -> None:
    assert close(value, right) == agrees


@pytest.mark.parametrize(
    ("value", "right", "rounded"),
    [
        (1.2, 1.2345, True),
        (1.0, 1.2345, True),
        (1.3, 1.2345, False),
        (0.0, 0.2, False),
        (TWO_DECIMALS, SMALL, True),
        ([[0.05, 0.0], [0.01, -0.02]], SMALL, False),
        ([1.2, 1.2], 1.2345, False),
    ],
)
def test_fewer_digits_of_the_same_number(value: Any, right: Any, rounded: bool) -> None:
    assert rounds_to(value, right) == rounded


@pytest.mark.parametrize(
    ("value", "unit"), [(1.25, 0.01), (12.0, 1.0), (1200.0, 1.0), (3e-5, 1e-5), ([0.3, 0.05], 0.01)]
)
def test_the_last_place_is_that_of_the_finest_entry(value: Any, unit: float) -> None:
    assert last_place(value) == pytest.approx(unit)


@pytest.mark.parametrize(("value", "has"), [(1.2, True), (1.0, False), (0.3, False), (12.0, True)])
def test_two_digits(value: float, has: bool) -> None:
    assert has_two_digits(value) == has
