"""What a TA sees in the terminal: progress with time left, then student × exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.batch import Result
from autograder.exercises import of_unit
from autograder.feedback import format_points


def grade_table(unit: str, results: Sequence[Result]) -> Table:
    """Lays out the results of a unit.

    Args:
        unit: the unit's name.
        results: one a student.

    Returns:
        A rich table: student, score in each exercise, total, the named mistakes.
    """
    exercises = of_unit(unit)
    total = format_points(sum(exercise.points for exercise in exercises))
    kept = sum(result.unchanged for result in results)
    table = Table(
        title=unit,
        caption=f"{kept} of {len(results)} unchanged since they were graded" if kept else None,
        title_justify="left",
    )
    table.add_column("student")
    for exercise in exercises:
        name = exercise.id.replace(".", ".\n", 1)
        table.add_column(f"{name}\n/ {format_points(exercise.points)}", justify="right")
    table.add_column(f"sum\n\n/ {total}", justify="right")
    table.add_column("looks like", ratio=1)
    for result in results:
        if result.failure:
            blanks = ["–"] * (len(exercises) + 1)
            table.add_row(escape(result.student), *blanks, f"NOT GRADED: {escape(result.failure)}")
            continue
        scores = [
            format_points(result.scores[exercise.id][0]) if exercise.id in result.scores else "–"
            for exercise in exercises
        ]
        found = escape(_found(result, len(exercises)))
        table.add_row(escape(result.student), *scores, format_points(result.score), found)
    return table


def _found(result: Result, exercises: int) -> str:
    notes = {id: ", ".join(found) for id, found in result.notes.items() if found}
    if len(notes) == exercises > 1 and len(set(notes.values())) == 1:
        return f"all: {next(iter(notes.values()))}"
    return "; ".join(f"{id}: {found}" for id, found in notes.items())


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
