"""What to know first about a unit, as a table for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from autograder.files.clean import terminal
from autograder.files.terminal import keep_narrow, table
from autograder.records.standing import Standing, together


def standing_table(title: str, found: Sequence[Standing]) -> Table:
    """Lays out standings; students of whom the same is said share a row.

    Args:
        title: the words above the table.
        found: what there is to say.

    Returns:
        A rich table.
    """
    made = table("student", "", "why", title=title)
    keep_narrow(made.columns[0], (f"{one.student}," for one in found))
    for names, kind, words in together(found):
        made.add_row(terminal(names, len(names)), str(kind), terminal(words))
    return made
