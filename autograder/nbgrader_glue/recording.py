"""Writes marks into nbgrader's gradebook, one transaction a submission."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


def record_marks(
    gradebook: Any,
    unit: str,
    student: str,
    scores: Mapping[str, float],
    untouched: Collection[str] = (),
) -> None:
    """Records the scores of a submission; cells without one are left for a person to grade.

    Args:
        gradebook: nbgrader's, open. The submission must be in it.
        unit: the unit, which is the assignment and its only notebook.
        student: the student's id.
        scores: id of the graded cell → points. Manual scores stay as they are.
        untouched: ids of solution cells that the student left as they were.
    """
    submission = gradebook.find_submission_notebook(unit, unit, student)
    for grade in submission.grades:
        score = scores.get(grade.name)
        grade.auto_score = score
        grade.needs_manual_grade = score is None or grade.manual_score is not None
    for comment in submission.comments:
        comment.auto_comment = "No response." if comment.name in untouched else None
    gradebook.db.commit()


def record_failure(gradebook: Any, unit: str, student: str) -> None:
    """Records that a submission could not be graded: no score, and a person must look.

    An honest zero has the score 0 and needs nobody; nbgrader exports both as 0.
    """
    record_marks(gradebook, unit, student, {})


def ensure_submission(gradebook: Any, unit: str, student: str, timestamp: Any = None) -> None:
    """Makes the rows of a submission that is handed in for the first time.

    Args:
        gradebook: nbgrader's, open.
        unit: the unit.
        student: the student's id.
        timestamp: when it was handed in, if known.
    """
    from nbgrader.api import MissingEntry

    try:
        submission = gradebook.find_submission(unit, student)
    except MissingEntry:
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(unit, student, timestamp=timestamp)
        return
    if submission.timestamp != timestamp:
        submission.timestamp = timestamp
        gradebook.db.commit()
