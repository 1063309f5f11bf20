"""`course-bp excuse`: who need not hand in."""

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


def excuse(
    unit: UnitArgument,
    student: WhoArgument,
    reason: ReasonOption = "",
    remove: RemoveOption = False,
    course: CourseOption = Path(),
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Excuse students from a unit: they need not hand it in, and it does not count for them.

    Exports leave the unit empty for them, or say EX for Canvas, even if they handed something in.
    The score in nbgrader's gradebook stays as it is. Writes a line per student into
    arrangements.csv in the course folder, which you may also edit yourself.

    Exit status: 0 on success, 2 when the unit or a student does not exist.
    """
    arrange(Course.at(course), unit, student, What.EXCUSED, None, reason, remove, dry_run, as_json)
