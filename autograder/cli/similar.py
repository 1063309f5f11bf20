"""`course-bp similar`: near-copies, for a person to read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import (
    CourseOption,
    JsonOption,
    every_name,
    graded_of,
    print_json,
    units_of,
)
from autograder.cli.screen import screen
from autograder.course.folder import Course
from autograder.files.terminal import table as plain_table


def similar(
    units: Annotated[
        list[str] | None, typer.Argument(help="Units; default: all that were graded.")
    ] = None,
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="List pairs with at least this similarity.")
    ] = 0.8,
    common: Annotated[
        int, typer.Option(min=1, help="Code that more students than this wrote does not count.")
    ] = 3,
    course: CourseOption = Path(),
    as_json: JsonOption = False,
) -> None:
    """List near-copies among graded submissions: pairs to read, not verdicts.

    Names of variables do not count, and neither does code that the notebook gave or that many
    students wrote.

    Exit status: 0 on success, 2 if a unit does not exist or has no graded submissions.
    """
    from autograder.batch.pages import graded_tasks
    from autograder.report.similar import near_copies

    opened = Course.at(course)
    chosen = graded_of(
        units_of(opened, units), units, lambda unit: bool(graded_tasks(opened, unit))
    )
    found = [pair for unit in chosen for pair in near_copies(opened, unit, threshold, common)]
    if as_json:
        print_json([vars(pair) for pair in found])
        return
    if not found:
        print("No two submissions share more than the task and the class explain.")
        return
    table = plain_table("unit", "students", "similar", ">characters shared")
    for pair in found:
        names = every_name(pair.students)
        table.add_row(pair.unit, names, f"{pair.similarity:.0%}", str(pair.shared))
    screen().print(table)
