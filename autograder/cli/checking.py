"""Commands that look and change nothing: doctor for the installation, check for a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.cli.common import EXIT_NOT_RIGHT, JsonOption, print_json
from autograder.course.folder import CourseError

MARKS = {"ok": "✓", "note": "–", "fault": "✗"}


def doctor(
    course: Annotated[Path, typer.Option("--course", help="The course folder.")] = Path(),
    as_json: JsonOption = False,
) -> None:
    """Say whether everything that grading needs is in place, and how to fix what is not.

    Looks at Python, packages, sandbox, units, roster, secret, gradebook, folders and disk, and
    changes nothing.

    Exit status: 0 when nothing is broken (notes may remain), 1 when something must be fixed.
    """
    from autograder.course.doctor import FAULT, examine

    findings = list(examine(course))
    if as_json:
        print_json([vars(finding) for finding in findings])
    else:
        table = Table(box=SIMPLE_HEAD, show_header=False)
        table.add_column("state")
        table.add_column("thing", no_wrap=True)
        table.add_column("found", ratio=1)
        for finding in findings:
            words = escape(finding.found)
            if finding.mend:
                words += f"\n[bold]→ {escape(finding.mend)}[/bold]"
            table.add_row(MARKS[finding.state], finding.name, words)
        Console().print(table, highlight=False)
    if any(finding.state == FAULT for finding in findings):
        raise typer.Exit(EXIT_NOT_RIGHT)


def check(
    notebook: Annotated[Path, typer.Argument(help="A notebook with checks in it.")],
    sandbox: Annotated[
        bool,
        typer.Option("--sandbox", help="Run it in bubblewrap, if you did not write it yourself."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Run a notebook from the first cell to the last, and show what each check in it says.

    It needs no course folder, and does not change the notebook. The inputs are the public ones of
    `check` in a notebook; grading uses others.

    Exit status: 0 when all is right, 1 when something is not, 2 when it cannot be checked.
    """
    from autograder.feedback.words import format_points
    from autograder.grading.grader import GradingFailed
    from autograder.grading.submission import Unreadable
    from autograder.grading.whole_notebook import NothingToCheck, check_notebook
    from autograder.runner.sandbox import NoSandbox

    try:
        checked = check_notebook(notebook.resolve(), sandbox)
    except (Unreadable, NothingToCheck, NoSandbox, GradingFailed) as problem:
        raise CourseError(str(problem)) from None
    if as_json:
        exercises = [dict(mark.verdict) for mark in checked.marks]
        print_json({"score": checked.score, "points": checked.points, "exercises": exercises})
    else:
        for mark in checked.marks:
            print(f"{mark.verdict['text']}\n")
        for remark in checked.remarks:
            print(remark)
        print(f"{format_points(checked.score)} of {format_points(checked.points)} points")
    if not checked.full:
        raise typer.Exit(EXIT_NOT_RIGHT)
