"""What a TA sees in the terminal: progress with time left, then student × exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.batch.result import Result
from autograder.feedback.words import format_points
from autograder.files.clean import terminal
from autograder.records.regrades import Change


def grade_table(unit: str, results: Sequence[Result]) -> Table:
    """Lays out the scores of a unit.

    Args:
        unit: the unit's name.
        results: one per student.

    Returns:
        A rich table: student, score in each cell that has points, the penalty for late work if
        anybody has one, the sum, which is the score that counts, and how many cells a person must
        grade.
    """
    points = {name: most for result in results for name, (_, most) in result.scores.items()}
    kept = sum(result.unchanged for result in results)
    table = Table(
        title=unit,
        caption=f"{kept} of {len(results)} unchanged since they were graded" if kept else None,
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    # In a narrow window exercises may be cut short, but not whose row it is.
    table.add_column("student", no_wrap=True)
    for name in points:
        table.add_column(terminal(name).replace(".", ".\n", 1), justify="right")
    if late := any(result.penalty for result in results):
        table.add_column("\nlate", justify="right", no_wrap=True)
    table.add_column("\nsum", justify="right", style="bold", no_wrap=True)
    if waiting := any(result.waiting for result in results):
        table.add_column("", no_wrap=True)
    most = [*map(format_points, points.values()), *([""] if late else [])]
    table.add_row("points", *most, format_points(sum(points.values())), style="dim")
    for result in results:
        if result.failure:
            nothing = ["–"] * (len(points) + late)
            table.add_row(terminal(result.student), *nothing, "not graded")
            continue
        scores = [
            format_points(result.scores[name][0])
            if name in result.scores and name not in result.waiting
            else "–"
            for name in points
        ]
        if late:
            scores.append(format_points(0.0 - result.penalty).replace("-", "−"))
        left = f"{len(result.waiting)} to grade by hand" if result.waiting else ""
        total = format_points(result.score)
        table.add_row(terminal(result.student), *scores, total, *([left] if waiting else []))
    return table


def notes_table(results: Sequence[Result]) -> Table | None:
    """Lays out what went wrong: the named mistakes, and submissions that could not be graded.

    Args:
        results: one per student.

    Returns:
        A rich table of student, exercise and note, or None if there is nothing to say.
    """
    table = Table(box=SIMPLE_HEAD)
    table.add_column("student")
    table.add_column("exercise")
    table.add_column("looks like", ratio=1)
    for result in results:
        if result.failure:
            table.add_row(terminal(result.student), "–", f"NOT GRADED: {terminal(result.failure)}")
        notes = {id: "; ".join(found) for id, found in result.notes.items() if found}
        judged = set(result.scores) - set(result.waiting)
        if len(notes) > 1 and judged.issubset(notes) and len(set(notes.values())) == 1:
            notes = {"all": next(iter(notes.values()))}
        if result.remarks:
            notes["notebook"] = " ".join(result.remarks)
        for row, (id, found) in enumerate(notes.items()):
            table.add_row(
                "" if row else terminal(result.student),
                terminal(id),
                terminal(found),
            )
    return table if table.row_count else None


def changes_table(unit: str, regraded: int, changes: Sequence[Change]) -> Table | str:
    """Lays out what a regrade changed.

    Args:
        unit: the unit's name.
        regraded: how many submissions were graded again.
        changes: the scores that changed.

    Returns:
        A rich table of student, exercise, before and after, or a sentence when nothing changed.
    """
    submissions = f"{regraded} submission{'s' * (regraded != 1)}"
    changed = f"{len(changes)} score{'s' * (len(changes) != 1)}"
    if not changes:
        return f"{unit}: {submissions} graded again, no score changed."
    table = Table(
        "student",
        "exercise",
        "before",
        "after",
        title=f"{unit}: {submissions} graded again, {changed} changed",
        title_justify="left",
        box=SIMPLE_HEAD,
    )
    for change in changes:
        scores = (format_points(change.before), format_points(change.after))
        table.add_row(terminal(change.student), change.exercise, *scores)
    return table


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
