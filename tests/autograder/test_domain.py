from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.all_pairs import all_pairs
from autograder.domain import Real, bits, corners, label, one_hot
from autograder.draws import given as fixed
from autograder.draws import with_zeros

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


def test_zeros_are_put_into_arrays_wherever_they_are_held() -> None:
    draw = with_zeros(lambda rng: {"W": [np.ones(50)], "b": {"b1": np.ones(50)}, "lam": 1.0})
    inputs = draw(np.random.default_rng(0))
    assert 0 < inputs["W"][0].sum() < 50
    assert 0 < inputs["b"]["b1"].sum() < 50
    assert inputs["lam"] == 1.0


def test_given_inputs_do_not_depend_on_the_draw() -> None:
    draw = fixed(n=1, m=2)
    assert draw(np.random.default_rng(0)) == draw(np.random.default_rng(1)) == {"n": 1, "m": 2}
