"""Reading a unit's grades out of nbgrader's gradebook, in one query a unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from autograder.course import Course
from autograder.exercises import of_unit
from autograder.notebook_sources import grade_id


def counted_score(raw: float, penalty: float | None) -> float:
    """The score that counts: all points less the penalty for being late, never below 0.

    This is what nbgrader's own export calls `score`.

    Args:
        raw: all points earned, nbgrader's `SubmittedAssignment.score`.
        penalty: its `late_submission_penalty`; None is none.

    Returns:
        Points.
    """
    return round(max(0.0, raw - (penalty or 0.0)), 6)


@dataclass
class Submission:
    """What the gradebook holds of one student's submission to a unit.

    Args:
        student: the student's id.
        scores: exercise id → the score that counts, a manual one where there is one.
        ungraded: exercise ids without any score: the submission could not be graded.
        by_hand: exercise ids that a person graded or gave extra credit for.
        penalty: what is taken off for being late.
        timestamp: when it was handed in, if known.
    """

    student: str
    scores: dict[str, float] = field(default_factory=dict)
    ungraded: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    penalty: float = 0.0
    timestamp: datetime | None = None

    @property
    def failed(self) -> bool:
        """Whether some exercise has no score at all."""
        return bool(self.ungraded)

    @property
    def raw(self) -> float:
        """All points earned, before a penalty."""
        return round(sum(self.scores.values()), 6)

    @property
    def total(self) -> float:
        """All points after the penalty, never below 0: nbgrader's `score`."""
        return counted_score(self.raw, self.penalty)


def read_submissions(course: Course, unit: str) -> list[Submission]:
    """Reads what the gradebook holds of a unit.

    Args:
        course: the course.
        unit: the unit.

    Returns:
        One entry a submission, in order of student; empty if nothing was graded yet. Cells of
        another form of the unit are left out.
    """
    from nbgrader.api import (
        Assignment,
        BaseCell,
        Grade,
        SubmittedAssignment,
        SubmittedNotebook,
    )

    exercises = {f"{grade_id(exercise.id)}-check": exercise.id for exercise in of_unit(unit)}
    found: dict[str, Submission] = {}
    with course.gradebook() as gradebook:
        rows = (
            gradebook.db.query(
                SubmittedAssignment.student_id,
                SubmittedAssignment.timestamp,
                SubmittedNotebook.late_submission_penalty,
                BaseCell.name,
                Grade.auto_score,
                Grade.manual_score,
                Grade.extra_credit,
            )
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .join(BaseCell, Grade.cell_id == BaseCell.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == unit)
            .order_by(SubmittedAssignment.student_id)
        )
        for student, timestamp, penalty, name, auto, manual, extra in rows:
            one = found.setdefault(student, Submission(student, timestamp=timestamp))
            one.penalty = float(penalty or 0.0)
            if name not in exercises:
                continue
            id = exercises[name]
            if manual is not None or extra:
                one.by_hand.append(id)
            if auto is None and manual is None:
                one.ungraded.append(id)
            own = auto if manual is None else manual
            one.scores[id] = 0.0 if own is None else round(float(own + (extra or 0.0)), 6)
    return list(found.values())
