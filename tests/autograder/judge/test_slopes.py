from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from judging import named_when


@pytest.mark.parametrize(
    ("slope", "name"),
    [
        (lambda t: (1 - t) ** 2, "the slope of tanh, written as (1 − t)²"),
        (lambda t: t**2, "the slope of tanh, written as t²"),
    ],
)
def test_the_slope_of_tanh_written_wrongly_is_named(slope: Callable[[Any], Any], name: str) -> None:
    (found,) = named_when(
        "activations.backward",
        dtanh=lambda r, given: given["upstream"] * slope(np.tanh(given["z"])),
    )
    assert found.startswith(name)


def test_the_slope_of_the_sigmoid_squared_is_named() -> None:
    def squared(found: object, given: dict[str, Any]) -> Any:
        s = 1 / (1 + np.exp(-np.clip(given["z"], -500, 500)))
        return given["upstream"] * (1 - s) ** 2

    names = named_when("activations.backward", dsigmoid=squared)
    assert names == ["the slope of the sigmoid, written as (1 − s)²"]


def test_the_output_has_the_name_that_the_exercise_gives_it() -> None:
    # The letter s is what goes into the sigmoid there.
    def reversed_output(found: object, given: dict[str, float]) -> float:
        g = given
        return float(1 / (1 + np.exp(g["w0"] * g["x0"] + g["w1"] * g["x1"] + g["w2"])))

    names = named_when("circuit.sigmoid", ds=reversed_output)
    assert names == ["the slope of the sigmoid, written as 1 − f"]
