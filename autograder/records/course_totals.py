"""Course totals: what of a student's units counts, and what it adds up to.

nbgrader has no such total, so none of this touches its gradebook: each unit's score is nbgrader's
own, and only which units are added up is decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from autograder.course.arrangements import What, by_any_name, read_arrangements
from autograder.course.folder import ConfigError, Course
from autograder.course.roster import read_roster
from autograder.records.gradebook import UnitGrades, read_unit
from autograder.records.totals import require_nbgraders_totals


class Why(StrEnum):
    """Why a unit counts for a student, or does not."""

    COUNTS = ""
    MISSING = "missing"
    LOWEST = "lowest"
    DROPPED = "dropped"
    EXCUSED = "excused"
    NOT_GRADED = "not graded"


@dataclass(frozen=True)
class UnitScore:
    """A student's score in a unit.

    Args:
        unit: the unit's full name.
        score: the points, after any penalty; None if there are none.
        points: what the unit is worth.
        why: whether it counts; "missing" counts as 0.
        bonus: whether its points count on top of what the others are worth.
    """

    unit: str
    score: float | None
    points: float
    why: Why = Why.COUNTS
    bonus: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is added up."""
        return self.why in (Why.COUNTS, Why.MISSING)


@dataclass(frozen=True)
class CourseTotal:
    """A student's course total.

    Args:
        student: the student's id.
        units: one per unit, in order.
    """

    student: str
    units: tuple[UnitScore, ...]

    @property
    def complete(self) -> bool:
        """Whether there is a total: no submission waits because it could not be graded."""
        return not any(one.why is Why.NOT_GRADED for one in self.units)

    @property
    def earned(self) -> float:
        """The points of the units that count."""
        return round(sum(one.score or 0.0 for one in self.units if one.counts), 6)

    @property
    def possible(self) -> float:
        """What these units are worth, without those that are a bonus."""
        return round(sum(one.points for one in self.units if one.counts and not one.bonus), 6)


def drop_lowest(course: Course) -> int:
    """How many of everybody's lowest units do not count: `c.CourseTotal.drop_lowest`.

    Raises:
        ConfigError: if it is not a whole number from 0 up, or another setting is named.
    """
    settings = dict(course.config.get("CourseTotal", {}))
    number = settings.pop("drop_lowest", 0)
    if settings or isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise ConfigError(
            "nbgrader_config.py: the only setting of c.CourseTotal is drop_lowest, a whole number "
            "from 0 up."
        )
    return number


def course_totals(
    course: Course, units: Sequence[str], students: Collection[str]
) -> list[CourseTotal]:
    """Works out the course totals.

    Args:
        units: full names of the units to add up.
        students: whose, by their ids in the roster or their folders' names; who handed in nothing
            of a unit has 0 there.

    Returns:
        One per student, in the given order.

    Raises:
        TotalsDiffer: if a unit's total is not nbgrader's own.
        CourseError: if arrangements.csv or the setting cannot be understood.
    """
    lowest, found = drop_lowest(course), read_arrangements(course)
    read = [read_unit(course, unit) for unit in units]
    for grades in read:
        totals = {one.student: one.total for one in grades.submissions if not one.failed}
        require_nbgraders_totals(course, grades.unit, totals, grades.failed)
    excused = {unit: by_any_name(course, found, unit, What.EXCUSED) for unit in units}
    dropped = {unit: by_any_name(course, found, unit, What.DROPPED) for unit in units}
    roster = read_roster(course)

    def id_of(folder: str) -> str:
        known = roster.find(folder)
        return known.id if known else folder

    submissions = [{id_of(one.student): one for one in grades.submissions} for grades in read]

    def score(student: str, grades: UnitGrades, there: Mapping[str, Any]) -> UnitScore:
        bonus = course.said.of_unit(grades.unit).bonus
        return replace(alone(student, grades, there), bonus=bonus)

    def alone(student: str, grades: UnitGrades, there: Mapping[str, Any]) -> UnitScore:
        unit, one = grades.unit, there.get(student)
        graded = one is not None and not one.failed
        points = one.total if one is not None and graded else None
        if student in excused[unit]:
            return UnitScore(unit, None, grades.points, Why.EXCUSED)
        if student in dropped[unit]:
            return UnitScore(unit, points, grades.points, Why.DROPPED)
        if one is None:
            return UnitScore(unit, None, grades.points, Why.MISSING)
        return UnitScore(unit, points, grades.points, Why.COUNTS if graded else Why.NOT_GRADED)

    return [
        CourseTotal(
            student,
            without_lowest(
                [score(student, *each) for each in zip(read, submissions, strict=True)], lowest
            ),
        )
        for student in students
    ]


def without_lowest(scores: Sequence[UnitScore], number: int) -> tuple[UnitScore, ...]:
    """Drops the units without which the rest is the largest share of its points.

    Units may be worth different numbers of points, so these need not be those with the lowest
    shares. The search is Dinkelbach's: for a share that can be reached, drop what lies furthest
    below it, and see which share the rest reaches.

    Args:
        scores: a student's units.
        number: how many of those that count to drop. One always remains.

    Returns:
        The same units, those that are dropped marked as lowest.
    """
    counting = [n for n, one in enumerate(scores) if one.counts and one.points and not one.bonus]
    number = min(number, len(counting) - 1)
    if number <= 0 or any(one.why is Why.NOT_GRADED for one in scores):
        return tuple(scores)

    def above(place: int, share: float) -> float:
        return (scores[place].score or 0.0) - share * scores[place].points

    share, gone = -1.0, set[int]()
    while True:
        lowest = set(
            sorted(counting, key=lambda place: (above(place, max(share, 0.0)), -place))[:number]
        )
        kept = [scores[place] for place in counting if place not in lowest]
        reached = sum(one.score or 0.0 for one in kept) / sum(one.points for one in kept)
        if reached <= share + 1e-12:
            break
        share, gone = reached, lowest
    return tuple(
        replace(one, why=Why.LOWEST) if place in gone else one for place, one in enumerate(scores)
    )
