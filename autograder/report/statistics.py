"""Classical item statistics, each from plain lists of scores.

Sources: Crocker & Algina, Introduction to Classical and Modern Test Theory (1986), chapter 14,
for item difficulty and the corrected point-biserial correlation.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True)
class Summary:
    """Where scores lie.

    Args:
        count: how many there are.
        mean: their mean.
        deviation: the standard deviation of the class itself (divided by n).
        low: the lowest.
        lower: the lower quartile.
        upper: the upper quartile.
        high: the highest.
    """

    count: int
    mean: float
    deviation: float
    low: float
    lower: float
    median: float
    upper: float
    high: float


def summarize(scores: Sequence[float]) -> Summary | None:
    """Summarizes scores; quartiles are interpolated linearly (NumPy's default).

    Args:
        scores: any number of scores.

    Returns:
        The summary, or None when there are none.
    """
    if not scores:
        return None
    cuts = [scores[0]] * 3
    if len(scores) > 1:
        cuts = statistics.quantiles(scores, n=4, method="inclusive")
    lower, median, upper = cuts
    mean, deviation = statistics.fmean(scores), statistics.pstdev(scores)
    return Summary(len(scores), mean, deviation, min(scores), lower, median, upper, max(scores))


def histogram(scores: Sequence[float], points: float) -> list[tuple[float, float, int]]:
    """Counts scores in ten classes of equal width; full points belong to the last.

    Args:
        points: what is worth full points; scores above it (extra credit) count in the last class.

    Returns:
        (from, to, how many) a class.
    """
    counts = [0] * BINS
    for score in scores:
        # Scores are decimals: without rounding 0.3 / 1 × 10 would fall below its class.
        place = int(round(score / points * BINS, 9)) if points else 0
        counts[max(0, min(place, BINS - 1))] += 1
    width = points / BINS
    return [(i * width, (i + 1) * width, count) for i, count in enumerate(counts)]


def point_biserial(solved: Sequence[bool], rest: Sequence[float]) -> float | None:
    """How well solving one exercise goes with doing well in the others.

    Args:
        solved: whether each student solved the exercise.
        rest: each student's points in the other exercises, so that the exercise is not compared
            with itself (the corrected coefficient).

    Returns:
        (M₁ − M₀)/s · √(p(1−p)), between −1 and 1; None when all or none solved it, or the rest
        does not vary.
    """
    with_it = [score for score, one in zip(rest, solved, strict=True) if one]
    without = [score for score, one in zip(rest, solved, strict=True) if not one]
    if not with_it or not without or max(rest) == min(rest):
        return None
    share = len(with_it) / len(rest)
    spread: float = statistics.pstdev(rest)
    gap: float = statistics.fmean(with_it) - statistics.fmean(without)
    return float(gap / spread * (share * (1 - share)) ** 0.5)
