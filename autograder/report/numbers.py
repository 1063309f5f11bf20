"""The numbers of a unit, from the gradebook alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.course.folder import Course
from autograder.course.roster import read_roster
from autograder.exercise import Exercise
from autograder.exercises import of_unit
from autograder.records.gradebook import Submission, read_submissions
from autograder.report.statistics import Summary, histogram, point_biserial, summarize

# Points are sums of decimals; this far from full is full.
ROUND_OFF = 1e-9


@dataclass(frozen=True)
class ExerciseNumbers:
    """One exercise over the class.

    Args:
        id: the exercise's id.
        title: its title.
        points: what it is worth.
        solved: how many have full points.
        pass_rate: their share of the graded.
        nothing: how many have no point.
        mean: mean points.
        discrimination: the corrected point-biserial correlation, None where it has no meaning.
    """

    id: str
    title: str
    points: float
    solved: int
    pass_rate: float
    nothing: int
    mean: float
    discrimination: float | None


@dataclass(frozen=True)
class UnitNumbers:
    """A unit over the class. Submissions that could not be graded are counted, not averaged.

    Args:
        unit: the unit.
        points: what it is worth.
        submissions: all in the gradebook, in order of student.
        missing: students of the roster who handed in nothing.
        summary: where the scores lie, before penalties; None when nobody is graded.
        classes: (from, to, how many) of the histogram.
        exercises: one an exercise, in the notebook's order.
    """

    unit: str
    points: float
    submissions: tuple[Submission, ...]
    missing: tuple[str, ...]
    summary: Summary | None
    classes: tuple[tuple[float, float, int], ...]
    exercises: tuple[ExerciseNumbers, ...]

    @property
    def graded(self) -> tuple[Submission, ...]:
        """The submissions that could be graded."""
        return tuple(one for one in self.submissions if not one.failed)

    @property
    def failed(self) -> tuple[str, ...]:
        """The students whose submission could not be graded."""
        return tuple(one.student for one in self.submissions if one.failed)

    @property
    def late(self) -> tuple[Submission, ...]:
        """The submissions that lose points for being late."""
        return tuple(one for one in self.submissions if one.penalty)


def unit_numbers(course: Course, unit: str) -> UnitNumbers:
    """Works out the numbers of a unit.

    Args:
        course: the course.
        unit: the unit.

    Returns:
        The numbers.
    """
    submissions = tuple(read_submissions(course, unit))
    graded = [one for one in submissions if not one.failed]
    exercises = of_unit(unit)
    points = round(sum(exercise.points for exercise in exercises), 6)
    totals = [one.raw for one in graded]
    handed_in = {one.student for one in submissions}
    return UnitNumbers(
        unit,
        points,
        submissions,
        tuple(one.id for one in read_roster(course) if one.id not in handed_in),
        summarize(totals),
        tuple(histogram(totals, points)),
        tuple(_numbers(exercise, graded) for exercise in exercises) if graded else (),
    )


def _numbers(exercise: Exercise, graded: Sequence[Submission]) -> ExerciseNumbers:
    scores = [one.scores.get(exercise.id, 0.0) for one in graded]
    solved = [score >= exercise.points - ROUND_OFF for score in scores]
    rest = [one.raw - score for one, score in zip(graded, scores, strict=True)]
    return ExerciseNumbers(
        exercise.id,
        exercise.title,
        exercise.points,
        sum(solved),
        sum(solved) / len(graded),
        sum(score == 0 for score in scores),
        sum(scores) / len(graded),
        point_biserial(solved, [round(value, 6) for value in rest]),
    )
