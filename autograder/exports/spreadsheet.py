"""CSV that a spreadsheet may open: quoted, and no cell that it would run as a formula.

A cell that begins with = + - @ or one of their full-width forms, a tab or a carriage return gets an
apostrophe in front, as the OWASP page on CSV injection advises. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from autograder.files import clean

Cell = str | float | int | None


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Writes rows as CSV (RFC 4180).

    Args:
        head: the first line.
        rows: text, numbers, or None for an empty cell.

    Returns:
        The file's content, lines ending in a newline.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_safe(name) for name in head])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def spreadsheet_file(text: str) -> bytes:
    """CSV as a file that Excel reads right too.

    Excel takes a file for the country's old encoding unless it begins with a byte order mark, which
    Canvas writes and Moodle drops. Plain ASCII is the same in both, and needs none.
    """
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return clean.cell(cell)
    return round(cell, 6) if isinstance(cell, float) else cell
