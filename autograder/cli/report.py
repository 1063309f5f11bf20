"""`course-bp report`: what the class misunderstood."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.arranging import bring_up_to_date
from autograder.cli.common import (
    CourseOption,
    DryRunOption,
    JsonOption,
    graded_of,
    inside,
    note,
    print_json,
    shown,
    units_of,
)
from autograder.cli.screen import screen
from autograder.course.folder import Course, CourseError
from autograder.files.clean import terminal


def report(
    units: Annotated[
        list[str] | None, typer.Argument(help="Units; default: all that were graded.")
    ] = None,
    html: Annotated[
        Path,
        typer.Option(help="Where to write the page: inside the course folder, ending in .html."),
    ] = Path("report.html"),
    course: CourseOption = Path(),
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Show what the class misunderstood, in the terminal and as one self-contained HTML page.

    It begins with who is missing, not graded, penalised or still to grade by hand, and why. Then it
    shows the scores and their distribution, the pass rate and discrimination of each exercise,
    named mistakes with examples, the hardest parts, students to look at, and what a regrade
    changed. Late penalties are brought up to date in the gradebook first. With --dry-run nothing
    is written.

    Exit status: 0 on success, 2 if a unit does not exist, has no graded submissions, or a student's
    total differs from nbgrader's own.
    """
    from autograder.files.ledger import replace_file
    from autograder.records.gradebook import read_submissions
    from autograder.report.gather import gather, objectives
    from autograder.report.page import report_page
    from autograder.report.terminal import report_tables

    opened = Course.at(course)
    target = inside(opened, html)
    if target.suffix != ".html":
        raise CourseError(f"--html {str(html)!r}: write a name that ends in .html.")
    names = units_of(opened, units)
    graded = graded_of(names, units, lambda unit: bool(read_submissions(opened, unit)))
    bring_up_to_date(opened, graded, not dry_run)
    reports = gather(opened, graded)
    console = screen()
    if as_json:
        print_json({one.numbers.unit: one.as_data() for one in reports})
    else:
        for one in reports:
            for piece in report_tables(one):
                console.print(piece, highlight=False)
    if not dry_run:
        made = datetime.now().astimezone().strftime("%d %B %Y, %H:%M %Z")
        title = opened.course_id or opened.root.name
        replace_file(target, report_page(title, made, reports, objectives(opened)))
        note(terminal(f"the page: {shown(opened, target)}"))
