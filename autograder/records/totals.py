"""Totals that leave the house are nbgrader's own, or nothing leaves it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from autograder.course.folder import Course, CourseError
from autograder.course.people import given_up
from autograder.records.gradebook import counted_score

# Totals are sums of decimals that are rounded to six places.
ROUND_OFF = 1e-5


class TotalsDiffer(CourseError):
    """A total is not nbgrader's own; the message names the first student and both numbers."""


def require_nbgraders_totals(
    course: Course,
    unit: str,
    totals: Mapping[str, float],
    without: Collection[str] | None = None,
) -> None:
    """Compares totals that are about to be handed on with those that nbgrader itself exports.

    Args:
        totals: student → total after any penalty.
        without: the students who have no total on purpose, so that all others must have one; None
            if these are the totals of a part of the class.

    Raises:
        TotalsDiffer: if one is another than nbgrader's, or a student whom nbgrader has is lacking.
    """
    own = _nbgraders_totals(course, unit)
    wrong = [*_different(unit, totals, own)]
    if without is not None:
        left_out = {*totals, *without, *given_up(course, unit, own)}
        wrong += [
            f"{student!r} has {own[student]:g} points in {unit} in nbgrader's gradebook, but no "
            "total here"
            for student in sorted(own.keys() - left_out)
        ]
    if wrong:
        others = f" It is the first of {len(wrong)} students who differ." * (len(wrong) > 1)
        raise TotalsDiffer(
            f"{wrong[0]}.{others} No total was written. If somebody was changing grades just now, "
            "repeat the command; otherwise look at this submission in formgrader, or run "
            f"course-bp regrade {unit}."
        )


def _different(unit: str, totals: Mapping[str, float], own: Mapping[str, float]) -> Iterator[str]:
    for student, total in totals.items():
        if not abs(total - own.get(student, 0.0)) <= ROUND_OFF:
            yield (
                f"the total of {student!r} in {unit} is {total:g} from the scores of its cells, "
                f"but {own.get(student, 0.0):g} in nbgrader's gradebook"
            )


def _nbgraders_totals(course: Course, unit: str) -> dict[str, float]:
    from nbgrader.api import Assignment, SubmittedAssignment

    with course.gradebook() as gradebook:
        rows = (
            gradebook.db.query(
                SubmittedAssignment.student_id,
                SubmittedAssignment.score,
                SubmittedAssignment.late_submission_penalty,
            )
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == unit)
        )
        return {student: counted_score(score, penalty) for student, score, penalty in rows}
