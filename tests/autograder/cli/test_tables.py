"""The table of scores, as narrow as a terminal may be."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from autograder.batch.result import Result
from autograder.cli.tables import (
    by_hand_table,
    changes_table,
    grade_table,
    notes_table,
    standings_table,
)
from autograder.records.regrades import ByHand, Change
from autograder.records.standing import Kind, Standing

LONG = "maximiliana.alexandrovna.von.hohenzollern"


def printed(made: Any, width: int) -> list[str]:
    console = Console(file=StringIO(), width=width)
    console.print(made)
    assert isinstance(console.file, StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


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


def test_a_notebook_that_was_not_graded_is_named_beside_the_sum() -> None:
    marks = {"teil1/test": (1.0, 2.0), "teil2/test": (0.0, 4.0), "teil1/essay": (0.0, 3.0)}
    waiting = ("teil2/test", "teil1/essay")
    one = Result("ada", "u", marks, raw=1.0, waiting=waiting, not_graded=("teil2",))
    text = " ".join(" ".join(printed(grade_table("u", [one]), 120)).split())
    assert "ada 1 – – 1 teil2 not graded, 1 to grade by hand" in text
    assert one.incomplete


@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_table_that_is_too_wide_goes_on_below_and_cuts_nothing(width: int) -> None:
    names = [f"exercise{number}.backward" for number in range(14)]
    marks = {name: (float(number), 20.0) for number, name in enumerate(names)}
    lines = printed(grade_table("unit", [Result(LONG, "unit", marks, raw=91.0)]), width)
    assert max(map(len, lines)) <= width
    assert sum("unit, continued" in line for line in lines) >= 1
    rows = [line.split() for line in lines if line.split()[:1] == [LONG]]
    assert [cell for row in rows for cell in row[1:]] == [*map(str, range(14)), "91"]
    heads = [word for line in lines for word in line.split() if word.startswith("exercise")]
    assert heads == [name.partition(".")[0] + "." for name in names]
    assert "…" not in "".join(lines)


def test_a_wide_window_has_one_table() -> None:
    marks = {f"exercise{number}.backward": (1.0, 2.0) for number in range(14)}
    lines = printed(grade_table("unit", [Result(LONG, "unit", marks, raw=14.0)]), 400)
    assert sum(line.strip().startswith(LONG) for line in lines) == 1


@pytest.mark.parametrize(
    "made",
    [
        standings_table("u", [Standing(LONG, Kind.MISSING, "handed in nothing " * 9)]),
        notes_table([Result(LONG, "u", {"x": (0.0, 1.0)}, {"x": ["word " * 40]})]),
        changes_table("u", 1, [Change(LONG, "a.very_long_exercise_name", 1.0, 2.0, 1.5, True)]),
        by_hand_table([ByHand(LONG, "a.very_long_exercise_name_indeed.backward", 1.5)]),
    ],
)
def test_other_tables_fit_and_cut_no_name(made: Any) -> None:
    lines = printed(made, 80)
    assert max(map(len, lines)) <= 80
    assert "…" not in "".join(lines)
    # A name may be broken, but only within its column.
    at = next(line.index("student") for line in lines if "student" in line)
    start = min(line.find(LONG[:12]) for line in lines if LONG[:12] in line)
    assert start == at
    assert LONG in "".join(line[at:].split("  ")[0].strip() for line in lines)


def test_a_regrade_marks_what_a_person_gave() -> None:
    lines = printed(changes_table("u", 1, [Change("ada", "x", 1.0, 2.0, 1.5, True)]), 80)
    assert [line.split() for line in lines if "ada" in line] == [
        ["ada", "x", "1", "2", "1.5", "by", "hand"]
    ]


def test_what_to_know_first_is_in_a_line_each() -> None:
    found = [
        Standing("dia", Kind.NOT_GRADED, "broken"),
        Standing("eve", Kind.MISSING, "handed in nothing"),
        Standing("zoe", Kind.MISSING, "handed in nothing"),
    ]
    text = " ".join(" ".join(printed(standings_table("u", found), 80)).split())
    assert "dia not graded broken eve, zoe missing handed in nothing" in text
    assert standings_table("u", []) is None


def test_remarks_are_among_the_notes() -> None:
    result = Result("ada", "u", {"x": (1.0, 1.0)}, remarks=("A check cell was restored.",))
    assert "A check cell was restored." in " ".join(printed(notes_table([result]), 80))


def test_a_list_of_a_whole_class_does_not_widen_every_other_row() -> None:
    names = [f"student{number:03}" for number in range(60)]
    first = [Standing(name, Kind.BY_HAND, "essay") for name in names]
    lines = printed(standings_table("u", [*first, Standing(LONG, Kind.LATE, "late")]), 10_000)
    assert max(map(len, lines)) < 120
    words = " ".join(lines).replace(",", " ").split()
    assert set(names) < set(words)
    assert LONG in words
