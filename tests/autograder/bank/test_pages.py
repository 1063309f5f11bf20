from __future__ import annotations

from autograder.bank.pages import not_run, read_rows, table, ways
from autograder.exercises import EXERCISES

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


def test_exercises_without_a_row_are_named() -> None:
    assert not_run([id for id in EXERCISES if id != "j.paths"]).endswith(":\n\n- `j.paths`\n\n")
    assert not_run(EXERCISES) == ""
