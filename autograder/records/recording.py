"""Writes marks into nbgrader's gradebook, in transactions of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from autograder.course.folder import CourseError

# nbgrader's words beside an answer that was left as it was released.
NO_RESPONSE = "No response."


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
    notebook: str,
    student: str,
    scores: Mapping[str, float | None],
    untouched: Collection[str] = (),
) -> dict[str, float]:
    """Records the scores of a notebook; cells without one are left for a person to grade.

    Args:
        gradebook: nbgrader's, open. The submission must be in it.
        unit: the unit, nbgrader's assignment.
        notebook: the notebook's name.
        student: the student's id.
        scores: id of the graded cell → points, or None where a person must decide. Manual scores
            stay as they are.
        untouched: ids of solution cells that the student left as they were. One that a person
            would grade earns 0, as nbgrader has it.

    Returns:
        Id of the graded cell → the score that counts, the manual one if there is one.

    Raises:
        CourseError: if the gradebook does not have a cell that has a score.
    """
    submission = gradebook.find_submission_notebook(notebook, unit, student)
    loaded = _cells(gradebook, submission)  # noqa: F841  (it must live as long as it is used)
    if lost := sorted(set(scores) - {grade.name for grade in submission.grades}):
        raise CourseError(
            f"nbgrader's gradebook has no cell {', '.join(lost)} in {unit}, which was graded for "
            f"{student!r}: the released notebook does not match the unit in the gradebook."
        )
    for grade in submission.grades:
        score = scores.get(grade.name, 0.0 if grade.name in untouched else None)
        grade.auto_score = score
        grade.needs_manual_grade = score is None or grade.manual_score is not None
    for comment in submission.comments:
        comment.auto_comment = NO_RESPONSE if comment.name in untouched else None
    final = {grade.name: _counts(grade) for grade in submission.grades}
    gradebook.db.commit()
    return final


def record_missing(gradebook: Any, unit: str, notebook: str, student: str) -> None:
    """Records that a notebook of several was not handed in: 0 for all its cells, as in nbgrader.

    Args:
        gradebook: nbgrader's, open. The submission must be in it.
        unit: the unit, nbgrader's assignment.
        notebook: the notebook's name.
        student: the student's id.
    """
    submission = gradebook.find_submission_notebook(notebook, unit, student)
    for grade in submission.grades:
        grade.auto_score = 0.0
        grade.needs_manual_grade = grade.manual_score is not None
    for comment in submission.comments:
        comment.auto_comment = NO_RESPONSE
    gradebook.db.commit()


def ensure_submission(gradebook: Any, unit: str, student: str, timestamp: Any = None) -> None:
    """Makes the rows of a submission that is handed in for the first time.

    Args:
        gradebook: nbgrader's, open.
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


def page_version(gradebook: Any, unit: str, student: str) -> str:
    """A short hash of all that a student's page takes from the gradebook.

    Args:
        gradebook: nbgrader's, open. The submission must be in it.
        student: the student's id.

    Returns:
        24 hexadecimal digits.
    """
    notebooks = sorted(
        gradebook.find_submission(unit, student).notebooks, key=lambda one: str(one.name)
    )
    loaded = [_cells(gradebook, one) for one in notebooks]  # noqa: F841  (it must live on)
    shown = [
        [
            # What a page shows of a grade: the score, if there is one.
            sorted(
                (one.name, "none" if is_waiting(one) else one.score, one.max_score)
                for one in notebook.grades
            ),
            sorted((comment.name, comment.comment or "") for comment in notebook.comments),
            notebook.late_submission_penalty or 0.0,
        ]
        for notebook in notebooks
    ]
    return hashlib.sha256(repr(shown).encode("utf-8", "replace")).hexdigest()[:24]


def is_waiting(grade: Any) -> bool:
    """Whether nobody has given a score yet, neither the grader nor a person.

    Args:
        grade: nbgrader's, of one cell.
    """
    return grade.auto_score is None and grade.manual_score is None


def _cells(gradebook: Any, submission: Any) -> list[Any]:
    """The cells of a submission's notebook, in one question to the database.

    Their names are asked of each grade, which would ask for its cell alone.
    """
    from nbgrader.api import BaseCell
    from sqlalchemy.orm import with_polymorphic

    every = with_polymorphic(BaseCell, "*")
    query = gradebook.db.query(every).filter(every.notebook_id == submission.notebook_id)
    return list(query)


def _counts(grade: Any) -> float:
    """The score that counts, as nbgrader works it out in its database."""
    own = grade.auto_score if grade.manual_score is None else grade.manual_score
    return 0.0 if own is None else float(own + (grade.extra_credit or 0.0))
