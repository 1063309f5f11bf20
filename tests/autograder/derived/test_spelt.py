from __future__ import annotations

import math
from math import pi
from typing import Any

import numpy as np

import course_bp as bp
from autograder.derived.spelt import spelt_constants
from course_bp import sqrt

RATE = 0.3


def spelt(forward: Any) -> list[str]:
    """The texts, each of which has the value that it stands for."""
    found = spelt_constants(forward)
    for value, text in found.items():
        scope: dict[str, Any] = {"np": np}
        exec(f"value = {text}", scope)
        assert scope["value"] == value
    return list(found.values())


def test_a_constant_keeps_the_formula_of_its_author() -> None:
    def gelu(x: Any) -> Any:
        return 0.5 * x * (1 + bp.tanh(sqrt(2 / pi) * (x + 0.044715 * x**3)))

    assert spelt(gelu) == ["np.sqrt(2 / np.pi)", "0.044715"]


def test_a_small_number_is_spelt_as_its_author_did() -> None:
    assert spelt(lambda x: x + 1e-5) == ["1e-5"]


def test_a_constant_from_outside_is_a_number() -> None:
    factor = 1.702
    assert sorted(spelt(lambda x: factor * x + RATE)) == ["0.3", "1.702"]


def test_a_quotient_is_in_brackets_and_a_module_is_numpy() -> None:
    def forward(x: Any) -> Any:
        return x * (2 / 3) + math.log(2) * x

    assert spelt(forward) == ["(2 / 3)", "np.log(2)"]


def test_whole_and_half_numbers_and_what_depends_on_inputs_are_none() -> None:
    def forward(x: Any) -> Any:
        n = 3.7 * len(x)
        return 2 * x + 0.5 * x**2 + n / 2

    assert spelt(forward) == ["3.7"]


def test_what_a_notebook_would_not_know_is_none() -> None:
    def third() -> float:
        return 1 / 3

    def forward(x: Any) -> Any:
        return third() * x

    assert spelt(forward) == []
    assert spelt(np.exp) == []
