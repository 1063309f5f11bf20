"""What the students' pages show, recorded by whoever writes one.

A page is current if it shows what the gradebook and the graded notebook say now, and if it is still
the file that was written then: nbgrader's own generate_feedback writes pages too.
"""

from __future__ import annotations

from typing import Any

from autograder.batch.task import Task
from autograder.course.access import open_to_the_group
from autograder.course.folder import Course
from autograder.files.ledger import Ledger, digest
from autograder.records.recording import page_version

LEDGER = "pages.jsonl"


class WrittenPages:
    """The pages of a course that were written so far.

    Args:
        course: the course folder.
        gradebook: nbgrader's, open.
    """

    def __init__(self, course: Course, gradebook: Any) -> None:
        self._course, self._gradebook = course, gradebook
        self._ledger = Ledger(course.state / LEDGER)

    def now(self, task: Task) -> str:
        """What the pages of a submission would show if they were written now.

        Args:
            task: the submission.

        Returns:
            A version, or "" if the gradebook does not know the submission.
        """
        from nbgrader.api import MissingEntry

        try:
            grades = page_version(self._gradebook, task.unit, task.student)
        except MissingEntry:
            return ""
        return f"{grades}-{digest([one.graded for one in task.notebooks])}"

    def current(self, task: Task, shown: str) -> bool:
        """Whether the pages that are there were written by us, and show this version.

        Args:
            task: the submission.
            shown: what `now` gave.
        """
        return bool(shown) and self._ledger.holds(_key(task), f"{shown}-{_there(task)}")

    def record(self, task: Task, shown: str) -> None:
        """Records pages that were just written, or could not be.

        Args:
            task: the submission.
            shown: what `now` gave before they were written; "" if it is not known what they show.
        """
        self._ledger.record(_key(task), f"{shown}-{_there(task)}" if shown else "")

    def share(self) -> None:
        """Lets others who grade this course record pages too."""
        open_to_the_group(self._course)


def _key(task: Task) -> str:
    return f"{task.student}/{task.unit}"


def _there(task: Task) -> str:
    """A hash of the pages in a submission's folder, with the copies under other names."""
    folders = {one.page.parent for one in task.notebooks}
    return digest(page for folder in sorted(folders) for page in sorted(folder.glob("*.html")))
