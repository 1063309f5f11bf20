from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.all_pairs import all_pairs
from autograder.domain import Real, bits, corners, label, one_hot

FACTORS = st.dictionaries(
    st.sampled_from("abcde"),
    st.integers(1, 4).map(lambda count: list(range(count))),
    min_size=1,
    max_size=5,
)


@given(FACTORS)
@settings(max_examples=50)
def test_every_two_values_meet(factors: dict[str, list[int]]) -> None:
    rows = all_pairs(factors)
    for a, b in combinations(factors, 2):
        met = {(row[a], row[b]) for row in rows}
        assert met == set(product(factors[a], factors[b]))


def test_a_single_factor_takes_each_value_once() -> None:
    assert all_pairs({"a": [1, 2]}) == [{"a": 1}, {"a": 2}]


def drawn(seed: int = 1, **inputs: Real) -> list[dict[str, np.ndarray]]:
    return [probe.draw(np.random.default_rng(seed)) for probe in corners(None, **inputs)]


@given(st.integers(0, 10_000))
@settings(max_examples=25)
def test_values_stay_in_the_interval(seed: int) -> None:
    for inputs in drawn(seed, x=Real("n", above=0.0, below=1.0), y=Real(below=-2.0, largest=9.0)):
        assert (inputs["x"] > 0).all()
        assert (inputs["x"] < 1).all()
        assert -9 <= inputs["y"] <= -2


@given(st.integers(0, 10_000))
@settings(max_examples=25)
def test_values_that_are_not_allowed_are_kept_clear_of(seed: int) -> None:
    for inputs in drawn(seed, x=Real("n", above=0.0, without=(1.0,))):
        assert (np.abs(inputs["x"] - 1) >= 0.05).all()


def test_the_whole_line_has_both_signs_zeros_and_all_sizes() -> None:
    values = np.concatenate([inputs["x"].ravel() for inputs in drawn(x=Real("m", "n"))])
    assert (values > 0).any()
    assert (values < 0).any()
    assert (values == 0).any()
    sizes = np.abs(values[values != 0])
    assert sizes.min() < 1e-6
    assert sizes.max() > 1


@pytest.mark.parametrize("seed", range(20))
def test_sizes_that_differ_always_hold_a_small_and_a_large_one(seed: int) -> None:
    draw = Real("n", largest=50.0).kinds()["of very different sizes"]
    for length in (2, 3, 9):
        sizes = np.sort(np.abs(draw(np.random.default_rng(seed), (length,))))
        assert (sizes < 1e-6).any()
        assert 25 <= sizes[-1] <= 50


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(("kind", "low", "high"), [("tiny", 5e-7, 1e-6), ("large", 25, 50)])
def test_a_number_alone_is_tiny_or_large(seed: int, kind: str, low: float, high: float) -> None:
    value = Real(largest=50.0).kinds()[kind](np.random.default_rng(seed), ())
    assert low <= abs(value) <= high


def test_how_small_a_tiny_number_is_can_be_set() -> None:
    value = Real(smallest=1e-3).kinds()["tiny"](np.random.default_rng(0), ())
    assert 1e-3 <= abs(value) <= 2e-3


def test_zeros_can_be_ruled_out() -> None:
    assert all((inputs["x"] != 0).all() for inputs in drawn(x=Real("n", zeros=False)))


def test_sizes_fit_each_other_and_one_is_among_them() -> None:
    found = drawn(W=Real("m", "n+1"), x=Real("n"))
    assert all(inputs["W"].shape[1] == len(inputs["x"]) + 1 for inputs in found)
    assert {len(inputs["x"]) for inputs in found} == {1, 2, 4}


def test_a_number_alone_is_a_float() -> None:
    assert {type(inputs["x"]) for inputs in drawn(x=Real())} == {float}


def test_the_names_of_the_corners_differ() -> None:
    names = [probe.name for probe in corners(None, x=Real("n"), y=Real())]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("kind", "values"), [(label(), {0.0, 1.0}), (bits("n"), {0.0, 1.0})])
def test_classes_are_0_and_1(kind: object, values: set[float]) -> None:
    rng = np.random.default_rng(0)
    found = [draw(rng, {"n": 5}) for draw in kind.kinds().values()]
    assert set(np.concatenate([np.ravel(one) for one in found])) == values


def test_a_one_hot_row_has_one_1() -> None:
    (draw,) = one_hot("N", "K").kinds().values()
    rows = draw(np.random.default_rng(0), {"N": 6, "K": 3})
    assert rows.shape == (6, 3)
    assert (rows.sum(axis=1) == 1).all()
