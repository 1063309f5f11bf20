"""The table of scores, as narrow as a terminal may be."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from autograder.batch.result import Result
from autograder.cli.tables import grade_table
from autograder.exercises import of_unit


def test_a_narrow_window_shows_whose_row_it_is_and_the_sum() -> None:
    names = ["student0198", "student0199"]
    unit = "06-logistic-to-network"
    console = Console(file=StringIO(), width=80)
    console.print(grade_table(unit, [Result(name, unit) for name in names]))
    assert isinstance(console.file, StringIO)
    printed = console.file.getvalue()
    assert all(name in printed for name in [*names, "sum"])


def test_what_is_taken_off_and_points_of_other_cells_stand_before_the_sum() -> None:
    unit = "02-computation-graphs"
    marks = {exercise.id: (1.0, exercise.points) for exercise in of_unit(unit)}
    earned, full = float(len(marks)), sum(points for _, points in marks.values()) + 4
    late = Result("ada", unit, {**marks, "essay": (3.5, 4.0)}, raw=earned + 3.5, penalty=2.0)
    punctual = Result("bob", unit, {**marks, "essay": (0.0, 4.0)}, raw=earned)
    console = Console(file=StringIO(), width=120)
    console.print(grade_table(unit, [late, punctual]))
    assert isinstance(console.file, StringIO)
    rows = {w[0]: w for line in console.file.getvalue().splitlines() if (w := line.split())}
    assert rows["student"][-2:] == ["late", "sum"]
    assert rows["points"][-2:] == ["4", f"{full:g}"]
    assert rows["ada"][-3:] == ["3.5", "−2", f"{earned + 1.5:g}"]
    assert rows["bob"][-3:] == ["0", "0", f"{earned:g}"]
