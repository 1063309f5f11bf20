from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import course_bp as bp
from autograder.derived.author import exercise, real
from autograder.derived.blocks import Block
from autograder.derived.recorded import record
from autograder.derived.statement import formulas
from autograder.derived.steps import derivation
from autograder.derived.words import operation_at

X = np.ones((2, 3))


def last(forward: Any, x: Any = X) -> Block:
    recorded = record(forward, {"x": x}, ["x"])
    return recorded.blocks[recorded.output]


@pytest.mark.parametrize(
    ("forward", "form"),
    [
        (lambda x: x.sum(axis=0), "the sum of u over the rows (axis 0)"),
        (lambda x: x.mean(axis=-1, keepdims=True), "the mean of u over the columns (axis 1)"),
        (lambda x: x.sum(), "the sum of u over all entries"),
        (lambda x: bp.softmax(x, 1), "softmax(u) over the columns (axis 1)"),
        (lambda x: bp.max(x, (0, 1)), "the largest entry of u over all entries"),
        (lambda x: bp.exp(x), "exp(u)"),
    ],
)
def test_an_operation_says_what_it_goes_over(forward: Any, form: str) -> None:
    assert operation_at(last(forward).nodes[-1]).form == form


def test_of_more_axes_the_number_is_said() -> None:
    node = last(lambda x: x.sum(axis=(0, 2)), np.ones((2, 3, 4))).nodes[-1]
    assert operation_at(node).form == "the sum of u over the axes 0, 2"


def test_a_mean_divides_by_the_number_of_rows() -> None:
    row = operation_at(last(lambda x: x.mean(axis=0)).nodes[-1])
    assert row.right == ("one over the number of rows (axis 0)",)
    assert row.wrong[0][1].written == "one over the square of the number of rows (axis 0)"


def mean_of_rows(x: Any) -> Any:
    return (0.3 * x).mean(axis=0)


def test_a_formula_has_the_axis_below_its_sign() -> None:
    (line,) = formulas(derivation(mean_of_rows, {"x": X}, ["x"]))
    assert line == r"y = \operatorname{mean}_{\text{rows (axis 0)}}\left(0.3 \cdot x\right)"


def test_the_name_of_a_mistake_is_the_same_for_every_axis() -> None:
    names = []
    for axis in (0, 1):

        def total(x: Any, axis: int = axis) -> Any:
            return (x**2).sum(axis=axis).sum()

        made = exercise("total.gradient", total, inputs={"x": real("N", "D")})
        names.append({mistake.name for mistake in made.mistakes})
    assert "a mean differentiated instead of a sum" in names[0]
    assert names[0] == names[1]
