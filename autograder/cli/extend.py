"""`course-bp extend`: more time for single students."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.arranging import (
    ReasonOption,
    RemoveOption,
    UnitArgument,
    WhoArgument,
    arrange,
)
from autograder.cli.common import CourseOption, DryRunOption, JsonOption
from autograder.course.arrangements import What, deadline
from autograder.course.folder import Course, CourseError


def extend(
    unit: UnitArgument,
    student: WhoArgument,
    until: Annotated[
        str,
        typer.Option(
            help="The new due date: 2026-11-20 (the end of that day), 2026-11-20 18:00 (local "
            "time) or 2026-11-20 18:00 UTC."
        ),
    ] = "",
    reason: ReasonOption = "",
    remove: RemoveOption = False,
    course: CourseOption = Path(),
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Give students an extension for a unit.

    Writes a line per student into arrangements.csv in the course folder, which you may also edit
    yourself. A second extension replaces the first. Late penalties in the gradebook are worked out
    anew at once.

    Exit status: 0 on success, 2 when the unit or a student does not exist, or the date is not after
    the due date.
    """
    if bool(until) == remove:
        raise CourseError("say until when with --until 2026-11-20, or --remove the extension.")
    moment = deadline(until) if until else None
    arrange(
        Course.at(course), unit, student, What.EXTENDED, moment, reason, remove, dry_run, as_json
    )
