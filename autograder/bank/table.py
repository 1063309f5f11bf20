"""The published table of the bank: refused, named and accepted, an exercise a row."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.bank.run import Tally
from autograder.exercises import EXERCISES

_HEAD = """\
# How well mistakes are refused and named

Made by `course-bp bank` from real runs; do not edit it. On inputs drawn from each of {seeds}
seeds, everything in the bank was asked and judged as a student's answer is:

- *mistakes*: the exercise's own ones, and those derived from its right answer: a sign, a factor,
  a sum for a mean, a transposed matrix, zeros, and each route of a backward pass lost, counted
  twice or with a wrong sign; made on the way, so that later parts rest on them, and at the return.
  Where a derived one coincides with one of the exercise's own, only the latter counts.
- *refused*: lost points. *Named*: its own name was given to it and no other. *Wrongly*: another
  name was given. What is neither is answered with “cannot tell”.
- *right answers*: the reference and the variants, and how many of them earned all points.
"""


def bank_page(tallies: Mapping[str, Tally], seeds: int) -> str:
    """Lays out the tallies as a Markdown page.

    Args:
        tallies: exercise id → how its bank fared over all seeds.
        seeds: how many seeds there were.

    Returns:
        The text of docs/mistakes-table.md.
    """
    total = sum(tallies.values(), Tally())
    lines = [
        _HEAD.format(seeds=seeds),
        "| Exercise | Own mistakes | Variants | Mistakes judged | Refused | Named | Wrongly "
        "| Right answers judged | Accepted |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for id, tally in tallies.items():
        exercise = EXERCISES[id]
        lines.append(_row(f"`{id}`", len(exercise.mistakes), len(exercise.variants), tally))
    chosen = [EXERCISES[id] for id in tallies]
    mistakes = sum(len(exercise.mistakes) for exercise in chosen)
    variants = sum(len(exercise.variants) for exercise in chosen)
    lines.append(_row(f"**All {len(tallies)}**", mistakes, variants, total))
    return "\n".join(lines) + "\n"


def _row(name: str, mistakes: int, variants: int, tally: Tally) -> str:
    cells = [
        name,
        mistakes,
        variants,
        tally.wrong,
        _percent(tally.refused, tally.wrong),
        _percent(tally.named, tally.wrong),
        _percent(tally.misnamed, tally.wrong),
        tally.right,
        _percent(tally.accepted, tally.right),
    ]
    return f"| {' | '.join(map(str, cells))} |"


def _percent(part: int, whole: int) -> str:
    """A percentage that says 100 only for all, and 0 only for none."""
    if part == whole or not part:
        return f"{100 * part / whole:.0f} %" if whole else "–"
    return f"{min(max(100 * part / whole, 0.01), 99.99):.2f} %"
