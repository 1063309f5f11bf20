"""Why a changed answer earns all points: how its values differ from those of the right one."""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np

from autograder.exercise import Part
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.compare import ENTRY_FLOOR, close
from autograder.judge.rightness import is_right

# Round-off is at most this share of what an exercise tolerates.
ROUND_OFF = 1e-3


class Reason(IntEnum):
    """How far values are from those of the unchanged answer, the nearest first.

    SAME: equal to the last bit. ROUND_OFF: a thousandth of the tolerance at most. OTHER_FORM:
    different, in a part for which the statement accepts more than one value: `accept` decides.
    NOT_ASKED: wrong, but only on inputs on which the exercise does not ask to be right. TOLERANCE:
    further off than round-off, and within the tolerance.
    """

    SAME = 0
    ROUND_OFF = 1
    OTHER_FORM = 2
    NOT_ASKED = 3
    TOLERANCE = 4


@dataclass(frozen=True)
class Distance:
    """How far values are from those of the unchanged answer.

    Args:
        reason: the kind of difference.
        size: for TOLERANCE, the largest difference, relative to the entry; otherwise 0.
    """

    reason: Reason = Reason.SAME
    size: float = 0.0


def identical(one: Response, other: Response) -> bool:
    """Whether two responses are the same to the last bit, so that every verdict on them is."""
    marks = [(r.fault, r.message, r.mutated, r.others, r.shared, r.beyond) for r in (one, other)]
    return (
        marks[0] == marks[1]
        and one.values.keys() == other.values.keys()
        and all(_identical(value, other.values[name]) for name, value in one.values.items())
    )


def _identical(value: Any, other: Any) -> bool:
    with contextlib.suppress(Exception):
        return pickle.dumps(value) == pickle.dumps(other)
    return False


def distance(key: AnswerKey, before: Sequence[Response], after: Sequence[Response]) -> Distance:
    """How far a changed answer is from the unchanged one, where both count as right.

    Args:
        key: what was asked.
        before: what the unchanged answer gave, read as the exercise reads it, one per probe.
        after: the same of the changed answer.

    Returns:
        The largest difference of all parts and probes.
    """
    return furthest(
        _of_part(key, part, probe, one, other)
        for probe, (one, other) in enumerate(zip(before, after, strict=False))
        for part in key.exercise.parts
    )


def furthest(found: Iterable[Distance]) -> Distance:
    """The largest of some distances."""
    return max(found, key=lambda one: (one.reason, one.size), default=Distance())


def _of_part(key: AnswerKey, part: Part, probe: int, before: Response, after: Response) -> Distance:
    value, unchanged = after.values.get(part.name), before.values.get(part.name)
    if _same(value, unchanged):
        return Distance()
    if key.exercise.probes[probe].ties and not is_right(key, part, probe, after):
        return Distance(Reason.NOT_ASKED)
    if part.accept is not None:
        return Distance(Reason.OTHER_FORM)
    tolerance = key.exercise.tolerance
    with contextlib.suppress(Exception):
        if close(value, unchanged, ROUND_OFF * tolerance):
            return Distance(Reason.ROUND_OFF)
        return Distance(Reason.TOLERANCE, _size(value, unchanged, tolerance))
    return Distance(Reason.TOLERANCE, np.inf)


def _same(value: Any, unchanged: Any) -> bool:
    with contextlib.suppress(Exception):
        return np.array_equal(np.asarray(value), np.asarray(unchanged))
    return False


def _size(value: Any, unchanged: Any, tolerance: float) -> float:
    a, b = np.asarray(value, dtype=float), np.asarray(unchanged, dtype=float)
    floor = ENTRY_FLOOR / tolerance * np.abs(b).max()
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.nanmax(np.abs(a - b) / (np.abs(b) + floor)))
