"""Commands that look at what was graded: report, similar, explain."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

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
from autograder.course.folder import Course, CourseError


def explain(
    student: Annotated[str, typer.Argument(help="The student's id.")],
    exercise: Annotated[
        str,
        typer.Argument(help="An exercise such as quiz1.backward, or nbgrader's id of a cell."),
    ],
    course: CourseOption = Path(),
    as_json: JsonOption = False,
) -> None:
    """Say why a student has this score: when, which submission, which grader, verdict, mistake.

    Reads the gradebook and the audit trail .course-bp/audit.jsonl, which has a line for every
    score that was ever given.

    Exit status: 0, or 2 when there is no such exercise or it was never graded for this student.
    """
    from autograder.records.explain import explain as gather
    from autograder.records.explain import explanation_text

    opened = Course.at(course)
    explanation = gather(opened, student, exercise)
    if as_json:
        print_json(explanation.as_data())
    else:
        # A hash that is cut off at the edge of the window identifies nothing.
        Console().print(explanation_text(opened, explanation), highlight=False, crop=False)


def report(
    units: Annotated[
        list[str] | None, typer.Argument(help="Units; default: all that were graded.")
    ] = None,
    html: Annotated[
        Path, typer.Option(help="Where the page goes, inside the course folder, ending in .html.")
    ] = Path("report.html"),
    course: CourseOption = Path(),
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Say what the class misunderstood, in the terminal and as one self-contained HTML page.

    Scores and their distribution, pass rate and discrimination of each exercise, named mistakes
    with examples, the hardest parts, students who need a look, before and after a regrade.
    --dry-run writes no page.

    Exit status: 0, or 2 when there is no such unit, nothing of it was graded, or a student's total
    is not nbgrader's own.
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
    reports = gather(
        opened, graded_of(names, units, lambda unit: bool(read_submissions(opened, unit)))
    )
    console = Console()
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
        note(escape(f"the page: {shown(opened, target)}"))


def similar(
    units: Annotated[
        list[str] | None, typer.Argument(help="Units; default: all that were graded.")
    ] = None,
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="Similarity from which a pair is listed.")
    ] = 0.8,
    common: Annotated[
        int, typer.Option(min=1, help="What more students than this wrote does not count.")
    ] = 3,
    course: CourseOption = Path(),
    as_json: JsonOption = False,
) -> None:
    """List near-copies among graded submissions: pairs to read, not verdicts.

    Names of variables do not count, nor what the notebook gave or many students wrote.

    Exit status: 0, or 2 when there is no such unit or nothing of it was graded.
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
    table = Table("unit", "students", "similar", "characters shared", box=SIMPLE_HEAD)
    for pair in found:
        names = escape(", ".join(pair.students))
        table.add_row(pair.unit, names, f"{pair.similarity:.0%}", str(pair.shared))
    Console().print(table)
