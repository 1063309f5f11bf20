"""Before and after a regrade: the same submission, judged by another version of the grader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.course.folder import Course
from autograder.records.audit import AuditEntry, read_trail

Latest = Mapping[tuple[str, str], AuditEntry]


@dataclass(frozen=True)
class Change:
    """A score that a regrade changed.

    Args:
        student: the student's id.
        exercise: the exercise's id.
        before: the grader's score before.
        after: the grader's score after.
    """

    student: str
    exercise: str
    before: float
    after: float


def positions(course: Course, unit: str) -> Latest:
    """The latest entry of the audit trail of each (student, exercise) of a unit."""
    return {
        (entry.student, entry.exercise): entry
        for entry in read_trail(course, unit)
        if entry.score is not None
    }


def changes_since(course: Course, unit: str, before: Latest) -> list[Change]:
    """What has changed since a unit's scores were as given.

    Args:
        before: what `positions` gave then.

    Returns:
        The changed scores, in order of student and exercise.
    """
    after = positions(course, unit)
    return _changes((before[key], entry) for key, entry in after.items() if key in before)


def regrade_changes(course: Course, unit: str) -> list[Change]:
    """Scores that another grader or exercise version changed, the submission being the same.

    Returns:
        Each changed score once: the first grading of the submission that counts now, against its
        last.
    """
    first: dict[tuple[str, str], AuditEntry] = {}
    last: dict[tuple[str, str], AuditEntry] = {}
    for entry in read_trail(course, unit):
        if entry.score is None:
            continue
        key = (entry.student, entry.exercise)
        if key not in first or first[key].submission != entry.submission:
            first[key] = entry
        last[key] = entry
    return _changes((first[key], last[key]) for key in last)


def _changes(pairs: Iterable[tuple[AuditEntry, AuditEntry]]) -> list[Change]:
    found = [
        Change(one.student, one.exercise, one.score, other.score)
        for one, other in pairs
        if one.score is not None and other.score is not None and one.score != other.score
    ]
    return sorted(found, key=lambda change: (change.student, change.exercise))
