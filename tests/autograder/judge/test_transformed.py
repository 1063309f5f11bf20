from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from judging import named_when


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda y: 1 + y, "1 added"),
        (np.square, "a square too many"),
        (lambda y: 1 / y, "a quotient that is upside down"),
        (np.exp, "an exponential too many, or a logarithm missing"),
    ],
)
@pytest.mark.parametrize("id", ["case2.forward", "quiz2.forward"])
def test_one_more_function_is_named(id: str, change: Callable[[Any], Any], name: str) -> None:
    assert named_when(id, y=lambda r, _: change(r["y"])) == [name]


def test_a_count_that_is_one_more_has_no_name_that_would_give_it_away() -> None:
    names = named_when("accumulate.passes", forward=lambda r, _: r["forward"] + 1)
    assert "1 added" not in names
