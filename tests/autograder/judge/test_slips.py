"""Slips that can be made at the end of any part."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from autograder.exercise import Exercise, Part
from autograder.judge.slips import derived_mistakes, slips

RIGHT = np.array([[1.0, -2.0, 4.0], [8.0, 16.0, -32.0]])
W = np.ones((5, 3))


@pytest.mark.parametrize(
    ("slug", "id", "wrong"),
    [
        ("sign", "M1", -RIGHT),
        ("doubled", "M2", RIGHT + RIGHT),
        ("halved", "M2", 0.5 * RIGHT),
        ("transposed", "M11", np.array([[1, 8], [-2, 16], [4, -32]])),
        ("zeros", "M18", np.zeros((2, 3))),
        ("sum for mean", "M3", 5 * RIGHT),
        ("mean for sum", "M3", 0.2 * RIGHT),
        ("a step at a rate of 0.1", "M32", -0.1 * RIGHT),
        ("the new value at a rate of 0.01", "M32", 1 - 0.01 * RIGHT),
    ],
)
def test_a_slip_changes_the_right_value(
    chain: Exercise, slug: str, id: str, wrong: np.ndarray
) -> None:
    (slip,) = (one for one in slips(chain, "dw") if one.slug == slug)
    assert slip.id == id
    np.testing.assert_allclose(
        slip.transform(RIGHT, {"w": W if slip.id == "M3" else np.ones(RIGHT.shape)}), wrong
    )


def test_without_a_batch_there_is_no_mean(chain: Exercise) -> None:
    found = {slip.slug for slip in slips(dataclasses.replace(chain, batch=""), "dv")}
    assert found == {"sign", "doubled", "halved", "transposed", "zeros"}


@pytest.mark.parametrize(("part", "may_be_updated"), [("du", False), ("dv", False), ("dw", True)])
def test_what_belongs_to_a_leaf_may_be_an_update(
    chain: Exercise, part: str, may_be_updated: bool
) -> None:
    assert any(slip.id == "M32" for slip in slips(chain, part)) == may_be_updated


def test_what_is_no_derivative_is_no_update(chain: Exercise) -> None:
    exercise = dataclasses.replace(chain, derivatives=("du", "dv"))
    assert not any(slip.id == "M32" for slip in slips(exercise, "dw"))


def test_every_part_that_is_a_number_gets_every_slip(chain: Exercise) -> None:
    first = Part("du", 1, accept=lambda value, right: None)
    exercise = dataclasses.replace(chain, parts=(first, *chain.parts[1:]))
    found = {mistake.slug: mistake for mistake in derived_mistakes(exercise)}
    assert len(found) == 7 + (7 + 4)
    assert {slug.split(": ")[0] for slug in found} == {"dv", "dw"}
    values = exercise.solve({"w": W}, found["dw: sum for mean"].wrong)
    np.testing.assert_allclose(values.dw, 5 * 2 * 3 * W)
