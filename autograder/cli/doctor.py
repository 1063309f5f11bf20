"""`course-bp doctor`: is everything in place that grading needs?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from autograder.cli.common import EXIT_NOT_RIGHT, JsonOption, print_json
from autograder.cli.screen import screen
from autograder.files.clean import terminal

MARKS = {"ok": "✓", "note": "–", "fault": "✗"}


def doctor(
    course: Annotated[Path, typer.Option("--course", help="The course folder.")] = Path(),
    as_json: JsonOption = False,
) -> None:
    """Check that everything grading needs is in place, and say how to fix what is not.

    Looks at Python, packages, sandbox, configuration, units, roster, secret, gradebook, folders and
    disk, compares what was released with its text and with the gradebook, and changes nothing.

    Exit status: 0 when nothing is broken (notes may remain), 1 when something must be fixed.
    """
    from autograder.course.doctor import examine
    from autograder.course.examined import FAULT

    findings = list(examine(course))
    if as_json:
        print_json([vars(finding) for finding in findings])
    else:
        table = Table(box=SIMPLE_HEAD, show_header=False)
        table.add_column("state")
        table.add_column("thing", no_wrap=True)
        table.add_column("found", overflow="fold")
        for finding in findings:
            words = terminal(finding.found)
            if finding.fix:
                words += f"\n[bold]→ {terminal(finding.fix)}[/bold]"
            table.add_row(MARKS[finding.state], finding.name, words)
        screen().print(table, highlight=False)
    if any(finding.state == FAULT for finding in findings):
        raise typer.Exit(EXIT_NOT_RIGHT)
