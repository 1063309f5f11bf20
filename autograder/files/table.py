"""Tables as other programs save them: whichever encoding, separator and line ends they choose.

What a file is written in is found by rules that always give the same answer. A byte order mark
says it; UTF-8 can be told from everything else; and what is left is read as Windows-1252, with a
remark. A statistical guess has too little to go by in a class list, where a handful of names have
an accent: charset-normalizer reads Ørsted as Řrsted. The separator is the one under which the
first line has the most column names that the caller knows, which the csv module's Sniffer cannot
know.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from autograder.files import clean

SEPARATORS = (",", ";", "\t", "|", ":")
# A longer one first, where it begins with a shorter one.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAX_SHOWN = 60
# The column names stand in one of so many lines that hold anything.
LINES_TO_HEAD = 8


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Args:
        line: the line of the file that it begins in, from 1.
        cells: their text, in Unicode's composed form, without control characters and without space
            at either end.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table.

    Args:
        head: the column names; empty if there is no row at all.
        rows: the rows that hold anything.
        guesses: what was read on a guess, a sentence each.
        broken: which lines could not be read, and are left out: their numbers and why.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    guesses: tuple[str, ...] = ()
    broken: tuple[tuple[int, str], ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """All that there is to say about how it was read."""
        left_out = (f"line {number} was left out: {why}." for number, why in self.broken)
        return (*self.guesses, *left_out)


def read_table(content: bytes, names_known: Callable[[Sequence[str]], int]) -> Table:
    """Reads a table.

    Args:
        content: the file.
        names_known: says how many of a row's cells are column names that it knows.

    Returns:
        The table. A line that breaks the rules of CSV is left out, with a remark.
    """
    text, guesses = _decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    start = 1
    # Excel takes this line for itself.
    if first.casefold().startswith("sep=") and len(first) <= 5:
        text, start = rest, 2
    separator = max(SEPARATORS, key=lambda each: _best_head(text, each, names_known))
    broken: list[tuple[int, str]] = []
    rows = [row for row in _rows(text, separator, start, broken) if any(row.cells)]
    if not rows:
        return Table((), (), guesses, tuple(broken))
    # A title may stand above the column names.
    top = range(min(LINES_TO_HEAD, len(rows)))
    head = max(top, key=lambda number: names_known(rows[number].cells))
    return Table(rows[head].cells, tuple(rows[head + 1 :]), guesses, tuple(broken))


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    mark, encoding = next(
        (each for each in MARKS if content.startswith(each[0])), (b"", _wide(content) or "utf-8")
    )
    content = content.removeprefix(mark)
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    number, line = next(
        (n, line) for n, line in enumerate(text.splitlines(), start=1) if not line.isascii()
    )
    shown = clean.line(line.strip(), MAX_SHOWN)
    return text, (
        f"it is not in UTF-8, and was read as Windows-1252. If line {number} should not read "
        f"“{shown}”, save the file as UTF-8.",
    )


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: every other byte of Western text is 0."""
    zeros = [content[start::2].count(0) for start in (0, 1)]
    if max(zeros) * 4 < len(content) or len(content) < 4:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _best_head(text: str, separator: str, names_known: Callable[[Sequence[str]], int]) -> int:
    """How many known names one of the first lines would hold with this separator."""
    lines = (line for line in text.split("\n") if line.strip(f" {separator}"))
    first = list(islice(lines, LINES_TO_HEAD))
    rows = (next(csv.reader([line], delimiter=separator), []) for line in first)
    return max((names_known(tuple(map(_tidy, row))) for row in rows), default=0)


def _rows(text: str, separator: str, start: int, broken: list[tuple[int, str]]) -> Iterator[Row]:
    """The rows; what a quotation mark in the wrong place breaks is read line by line."""
    try:
        rows = list(_strict(text, separator, start))
    except csv.Error:
        rows = []
        for number, line in enumerate(text.split("\n"), start=start):
            try:
                rows += _strict(line, separator, number)
            except csv.Error as error:
                broken.append((number, f"it is not CSV ({error})"))
    yield from rows


def _strict(text: str, separator: str, start: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator, strict=True)
    line = start
    for cells in reader:
        yield Row(line, tuple(map(_tidy, cells)))
        line = start + reader.line_num


def _tidy(cell: str) -> str:
    return unicodedata.normalize("NFC", clean.line(cell)).strip()
