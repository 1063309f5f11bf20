"""A lent function is called as it is; a copy of it starts anew, and what it takes is limited."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.inside.lent import MAX_LENGTH, MAX_LENGTH_OF_THREE, Lent
from autograder.inside.side_effects import changed_inputs


def summing(factor: float) -> Callable[..., float]:
    """A function that adds up all that it was ever called with."""
    total = 0.0

    def f(x: Any) -> float:
        nonlocal total
        total += factor * float(np.sum(x))
        return total

    return f


def test_it_is_built_from_its_parameters_and_remembers_its_calls() -> None:
    f = Lent(summing, 2.0)
    assert [f(1.0), f(np.ones(3))] == [2.0, 8.0]


def test_a_copy_starts_anew() -> None:
    f = Lent(summing, 2.0)
    f(1.0)
    assert copy.deepcopy({"f": [f]})["f"][0](1.0) == 2.0
    assert f(1.0) == 4.0


@pytest.mark.parametrize("argument", [3, 2.5, np.float32(1), [1.0, 2.0], (1, 2), np.ones((2, 2))])
def test_numbers_and_arrays_are_taken(argument: Any) -> None:
    assert Lent(summing, 1.0)(argument) == np.sum(argument)


@pytest.mark.parametrize("argument", ["x", None, 1j, np.array(["x"]), np.ones(2, complex), {}])
def test_anything_else_is_refused(argument: Any) -> None:
    with pytest.raises(TypeError, match="real numbers"):
        Lent(summing, 1.0)(argument)


@pytest.mark.parametrize("shape", [(MAX_LENGTH + 1,), (1, MAX_LENGTH + 1), (1, 1, 1)])
def test_what_several_could_make_large_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="two axes"):
        Lent(summing, 1.0)(np.ones(shape))


def test_three_axes_are_taken_where_a_function_says_so() -> None:
    assert copy.deepcopy(Lent(summing, 1.0, axes=3))(np.ones((2, 1, 3))) == 6.0


@pytest.mark.parametrize("shape", [(MAX_LENGTH_OF_THREE + 1, 1, 1), (1, 1, 1, 1)])
def test_large_arrays_of_three_axes_are_refused_even_then(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="three axes"):
        Lent(summing, 1.0, axes=3)(np.ones(shape))


def test_a_call_is_no_change_of_the_inputs() -> None:
    before = {"f": [Lent(summing, 1.0)], "x": 1.0}
    lent = copy.deepcopy(before)
    lent["f"][0](1.0)
    assert changed_inputs(before, lent) == ()
