from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.draws import (
    FAR,
    always,
    given,
    large_and_small,
    times,
    with_changes,
    with_zeros,
)

RNG = np.random.default_rng(0)


def ones(rng: np.random.Generator) -> dict[str, Any]:
    return {"x": np.ones(3), "y": 2.0}


def test_zeros_are_put_into_arrays_wherever_they_are_held() -> None:
    draw = with_zeros(lambda rng: {"W": [np.ones(50)], "b": {"b1": np.ones(50)}, "lam": 1.0})
    inputs = draw(np.random.default_rng(0))
    assert 0 < inputs["W"][0].sum() < 50
    assert 0 < inputs["b"]["b1"].sum() < 50
    assert inputs["lam"] == 1.0


def test_given_inputs_do_not_depend_on_the_draw() -> None:
    draw = given(n=1, m=2)
    assert draw(np.random.default_rng(0)) == draw(np.random.default_rng(1)) == {"n": 1, "m": 2}


def test_a_change_leaves_the_other_inputs_alone() -> None:
    inputs = with_changes(ones, y=times(3.0))(RNG)
    assert inputs["y"] == 6.0
    assert inputs["x"].tolist() == [1.0, 1.0, 1.0]


def test_a_value_can_be_always_the_same() -> None:
    assert with_changes(ones, y=always(7.0))(RNG)["y"] == 7.0


def test_each_of_two_inputs_is_large_once_beside_a_small_one() -> None:
    probes = large_and_small(
        ones, "x", "w", lambda far: {"x": times(far), "y": times(1 / far)}, "a step with "
    )
    names = [probe.name for probe in probes]
    assert names == ["a step with large x and small w", "a step with small x and large w"]
    assert [probe.draw(RNG)["x"][0] for probe in probes] == [FAR, 1 / FAR]
    assert [probe.draw(RNG)["y"] for probe in probes] == [2 / FAR, 2 * FAR]
    assert all(probe.corner for probe in probes)


def test_a_factor_can_spare_the_bias() -> None:
    assert times(4.0, 1)(np.ones((2, 3))).tolist() == [[1.0, 4.0, 4.0]] * 2


def test_what_was_drawn_is_not_overwritten() -> None:
    drawn = np.ones(3)
    times(4.0, 1)(drawn)
    assert drawn.tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("value", [0.1, 1 / 3, np.pi])
def test_a_far_factor_keeps_all_digits(value: float) -> None:
    assert times(1 / FAR)(times(FAR)(value)) == value
