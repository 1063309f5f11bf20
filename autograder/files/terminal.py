"""Tables for a terminal, and text for one that cannot show every character."""

from __future__ import annotations

import codecs
import io
import unicodedata
from collections.abc import Iterable
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import JustifyMethod
from rich.table import Column, Table

# What our own words use, for an encoding that does not have it.
PLAIN = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "·": "-", "…": "...", "→": "->", "✓": "ok", "✗": "x",
        "×": "x", "≥": ">=", "≤": "<=", "′": "'", "“": '"', "”": '"', "‘": "'", "’": "'",
        "█": "#", "─": "-", "━": "-", "ß": "ss",
    }
)  # fmt: skip
ERRORS = "course-bp-plain"
LIST_WIDTH = 60


def table(*columns: str, title: str = "", caption: str = "") -> Table:
    """A table that breaks long words rather than cutting them off.

    Args:
        columns: their names; a ">" in front puts a column's cells to the right.
        title: the words above it.
        caption: the words below it.

    Returns:
        A rich table without rows.
    """
    made = Table(title=title or None, caption=caption or None, box=SIMPLE_HEAD)
    made.title_justify = made.caption_justify = "left"
    for name in columns:
        justify: JustifyMethod = "right" if name[:1] == ">" else "left"
        made.add_column(name.removeprefix(">"), justify=justify, overflow="fold")
    return made


def keep_narrow(column: Column, names: Iterable[str]) -> None:
    """Lets long lists of names in a column take several lines, however wide the screen is.

    Every other row would be as wide, and hold nothing but blanks there.

    Args:
        names: those that are in the lists; none of them is broken.
    """
    column.max_width = max([LIST_WIDTH, *map(cell_len, names)])


def show_all(stream: TextIO) -> None:
    """Lets a stream print any text, whatever its encoding.

    A character that it does not have becomes a similar one, or else its number.
    """
    if isinstance(stream, io.TextIOWrapper):
        codecs.register_error(ERRORS, _plain)
        stream.reconfigure(errors=ERRORS)


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_similar, error.object[error.start : error.end])), error.end


def _similar(character: str) -> str:
    """ASCII that reads alike, or the character's number."""
    letters = unicodedata.normalize("NFKD", character.translate(PLAIN))
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    if plain and plain.isascii() and plain.isprintable():
        return plain
    return character.encode("ascii", "backslashreplace").decode("ascii")
