from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.derived.statement import general_hints
from autograder.derived.steps import derivation


def added(x: Any, z: Any) -> Any:
    a, b = np.exp(x), np.sin(z)
    return a + b + x


def long(x: Any, z: Any) -> Any:
    return (np.exp(x) * np.sin(z) + np.cos(x) * np.log(z)) * (np.exp(z) - np.sin(x))


@pytest.mark.parametrize(("function", "last"), [(added, "a + b + x"), (long, "u·v")])
def test_the_last_operation_is_said_in_the_functions_own_variables(
    function: Callable[..., Any], last: str
) -> None:
    hints = general_hints(derivation(function, {"x": 0.7, "z": 1.3}, ["x", "z"]))
    assert hints[2].startswith(f"Begin at y, whose gradient is 1. Its last operation is {last}: ")
