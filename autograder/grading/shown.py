"""What a graded notebook shows of a student's text: all of it, unless it was made to be a burden.

Whoever shows a notebook colours its code, reads its Markdown and searches it, with patterns that
take the square of a line's length. Of half a megabyte of dots, one cell takes an hour.
"""

from __future__ import annotations

from typing import Any

from autograder.files import clean

MAX_CELL = 100_000
MAX_NOTEBOOK = 400_000
MAX_LINE = 2_000


def bound(cells: list[Any]) -> None:
    """Cleans the text of a notebook's cells, and cuts what is long beyond all use.

    Args:
        cells: nbformat cells that have run as they were handed in; their text is changed.
    """
    left = MAX_NOTEBOOK
    for cell in cells:
        text = clean.block(cell.source, max(1, min(MAX_CELL, left)))
        cell.source = "\n".join(map(_cut, text.split("\n")))
        left -= len(cell.source)


def _cut(line: str) -> str:
    return line if len(line) <= MAX_LINE else line[: MAX_LINE - 1] + clean.CUT
