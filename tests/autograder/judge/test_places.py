from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from judging import named_when


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda g: g[::-1].copy(), "the entries in reverse order"),
        (lambda g: np.roll(g, -1), "the first entry at the end"),
        (lambda g: np.roll(g, 1), "the last entry at the beginning"),
        (lambda g: g[1:].copy(), "one entry short"),
        (lambda g: g[:-1].copy(), "one entry short"),
        (lambda g: np.r_[g[1:], 9.0], "the entries one step late"),
        (lambda g: np.r_[9.0, g[:-1]], "the entries one step early"),
    ],
)
@pytest.mark.parametrize(
    ("id", "part"), [("twenty_lines.train", "losses"), ("bp.parameters", "db")]
)
def test_entries_that_have_moved_are_named(
    id: str, part: str, change: Callable[[Any], Any], name: str
) -> None:
    assert named_when(id, **{part: lambda r, _: change(r[part])}) == [name]


def test_a_bias_at_the_other_end_of_a_matrix_is_named() -> None:
    names = named_when("case2.backward", dalpha=lambda r, _: np.roll(r["dalpha"], -1, axis=1))
    assert names == ["the first column at the end"]


@pytest.mark.parametrize(("place", "name"), [(0, "first"), (-1, "last")])
def test_one_row_in_every_place_is_named(place: int, name: str) -> None:
    def repeated(found: dict[str, Any], _: object) -> Any:
        return np.repeat(found["dW"][[place]], len(found["dW"]), axis=0)

    assert named_when("bp.parameters", dW=repeated) == [f"the {name} row in every place"]
