"""Totals that leave the house are nbgrader's own, or nothing leaves it."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.course.folder import Course, CourseError
from autograder.records.gradebook import counted_score

# Totals are sums of decimals that are rounded to six places.
ROUND_OFF = 1e-5


class TotalsDiffer(CourseError):
    """A total is not nbgrader's own; the message names the student and both numbers."""


def require_nbgraders_totals(course: Course, unit: str, totals: Mapping[str, float]) -> None:
    """Compares totals that are about to be handed on with those that nbgrader itself exports.

    Args:
        totals: student → total after any penalty.

    Raises:
        TotalsDiffer: if one is another than nbgrader's.
    """
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
        own = {student: counted_score(score, penalty) for student, score, penalty in rows}
    for student, total in totals.items():
        if not abs(total - own.get(student, 0.0)) <= ROUND_OFF:
            raise TotalsDiffer(
                f"the total of {student!r} in {unit} is {total:g} from the scores of its cells, "
                "but "
                f"{own.get(student, 0.0):g} in nbgrader's gradebook. No total was written. If "
                "somebody was changing grades just now, repeat the command; otherwise look at "
                f"this submission in formgrader, or run course-bp regrade {unit}."
            )
