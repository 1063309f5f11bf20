from __future__ import annotations

from autograder.bank.pages import read_rows, table, ways

ROWS = {"a.b": (1, 2), "c": (30, 4)}


def test_the_last_row_is_the_sum() -> None:
    assert table(("One", "Two"), ROWS).splitlines() == [
        "| Exercise | One | Two |",
        "| --- | --: | --: |",
        "| `a.b` | 1 | 2 |",
        "| `c` | 30 | 4 |",
        "| **All 2** | 31 | 6 |",
    ]


def test_the_rows_can_be_read_back() -> None:
    assert read_rows("# Head\n\n" + table(("One", "Two"), ROWS)) == ROWS


def test_a_sample_of_0_is_all() -> None:
    assert [ways(0), ways(40)] == ["every way that it knows", "up to 40 ways at random"]
