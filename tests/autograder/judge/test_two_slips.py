"""Two slips at once, in the lines of a backward pass."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from derived_functions import DERIVED
from judging import verdict_on
from printed_answers import changed, told

from autograder.feedback.words import named_mistakes
from autograder.judge import two_slips


def test_two_slips_in_two_lines_are_named_together() -> None:
    names, said = told("ridge.gradient", ("X @ w - y", "X @ w * y"), ("2 * lam * w", "2 * lam - w"))
    assert names == ("two slips in the line for error and in the line for dw",)
    assert "in the line for error, * is written for − and, in the line for dw, " in said


def test_two_slips_in_one_line_are_said_of_that_line() -> None:
    names, said = told("gelu.backward", ("(1 - tanh_inner**2)", "(2 - tanh_inner**3)"))
    assert names == ("two slips in the line for dx",)
    assert said.count("in the line for dx") == 1
    assert ", there, " in said


def test_what_is_wrong_in_few_entries_is_not_put_down_to_two_slips() -> None:
    # With the abs left out and a wrong sign, the same entries would be cut off at these inputs.
    def huber_gradient(y: Any, t: Any) -> dict[str, Any]:
        return {"dy": np.clip(y - t, -1, 2) / len(y)}

    assert named_mistakes(verdict_on(DERIVED["huber.gradient"], huber_gradient)) == ()


def test_where_there_would_be_too_many_to_try_none_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_slips, "MOST_STEPS", 10)
    answer = changed("ridge.gradient", ("X @ w - y", "X @ w * y"), ("2 * lam * w", "2 * lam - w"))
    assert named_mistakes(verdict_on(DERIVED["ridge.gradient"], answer)) == ()
