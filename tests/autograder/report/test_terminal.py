from __future__ import annotations

from io import StringIO

from rich.console import Console

from autograder.records.gradebook import Submission
from autograder.records.regrades import Change
from autograder.records.standing import Kind, Standing
from autograder.report.gather import UnitReport
from autograder.report.numbers import ExerciseNumbers, UnitNumbers
from autograder.report.statistics import histogram, summarize
from autograder.report.terminal import report_tables

NAME = "maximiliana.alexandrovna.von.hohenzollern.sigmaringen"


def printed(width: int, penalty: float = 0.0) -> list[str]:
    ada = Submission("ada", {"x": 4.0}, ["essay"], penalty=penalty)
    numbers = UnitNumbers(
        "unit", 5.0, (ada,), ("eve",), summarize([4.0]),
        tuple(histogram([4.0], 5.0)),
        (ExerciseNumbers("essay", "essay", 3, 0, None, 0, None, None),),
    )  # fmt: skip
    changes = tuple(Change(name, "x", 1.0, 2.0, 1.5, name == "ada") for name in ("ada", "bob"))
    first = (Standing("eve", Kind.MISSING, "handed in nothing"), Standing(NAME, Kind.LATE, "late"))
    console = Console(file=StringIO(), width=width)
    for piece in report_tables(UnitReport(numbers, (), (), (), (), changes, first)):
        console.print(piece, highlight=False)
    assert isinstance(console.file, StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_what_to_know_first_comes_before_the_scores() -> None:
    lines = printed(100)
    order = [
        next(number for number, line in enumerate(lines) if words in line)
        for words in ("What to know first", "handed in nothing", "mean 4", "Students by points")
    ]
    # "1 handed in nothing" in the first line of all is only how many.
    assert order[1] < order[0] < order[2] < order[3]
    assert any(line.split() == ["eve", "missing", "handed", "in", "nothing"] for line in lines)


def test_of_what_is_still_to_grade_by_hand_no_rate_is_shown() -> None:
    lines = printed(140)
    assert any(line.split() == ["essay", "3", "–", "–", "–"] for line in lines)
    assert any("mean 4 of 5" in one and "by hand counts as 0" in one for one in lines)


def test_it_is_said_that_the_mean_is_before_late_penalties_where_there_are_any() -> None:
    def told(penalty: float) -> bool:
        (line,) = [one for one in printed(200, penalty) if "mean 4 of 5" in one]
        return "; before late penalties" in line

    assert told(1.0)
    assert not told(0.0)


def test_a_regrade_says_how_many_scores_a_person_gave() -> None:
    lines = printed(100)
    (row,) = [line.split() for line in lines if line.split()[:1] == ["x"]]
    assert row == ["x", "2", "2", "0", "1", "2", "1"]


def test_a_narrow_window_cuts_no_name() -> None:
    lines = printed(60)
    assert max(map(len, lines)) <= 60
    assert "…" not in "".join(lines)
