"""What a TA sees in the terminal: progress with time left, then student × exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.batch_result import Result
from autograder.exercises import of_unit
from autograder.feedback import format_points
from autograder.regrades import Change


def grade_table(unit: str, results: Sequence[Result]) -> Table:
    """Lays out the scores of a unit.

    Args:
        unit: the unit's name.
        results: one a student.

    Returns:
        A rich table: student, score in each exercise, points beside them and the penalty for being
        late where somebody has any, and the sum: the score that counts.
    """
    exercises = of_unit(unit)
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
    for exercise in exercises:
        table.add_column(exercise.id.replace(".", ".\n", 1), justify="right")
    points = [exercise.points for exercise in exercises]
    full = max((result.full for result in results), default=0.0) or sum(points)
    beside = round(full - sum(points), 6)
    extra = {
        "other\ncells": ([result.beside for result in results], format_points(beside)),
        "\nlate": ([0.0 - result.penalty for result in results], ""),
    }
    extra = {name: column for name, column in extra.items() if any(column[0])}
    for name in extra:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("\nsum", justify="right", style="bold", no_wrap=True)
    most = [*map(format_points, points), *(most for _, most in extra.values())]
    table.add_row("points", *most, format_points(full), style="dim")
    for row, result in enumerate(results):
        if result.failure:
            nothing = ["–"] * (len(exercises) + len(extra))
            table.add_row(escape(result.student), *nothing, "not graded")
            continue
        scores = [
            format_points(result.scores[exercise.id][0]) if exercise.id in result.scores else "–"
            for exercise in exercises
        ]
        scores += [format_points(own[row]).replace("-", "−") for own, _ in extra.values()]
        table.add_row(escape(result.student), *scores, format_points(result.score))
    return table


def notes_table(results: Sequence[Result]) -> Table | None:
    """Lays out what went wrong: the named mistakes, and submissions that could not be graded.

    Args:
        results: one a student.

    Returns:
        A rich table of student, exercise and note, or None when there is nothing to say.
    """
    table = Table(box=SIMPLE_HEAD)
    table.add_column("student")
    table.add_column("exercise")
    table.add_column("looks like", ratio=1)
    for result in results:
        if result.failure:
            table.add_row(escape(result.student), "–", f"NOT GRADED: {escape(result.failure)}")
        notes = {id: "; ".join(found) for id, found in result.notes.items() if found}
        if len(notes) > 1 and len(notes) == len(result.scores) and len(set(notes.values())) == 1:
            notes = {"all": next(iter(notes.values()))}
        if result.remarks:
            notes["notebook"] = " ".join(result.remarks)
        for row, (id, found) in enumerate(notes.items()):
            table.add_row("" if row else escape(result.student), escape(id), escape(found))
    return table if table.row_count else None


def changes_table(unit: str, regraded: int, changes: Sequence[Change]) -> Table | str:
    """Lays out what a regrade changed.

    Args:
        unit: the unit's name.
        regraded: how many submissions were graded again.
        changes: the scores that are others now.

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
        table.add_row(escape(change.student), change.exercise, *scores)
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
        yield lambda name: progress.update(task, advance=1, last=name)
