"""Right numbers in a form that was not asked for cost a little, and wrong ones stay wrong."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest

from autograder.feedback.words import feedback, summary
from autograder.judge.forms import read_forms
from autograder.judge.verdict import Status

FORMS = {
    "an axis of length 1": lambda g: g[..., None],
    "an axis in front": lambda g: g[None],
}
LISTS = {
    "lists": lambda g: g.tolist(),
    "a tuple of tuples": lambda g: tuple(map(tuple, g.tolist())),
}


def agree(value: Any, right: Any) -> bool:
    reading = read_forms([value], [right])
    return reading is not None and reading.agrees([right], 1e-10)


def part(verdict: Any, name: str) -> Any:
    return next(one for one in verdict.parts if one.part.name == name)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_right_value_in_another_form_costs_a_tenth(
    chain_verdict: Any, with_parts: Any, form: Any
) -> None:
    verdict = chain_verdict(with_parts(dw=form))
    assert part(verdict, "dw").status is Status.FORM
    assert verdict.score == 3.8
    assert not verdict.full


@pytest.mark.parametrize("form", LISTS.values(), ids=LISTS)
def test_lists_of_the_right_numbers_are_as_good_as_arrays(
    chain_verdict: Any, with_parts: Any, form: Any
) -> None:
    assert chain_verdict(with_parts(dw=form)).full


@pytest.mark.parametrize("form", LISTS.values(), ids=LISTS)
def test_lists_of_wrong_numbers_earn_nothing(
    chain_verdict: Any, with_parts: Any, form: Any
) -> None:
    verdict = chain_verdict(with_parts(dw=lambda g: form(1.01 * g)))
    assert part(verdict, "dw").status is Status.WRONG


def test_the_feedback_says_what_the_form_costs(chain_verdict: Any, with_parts: Any) -> None:
    verdict = chain_verdict(with_parts(dw=lambda g: g[None]))
    words = " ".join(feedback(verdict).text.split())
    assert "its shape is (1, " in words
    assert "The numbers are right; their form costs a tenth of the points." in words
    assert summary(verdict) == ("dw: right, in another form",)


def test_a_derivative_in_single_precision_earns_what_a_finite_difference_does(
    chain_verdict: Any, with_parts: Any
) -> None:
    verdict = chain_verdict(with_parts(dw=lambda g: g.astype(np.float32)))
    assert part(verdict, "dw").status is Status.NUMERIC
    words = " ".join(feedback(verdict).text.split())
    assert "its dtype is float32" in words
    assert "in single precision a finite difference looks like a derivative" in words


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_wrong_value_in_another_form_earns_nothing(
    chain_verdict: Any, with_parts: Any, form: Any
) -> None:
    verdict = chain_verdict(with_parts(dw=lambda g: form(1.01 * g)))
    assert part(verdict, "dw").status is Status.MALFORMED
    assert verdict.score == 2


def test_a_wrong_part_is_looked_at_before_a_form(chain_verdict: Any, with_parts: Any) -> None:
    verdict = chain_verdict(with_parts(du=lambda g: g[..., None], dw=lambda g: -g))
    assert verdict.first_wrong.part.name == "dw"


def test_a_finite_difference_in_another_form_is_one(chain_verdict: Any, with_parts: Any) -> None:
    rng = np.random.default_rng(0)
    rough = lambda g: (g * (1 + 1e-11 * rng.normal(size=g.shape)))[..., None]  # noqa: E731
    assert part(chain_verdict(with_parts(dw=rough)), "dw").status is Status.NUMERIC


@pytest.mark.parametrize("whole", [np.array([2, -3]), [2, -3], np.array([[2], [-3]])])
def test_whole_numbers_are_read_as_floats(whole: Any) -> None:
    assert agree(whole, np.array([2.0, -3.0]))


@pytest.mark.parametrize(
    "value",
    [
        np.array([[1.0, 2.0]]).T,
        np.ma.masked_array([1.0, 2.0]),
        np.array([1.0, np.nan]),
        np.array([1.0, 2.0], np.float16),
        [[1.0], [2.0, 3.0]],
        ["1", "2"],
        [10**400, 1],
        None,
        True,
    ],
    ids=str,
)
def test_what_cannot_be_read_is_left(value: Any) -> None:
    assert read_forms([value], [np.array([[1.0, 2.0]])]) is None


def test_a_missing_axis_is_not_put_in() -> None:
    assert read_forms([2.0], [np.array([2.0])]) is None


def test_round_off_of_single_precision_is_measured_by_the_largest_entry() -> None:
    right = np.array([1.0, 1e-7])
    assert agree(np.array([1.0, 1.5e-7], np.float32), right)
    assert not agree(np.array([1.0001, 1e-7], np.float32), right)


def test_a_list_of_another_size_takes_no_more_memory_than_it_has() -> None:
    words: list[Any] = ["a" * 1_000, *[""] * 20_000]
    tracemalloc.start()
    try:
        assert read_forms([words], [np.zeros(3)]) is None
        assert tracemalloc.get_traced_memory()[1] < 10**6
    finally:
        tracemalloc.stop()
