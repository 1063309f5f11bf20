"""The table of scores, as narrow as a terminal may be."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from autograder.batch.result import Result
from autograder.cli.tables import grade_table


def test_a_narrow_window_shows_whose_row_it_is_and_the_sum() -> None:
    names = ["student0198", "student0199"]
    unit = "06-logistic-to-network"
    console = Console(file=StringIO(), width=80)
    console.print(grade_table(unit, [Result(name, unit) for name in names]))
    assert isinstance(console.file, StringIO)
    printed = console.file.getvalue()
    assert all(name in printed for name in [*names, "sum"])


def test_what_is_taken_off_and_what_waits_stand_beside_the_sum() -> None:
    marks = {"quiz1.forward": (1.0, 2.0), "essay-1": (0.0, 4.0), "square-test": (1.5, 2.0)}
    late = Result("ada", "u", marks, raw=2.5, penalty=2.0, waiting=("essay-1",))
    punctual = Result("bob", "u", {**marks, "essay-1": (3.5, 4.0)}, raw=6.0)
    console = Console(file=StringIO(), width=120)
    console.print(grade_table("u", [late, punctual, Result("cyd", "u", failure="broken")]))
    assert isinstance(console.file, StringIO)
    rows = {w[0]: w for line in console.file.getvalue().splitlines() if (w := line.split())}
    assert rows["student"][-4:] == ["essay-1", "square-test", "late", "sum"]
    assert rows["points"][1:] == ["2", "4", "2", "8"]
    assert rows["ada"][1:6] == ["1", "–", "1.5", "−2", "0.5"]
    assert " ".join(rows["ada"][6:]) == "1 to grade by hand"
    assert rows["bob"][1:] == ["1", "3.5", "1.5", "0", "6"]
    assert rows["cyd"][-2:] == ["not", "graded"]
