from __future__ import annotations

import numpy as np
import pytest

from autograder.values import close, form_fault

RIGHT = np.array([[1.5, -2.0, 0.25], [4.0, 0.5, -1.0]])


def test_a_right_array_has_no_fault() -> None:
    assert form_fault(RIGHT.copy(), RIGHT) is None


@pytest.mark.parametrize("value", [2.5, np.float64(2.5), np.array(2.5)])
def test_a_number_may_be_a_float_or_a_scalar_array(value: object) -> None:
    assert form_fault(value, 2.5) is None


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "type"),
        ("2.5", "type"),
        (RIGHT.tolist(), "type"),
        (np.ma.masked_array(RIGHT), "type"),
        (RIGHT.astype(np.float32), "dtype"),
        (np.ones((2, 3), dtype=int), "dtype"),
        (RIGHT.astype(complex), "dtype"),
        (RIGHT > 0, "dtype"),
        (RIGHT.T, "shape"),
        (RIGHT[None], "shape"),
        (RIGHT.ravel(), "shape"),
        (np.where(RIGHT > 1, np.nan, RIGHT), "nonfinite"),
        (np.where(RIGHT > 1, np.inf, RIGHT), "nonfinite"),
    ],
)
def test_a_fault_of_form_is_told_by_its_kind(value: object, kind: str) -> None:
    fault = form_fault(value, RIGHT)
    assert fault is not None
    assert fault.kind == kind


def test_a_shape_fault_tells_got_and_expected() -> None:
    fault = form_fault(RIGHT.T, RIGHT)
    assert fault is not None
    assert "(3, 2)" in fault.message
    assert "(2, 3)" in fault.message
    assert "transposed" in fault.message


def test_a_column_is_told_from_a_vector() -> None:
    fault = form_fault(np.ones((3, 1)), np.ones(3))
    assert fault is not None
    assert "axis of length 1" in fault.message


@pytest.mark.parametrize("value", [1, -2, 0])
def test_a_plain_integer_is_as_good_as_a_float(value: int) -> None:
    assert form_fault(value, 1.5) is None


def test_an_integer_too_large_for_a_float_cannot_be_compared() -> None:
    fault = form_fault(10**400, 1.5)
    assert fault is not None
    assert fault.kind == "dtype"


def test_an_array_where_a_number_is_asked_is_told_so() -> None:
    fault = form_fault(np.ones(3), 1.5)
    assert fault is not None
    assert "a single number" in fault.message


def test_equal_arrays_are_close() -> None:
    assert close(RIGHT.copy(), RIGHT, 1e-12)


def test_one_wrong_entry_among_many_is_seen() -> None:
    right = np.full(100_000, 3.0)
    value = right.copy()
    value[71] = 0
    assert not close(value, right, 1e-9)


def test_a_tiny_gradient_is_not_close_to_zero() -> None:
    right = np.full(4, 1e-7)
    assert not close(np.zeros(4), right, 1e-9)


def test_a_small_entry_beside_large_ones_carries_their_round_off() -> None:
    assert close(np.array([1e8, 1e-9]), np.array([1e8, 2e-9]), 1e-9)


def test_another_shape_is_never_close() -> None:
    assert not close(np.ones(3), np.ones((3, 1)), 1e-9)


def test_nan_is_never_close() -> None:
    assert not close(np.array([np.nan]), np.array([1.0]), 1e-9)
    assert not close(np.array([np.nan]), np.array([np.nan]), 1e-9)


def test_two_answers_can_go_wrong_in_the_same_way() -> None:
    wrong = np.array([np.nan, np.inf, 1.0])
    assert close(wrong, wrong + 1e-12, 1e-9, same_nonfinite=True)
    assert not close(wrong, np.array([np.nan, -np.inf, 1.0]), 1e-9, same_nonfinite=True)
    assert not close(wrong, np.array([1.0, np.inf, 1.0]), 1e-9, same_nonfinite=True)
    assert not close(np.array([1.0]), np.array([np.nan]), 1e-9, same_nonfinite=True)


@pytest.mark.parametrize("odd", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("same_nonfinite", [False, True])
def test_no_number_is_close_to_what_is_not_finite(odd: float, same_nonfinite: bool) -> None:
    right = np.where(RIGHT > 1, odd, RIGHT)
    assert not close(RIGHT, right, 1e-10, same_nonfinite)


@pytest.mark.parametrize("odd", [np.inf, -np.inf, np.nan])
def test_two_values_that_went_wrong_in_the_same_way_may_be_called_close(odd: float) -> None:
    right = np.where(RIGHT > 1, odd, RIGHT)
    assert close(right * (1 + 1e-12), right, 1e-10, True)
    assert not close(right * (1 + 1e-8), right, 1e-10, True)
    assert not close(right, right, 1e-10)
