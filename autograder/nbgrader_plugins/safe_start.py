"""Lets nbgrader's own autograde step stop before it removes anything, as `course-bp grade` does.

nbgrader removes what an earlier grading left before it grades a submission, and again when it
fails. Somebody who does not have the course's secret, may not write the gradebook, or broke one of
the course's own exercises would so remove the graded notebooks of the whole class. This asks
first. Importing `safe_timestamps`, which nbgrader_config.py names, brings it in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException

from autograder.course.access import require_access
from autograder.course.folder import Course, CourseError
from autograder.course.graded_cells import released_exercises
from autograder.course.secret_record import why_not_this_secret

_start = Autograde.start


def _start_if_it_can(self: Any) -> None:
    """Starts the step; the log, which formgrader shows, says why it does not start."""
    try:
        course = Course.at(Path(self.coursedir.root), self.config)
        require_access(course)
        # One of the course's own may be broken.
        released_exercises(course, str(self.coursedir.assignment_id))
        problem = why_not_this_secret(course)
    except CourseError as error:
        problem = str(error)
    if problem:
        self.log.error(problem)
        raise NbGraderException(problem)
    _start(self)


Autograde.start = _start_if_it_can
