"""The table of scores, as narrow as a terminal may be."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from autograder.batch.run import Result
from autograder.cli.tables import grade_table


def test_a_narrow_window_shows_whose_row_it_is_and_the_sum() -> None:
    names = ["student0198", "student0199"]
    unit = "06-logistic-to-network"
    console = Console(file=StringIO(), width=80)
    console.print(grade_table(unit, [Result(name, unit) for name in names]))
    assert isinstance(console.file, StringIO)
    printed = console.file.getvalue()
    assert all(name in printed for name in [*names, "sum"])
