"""What a TA sees in the terminal: progress with time left, then student × exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.batch.result import Result
from autograder.feedback.words import format_points
from autograder.files import clean
from autograder.files.clean import terminal
from autograder.files.terminal import table
from autograder.records.regrades import ByHand, Change
from autograder.records.standing import Standing
from autograder.records.standing_table import standing_table

# Of those whose work a person must grade, which may be the whole class.


def grade_table(unit: str, results: Sequence[Result]) -> ScoreTable:
    """Lays out the scores of a unit.

    Args:
        unit: the unit's name.
        results: one per student.

    Returns:
        What rich prints: student, score in each cell that has points, the penalty for late work if
        anybody has one, the sum, which is the score that counts, and how many cells a person must
        grade.
    """
    points = {name: most for result in results for name, (_, most) in result.scores.items()}
    names = ["", "student", "points", *(clean.line(result.student) for result in results)]
    columns = [
        [*_broken(name), format_points(most), *(_score(result, name) for result in results)]
        for name, most in points.items()
    ]
    if any(result.penalty for result in results):
        taken = (format_points(0.0 - one.penalty).replace("-", "−") for one in results)
        late = ["–" if one.failure else text for one, text in zip(results, taken, strict=True)]
        columns.append(["", "late", "", *late])
    sums = ["not graded" if one.failure else format_points(one.score) for one in results]
    columns.append(["", "sum", format_points(sum(points.values())), *sums])
    if any(result.waiting for result in results):
        columns.append(["", "", "", *map(_left, results)])
    kept = sum(result.unchanged for result in results)
    caption = f"{kept} of {len(results)} unchanged since they were graded" if kept else ""
    return ScoreTable(unit, names, columns, caption)


@dataclass(frozen=True)
class ScoreTable:
    """A table that is printed in parts, one below the other, if the window is too narrow for it.

    Args:
        title: what is above it.
        rows: the first column, which every part repeats: two lines of heading, then the rows.
        columns: the other columns, in the same form.
        caption: what is below it.
    """

    title: str
    rows: Sequence[str]
    columns: Sequence[Sequence[str]]
    caption: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yields the parts."""
        parts = self._parts(options.max_width)
        for number, part in enumerate(parts):
            title = self.title if not number else f"{self.title}, continued"
            caption = self.caption if number == len(parts) - 1 else ""
            made = table(title=title, caption=caption)
            made.padding = (0, 1, 0, 0)
            made.add_column(_heading(self.rows), overflow="fold")
            for column in part:
                justify: JustifyMethod = "left" if not column[1] and not column[0] else "right"
                style = "bold" if column[1] == "sum" else ""
                made.add_column(_heading(column), justify=justify, no_wrap=True, style=style)
            for row, name in enumerate(self.rows[2:], start=2):
                cells = [terminal(column[row]) for column in part]
                made.add_row(terminal(name), *cells, style="dim" if row == 2 else "")
            yield made

    def _parts(self, width: int) -> list[list[Sequence[str]]]:
        """The columns that fit beside the first one, part by part."""
        taken = _width(self.rows) + 1
        parts: list[list[Sequence[str]]] = [[]]
        used = taken
        for column in self.columns:
            used += _width(column)
            if used > width and parts[-1]:
                parts.append([])
                used = taken + _width(column)
            parts[-1].append(column)
        return parts


def _heading(column: Sequence[str]) -> str:
    first, second = map(terminal, column[:2])
    return f"{first}\n{second}" if first or second else ""


def _width(column: Sequence[str]) -> int:
    """How wide a column is with the space that rich puts around it."""
    return max(map(cell_len, column)) + 2


def _broken(name: str) -> tuple[str, str]:
    """A name over two lines, broken after its first full stop."""
    first, dot, second = clean.line(name).partition(".")
    return (first + dot, second) if second else ("", first + dot)


def _left(result: Result) -> str:
    """What of a submission has no score yet."""
    told = tuple(f"{notebook}/" for notebook in result.not_graded)
    by_hand = sum(not name.startswith(told) for name in result.waiting)
    words = [f"{clean.line(notebook)} not graded" for notebook in result.not_graded]
    words += [f"{by_hand} to grade by hand"] * bool(by_hand)
    return ", ".join(words)


def _score(result: Result, name: str) -> str:
    if result.failure or name in result.waiting or name not in result.scores:
        return "–"
    return format_points(result.scores[name][0])


def standings_table(unit: str, found: Sequence[Standing]) -> Table | None:
    """Lays out who is missing, not graded or penalised in a unit, and why.

    Args:
        unit: the unit's name.
        found: what there is to know.

    Returns:
        A rich table, or None if there is nothing.
    """
    return standing_table(f"{unit}: what to know first", found) if found else None


def notes_table(results: Sequence[Result]) -> Table | None:
    """Lays out what went wrong in the answers, what people wrote there, and what was repaired.

    Args:
        results: one per student.

    Returns:
        A rich table of student, exercise and note, or None if there is nothing to say.
    """
    made = table("student", "exercise", "looks like")
    for result in results:
        notes = {id: "; ".join(found) for id, found in result.notes.items() if found}
        judged = set(result.scores) - set(result.waiting)
        if len(notes) > 1 and judged.issubset(notes) and len(set(notes.values())) == 1:
            notes = {"all": next(iter(notes.values()))}
        if result.remarks:
            notes["notebook"] = " ".join(result.remarks)
        said = [*notes.items(), *((id, f"comment: {text}") for id, text in result.comments.items())]
        for row, (id, found) in enumerate(said):
            made.add_row("" if row else terminal(result.student), terminal(id), terminal(found))
    return made if made.row_count else None


def changes_table(unit: str, regraded: int, changes: Sequence[Change]) -> Table | str:
    """Lays out what a regrade changed.

    Args:
        unit: the unit's name.
        regraded: how many submissions were graded again.
        changes: the scores that changed.

    Returns:
        A rich table of student, exercise, the grader's score before and after, and the score that
        counts, which a person may have given; or a sentence when nothing changed.
    """
    submissions = f"{regraded} submission{'s' * (regraded != 1)}"
    changed = f"{len(changes)} score{'s' * (len(changes) != 1)}"
    if not changes:
        return f"{unit}: {submissions} graded again, no score changed."
    title = f"{unit}: {submissions} graded again, {changed} changed"
    made = table("student", "exercise", ">before", ">after", ">counts", "", title=title)
    for one in changes:
        counts = one.after if one.counts is None else one.counts
        scores = map(format_points, (one.before, one.after, counts))
        notes = ["by hand"] * one.by_hand + ["handed in again"] * one.resubmitted
        made.add_row(terminal(one.student), terminal(one.exercise), *scores, ", ".join(notes))
    return made


def by_hand_table(found: Sequence[ByHand]) -> Table:
    """Lays out the scores that persons gave, which a regrade leaves as they are."""
    title = "Given by hand, and counts whatever the grader finds"
    made = table("student", "exercise", ">counts", title=title)
    for one in found:
        made.add_row(terminal(one.student), terminal(one.exercise), format_points(one.counts))
    return made


@contextmanager
def progress_bar(console: Console, label: str, total: int) -> Iterator[Callable[[str], None]]:
    """Shows a progress bar with the time left on stderr-like consoles.

    Args:
        console: where to draw it.
        label: what is being done.
        total: how many steps there are.

    Yields:
        A function to call after each step with the name of what was done.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(label, total=total, last="")
        yield lambda name: progress.update(task, advance=1, last=terminal(name))
