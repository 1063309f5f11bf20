"""The report in the terminal: the page's tables, shortened to what fits."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from autograder.files.clean import terminal
from autograder.files.terminal import table as plain_table
from autograder.records.standing_table import standing_table
from autograder.report.gather import UnitReport
from autograder.report.numbers import UNGRADED
from autograder.report.page_tables import number, percent
from autograder.report.regraded import by_exercise

MAX_ROWS = 12
BAR = 30


def report_tables(report: UnitReport) -> Iterator[Table | str]:
    """Lays out a unit's report.

    Yields:
        Rich tables and lines, in the page's order.
    """
    numbers = report.numbers
    yield f"\n[bold]{terminal(numbers.named)}[/bold]"
    yield ", ".join(numbers.counts)
    if report.standings:
        yield standing_table("What to know first", report.standings)
    if one := numbers.summary:
        yield (
            f"mean {number(one.mean)} of {number(numbers.points)}, standard deviation "
            f"{number(one.deviation)}; quartiles {number(one.lower)}, {number(one.median)}, "
            f"{number(one.upper)}; from {number(one.low)} to {number(one.high)}"
            + f"; {UNGRADED}" * bool(numbers.waiting)
            + "; before late penalties" * bool(numbers.late)
        )
        yield _histogram(report)
        yield _exercises(report)
    if report.mistakes:
        yield _mistakes(report)
    hard = [part for part in report.parts if part.lost_share > 0]
    if hard:
        table = _table("Hardest parts", "objective", "exercise", "part", ">missed by")
        for part in sorted(hard, key=lambda part: -part.lost_share)[:MAX_ROWS]:
            table.add_row(part.objective, part.exercise, part.part, f"{part.lost_share:.0%}")
        yield _shortened(table, len(hard))
    if comments := numbers.comments:
        table = _table("Comments of the graders", "student", "exercise", "comment")
        for comment in comments[:MAX_ROWS]:
            table.add_row(*map(terminal, comment))
        yield _shortened(table, len(comments))
    if report.looks:
        table = _table("Students to look at (signs, not verdicts)", "student", "why", "what")
        for look in report.looks[: 3 * MAX_ROWS]:
            table.add_row(terminal(look.student), look.kind, terminal(look.words))
        yield _shortened(table, len(report.looks))
    if report.changes:
        table = _table(
            "Before and after a regrade",
            "exercise",
            ">changed",
            ">up",
            ">down",
            ">before",
            ">after",
            ">by hand",
        )
        for row in by_exercise(report.changes):
            means = (number(row.before), number(row.after))
            counts = map(str, (row.changed, row.up, row.down))
            table.add_row(row.exercise, *counts, *means, str(row.by_hand))
        yield table


def _histogram(report: UnitReport) -> Table:
    most = max(count for _, _, count in report.numbers.classes) or 1
    table = _table("Students by points", ">points", "", ">students")
    for low, high, count in report.numbers.classes:
        bar = "█" * round(BAR * count / most)
        table.add_row(f"{number(low)} to {number(high)}", bar, str(count))
    return table


def _exercises(report: UnitReport) -> Table:
    table = _table("Exercises", "exercise", ">points", ">pass rate", ">mean", ">discrimination")
    for one in report.numbers.exercises:
        discrimination = "–" if one.discrimination is None else f"{one.discrimination:.2f}"
        mean = "–" if one.mean is None else number(one.mean)
        table.add_row(one.id, number(one.points), percent(one.pass_rate), mean, discrimination)
    return table


def _mistakes(report: UnitReport) -> Table:
    table = _table("Named mistakes", "looks like", ">students", "where (students)")
    for one in report.mistakes[:MAX_ROWS]:
        where = ", ".join(f"{id} ({count})" for id, count in one.exercises.items())
        table.add_row(terminal(one.name), str(one.students), where)
    return _shortened(table, len(report.mistakes))


def _shortened(table: Table, total: int) -> Table:
    """Says under a table how many rows it leaves to the page."""
    if left_out := total - table.row_count:
        table.caption, table.caption_justify = f"and {left_out} more on the HTML page", "left"
    return table


def _table(title: str, *columns: str) -> Table:
    return plain_table(*columns, title=title)
