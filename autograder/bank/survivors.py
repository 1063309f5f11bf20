"""What the adversary found, as lines and as a page: per exercise, what survived and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from autograder.bank.adversary import Attack
from autograder.bank.naming import Told
from autograder.bank.pages import Counts, not_run, read_rows, table, ways
from autograder.bank.reasons import Reason
from autograder.exercise import Exercise

_HEAD = """\
# Wrong answers that nobody thought of

Made by `course-bp bank --mutants {sample}` from real runs; do not edit it. Every right answer to an
exercise whose text is at hand, the notebook's solution and the variants, was changed in {ways} as
people err: an operator, a sign, a number, an index or axis, a name of the same function, a line
left out, doubled or moved, a loop's bound, a transpose, two outputs or arguments swapped, an
update in place, an input taken for a narrower kind, an answer remembered from an earlier call.
Half as many answers again have two such changes, chosen at random. Of an answer that takes more
than a second, every tenth change is taken.

A changed answer that earns all points is asked again on four further draws of inputs, the corners
of the domain among them. If it is wrong on one of them, full marks are luck, and the exercise has a
*hole*. If it is not, its values say why:

- *the same*: they are those of the unchanged answer, to the last bit. So it is right, only written
  another way: `A.T` of a number, a line that is done twice, a name for an equal one.
- *round-off*: they differ by at most a thousandth of what the exercise tolerates.
- *another form*: they differ in a part for which the statement accepts more than one value.
- *not asked*: they are wrong only on inputs on which the exercise does not ask for a right answer.
- *tolerance*: they differ by more than round-off, and by less than the tolerance. The second table
  lists each of these changes.

"""
_COLUMNS = (
    "Right answers",
    "Changed",
    "Refused",
    "The same",
    "Round-off",
    "Another form",
    "Not asked",
    "Tolerance",
    "Holes",
)
_NEAR = """
## Within the tolerance

Each of these changes earns all points, because its values are closer to the right ones than the
exercise can ask. The difference is relative to the entry, or to the largest entry of an array where
the entry is small beside it.

| Exercise | Change | Largest difference | Tolerance | Why it is not smaller |
|---|---|--:|--:|---|
"""
_NEAR_ROW = re.compile(r"^\| `(\S+)` \| `.*\|$", re.MULTILINE)


@dataclass(frozen=True)
class Rows:
    """What the page says about one exercise.

    Args:
        counts: its row of the first table.
        near: its lines of the second.
    """

    counts: Counts
    near: tuple[str, ...] = ()


def rows_of(exercise: Exercise, answers: int, found: Attack) -> Rows:
    """What the page says about an exercise that has just been attacked.

    Args:
        exercise: the exercise.
        answers: how many right answers were changed.
        found: how it went.
    """
    survivors = found.survivors
    right = [one for one in survivors if not one.wrong_on]
    kinds = Counter(one.distance.reason for one in right)
    counts = (
        answers,
        found.made,
        found.refused,
        *(kinds[reason] for reason in Reason),
        len(survivors) - len(right),
    )
    by_change: dict[str, list[float]] = {}
    for one in right:
        if one.distance.reason is Reason.TOLERANCE:
            change = one.mutant.what.replace("|", "\\|").replace("`", "'")
            by_change.setdefault(change, []).append(one.distance.size)
    tolerance = f"{exercise.tolerance:.0e} | {exercise.why_tolerance}"
    near = (
        f"| `{exercise.id}` | `{change}` | {max(sizes):.0e} | {tolerance} |\n"
        for change, sizes in by_change.items()
    )
    return Rows(counts, tuple(near))


def attack_page(rows: Mapping[str, Rows], sample: int) -> str:
    """Lays out what the adversary found as a Markdown page.

    Args:
        rows: exercise id → what there is to say about it.
        sample: how many changes of each answer were tried, or 0 for all.

    Returns:
        The text of docs/adversary.md.
    """
    counts = {id: one.counts for id, one in rows.items()}
    near = "".join(line for one in rows.values() for line in one.near)
    head = _HEAD.format(sample=sample, ways=ways(sample))
    return head + not_run(rows) + table(_COLUMNS, counts) + (_NEAR + near if near else "")


def read_attack_page(page: str) -> dict[str, Rows]:
    """Reads a page back, so that some rows can be replaced.

    Args:
        page: what `attack_page` returned.

    Returns:
        Exercise id → what the page says about it.
    """
    near: dict[str, list[str]] = {}
    for line in _NEAR_ROW.finditer(page):
        near.setdefault(line[1], []).append(f"{line[0]}\n")
    return {id: Rows(counts, tuple(near.get(id, ()))) for id, counts in read_rows(page).items()}


def holes(id: str, found: Attack) -> list[str]:
    """What should not be: full marks by luck, and right answers that are refused; a line each.

    Args:
        id: the exercise.
        found: what the adversary found.
    """
    return [
        *(f"{id}: {line}" for line in found.unlucky),
        *(
            f"{id}: {one.mutant.what}: wrong on {'; '.join(one.wrong_on)}"
            for one in found.survivors
            if one.wrong_on
        ),
    ]


def told_lines(attacks: Mapping[str, Attack]) -> list[str]:
    """How much is said about the refused answers, a line for each exercise and one for all.

    Args:
        attacks: exercise id → how it went.
    """
    counts = {id: found.told for id, found in attacks.items() if found.told}
    if not counts:
        return []
    total = sum(counts.values(), Counter())
    rows = [*counts.items(), (f"all {len(counts)}", total)]
    return [_told_line(name, count) for name, count in rows]


def _told_line(name: str, count: Counter[Told]) -> str:
    compared = sum(count.values()) - count[Told.FORM]
    named, clue = count[Told.NAMED], count[Told.CLUE]
    shares = [f"{100 * part / max(compared, 1):.0f} %" for part in (named, named + clue)]
    return (
        f"{name}: {compared} refused for their values: {named} named ({shares[0]}), {clue} with a "
        f"clue that says where (together {shares[1]}), {count[Told.NEITHER]} with neither; "
        f"{count[Told.FORM]} stop or have another form"
    )


def untold(id: str, found: Attack) -> list[str]:
    """The refused answers about which feedback says nothing that helps, a line each.

    Args:
        id: the exercise.
        found: what the adversary found.
    """
    return [f"{id}: {mutant.what}" for mutant in found.untold]
