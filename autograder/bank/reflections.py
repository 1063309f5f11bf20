"""What the mirror found, as lines and as a page: per exercise, how the rewrites fared."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.bank.mirror import Reflection

_HEAD = """\
# Right answers, written otherwise

Made by `course-bp bank --rewrites {sample}` from real runs; do not edit it. Every right answer to
an exercise whose text is at hand, the notebook's solution and the variants, was rewritten in {ways}
that keep its meaning: other names, loops, branches and intermediate values, NumPy's synonyms,
operands in another order, `course_bp`'s functions where the exercise allows them, wrappers, objects
that are called, values of other types and layouts; some in several ways at once. The last bits of
its values may differ. Where an answer takes seconds, fewer of its rewrites are taken.

- *rewritten*: how many rewritten answers were judged. Each was judged twice: with its values as
  they are, as the student's check does it, and with its values as the sandbox sends them.
- *sandbox*: how many of them were graded in a real sandbox as well.
- *form*: how many have a form that was not asked for, such as float32 or an axis of length 1, and
  may lose a tenth of the points.
- *losses*: how many lost points, or more than that.

| Exercise | Right answers | Rewritten | Sandbox | Form | Losses |
|---|--:|--:|--:|--:|--:|
"""


def mirror_page(reflections: Mapping[str, tuple[int, Reflection]], sample: int) -> str:
    """Lays out what the mirror found as a Markdown page.

    Args:
        reflections: exercise id → how many right answers were rewritten, and how it went.
        sample: how many rewrites of each answer were tried, or 0 for all.

    Returns:
        The text of docs/mirror.md.
    """
    ways = f"up to {sample} ways at random" if sample else "every way that it knows"
    rows = [_row(f"`{id}`", answers, [found]) for id, (answers, found) in reflections.items()]
    everything = [found for _, found in reflections.values()]
    answers = sum(count for count, _ in reflections.values())
    rows.append(_row(f"**All {len(reflections)}**", answers, everything))
    return _HEAD.format(sample=sample, ways=ways) + "".join(rows)


def lost(id: str, found: Reflection) -> list[str]:
    """The right answers that lost points, a line each.

    Args:
        id: the exercise.
        found: what the mirror found.
    """
    return [f"{id}: {one.where}: {one.rewrite.what}: {one.why}" for one in found.losses]


def _row(name: str, answers: int, found: list[Reflection]) -> str:
    cells = (
        name,
        answers,
        sum(one.made for one in found),
        sum(one.sandboxed for one in found),
        sum(one.priced for one in found),
        len({loss.rewrite.text for one in found for loss in one.losses}),
    )
    return f"| {' | '.join(map(str, cells))} |\n"
