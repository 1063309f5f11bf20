"""Right numbers in wrong places: the other way round, one place on, one too few or too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.judge.compare import close
from autograder.judge.context import Context
from autograder.judge.slips import Explanation


def misplaced(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """How right entries, rows or columns have moved.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    for base in context.bases():
        dimensions = {np.ndim(right) for right in base}
        if dimensions - {1, 2} or len(dimensions) != 1:
            continue
        count = dimensions.pop()
        kinds = ("entry",) if count == 1 else ("row", "column")
        for axis, kind in enumerate(kinds):
            if max(np.shape(right)[axis] for right in base) < 3:
                continue
            for said, move, loose in _moves(kind, axis):
                if _fits(values, base, move, loose, axis, context.case.exercise.tolerance):
                    return [said]
    return []


Move = Callable[[Any], Any]


def _moves(kind: str, axis: int) -> Iterator[tuple[Explanation, Move, Any]]:
    many = {"entry": "entries"}.get(kind, f"{kind}s")

    def said(name: str, evidence: str, question: str) -> Explanation:
        return Explanation("", name, f"your {{part}} {evidence}{{everywhere}}.", name, question)

    order = f"In which order should the {many} come?"
    yield (
        said(f"the {many} in reverse order", f"has the right {many} in reverse order", order),
        lambda r: np.flip(r, axis),
        None,
    )
    yield (
        said(
            f"the first {kind} at the end",
            f"has the right {many}, but the one that belongs first comes last",
            order,
        ),
        lambda r: np.roll(r, -1, axis),
        None,
    )
    yield (
        said(
            f"the last {kind} at the beginning",
            f"has the right {many}, but the one that belongs last comes first",
            order,
        ),
        lambda r: np.roll(r, 1, axis),
        None,
    )
    for name, index in (("first", 0), ("last", -1)):
        yield (
            said(
                f"the {name} {kind} in every place",
                f"has the {kind} that belongs {name} in every place",
                f"Does your loop make a new {kind} each time, or change one and the same?",
            ),
            _one_everywhere(axis, index),
            None,
        )
    for name, cut, which in (
        ("first", slice(1, None), "begins one too late"),
        ("last", slice(None, -1), "ends one too early"),
    ):
        yield (
            said(
                f"one {kind} short",
                f"has the right {many}, but the {name} one is missing",
                f"Your loop {which}. Which number does it begin with, and which is its last?",
            ),
            _cutting(axis, cut),
            None,
        )
    # In a matrix too many other things look like this.
    for name, place, mine, theirs in (
        ()
        if kind != "entry"
        else (
            ("late", "after it", slice(None, -1), slice(1, None)),
            ("early", "before it", slice(1, None), slice(None, -1)),
        )
    ):
        yield (
            said(
                f"the {many} one step {name}",
                f"has in each place the {kind} that belongs in the place {place}",
                "Before or after which step is this number worked out, and when is it asked for?",
            ),
            lambda r: r,
            (mine, theirs),
        )


def _cutting(axis: int, cut: slice) -> Move:
    return lambda r: r[(slice(None),) * axis + (cut,)]


def _one_everywhere(axis: int, place: int) -> Move:
    return lambda r: np.broadcast_to(np.take(r, [place], axis), r.shape)


def _fits(
    values: Sequence[Any], base: Sequence[Any], move: Move, loose: Any, axis: int, tolerance: float
) -> bool:
    changed = False
    for value, right in zip(values, base, strict=True):
        value, right = np.asarray(value, dtype=float), np.asarray(right, dtype=float)
        moved = move(right)
        if value.shape != moved.shape:
            return False
        changed |= value.shape != right.shape or not close(value, right, tolerance)
        if loose:
            # What would come before or after is not among the right entries.
            if right.shape[axis] < 3:
                return False
            before = (slice(None),) * axis
            value, moved = value[(*before, loose[0])], moved[(*before, loose[1])]
        if not np.isfinite(value).all() or not close(value, moved, tolerance):
            return False
    return changed
