"""`progress`: what a self-learner has got right so far, by unit and by objective.

`check` notes every verdict in a file of the user's data folder. It never leaves the machine, holds
no answer, and plays no part in grading.
"""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.here import exercises_here
from autograder.exercise import Exercise
from autograder.exercises import EXERCISES
from autograder.exercises.objectives import OBJECTIVES
from autograder.feedback.layout import WIDTH
from autograder.feedback.words import format_points
from autograder.files.clean import html
from autograder.judge.verdict import Verdict
from autograder.progress_file import progress_path, read_notes, write_notes


@dataclass(frozen=True)
class Row:
    """How far a unit, or an objective, has come.

    Args:
        name: the unit or the objective.
        passed: exercises with all points.
        tried: exercises that were checked at least once.
        exercises: how many there are.
        points, most: points so far, each exercise by its best attempt, and points in all.
        words: what an objective with a short name is, in words.
    """

    name: str
    passed: int
    tried: int
    exercises: int
    points: float
    most: float
    words: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The row as text."""
        mark = "✓" if self.passed == self.exercises else "·" if self.tried else ""
        done = f"{self.passed} of {self.exercises}"
        points = f"{format_points(self.points)} of {format_points(self.most)}"
        return self.name, done, points, mark, self.words


HEAD = ("", "exercises right", "points", "", "")


@dataclass(frozen=True)
class Progress:
    """Rows for each unit and each objective; shows itself as a table."""

    units: tuple[Row, ...]
    objectives: tuple[Row, ...]

    def __str__(self) -> str:
        lines = []
        for title, rows in (("Units", self.units), ("Objectives", self.objectives)):
            table = [(title, *HEAD[1:]), *(row.cells for row in rows)]
            widths = [max(len(cells[i]) for cells in table) for i in range(4)]
            for *cells, words in table:
                begin = "".join(f"{c:<{w}}  " for c, w in zip(cells, widths, strict=True))
                after = " " * len(begin)
                text = textwrap.fill(words, WIDTH, initial_indent=begin, subsequent_indent=after)
                lines.append(text.rstrip() or begin.rstrip())
            lines.append("")
        return "\n".join(lines).rstrip()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return "".join(
            _table(title, rows)
            for title, rows in (("Units", self.units), ("Objectives", self.objectives))
        )


def progress(path: Path | None = None) -> Progress:
    """Shows what you have got right so far, by unit and by objective.

    Args:
        path: the file; by default the one that `check` writes.

    Returns:
        The table, which shows itself in a notebook; `print` it in a terminal.
    """
    best = {
        key: entry["best"] for key, entry in _known(read_notes(path or progress_path())).items()
    }
    exercises = list(exercises_here(Path.cwd()).values())
    units = sorted({exercise.unit for exercise in exercises})
    objectives = sorted({o for exercise in exercises for o in exercise.objectives})
    # A course of somebody else's may call its own objectives by the same short names.
    ours = {o for exercise in exercises if exercise.id in EXERCISES for o in exercise.objectives}
    words = {o: text for o, text in OBJECTIVES.items() if o in ours}
    return Progress(
        tuple(_row(unit, best, [e for e in exercises if e.unit == unit]) for unit in units),
        tuple(
            _row(o, best, [e for e in exercises if o in e.objectives], words.get(o, ""))
            for o in objectives
        ),
    )


def record(verdict: Verdict, path: Path | None = None) -> None:
    """Note a verdict. A folder that cannot be written to costs the note and nothing else.

    Args:
        verdict: what `check` found.
        path: the file; by default the one in the user's data folder.
    """
    path = path or progress_path()
    notes = read_notes(path)
    before = _known(notes).get(verdict.exercise.id, {})
    notes[verdict.exercise.id] = {
        "best": max(verdict.score, before.get("best", 0.0)),
        "last": verdict.score,
        "checks": before.get("checks", 0) + 1,
    }
    write_notes(path, notes)


def in_a_learners_notebook() -> bool:
    """Whether this is a kernel that a person works with, rather than a grader's or a script."""
    if "NBGRADER_EXECUTION" in os.environ or "IPython" not in sys.modules:
        return False
    shell = sys.modules["IPython"].get_ipython()
    return shell is not None and hasattr(shell, "kernel")


def _known(notes: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The notes on exercises."""
    return {
        key: entry
        for key, entry in notes.items()
        if isinstance(entry, dict) and _is_number(entry.get("best"))
    }


def _is_number(x: object) -> bool:
    return isinstance(x, int | float)


def _row(
    name: str, best: Mapping[str, float], exercises: Sequence[Exercise], words: str = ""
) -> Row:
    points = [min(best.get(e.id, 0.0), e.points) for e in exercises]
    return Row(
        name,
        sum(p >= e.points for p, e in zip(points, exercises, strict=True)),
        sum(e.id in best for e in exercises),
        len(exercises),
        sum(points),
        sum(e.points for e in exercises),
        words,
    )


def _table(title: str, rows: Iterable[Row]) -> str:
    cell = 'style="text-align:left;padding:1px 14px 1px 0"'
    head = "".join(
        f"<th scope='col' {cell}>{html(h)}</th>" for h in (title, *HEAD[1:3], "all", *HEAD[4:])
    )
    body = "".join(
        f"<tr><th scope='row' {cell}>{html(row.cells[0])}</th>"
        + "".join(f"<td {cell}>{html(text)}</td>" for text in row.cells[1:])
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
