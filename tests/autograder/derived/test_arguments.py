from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.derived.arguments import require_fields, require_inputs, require_points
from autograder.derived.author import NotDerivable, exercise, real


def test_arguments_with_defaults_need_no_input() -> None:
    def forward(x: Any, eps: float = 1e-5) -> Any:
        return x / (x + eps)

    require_inputs("some.exercise", {"x": real("N")}, None, forward)


def test_a_function_of_numpy_is_taken_as_it_is() -> None:
    require_inputs("some.exercise", {"x": real("N")}, {"N": [2, 3]}, np.exp)


@pytest.mark.parametrize("points", [0, -1, True, "3", {"dx": 0}])
def test_points_are_above_0(points: Any) -> None:
    with pytest.raises(NotDerivable, match="Write a number above 0"):
        require_points("some.exercise", points)


def test_a_field_of_an_exercise_may_be_given() -> None:
    require_fields("some.exercise", {"costly": True, "tolerance": 1e-8}, exercise)


def test_a_field_that_there_is_not_is_said_with_what_is_near() -> None:
    with pytest.raises(NotDerivable, match=r"'point' is not an argument\. Did you mean points\?"):
        require_fields("some.exercise", {"point": 3}, exercise)
