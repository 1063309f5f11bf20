"""The pages of the adversary and its mirror: a head, then one row of counts for each exercise."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from autograder.exercises import EXERCISES

Counts = tuple[int, ...]
_ROW = re.compile(r"^\| `(\S+)` \| ([\d |]+) \|$", re.MULTILINE)


def ways(sample: int) -> str:
    """How many changes of each answer were tried, in words; 0 stands for all."""
    return f"up to {sample} ways at random" if sample else "every way that it knows"


def not_run(rows: Collection[str]) -> str:
    """A paragraph that names the exercises without a row; nothing if every exercise has one."""
    names = [f"- `{id}`\n" for id in EXERCISES if id not in rows]
    return f"Not run since they were last changed:\n\n{''.join(names)}\n" if names else ""


def table(columns: Sequence[str], rows: Mapping[str, Counts]) -> str:
    """One row for each exercise, and their sum.

    Args:
        columns: the headings of the counts.
        rows: exercise id → its counts.

    Returns:
        A table in Markdown.
    """
    every = tuple(map(sum, zip(*rows.values(), strict=True)))
    lines = [("Exercise", *columns), ("---", *["--:"] * len(columns))]
    lines += [(f"`{id}`", *map(str, counts)) for id, counts in rows.items()]
    lines.append((f"**All {len(rows)}**", *map(str, every)))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def read_rows(page: str) -> dict[str, Counts]:
    """The rows of a page, by exercise."""
    return {id: tuple(map(int, cells.split(" | "))) for id, cells in _ROW.findall(page)}
