"""What the adversary found, as lines and as a page: per exercise, what survived and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from autograder.bank.adversary import Attack
from autograder.bank.naming import Told

_HEAD = """\
# Wrong answers that nobody thought of

Made by `course-bp bank --mutants {sample}` from real runs; do not edit it. Every right answer to an
exercise whose text is at hand, the notebook's solution and the variants, was changed in {ways} as
people err: an operator, a sign, a number, an index or axis, a name of the same function, a line
left out, doubled or moved, a loop's bound, a transpose, two outputs or arguments swapped, an
update in place, an input taken for a narrower kind, an answer remembered from an earlier call.

- *changed*: how many changed answers were judged.
- *refused*: lost points.
- *the same*: earned all points, and on the inputs of four further draws, the corners of the domain
  among them, gives the same values as the unchanged answer, to the last bit. So it is right, only
  written otherwise: `A.T` of a number, a line that is done twice, a name for an equal one.
- *near*: earned all points, and differs by less than the tolerance on all those inputs.
- *holes*: earned all points, and is wrong on one of the further draws.

| Exercise | Right answers | Changed | Refused | The same | Near | Holes |
|---|--:|--:|--:|--:|--:|--:|
"""


def attack_page(attacks: Mapping[str, tuple[int, Attack]], sample: int) -> str:
    """Lays out what the adversary found as a Markdown page.

    Args:
        attacks: exercise id → how many right answers were changed, and how it went.
        sample: how many changes of each answer were tried, or 0 for all.

    Returns:
        The text of docs/adversary.md.
    """
    ways = f"up to {sample} ways at random" if sample else "every way that it knows"
    rows = [_row(f"`{id}`", answers, [found]) for id, (answers, found) in attacks.items()]
    everything = [found for _, found in attacks.values()]
    answers = sum(count for count, _ in attacks.values())
    rows.append(_row(f"**All {len(attacks)}**", answers, everything))
    return _HEAD.format(sample=sample, ways=ways) + "".join(rows)


def holes(id: str, found: Attack) -> list[str]:
    """The changed answers whose full marks are luck, a line each.

    Args:
        id: the exercise.
        found: what the adversary found.
    """
    return [
        f"{id}: {one.mutant.what}: wrong on {'; '.join(one.wrong_on)}"
        for one in found.survivors
        if one.wrong_on
    ]


def _row(name: str, answers: int, found: list[Attack]) -> str:
    survivors = [one for attack in found for one in attack.survivors]
    wrong = sum(bool(one.wrong_on) for one in survivors)
    same = sum(one.same for one in survivors if not one.wrong_on)
    cells = (
        name,
        answers,
        sum(attack.made for attack in found),
        sum(attack.refused for attack in found),
        same,
        len(survivors) - wrong - same,
        wrong,
    )
    return f"| {' | '.join(map(str, cells))} |\n"


def told_lines(attacks: Mapping[str, tuple[int, Attack]]) -> list[str]:
    """How much is said about the refused answers, a line for each exercise and one for all.

    Args:
        attacks: exercise id → how many right answers were changed, and how it went.
    """
    counts = {id: found.told for id, (_, found) in attacks.items() if found.told}
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
