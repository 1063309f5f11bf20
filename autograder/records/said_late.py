"""Whose work an LMS calls late without saying since when, so that no penalty can be worked out."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.course.folder import Course
from autograder.files.ledger import Ledger
from autograder.grading.hand_in_time import NAME

LATE = "late"


def since_when(work: str) -> str:
    """What Canvas says of late work, and what to do about it, without a stop.

    Args:
        work: whose it is, such as "the work of ada".
    """
    return (
        f"Canvas marks {work} as late, and does not say since when: it loses no points unless you "
        f"write the time into {NAME} beside the notebook"
    )


def say_late(course: Course, unit: str, student: str, late: bool) -> None:
    """Keeps what an archive says of a student's work, replacing what an earlier one said.

    Args:
        unit: the unit.
        student: the name of the student's folder.
        late: whether it is called late.
    """
    _ledger(course).record(f"{student}/{unit}", LATE if late else "")


def said_late(course: Course, unit: str, students: Iterable[str]) -> set[str]:
    """Which of these students' work was called late."""
    ledger = _ledger(course)
    return {student for student in students if ledger.holds(f"{student}/{unit}", LATE)}


def _ledger(course: Course) -> Ledger:
    return Ledger(course.state / "said-late.jsonl")
