"""Writes marks into nbgrader's gradebook, in transactions of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from autograder.course import CourseError


@contextmanager
def one_transaction(gradebook: Any) -> Iterator[None]:
    """Within it, nothing is committed until the end, and nothing at all after an error.

    nbgrader's API commits at every step, and each commit waits for the disk.

    Args:
        gradebook: nbgrader's, open.
    """
    session = gradebook.db()
    session.commit = session.flush
    try:
        yield
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.commit
    session.commit()


def record_marks(
    gradebook: Any,
    unit: str,
    student: str,
    scores: Mapping[str, float | None],
    untouched: Collection[str] = (),
) -> dict[str, float]:
    """Records the scores of a submission; cells without one are left for a person to grade.

    Args:
        gradebook: nbgrader's, open. The submission must be in it.
        unit: the unit, which is the assignment and its only notebook.
        student: the student's id.
        scores: id of the graded cell → points, or None where a person must decide. Manual scores
            stay as they are.
        untouched: ids of solution cells that the student left as they were. One that a person
            would grade earns 0, as nbgrader has it.

    Returns:
        Id of the graded cell → the score that counts, a manual one where there is one.

    Raises:
        CourseError: if the gradebook does not have a cell that has a score.
    """
    submission = gradebook.find_submission_notebook(unit, unit, student)
    if lost := sorted(set(scores) - {grade.name for grade in submission.grades}):
        raise CourseError(
            f"nbgrader's gradebook has no cell {', '.join(lost)} in {unit}, which was graded for "
            f"{student!r}: the released notebook is another form of the unit than the gradebook's."
        )
    for grade in submission.grades:
        score = scores.get(grade.name, 0.0 if grade.name in untouched else None)
        grade.auto_score = score
        grade.needs_manual_grade = score is None or grade.manual_score is not None
    for comment in submission.comments:
        comment.auto_comment = "No response." if comment.name in untouched else None
    final = {grade.name: _counts(grade) for grade in submission.grades}
    gradebook.db.commit()
    return final


def assign_late_penalty(gradebook: Any, course: Any, unit: str, student: str) -> None:
    """Applies nbgrader's policy for late work, as its own step does.

    Args:
        gradebook: nbgrader's, open.
        course: the course, whose configuration holds the policy.
        unit: the unit.
        student: the student's id.

    Raises:
        CourseError: if the plugin that the configuration names cannot be used.
    """
    submission = gradebook.find_submission_notebook(unit, unit, student)
    if submission.assignment.total_seconds_late > 0:
        from nbformat.v4 import new_notebook
        from nbgrader.preprocessors import AssignLatePenalties

        about = {"student": student, "assignment": unit, "notebook": unit}
        about["db_url"] = course.api.coursedir.db_url
        gradebook.db.commit()
        empty = new_notebook()  # type: ignore[no-untyped-call]
        try:
            AssignLatePenalties(config=course.config).preprocess(empty, {"nbgrader": about})
        except Exception as error:  # A plugin of the course's own may raise whatever it likes.
            raise CourseError(
                f"the penalty for {student}'s late work cannot be worked out by the plugin that "
                f"nbgrader_config.py names: {type(error).__name__}: {error}"
            ) from error
    elif submission.late_submission_penalty is not None:
        submission.late_submission_penalty = None
        gradebook.db.commit()


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


def _counts(grade: Any) -> float:
    """The score that counts, as nbgrader works it out in its database."""
    own = grade.auto_score if grade.manual_score is None else grade.manual_score
    return 0.0 if own is None else float(own + (grade.extra_credit or 0.0))
