"""The numbers of a unit, from the gradebook alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.course.arrangements import What, by_any_name, read_arrangements
from autograder.course.folder import Course
from autograder.course.roster import read_roster
from autograder.records.gradebook import GradedCell, Submission, read_unit
from autograder.records.recording import NO_RESPONSE
from autograder.records.totals import require_nbgraders_totals
from autograder.report.statistics import Summary, histogram, point_biserial, summarize

# Points are sums of decimals; this far from full is full.
ROUND_OFF = 1e-9
UNGRADED = "what is still to grade by hand counts as 0"


@dataclass(frozen=True)
class ExerciseNumbers:
    """One exercise, or another cell that has points, over the class.

    Of a cell that a person grades nothing is known as long as nobody has given points for it:
    nbgrader gives 0 to those who wrote nothing, and the others wait.

    Args:
        id: the exercise's id, or the cell's.
        title: its title.
        points: what it is worth in this unit.
        solved: how many have full points.
        pass_rate: their share of those who have a score for it, None if nothing is known.
        nothing: how many have no point.
        mean: mean points, None if nothing is known.
        discrimination: the corrected point-biserial correlation, None where it has no meaning.
    """

    id: str
    title: str
    points: float
    solved: int
    pass_rate: float | None
    nothing: int
    mean: float | None
    discrimination: float | None

    @property
    def known(self) -> bool:
        """Whether anything is known yet."""
        return self.pass_rate is not None


@dataclass(frozen=True)
class UnitNumbers:
    """A unit over the class. Submissions that could not be graded are counted, not averaged.

    Args:
        points: what it is worth.
        submissions: all in the gradebook, in order of student.
        missing: students of the roster who handed in nothing and are not excused.
        summary: where the scores lie, before penalties; None when nobody is graded.
        classes: (from, to, how many) of the histogram.
        exercises: one a cell for which somebody has a score or waits for one, in the notebook's
            order.
        wrote: students who answered a question that a person grades.
        title: what course.toml calls the unit.
    """

    unit: str
    points: float
    submissions: tuple[Submission, ...]
    missing: tuple[str, ...]
    summary: Summary | None
    classes: tuple[tuple[float, float, int], ...]
    exercises: tuple[ExerciseNumbers, ...]
    wrote: tuple[str, ...] = ()
    title: str = ""

    @property
    def named(self) -> str:
        """The unit with its title."""
        return f"{self.unit}: {self.title}" if self.title else self.unit

    @property
    def graded(self) -> tuple[Submission, ...]:
        """The submissions that could be graded."""
        return tuple(one for one in self.submissions if not one.failed)

    @property
    def failed(self) -> tuple[str, ...]:
        """The students whose submission could not be graded."""
        return tuple(one.student for one in self.submissions if one.failed)

    @property
    def waiting(self) -> tuple[Submission, ...]:
        """The graded submissions that have cells which a person must grade."""
        return tuple(one for one in self.graded if one.waiting)

    @property
    def late(self) -> tuple[Submission, ...]:
        """The submissions that lose points for being late."""
        return tuple(one for one in self.submissions if one.penalty)

    @property
    def comments(self) -> tuple[tuple[str, str, str], ...]:
        """What people wrote: student, cell and words."""
        return tuple(
            (one.student, name, words)
            for one in self.submissions
            for name, words in one.manual_comments.items()
        )

    @property
    def counts(self) -> tuple[str, ...]:
        """How many are graded, missing, late and so on, in words."""
        late, waiting = len(self.late), len(self.waiting)
        return (
            f"{len(self.graded)} graded",
            f"{len(self.failed)} could not be graded",
            f"{len(self.missing)} handed in nothing",
            f"{late} {'loses' if late == 1 else 'lose'} points for being late",
            *[f"{waiting} {'has' if waiting == 1 else 'have'} cells to grade by hand"]
            * bool(waiting),
        )


def unit_numbers(course: Course, unit: str) -> UnitNumbers:
    """Works out the numbers of a unit.

    Returns:
        The numbers.

    Raises:
        TotalsDiffer: if a student's total is not nbgrader's own.
    """
    grades = read_unit(course, unit)
    submissions, points = grades.submissions, grades.points
    graded = [one for one in submissions if not one.failed]
    recorded = {one.student: one.total for one in graded}
    require_nbgraders_totals(course, unit, recorded, grades.failed)
    totals = [one.raw for one in graded]
    roster = read_roster(course)
    there = {one.student for one in submissions}.union(course.students(unit))
    handed_in = {known.id for name in there if (known := roster.find(name))}
    free = set(by_any_name(course, read_arrangements(course), unit, What.EXCUSED))
    return UnitNumbers(
        unit,
        points,
        submissions,
        tuple(one.id for one in roster.students if one.id not in handed_in | free),
        summarize(totals),
        tuple(histogram(totals, points)),
        tuple(numbers for cell in grades.cells if (numbers := _numbers(course, cell, graded))),
        tuple(one.student for one in graded if any(_wrote(one, cell) for cell in grades.cells)),
        course.said.of_unit(unit).title,
    )


def _wrote(one: Submission, cell: GradedCell) -> bool:
    """Whether a student answered a question that a person grades; of a task, nobody can tell."""
    if not cell.by_person or cell.task:
        return False
    left_alone = one.comments.get(cell.name) == NO_RESPONSE
    return cell.name in one.waiting or (cell.name in one.by_hand and not left_alone)


def _numbers(
    course: Course, cell: GradedCell, graded: Sequence[Submission]
) -> ExerciseNumbers | None:
    those = [one for one in graded if cell.name in one.scores and cell.name not in one.waiting]
    waiting = sum(cell.name in one.waiting for one in graded)
    title = course.exercises[cell.exercise].title if cell.exercise else cell.name
    given = any(cell.name in one.by_hand for one in graded)
    if waiting and not (given if cell.by_person else those):
        return ExerciseNumbers(cell.name, title, cell.points, 0, None, 0, None, None)
    if not those:
        return None
    scores = [one.scores[cell.name] for one in those]
    solved = [score >= cell.points - ROUND_OFF for score in scores]
    rest = [one.raw - score for one, score in zip(those, scores, strict=True)]
    return ExerciseNumbers(
        cell.name,
        title,
        cell.points,
        sum(solved),
        sum(solved) / len(those),
        sum(score == 0 for score in scores),
        sum(scores) / len(those),
        point_biserial(solved, [round(value, 6) for value in rest]),
    )
