"""Fills in how many of the example class got each feedback that an instructor's page lists.

    python examples/shares.py

`docs/instructor/<unit>.md` has a table of misconceptions whose first column holds what the feedback
says, one or several names with `<br>` between them; "…" stands for any words. If the example class
hands in the unit, the table has a last column "In the example class". This script counts, from
expected.toml, the students who got that feedback in the unit, and writes "2 of 16" there.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from autograder.exercises import EXERCISES

EXAMPLES = Path(__file__).resolve().parent
PAGES = EXAMPLES.parent / "docs" / "instructor"
COLUMN = "In the example class"


def main() -> int:
    """Rewrites the pages that are out of date; returns the exit status."""
    for path in unit_pages():
        page = path.read_text("utf-8")
        if (filled_in := filled(page, path.stem)) != page:
            path.write_text(filled_in, "utf-8")
            print(path.relative_to(EXAMPLES.parent))
    return 0


def unit_pages() -> list[Path]:
    """The instructor's pages on units, in order; each is named after its unit."""
    return sorted(PAGES.glob("[0-9]*.md"))


@cache
def feedback_in(unit: str) -> dict[str, frozenset[str]]:
    """What the feedback says to each student of the example class who hands in a unit.

    Args:
        unit: the unit's name.

    Returns:
        Student → names of mistakes and other phrases, over all exercises of the unit.
    """
    expected = tomllib.loads((EXAMPLES / "expected.toml").read_text("utf-8"))
    found = {}
    for student, entry in expected.items():
        exercises = [id for id in entry["scores"] if EXERCISES[id].unit == unit]
        said = [entry.get(id, {}) for id in exercises]
        if exercises:
            found[student] = frozenset(
                words for one in said for words in (*one.get("names", ()), one.get("says", ""))
            ) - {""}
    return found


def names_in(page: str) -> list[list[str]]:
    """The first column of a page's table of misconceptions, row by row.

    Args:
        page: the page's text.

    Returns:
        For each row the names in it.
    """
    return [row[0].split("<br>") for row in map(_cells, _rows(page))]


def fits(name: str, words: str) -> bool:
    """Whether feedback is what a name in a table means.

    Args:
        name: a name, with "…" for any words.
        words: what the feedback says.
    """
    pattern = ".*".join(map(re.escape, name.lower().split("…")))
    return re.fullmatch(pattern, words.lower().rstrip(".?!")) is not None


def filled(page: str, unit: str) -> str:
    """Writes the counts into the last column of a page's table of misconceptions.

    Args:
        page: the page's text.
        unit: the unit's name.

    Returns:
        The page with the counts; the same page if its table has no such column.
    """
    if COLUMN not in page:
        return page
    said = feedback_in(unit)
    for row in _rows(page):
        *kept, _ = _cells(row)
        names = kept[0].split("<br>")
        got = sum(any(fits(n, words) for n in names for words in one) for one in said.values())
        page = page.replace(row, f"| {' | '.join([*kept, f'{got} of {len(said)}'])} |")
    return page


def _rows(page: str) -> list[str]:
    table = re.search(r"^\| The feedback says \|.*\n\|[-|]+\n((?:\|.*\n)*)", page, re.MULTILINE)
    return table[1].splitlines() if table else []


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


if __name__ == "__main__":
    raise SystemExit(main())
