from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.exports.spreadsheet import RISKY, csv_text


@settings(max_examples=100)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=5))
def test_no_cell_can_be_run_and_all_text_comes_back(cells: list[str]) -> None:
    _, row = csv.reader(io.StringIO(csv_text(["x"] * len(cells), [cells])))
    assert len(row) == len(cells)
    for given_cell, found in zip(cells, row, strict=True):
        assert not found.startswith(RISKY)
        assert found.removeprefix("'") == given_cell.removeprefix("'")


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-x", "@SUM(A1)", "\tx"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert next(csv.reader(io.StringIO(csv_text([cell], []))))[0] == f"'{cell}"


def test_a_carriage_return_does_not_hide_a_formula() -> None:
    assert csv_text(["x"], [["\r=1+1"]]) == "x\n'=1+1\n"


def test_numbers_stay_numbers_and_line_breaks_go() -> None:
    assert csv_text(["a", "b", "c"], [[0.1 + 0.2, -1, "x\ny"], [None, "", 'q"']]) == (
        'a,b,c\n0.3,-1,x y\n,,"q"""\n'
    )
