from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.derived.steps import derivation
from autograder.derived.uses import uses_of


def two_ways(x: Any, z: Any) -> Any:
    a = x + z
    b = x * z
    return a * b


def skip(x: Any, z: Any) -> Any:
    h = np.tanh(x)
    s = h + x
    return s * z


def penalty(x: Any, z: Any) -> Any:
    E = np.sin(x) * z
    return E + 1.6 * x**2


def one_line(x: Any, z: Any) -> Any:
    return np.exp(x) * z - x * z


def nested(x: Any, z: Any) -> Any:
    return x * np.log(x) + z


def by_another_line(x: Any, z: Any) -> Any:
    a = x + z
    return x * a + np.sin(x)


def the_same_twice(x: Any, z: Any) -> Any:
    return x * x + z


DIRECTLY = "from x directly into"


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (two_ways, ["through a", "through b"]),
        (skip, ["through h", f"{DIRECTLY} s"]),
        (penalty, ["through E", f"{DIRECTLY} y"]),
        (one_line, ["through exp(x)", "through x * z"]),
        (nested, ["through log(x)", f"{DIRECTLY} x * log(x)"]),
        (by_another_line, ["through a", f"{DIRECTLY} x * a", "through sin(x)"]),
        (the_same_twice, ["of one of its uses in x * x"] * 2),
    ],
)
def test_the_words_name_one_arrow(function: Callable[..., Any], words: list[str]) -> None:
    derived = derivation(function, {"x": 1.3, "z": 0.7}, ["x", "z"])
    assert [said for _, said in uses_of(derived, "x")] == words
