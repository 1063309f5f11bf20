"""Before and after a regrade: the same submission, judged by another version of the grader."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from autograder.course.folder import Course
from autograder.records.audit import AuditEntry, read_trail
from autograder.records.gradebook import assignments, read_submissions

Latest = Mapping[tuple[str, str], AuditEntry]


@dataclass(frozen=True)
class Change:
    """A score that a regrade changed.

    Args:
        student: the student's id.
        exercise: the exercise's id.
        before: the grader's score before.
        after: the grader's score after.
        counts: the score that counts, as the gradebook has it; None if it does not have it.
        by_hand: whether a person gave that score, or extra credit beside the grader's.
        resubmitted: whether something else was handed in since the score before.
    """

    student: str
    exercise: str
    before: float
    after: float
    counts: float | None = None
    by_hand: bool = False
    resubmitted: bool = False


@dataclass(frozen=True)
class ByHand:
    """A score that a person gave, or gave extra credit for; grading leaves it as it is.

    Args:
        student: the student's id.
        exercise: the exercise's id, or the cell's.
        counts: the score that counts.
    """

    student: str
    exercise: str
    counts: float


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
    pairs = ((before[key], entry) for key, entry in after.items() if key in before)
    return _changes(course, unit, pairs)


def scores_by_hand(course: Course, unit: str, students: Collection[str]) -> list[ByHand]:
    """The scores that persons gave these students in a unit, in order of student."""
    return [
        ByHand(one.student, name, one.scores[name])
        for one in read_submissions(course, unit)
        if one.student in students
        for name in one.by_hand
    ]


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
    return _changes(course, unit, ((first[key], last[key]) for key in last))


def _changes(
    course: Course, unit: str, pairs: Iterable[tuple[AuditEntry, AuditEntry]]
) -> list[Change]:
    changed = [(one, other) for one, other in pairs if one.score != other.score]
    known = changed and unit in assignments(course)
    now = {one.student: one for one in read_submissions(course, unit)} if known else {}

    def counted(student: str, exercise: str) -> tuple[float | None, bool]:
        there = now.get(student)
        return (there.scores.get(exercise), exercise in there.by_hand) if there else (None, False)

    found = [
        Change(
            one.student,
            one.exercise,
            one.score,
            other.score,
            *counted(one.student, one.exercise),
            resubmitted=one.submission != other.submission,
        )
        for one, other in changed
        if one.score is not None and other.score is not None
    ]
    return sorted(found, key=lambda change: (change.student, change.exercise))
