from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from derived_functions import DERIVED, layer_norm
from judging import verdict_on

import course_bp as bp
from autograder.derived.author import NotDerivable, exercise, real
from autograder.derived.texts import BY_HAND, answer_cell, cells, function_name, solution
from autograder.exercise import Exercise

PRINTED = [one for one in DERIVED.values() if set(one.leaves) == {part.name for part in one.parts}]
printed = pytest.mark.parametrize("derived", PRINTED, ids=[one.id for one in PRINTED])


def run(text: str, name: str) -> Any:
    scope: dict[str, Any] = {"np": np}
    exec(text, scope)
    return scope[name]


@printed
def test_the_printed_solution_has_all_points(derived: Exercise) -> None:
    answer = run(answer_cell(derived), function_name(derived))
    assert verdict_on(derived, answer).score == derived.points


@printed
def test_the_solution_stands_between_nbgraders_marks(derived: Exercise) -> None:
    text = answer_cell(derived)
    begin, end = text.index("### BEGIN SOLUTION"), text.index("### END SOLUTION")
    assert "return" not in text[:begin]
    assert text[end:] == "### END SOLUTION"


@printed
def test_no_size_of_an_example_is_left_in_the_solution(derived: Exercise) -> None:
    assert not any(number in solution(derived) for number in ("211", "223", "227"))


def test_the_cells_are_a_statement_the_solution_and_the_check() -> None:
    text = cells(DERIVED["cross_entropy.gradient"])
    marks = [line for line in text.splitlines() if line.startswith("# %%")]
    assert marks == [
        "# %% [markdown]",
        '# %% solution="cross_entropy.gradient"',
        '# %% check="cross_entropy.gradient"',
    ]
    assert "def cross_entropy(z" in text
    assert r"\sum" in text


def test_labels_keep_their_name_in_the_formula() -> None:
    statement = cells(DERIVED["cross_entropy.gradient"]).split("as code")[0]
    assert "C_{" not in statement
    assert r"t \cdot" in statement


def test_a_solution_with_inner_variables_is_printed_too() -> None:
    derived = exercise(
        "layer_norm.steps",
        layer_norm,
        inputs={"x": real("N", "D"), "gamma": real("D"), "beta": real("D")},
        points={"mu": 1, "dvar": 2, "dx": 3},
    )
    answer = run(answer_cell(derived), function_name(derived))
    assert verdict_on(derived, answer).score == derived.points


def test_a_solution_that_cannot_be_printed_is_left_to_the_author() -> None:
    def half(x: Any) -> Any:
        return (x[: len(x) // 2] ** 2).sum()

    derived = exercise("half.gradient", half, inputs={"x": real("N")}, sizes={"N": (4, 6)})
    with pytest.raises(NotDerivable, match="Write it by hand"):
        solution(derived)
    assert BY_HAND in answer_cell(derived)


def mean_after_sigmoid(W: Any, x: Any) -> Any:
    return (1.6 * bp.sigmoid(x @ W)).mean()


def weighted_sum(z: Any, w: Any) -> Any:
    loss = z * z
    return (w * loss).sum()


@pytest.mark.parametrize(
    ("forward", "inputs"),
    [
        (mean_after_sigmoid, {"W": real("D", "K"), "x": real("N", "D")}),
        (weighted_sum, {"z": real("N"), "w": real("N")}),
    ],
)
def test_a_solution_is_printed_with_a_line_above_its_head_odd_factors_and_forward_values(
    forward: Any, inputs: Any
) -> None:
    derived = exercise("some.exercise", forward, inputs=inputs)
    answer = run(answer_cell(derived), function_name(derived))
    assert verdict_on(derived, answer).score == derived.points
