from __future__ import annotations

import numpy as np
import pytest
from judging import named_when


@pytest.mark.parametrize(
    ("factor", "name"),
    [
        (np.log(2), "a factor of log 2"),
        (1 / np.log(10), "a factor of log 10"),
        (100, "a factor of 100"),
        (np.pi, "a factor of π"),
        (-3, "a factor of 3 and a wrong sign"),
    ],
)
@pytest.mark.parametrize(("id", "part"), [("case1.forward", "J"), ("case1.backward", "dtheta")])
def test_a_well_known_constant_is_named(id: str, part: str, factor: float, name: str) -> None:
    assert named_when(id, **{part: lambda r, _: factor * r[part]}) == [name]


def test_a_number_of_entries_is_named() -> None:
    names = named_when("case1.backward", dtheta=lambda r, given: r["dtheta"] / len(given["x"]))
    assert names == ["a mean instead of a sum over the number of entries of x"]


def test_a_factor_that_is_no_known_number_has_no_name() -> None:
    assert named_when("case1.forward", J=lambda r, _: 1.7 * r["J"]) == [""]


def test_an_extra_factor_is_named() -> None:
    names = named_when("quiz1.forward", e=lambda r, given: r["e"] * given["z"])
    assert names == ["an extra factor z"]


def test_a_quantity_to_another_power_is_named() -> None:
    names = named_when("quiz1.forward", e=lambda r, given: r["e"] / given["z"] ** 2)
    assert names == ["an extra division by z"]


@pytest.mark.parametrize("rest", [1e-17, -3e-16])
def test_terms_that_cancel_but_for_round_off_are_named(rest: float) -> None:
    names = named_when("softmax.jacobian", db=lambda r, _: rest * np.sign(r["db"]))
    assert names == ["a sum whose terms cancel each other"]


def test_a_small_value_is_no_round_off() -> None:
    def small(found: dict[str, np.ndarray], _: object) -> np.ndarray:
        return 1e-6 * np.arange(1.0, 1 + len(found["db"]))

    assert named_when("softmax.jacobian", db=small) == [""]
