"""`course-bp drop`: a unit that does not count for single students."""

from __future__ import annotations

from pathlib import Path

from autograder.cli.arranging import (
    ReasonOption,
    RemoveOption,
    UnitArgument,
    WhoArgument,
    arrange,
)
from autograder.cli.common import CourseOption, DryRunOption, JsonOption
from autograder.course.arrangements import What
from autograder.course.folder import Course


def drop(
    unit: UnitArgument,
    student: WhoArgument,
    reason: ReasonOption = "",
    remove: RemoveOption = False,
    course: CourseOption = Path(),
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Leave a unit out of students' course totals; its score is still exported.

    To leave out everybody's lowest units, set c.CourseTotal.drop_lowest in nbgrader_config.py.
    Course totals are written by course-bp export course. Writes a line per student into
    arrangements.csv in the course folder, which you may also edit yourself.

    Exit status: 0 on success, 2 when the unit or a student does not exist.
    """
    arrange(Course.at(course), unit, student, What.DROPPED, None, reason, remove, dry_run, as_json)
