from __future__ import annotations

import numpy as np
import pytest

from autograder.judge.compare import close, close_entries, form_fault

RIGHT = np.array([[1.5, -2.0, 0.25], [4.0, 0.5, -1.0]])


def test_a_right_array_has_no_fault() -> None:
    assert form_fault(RIGHT.copy(), RIGHT) is None


@pytest.mark.parametrize("value", [2.5, np.float64(2.5), np.array(2.5)])
def test_a_number_may_be_a_float_or_a_scalar_array(value: object) -> None:
    assert form_fault(value, 2.5) is None


def test_a_float64_is_one_in_either_order_of_its_bytes() -> None:
    assert form_fault(np.ones((2, 3), dtype=">f8"), np.zeros((2, 3))) is None


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "type"),
        ("2.5", "type"),
        (RIGHT.tolist(), "list"),
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
def test_beside_what_is_not_finite_the_rest_is_compared(odd: float) -> None:
    right = np.where(RIGHT > 1, odd, RIGHT)
    assert not close(right * (1 + 1e-8), right, 1e-10, same_nonfinite=True)


@pytest.mark.parametrize(("error", "agrees"), [(0.25, True), (0.3, False)])
@pytest.mark.parametrize("sign", [-1, 1])
def test_the_tolerance_is_relative_to_the_entry(error: float, agrees: bool, sign: int) -> None:
    value = RIGHT + sign * error * np.abs(RIGHT) * [[0, 1, 0], [0, 0, 0]]
    assert close(value, RIGHT, 0.25) == agrees
    marks = [[True, agrees, True], [True, True, True]]
    assert close_entries(value, RIGHT, 0.25).tolist() == marks


@pytest.mark.parametrize(("error", "agrees"), [(0.9e-13, True), (1.2e-13, False)])
def test_the_floor_is_relative_to_the_largest_entry(error: float, agrees: bool) -> None:
    assert close(np.array([8 * error, -8.0]), np.array([0.0, -8.0]), 1e-20) == agrees


def test_what_has_no_entry_agrees() -> None:
    assert close(np.empty((0, 3)), np.empty((0, 3)), 1e-9)
    assert close_entries(np.empty((0, 3)), np.empty((0, 3)), 1e-9).shape == (0, 3)


def message(value: object, right: object) -> str:
    fault = form_fault(value, right)
    assert fault is not None
    return fault.message


@pytest.mark.parametrize(
    ("value", "right", "words"),
    [
        (None, RIGHT, "it is None; expected a float64 array of shape (2, 3)."),
        (None, 2.5, "it is None; expected a float."),
        ({}, 2.5, "it is of type dict; expected a float."),
        (
            "2.5",
            2.5,
            "it is of type str; expected a float. Return the number itself, not a string.",
        ),
        (
            [1.0],
            np.ones(1),
            "it is of type list; expected a float64 array of shape (1,). "
            "Turn it into an array with np.array(...).",
        ),
        (10**400, 2.5, "it is an integer that is too large for a float."),
    ],
)
def test_the_type_is_told_with_what_is_expected(value: object, right: object, words: str) -> None:
    assert message(value, right) == words


@pytest.mark.parametrize(
    ("dtype", "advice"),
    [
        ("int64", "Integers lose everything after the decimal point"),
        ("uint8", "Integers lose everything after the decimal point"),
        ("bool", "Integers lose everything after the decimal point"),
        ("float32", "Single precision is too coarse"),
        ("float16", "Single precision is too coarse"),
        ("complex128", "The value should be real, not complex"),
        ("longdouble", ""),
        ("S2", ""),
        ("U1", ""),
        ("U3", ""),
    ],
)
def test_each_dtype_has_its_own_advice(dtype: str, advice: str) -> None:
    value = np.ones((2, 3), dtype=dtype)
    start = f"its dtype is {value.dtype}; expected float64."
    words = message(value, RIGHT)
    assert words.startswith(start)
    assert words[len(start) :].startswith(f" {advice}" if advice else "")
    assert bool(words[len(start) :]) == bool(advice)


class CallsItselfAnInteger(type):
    def __eq__(cls, other: object) -> bool:
        return True

    __hash__ = type.__hash__


class Odd(metaclass=CallsItselfAnInteger):
    def __float__(self) -> float:
        raise AssertionError("it was asked for its number")


def test_what_only_calls_itself_an_integer_is_not_asked_for_its_number() -> None:
    assert message(Odd(), 2.5) == "it is of type Odd; expected a float."


TRANSPOSED = " That is the transposed shape"
LONG = " It has one axis of length 1 too many"
SUM = " Is a sum missing?"
BROADCAST = " If an array was broadcast in the forward pass"


@pytest.mark.parametrize(
    ("got", "wanted", "advice"),
    [
        ((3, 2), (2, 3), TRANSPOSED),
        ((2, 3), (3, 2), TRANSPOSED),
        ((1, 3), (3, 1), TRANSPOSED),
        ((3, 1), (3,), LONG),
        ((1, 3), (3,), LONG),
        ((1, 1), (), LONG),
        ((1, 4), (3,), BROADCAST),
        ((1, 2), (3,), BROADCAST),
        ((3, 2), (6,), BROADCAST),
        ((1, 3, 1), (3,), BROADCAST),
        ((5, 3), (3,), BROADCAST),
        ((3,), (), SUM),
        ((1,), (), SUM),
        ((2, 3), (), SUM),
        ((4, 2), (2, 3), ""),
        ((2,), (2, 3), ""),
        ((6,), (2, 3), ""),
        ((2, 2), (3, 3), ""),
        ((4,), (3,), ""),
    ],
)
def test_each_wrong_shape_has_its_own_advice(
    got: tuple[int, ...], wanted: tuple[int, ...], advice: str
) -> None:
    expected = wanted or "a single number"
    start = f"its shape is {got}; expected {expected}."
    words = message(np.ones(got), np.ones(wanted))
    assert words.startswith(start + advice)
    assert bool(words[len(start) :]) == bool(advice)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.nan, "it is nan, but a finite number is expected."),
        (-np.inf, "it is inf, but a finite number is expected."),
        (
            np.where(RIGHT > 1, np.inf, RIGHT),
            "it is inf in 2 of its 6 entries, but a finite number is expected.",
        ),
        (
            np.where(RIGHT > 1, np.inf, RIGHT * [1, 1, np.nan]),
            "it is nan in 4 of its 6 entries, but a finite number is expected.",
        ),
    ],
)
def test_entries_that_are_not_finite_are_counted(value: object, words: str) -> None:
    right = np.zeros(np.shape(value))
    assert message(value, right) == words
