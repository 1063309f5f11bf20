"""A regrade by exercise: how many scores changed, which way, and the means before and after."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.records.regrades import Change


@dataclass(frozen=True)
class ExerciseChange:
    """What a regrade did to one exercise.

    Args:
        exercise: the exercise's id.
        changed: how many scores are others now.
        up: how many went up.
        down: how many went down.
        before: the mean of those scores before.
        after: their mean after.
        by_hand: how many of these students have a score that a person gave, which counts instead.
    """

    exercise: str
    changed: int
    up: int
    down: int
    before: float
    after: float
    by_hand: int = 0


def by_exercise(changes: Iterable[Change]) -> list[ExerciseChange]:
    """Gathers changes by exercise, in alphabetical order."""
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        grouped.setdefault(change.exercise, []).append(change)
    return [
        ExerciseChange(
            id,
            len(found),
            sum(one.after > one.before for one in found),
            sum(one.after < one.before for one in found),
            statistics.fmean(one.before for one in found),
            statistics.fmean(one.after for one in found),
            sum(one.by_hand for one in found),
        )
        for id, found in sorted(grouped.items())
    ]
