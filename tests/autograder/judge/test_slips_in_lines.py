"""A slip in one line of a backward pass that no other way to look explains."""

from __future__ import annotations

from typing import Any

import pytest
from derived_functions import DERIVED
from judging import verdict_on
from printed_answers import changed, told

from autograder.feedback.words import named_mistakes


@pytest.mark.parametrize(
    ("id", "change", "name"),
    [
        ("gelu.backward", ("* (1 - tanh_inner**2)", "+ (1 - tanh_inner**2)"),
         "a wrong operator in the line for dx"),
        ("layer_norm.backward", ("0.5 * droot / root", "0.5 + droot / root"),
         "a wrong operator in the line for dvar"),
        ("ridge.gradient", ("2 * error / len(X)", "2 + error / len(X)"),
         "a wrong operator in the line for derror"),
    ],
)  # fmt: skip
def test_a_slip_is_named_by_its_kind_and_line(id: str, change: tuple[str, str], name: str) -> None:
    assert told(id, change)[0] == (name,)


def test_the_sentence_says_what_is_done_and_not_what_is_right() -> None:
    _, said = told("ridge.gradient", ("2 * error / len(X)", "2 + error / len(X)"))
    line = "in the line for derror"
    assert said == f"your dw is what you get if, {line}, + is written for *, on every input."


def test_slips_in_one_line_with_the_same_numbers_have_one_name() -> None:
    names, _ = told("ridge.gradient", ("X @ w - y", "-X @ w - y"))
    assert names == ("a wrong sign in the line for error",)


def test_slips_in_several_lines_with_the_same_numbers_are_named_by_where_they_meet() -> None:
    names, said = told("layer_norm.backward", ("centred = x - mu", "centred = x - x"))
    assert names[0] == "a wrong dcentred"
    assert said.startswith("your dx is what you get if dcentred is wrong")


def test_slips_in_two_lines_that_cannot_be_told_apart_are_rivals() -> None:
    # What is the same in a whole row is gone in dx, and then dvar may as well be 0.5.
    verdict = verdict_on(
        DERIVED["layer_norm.backward"],
        changed("layer_norm.backward", ("2 * dvar * centred", "2 * dvar + centred")),
    )
    finding = verdict.parts[0].finding
    assert finding is not None
    assert finding.rivals == ("a slip in the line for dvar", "a slip in the line for dcentred")


def test_a_right_part_rules_out_a_slip_that_would_have_spoilt_it() -> None:
    def residual_backward(x: Any, W: Any, b: Any, upstream: Any) -> dict[str, Any]:
        inner = x @ W + b
        dinner = upstream * (inner > 0)
        other = upstream + (inner > 0)
        return {"dx": upstream + other @ W.T, "dW": x.T @ dinner, "db": dinner.sum(axis=0)}

    names = named_mistakes(verdict_on(DERIVED["residual.backward"], residual_backward))
    assert not any("in the line for dinner" in name for name in names)


def test_what_is_no_slip_has_no_name() -> None:
    assert told("ridge.gradient", ("2 * error / len(X)", "np.cos(error) - 0.3"))[0] == ()


def test_another_value_that_is_handed_in_is_named() -> None:
    names, said = told("residual.backward", ('"dx": dx', '"dx": dinner'))
    assert names == ("the gradient with respect to x @ W + b instead of dx in the line for dx",)
    assert "dinner" not in said
