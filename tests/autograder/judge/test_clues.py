"""What is said about a wrong value that no mistake explains."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from autograder.exercise import Exercise, Part, Probe
from autograder.judge.answer_key import AnswerKey
from autograder.judge.clues import clues_of
from autograder.judge.context import Case, Context

RIGHT = np.array([[1.0, -2.0, 4.0], [8.0, 16.0, -32.0]])
ONES = np.ones((2, 3))


def clues(chain: Exercise, values: list[Any], rights: list[Any], own: Any = ()) -> tuple[str, ...]:
    """The clues on one part with these values and right values, on the probes A, B and C."""
    exercise = dataclasses.replace(
        chain,
        steps={"g": lambda v: v.right, "h": lambda v: 2 * v.g},
        parts=(Part("g", 1), Part("h", 1)),
        probes=tuple(Probe(name, lambda rng: {}) for name in "ABC"[: len(rights)]),
        mistakes=(),
        output="",
        leaves={},
    )
    key = AnswerKey(exercise, [{"right": right, "others": np.zeros(9)} for right in rights])
    mine = list(own) or [{} for _ in rights]
    part = exercise.parts[1 if own else 0]
    return clues_of(Context(Case(key, range(len(rights))), part, mine, {}, mine), values)


ALL = "On every input where it is wrong, all entries are"
ONE = "by the same factor"
SEVERAL = "by the same factor, which differs from input to input."


@pytest.mark.parametrize(
    ("factors", "clue"),
    [
        ([3, 3], f"{ALL} too large {ONE}."),
        ([0.3, 0.3], f"{ALL} too small {ONE}."),
        (
            [-3, -3],
            f"{ALL} too large {ONE}, with the opposite sign.",
        ),
        (
            [-0.3, -0.3],
            f"{ALL} too small {ONE}, with the opposite sign.",
        ),
        ([3, 3 + 1e-7], f"{ALL} too large {ONE}."),
        ([300, 300 + 1e-4], f"{ALL} too large {ONE}."),
        ([3, 3 + 1e-5], f"All entries are too large {SEVERAL}"),
        ([3, 4], f"All entries are too large {SEVERAL}"),
        ([3, -4], f"All entries are too large {SEVERAL}"),
        ([0.3, 0.4], f"All entries are too small {SEVERAL}"),
        ([0.3, 4], f"All entries are off {SEVERAL}"),
        ([-1, 4], f"All entries are off {SEVERAL}"),
        ([-1, 0.3], f"All entries are off {SEVERAL}"),
    ],
)
def test_a_common_factor_is_told(chain: Exercise, factors: list[float], clue: str) -> None:
    rights = [RIGHT, RIGHT[:, :2]]
    values = [factor * right for factor, right in zip(factors, rights, strict=True)]
    assert clue in clues(chain, values, rights)


def test_two_entries_have_a_common_factor(chain: Exercise) -> None:
    found = clues(chain, [3 * RIGHT[0, :2]], [RIGHT[0, :2]])
    assert found[0].endswith("by the same factor.")


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (RIGHT + 1, RIGHT),
        (np.roll(RIGHT, 1), RIGHT),
        (RIGHT, np.zeros((2, 3))),
        (ONES * [1, -1, 0], np.ones((2, 3))),
        (np.array([5.0]), np.array([2.0])),
        (5.0, 2.0),
    ],
)
def test_without_one_none_is_told(chain: Exercise, value: Any, right: Any) -> None:
    assert not any("factor" in clue for clue in clues(chain, [value], [right]))


def test_one_input_without_it_takes_it_away(chain: Exercise) -> None:
    found = clues(chain, [3 * RIGHT, RIGHT + 1], [RIGHT, RIGHT])
    assert not any("factor" in clue for clue in found)


def test_a_single_number_is_no_witness_for_a_factor(chain: Exercise) -> None:
    found = clues(chain, [3 * RIGHT, np.array([7.0])], [RIGHT, np.array([2.0])])
    assert found[0].endswith("by the same factor.")


@pytest.mark.parametrize(
    ("wrong", "sound", "off"), [([1], "A; C", "B"), ([0, 2], "B", "A; C"), ([0, 1], "C", "A; B")]
)
def test_the_inputs_on_which_it_is_wrong_are_told(
    chain: Exercise, wrong: list[int], sound: str, off: str
) -> None:
    values = [RIGHT + (i in wrong) for i in range(3)]
    found = clues(chain, values, [RIGHT] * 3)
    assert found[0] == f"It is right on some inputs ({sound}) and wrong on others ({off})."


def test_where_it_is_wrong_on_all_none_is_named(chain: Exercise) -> None:
    assert not any("some inputs" in clue for clue in clues(chain, [RIGHT + 1] * 3, [RIGHT] * 3))


@pytest.mark.parametrize(("sound", "told"), [(0, False), (1, True), (5, True)])
def test_right_entries_are_counted(chain: Exercise, sound: int, told: bool) -> None:
    value = RIGHT.copy()
    value.flat[sound:] += np.arange(1, 7 - sound) ** 2
    found = clues(chain, [value, value[:, ::-1]], [RIGHT, RIGHT[:, ::-1]])
    words = f"{2 * sound} of its 12 entries are right."
    assert (words in found) == told
    assert any("entries are right" in clue for clue in found) == told


def test_entries_are_counted_where_it_is_wrong_and_more_than_a_number(chain: Exercise) -> None:
    value = RIGHT.copy()
    value[0, 0] += 1
    rights = [RIGHT, RIGHT, np.array([2.0])]
    found = clues(chain, [value, RIGHT, np.array([7.0])], rights)
    assert "Only its entry [0, 0] is wrong." in found


def test_a_pair_of_entries_is_counted(chain: Exercise) -> None:
    assert "Only its entry [1] is wrong." in clues(chain, [np.array([1.0, 9])], [RIGHT[0, :2]])


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([RIGHT**3, RIGHT**5], True),
        ([RIGHT**3, RIGHT**2], False),
        ([RIGHT**2, RIGHT**3], False),
        ([np.abs(RIGHT) + 1], False),
        ([-np.abs(RIGHT) - 1], False),
        ([RIGHT**3 * (np.abs(RIGHT) > 1)], False),
    ],
)
def test_right_signs_are_told(chain: Exercise, values: list[Any], told: bool) -> None:
    found = clues(chain, values, [RIGHT] * len(values))
    assert ("The signs are all right, but the sizes are not." in found) == told


def test_rows_and_columns_that_are_swapped_on_some_inputs_are_told(chain: Exercise) -> None:
    square = np.array([[1.0, 2.0], [3.0, 4.0]])
    found = clues(chain, [square.T, RIGHT], [square, RIGHT])
    assert found[1] == "There, its rows and columns are swapped."


def test_three_clues_are_enough(chain: Exercise) -> None:
    value = RIGHT.copy()
    value[0, 0] = 3
    assert clues(chain, [value, RIGHT], [RIGHT, RIGHT]) == (
        "It is right on some inputs (B) and wrong on others (A).",
        "Only its entry [0, 0] is wrong.",
        "The signs are all right, but the sizes are not.",
    )


@pytest.mark.parametrize("value", [RIGHT.T, RIGHT[0], RIGHT[:1]])
def test_what_cannot_be_compared_has_none(chain: Exercise, value: Any) -> None:
    assert clues(chain, [value], [RIGHT]) == ()
    assert clues(chain, [1 + RIGHT, value], [RIGHT, RIGHT]) == ()


def test_ordinary_numbers_are_looked_at_before_a_nan(chain: Exercise) -> None:
    nowhere = np.full(RIGHT.shape, np.nan)
    assert clues(chain, [nowhere], [RIGHT]) == ()
    found = clues(chain, [1 + RIGHT, nowhere], [RIGHT, RIGHT])
    assert found[0] == "It is off by the same amount everywhere, as if a constant had been added."


def test_it_is_compared_with_what_follows_from_own_parts(chain: Exercise) -> None:
    found = clues(chain, [3 * ONES], [RIGHT], own=[{"g": ONES}])
    assert (
        found[0]
        == "On every input where it is wrong, all entries are too large by the same factor."
    )


def test_what_follows_from_an_infinite_part_is_no_measure(chain: Exercise) -> None:
    assert clues(chain, [3 * ONES], [RIGHT], own=[{"g": ONES * np.inf}]) == ()


def test_one_number_everywhere_is_told_however_close_the_right_ones_are(chain: Exercise) -> None:
    found = clues(chain, [5 * ONES[0]], [np.array([0.2, 0.4, 0.7])])
    assert found[0] == "All of its entries are the same number."


# Of size 100, so that the sizes below are told apart to the last bit.
HUNDRED = np.array([60.0, 80.0])
TENTH = "off by 10 % or more."


@pytest.mark.parametrize(
    ("value", "clue"),
    [
        (np.array([60, 80.5]), "It is off by less than 1 %."),
        (np.array([60.0, 81]), "It is off by less than 10 %."),
        (np.array([60.0, 90]), f"It is too large, and {TENTH}"),
        (np.array([60.0, 65]), f"It is too small, and {TENTH}"),
        (2 * HUNDRED, f"It is too large, and {TENTH}"),
        (2.5 * HUNDRED, "It is more than twice as large as it should be."),
        (10 * HUNDRED, "It is more than twice as large as it should be."),
        (10.5 * HUNDRED, "It is more than ten times as large as it should be."),
        (0.5 * HUNDRED, f"It is too small, and {TENTH}"),
        (0.4 * HUNDRED, "It is less than half as large as it should be."),
        (0.1 * HUNDRED, "It is less than half as large as it should be."),
        (0.05 * HUNDRED, "It is less than a tenth as large as it should be."),
    ],
)
def test_how_far_off_it_is_is_told_in_words(chain: Exercise, value: Any, clue: str) -> None:
    assert clues(chain, [value], [HUNDRED])[-1] == clue


def test_of_entries_too_large_and_too_small_no_size_is_said(chain: Exercise) -> None:
    uneven = HUNDRED * [3.0, 0.5]
    assert clues(chain, [uneven], [HUNDRED])[-1] == (
        "Some of its entries are too large and others too small."
    )


@pytest.mark.parametrize(
    "value",
    [HUNDRED[::-1], HUNDRED * [1, -1], 1.009 * HUNDRED[::-1], 0.991 * HUNDRED[::-1]],
)
def test_of_the_right_size_it_is_neither_too_large_nor_too_small(
    chain: Exercise, value: Any
) -> None:
    assert clues(chain, [value], [HUNDRED])[-1] == "It is off by 10 % or more."


@pytest.mark.parametrize(
    ("factors", "clue"),
    [
        ((0.6, 1.5), "It is too large on some inputs and too small on others."),
        ((0.6, 1), "It is off by 10 % or more."),
        ((1, 1.5), "It is off by 10 % or more."),
        ((1.2, 1.5), f"It is too large, and {TENTH}"),
        ((0.6, 0.8), f"It is too small, and {TENTH}"),
        ((1.02, 1.5), f"It is too large, and {TENTH}"),
        ((0.6, 0.98), f"It is too small, and {TENTH}"),
        ((0.98, 1.02), "It is too large on some inputs and too small on others."),
    ],
)
def test_too_large_or_small_it_is_on_all_inputs(
    chain: Exercise, factors: tuple[float, ...], clue: str
) -> None:
    values = [factor * HUNDRED[::-1] for factor in factors]
    assert clues(chain, values, [HUNDRED, HUNDRED])[-1] == clue


def test_rows_are_not_told_of_where_an_input_has_none(chain: Exercise) -> None:
    """A vector on one input and a matrix on another: neither has all its lines in common."""
    vector, matrix = np.array([1.0, 2, 3]), np.arange(1.0, 13).reshape(3, 4)
    values = [np.array([9.0, 2, 3]), matrix + 9 * np.eye(3, 1)]
    assert "10 of its 15 entries are right." in clues(chain, values, [vector, matrix])
    assert "10 of its 15 entries are right." in clues(chain, values[::-1], [matrix, vector])


def test_rows_are_told_of_that_are_right_on_every_input(chain: Exercise) -> None:
    right = np.arange(1.0, 13).reshape(4, 3)
    but_first = right + 9 * (np.arange(4) > 0)[:, np.newaxis]
    assert "Its first row is right; the others are not." in clues(chain, [but_first], [right])
    found = clues(chain, [but_first, right + 9], [right, right])
    assert "3 of its 24 entries are right." in found


def test_a_matrix_of_one_column_has_rows(chain: Exercise) -> None:
    right = np.arange(1.0, 5)[:, np.newaxis]
    assert "Only its last row is wrong." in clues(chain, [right + 9 * (right == 4)], [right])


def test_rows_are_those_of_a_matrix(chain: Exercise) -> None:
    right = np.arange(1.0, 13).reshape(3, 2, 2)
    found = clues(chain, [np.stack([right[0] + 7] * 3)], [right])
    assert found
    assert not any("rows" in clue for clue in found)
