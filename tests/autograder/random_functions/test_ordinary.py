from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn_programs import QUIZ1

from autograder.domain import Real
from autograder.exercises import find
from autograder.random_functions.ordinary import is_ordinary, passes
from autograder.random_functions.program import Line, Program

X = {"x": 2.0, "z": 1.1}


def test_the_adjoints_are_the_lectures() -> None:
    right = find("quiz1.backward").solve(X)
    _, adjoints = passes(QUIZ1, X)
    for name in "abcdefxz":
        assert adjoints[name] == pytest.approx(getattr(right, f"d{name}"), rel=1e-12)


def test_quiz_1_is_ordinary() -> None:
    assert is_ordinary(QUIZ1, X)


def test_a_value_that_is_too_large_is_not() -> None:
    assert not is_ordinary(QUIZ1, {"x": 20.0, "z": 3.0})


def test_an_adjoint_that_cancels_is_not() -> None:
    lines = (
        Line("a", "multiply", ("x", "z")),
        Line("b", "divide", ("a", "z")),
        Line("y", "sum of 2", ("b", "b")),
    )
    assert not is_ordinary(replace(QUIZ1, lines=lines), X)


def test_a_line_that_nobody_uses_is_not() -> None:
    unused = Line("g", "sin", ("x",))
    assert not is_ordinary(replace(QUIZ1, lines=(unused, *QUIZ1.lines)), X)


@pytest.mark.parametrize(("nearest", "ordinary"), [(0.001, False), (0.3, True)])
def test_a_kink_nearby_is_not(nearest: float, ordinary: bool) -> None:
    lines = (Line("h", "relu", ("z",)), Line("L", "sum", ("h",)))
    program = Program("loss", {"z": Real("N")}, lines)
    assert is_ordinary(program, {"z": np.array([1.2, -0.8, nearest])}) == ordinary


def test_two_equal_contributions_are_not() -> None:
    lines = (
        Line("a", "divide", ("z", "x")),
        Line("b", "divide", ("a", "x")),
        Line("y", "sin", ("b",)),
    )
    assert not is_ordinary(replace(QUIZ1, lines=lines), X)
