from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.derived.tidy import needed_lines, tidy

LENGTHS = {131: "len(x)", 137: "x.shape[1]", 131 * 137: "x.size", (131, 137): "x.shape"}


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("u * (0.5 * x) * (1 - t * t)", "0.5 * u * x * (1 - t**2)"),
        ("-a * (b / c)", "-a * b / c"),
        ("a / b / b", "a / b**2"),
        ("a / b / c", "a / (b * c)"),
        ("-(b - c) * 2", "2 * (c - b)"),
        ("-a + b", "b - a"),
        ("a - (b - c)", "a - b + c"),
        ("a + a", "2 * a"),
        ("2 * (0.5 * a)", "a"),
        ("0.3 * (a * 2)", "2 * 0.3 * a"),
        ("1 >= a", "a <= 1"),
        ("(a @ b).T", "b.T @ a.T"),
        ("(a.T @ b).T", "b.T @ a"),
        ("2 * (a @ b)", "2 * (a @ b)"),
        ("np.sqrt(a + 1e-05)", "np.sqrt(a + 1e-5)"),
        ("(a + b) ** 2", "(a + b)**2"),
    ],
)
def test_brackets_signs_and_numbers_are_where_people_put_them(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_common_factors_of_one_term_are_put_before_it() -> None:
    text = "c * du + 3 * (c * du) * x ** 2"
    assert tidy(text, one_term=True) == "c * du * (1 + 3 * x**2)"
    assert tidy(text) == "c * du + 3 * c * du * x**2"


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("g / 131", "g / len(x)"),
        (f"{2 / 137} * g", "2 * g / x.shape[1]"),
        (f"{1 / (131 * 137)} * g", "g / x.size"),
        ("np.reshape(g, (131, 137))", "np.reshape(g, x.shape)"),
        ("0.4 * g", "0.4 * g"),
    ],
)
def test_sizes_are_lengths_of_inputs(text: str, tidied: str) -> None:
    assert tidy(text, LENGTHS) == tidied


def formulas() -> st.SearchStrategy[str]:
    """Sums, differences, products, quotients and negatives of a few variables and numbers."""

    def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
            st.builds("(-{})".format, inner),
        )

    return st.recursive(st.sampled_from(["a", "b", "c", "2", "0.5", "0.3"]), joined, max_leaves=12)


@given(formulas(), st.booleans())
def test_the_value_stays_the_same(text: str, one_term: bool) -> None:
    values = {"a": np.float64(1.7), "b": np.float64(-0.37), "c": np.float64(2.3)}

    def value(formula: str) -> float:
        scope = dict(values)
        with np.errstate(all="ignore"):
            exec(f"result = {formula}", scope)
        return float(scope["result"])

    try:
        before = value(text)
    except ZeroDivisionError:
        return
    if np.isfinite(before) and abs(before) < 1e6:
        assert value(tidy(text, one_term=one_term)) == pytest.approx(before, rel=1e-9, abs=1e-6)


def test_lines_that_nothing_reads_are_left_out() -> None:
    lines = ["a = x * x", "b = a + 1", "y = b * b", "d = np.zeros(3)", "d[0] += a", "e = 1"]
    assert needed_lines(lines, "return d") == ["a = x * x", "d = np.zeros(3)", "d[0] += a"]
