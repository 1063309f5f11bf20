"""Which mistakes a learner has made in practice, and how often none was made since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.files.clean import html
from autograder.progress_file import progress_path, read_notes, write_notes

# Its key among the notes; no exercise has an id without a full stop.
KEY = "practice"
# So many right answers where a mistake could have been made settle it.
SETTLED = 3
# More of the same mistake do not bring it back more often.
_MOST = 4
HEAD = ("mistake", "times made", "right since")


@dataclass(frozen=True)
class Row:
    """One mistake.

    Args:
        made: how many times.
        right_since: right answers since then to questions in which it can be made.
    """

    made: int
    right_since: int

    @property
    def owed(self) -> float:
        """How much it should come again: 0 if it is settled."""
        if self.right_since >= SETTLED:
            return 0.0
        return min(self.made, _MOST) / (1 + self.right_since)


@dataclass(frozen=True)
class Record:
    """The record per mistake; shows itself as a table.

    Args:
        rows: by the mistake's name.
    """

    rows: Mapping[str, Row]

    @property
    def owed(self) -> dict[str, float]:
        """Name → how much it should come again, for those that are not settled."""
        return {name: row.owed for name, row in self.rows.items() if row.owed}

    def with_mistakes(self, names: Iterable[str]) -> Record:
        """The record after a wrong answer.

        Args:
            names: of the mistakes that were named.
        """
        rows = dict(self.rows)
        for name in names:
            before = rows.get(name, Row(0, 0))
            rows[name] = Row(before.made + 1, 0)
        return Record(rows)

    def with_right(self, possible: Iterable[str]) -> Record:
        """The record after a right answer.

        Args:
            possible: the mistakes that could have been made.
        """
        rows = dict(self.rows)
        for name in possible:
            if name in rows:
                rows[name] = replace(rows[name], right_since=rows[name].right_since + 1)
        return Record(rows)

    def _cells(self) -> list[tuple[str, str, str]]:
        ordered = sorted(self.rows.items(), key=lambda item: (-item[1].owed, item[0]))
        return [(name, str(row.made), str(row.right_since)) for name, row in ordered]

    def __str__(self) -> str:
        if not self.rows:
            return "No mistake so far."
        table = [HEAD, *self._cells()]
        widths = [max(len(cells[i]) for cells in table) for i in range(3)]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
            for cells in table
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        if not self.rows:
            return "<p>No mistake so far.</p>"
        style = 'style="text-align:left;padding:1px 14px 1px 0"'
        head = "".join(f"<th scope='col' {style}>{html(cell)}</th>" for cell in HEAD)
        body = "".join(
            f"<tr><th scope='row' {style}>{html(name)}</th>"
            f"<td {style}>{made}</td><td {style}>{since}</td></tr>"
            for name, made, since in self._cells()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def read_record(path: Path | None = None) -> Record:
    """The record so far; damaged notes count as none.

    Args:
        path: the file; by default the one that `check` writes too.
    """
    found = read_notes(path or progress_path()).get(KEY)
    notes = found if isinstance(found, dict) else {}
    rows = {str(name): _row(note) for name, note in notes.items()}
    return Record({name: row for name, row in rows.items() if row})


def write_record(record: Record, path: Path | None = None) -> None:
    """Keeps a record; what else the file holds stays.

    Args:
        record: the whole of it.
        path: as for `read_record`.
    """
    path = path or progress_path()
    rows = {
        name: {"made": row.made, "right_since": row.right_since}
        for name, row in record.rows.items()
    }
    write_notes(path, {**read_notes(path), KEY: rows})


def _row(note: Any) -> Row | None:
    if not isinstance(note, dict):
        return None
    numbers = [note.get(name) for name in ("made", "right_since")]
    if not all(type(number) is int and number >= 0 for number in numbers):
        return None
    made, since = numbers
    return Row(made, since) if made else None  # type: ignore[arg-type]
