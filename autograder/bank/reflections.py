"""What the mirror found, as lines and as a page: per exercise, how the rewrites fared."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.bank.mirror import Reflection
from autograder.bank.pages import Counts, not_run, table, ways

_HEAD = """\
# Right answers, written another way

Made by `course-bp bank --rewrites {sample}` from real runs; do not edit it. Every right answer to
an exercise whose text is at hand, the notebook's solution and the variants, was rewritten in {ways}
that keep its meaning: other names, loops, branches and intermediate values, NumPy's synonyms,
operands in another order, `course_bp`'s functions where the exercise allows them, wrappers, objects
that are called, values of other types and layouts; some in several ways at once. The last bits of
its values may differ. Where an answer takes seconds, fewer of its rewrites are taken.

- *rewritten*: how many rewritten answers were judged. Each was judged twice: with its values as
  they are, as the student's check does it, and with its values as the sandbox sends them.
- *sandbox*: how many of them were graded in a real sandbox as well.
- *form*: how many have a form that was not asked for. An axis of length 1 may cost a tenth of a
  part's points. In single precision, a derivative may earn what a finite difference earns.
- *losses*: how many lost points, or more than that.

"""
_COLUMNS = ("Right answers", "Rewritten", "Sandbox", "Form", "Losses")


def counts_of(answers: int, found: Reflection) -> Counts:
    """The row of an exercise whose answers have just been rewritten.

    Args:
        answers: how many right answers were rewritten.
        found: how it went.
    """
    losses = len({loss.rewrite.text for loss in found.losses})
    return answers, found.made, found.sandboxed, found.priced, losses


def mirror_page(rows: Mapping[str, Counts], sample: int) -> str:
    """Lays out what the mirror found as a Markdown page.

    Args:
        rows: exercise id → its counts.
        sample: how many rewrites of each answer were tried, or 0 for all.

    Returns:
        The text of docs/mirror.md.
    """
    head = _HEAD.format(sample=sample, ways=ways(sample))
    return head + not_run(rows) + table(_COLUMNS, rows)


def lost(id: str, found: Reflection) -> list[str]:
    """The right answers that lost points, a line each.

    Args:
        id: the exercise.
        found: what the mirror found.
    """
    return [f"{id}: {one.where}: {one.rewrite.what}: {one.why}" for one in found.losses]
