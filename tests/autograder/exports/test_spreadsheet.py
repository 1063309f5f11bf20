from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.exports.spreadsheet import csv_text

PRINTED = st.characters(exclude_categories=["C", "Zl", "Zp"])


@settings(max_examples=100)
@given(
    st.lists(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])), min_size=2, max_size=5)
)
def test_no_cell_can_be_run_and_all_text_comes_back(cells: list[str]) -> None:
    _, row = csv.reader(io.StringIO(csv_text(["x"] * len(cells), [cells])))
    assert len(row) == len(cells)
    for given_cell, found in zip(cells, row, strict=True):
        assert not found.startswith(("=", "+", "-", "@"))
        assert found.replace("'", "") == given_cell.replace("'", "")


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-x", "@SUM(A1)", " =1", "＝1", "＠x", "﹣x", "−x"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert next(csv.reader(io.StringIO(csv_text([cell], []))))[0] == f"'{cell}"


def test_a_tab_begins_no_formula() -> None:
    assert csv_text(["\tx"], []) == "' x\n"


def test_what_another_country_reads_as_the_next_cell_is_none_either() -> None:
    assert csv_text(["a;=1+1", "a; ＝1", "a;b"], []) == "a;'=1+1,a;' ＝1,a;b\n"


def test_a_carriage_return_does_not_hide_a_formula() -> None:
    assert csv_text(["x"], [["\r=1+1"]]) == "x\n' =1+1\n"


def test_numbers_stay_numbers_and_line_breaks_go() -> None:
    assert csv_text(["a", "b", "c"], [[0.1 + 0.2, -1, "x\ny"], [None, "", 'q"']]) == (
        'a,b,c\n0.3,-1,x y\n,,"q"""\n'
    )
