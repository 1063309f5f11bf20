"""The published table of the bank: refused, named and accepted, one row per exercise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from autograder.bank.run import Tally
from autograder.exercise import Exercise

_HEAD = """\
# How well mistakes are refused and named

Made by `course-bp bank` from real runs; do not edit it. On inputs drawn from each of {seeds}
seeds, everything in the bank was run and judged like a student's answer:

- *mistakes*: the exercise's own, and those derived from its right answer. The derived ones are a
  wrong sign, a factor, a sum instead of a mean, a transposed matrix, zeros, and a path of the
  backward pass that is missing, counted twice or has the wrong sign. Each is made twice: once on
  the way, so that later parts depend on it, and once only in the value that is returned. If a
  derived mistake coincides with one of the exercise's own, only the latter counts.
- *refused*: lost points. *Named*: got its own name and no other. *Wrongly*: got a different name.
  The rest were answered with “cannot tell”.
- *right answers*: the reference and the variants, and how many of them earned all points.
"""


_COLUMNS = """\
| Exercise | Own mistakes | Variants | Mistakes judged | Refused | Named | Wrongly \
| Right answers judged | Accepted |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
"""
_SEEDS = re.compile(r"each of (\d+)\s+seeds")
_ROW = re.compile(r"^\| `(\S+)` \| (.+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """One exercise in the table.

    Args:
        mistakes: how many mistakes of its own it had when its bank was run.
        variants: how many variants.
        tally: how its bank fared over all seeds.
    """

    mistakes: int
    variants: int
    tally: Tally


def row_of(exercise: Exercise, tally: Tally) -> Row:
    """The row of an exercise whose bank has just been run.

    Args:
        exercise: the exercise as it is now.
        tally: how its bank fared over all seeds.

    Returns:
        The row.
    """
    return Row(len(exercise.mistakes), len(exercise.variants), tally)


def bank_page(rows: Mapping[str, Row], seeds: int) -> str:
    """Lays out the rows as a Markdown page.

    Args:
        rows: exercise id → its row, in the order of the page.
        seeds: how many seeds there were.

    Returns:
        The text of docs/mistakes-table.md.
    """
    total = Row(
        sum(row.mistakes for row in rows.values()),
        sum(row.variants for row in rows.values()),
        sum((row.tally for row in rows.values()), Tally()),
    )
    lines = [_line(f"`{id}`", row) for id, row in rows.items()]
    return f"{_HEAD.format(seeds=seeds)}\n{_COLUMNS}" + "".join(
        f"{line}\n" for line in [*lines, _line(f"**All {len(rows)}**", total)]
    )


def read_page(page: str) -> tuple[dict[str, Row], int]:
    """Reads a page back, so that one row can be replaced.

    Args:
        page: what `bank_page` returned.

    Returns:
        Exercise id → its row, and how many seeds there were.

    Raises:
        ValueError: if it is not such a page.
    """
    seeds = _SEEDS.search(page)
    if not seeds:
        raise ValueError("it does not say how many seeds there were")
    rows = {}
    for id, cells in _ROW.findall(page):
        own, variants, wrong, *of_wrong, right, accepted = cells.split(" | ")
        refused, named, misnamed = (_count(cell, int(wrong)) for cell in of_wrong)
        tally = Tally(
            int(wrong), refused, named, misnamed, int(right), _count(accepted, int(right))
        )
        rows[id] = Row(int(own), int(variants), tally)
    return rows, int(seeds[1])


def _line(name: str, row: Row) -> str:
    tally = row.tally
    cells = [
        name,
        row.mistakes,
        row.variants,
        tally.wrong,
        _share(tally.refused, tally.wrong),
        _share(tally.named, tally.wrong),
        _share(tally.misnamed, tally.wrong),
        tally.right,
        _share(tally.accepted, tally.right),
    ]
    return f"| {' | '.join(map(str, cells))} |"


def _share(part: int, whole: int) -> str:
    """All, none, or the number itself with a percentage, which is neither 100 nor 0."""
    if not whole:
        return "–"
    if part in (0, whole):
        return "0 %" if not part else "100 %"
    return f"{part} ({min(max(100 * part / whole, 0.01), 99.99):.2f} %)"


def _count(share: str, whole: int) -> int:
    if share.endswith(")"):
        return int(share.split(" ")[0])
    return whole if share == "100 %" else 0
