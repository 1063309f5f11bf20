"""Which version of each submission has its grade in the gradebook, graded by course-bp.

Whoever writes another grade there, as nbgrader's own autograde step does, makes `course-bp grade`
forget what it knew. Otherwise a submission that is put back as it was would keep the other grade.
"""

from __future__ import annotations

from autograder.course.folder import Course
from autograder.files.ledger import Ledger


class GradedVersions:
    """The versions of all submissions of a course.

    Args:
        course: the course folder.
    """

    def __init__(self, course: Course) -> None:
        self._ledger = Ledger(course.state / "graded.jsonl")

    def holds(self, unit: str, student: str, files: str, grader: str) -> bool:
        """Whether the grade in the gradebook is of this submission, by this grader.

        Args:
            unit: the unit.
            student: who handed in.
            files: a hash of what was handed in.
            grader: the grader's version.
        """
        return self._ledger.holds(_key(unit, student), f"{files}-{grader}")

    def record(self, unit: str, student: str, files: str, grader: str) -> None:
        """Records what was just graded."""
        self._ledger.record(_key(unit, student), f"{files}-{grader}")

    def forget(self, unit: str, student: str) -> None:
        """Lets the submission be graded again the next time."""
        self._ledger.record(_key(unit, student), "")

    def files(self, unit: str, student: str) -> str:
        """The hash of what was handed in when it was graded, or "" if that is not known."""
        return self._ledger.version(_key(unit, student)).partition("-")[0]


def _key(unit: str, student: str) -> str:
    return f"{student}/{unit}"
