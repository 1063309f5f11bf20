"""The `course-bp` command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.course import Course, CourseError

app = typer.Typer(
    help="Build the units of the course, and grade what students hand in.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
CourseOption = Annotated[
    Path, typer.Option("--course", help="The course folder, with its nbgrader_config.py.")
]
EXIT_SOME_FAILED = 3


@app.command()
def build(
    units: Annotated[
        list[str] | None, typer.Argument(help="Units, such as 02-computation-graphs; default: all.")
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Make the students' notebooks from the texts in solutions/, by nbgrader's generate step."""
    from autograder.release import release

    opened = Course.at(course)
    chosen = [opened.require_unit(unit) for unit in units or opened.units()]
    for path in release(opened, chosen):
        print(path.relative_to(opened.root))


@app.command()
def coverage(course: CourseOption = Path()) -> None:
    """Write docs/coverage.md: which unit covers each item of the decks and each objective."""
    from autograder.coverage import coverage_page
    from autograder.ledger import replace_file

    opened = Course.at(course)
    path = opened.root / "docs" / "coverage.md"
    replace_file(path, coverage_page(opened))
    print(path.relative_to(opened.root))


@app.command()
def grade(
    units: Annotated[
        list[str], typer.Argument(help="Units, such as 02-computation-graphs, or just 02.")
    ],
    course: CourseOption = Path(),
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student; may be given more than once.")
    ] = None,
    force: Annotated[bool, typer.Option(help="Grade unchanged submissions too.")] = False,
) -> None:
    """Grade the submissions of one or more units and print a table.

    Reads submitted/STUDENT/UNIT/UNIT.ipynb, writes scores into nbgrader's gradebook, graded
    notebooks into autograded/ and pages for students into feedback/.

    Exit status: 0 when every submission was graded, 2 for a wrong call, 3 when some submission
    could not be graded (the others were).
    """
    from autograder.batch import grade_unit
    from autograder.grade_table import grade_table, notes_table, progress_bar

    opened = Course.at(course)
    names = [opened.require_unit(unit) for unit in units]
    console = Console()
    failed = False
    for unit in names:
        handed_in = opened.students(unit)
        if unknown := set(student or ()) - set(handed_in):
            raise CourseError(f"nothing was handed in for {unit} by: {', '.join(sorted(unknown))}.")
        chosen = [name for name in handed_in if not student or name in student]
        if not chosen:
            where = opened.directory("submitted", "STUDENT", unit)
            raise CourseError(f"nothing was handed in for {unit}: submissions belong in {where}.")
        with progress_bar(console, unit, len(chosen)) as advance:
            results = grade_unit(opened, unit, force, chosen, advance)
        console.print(grade_table(unit, results))
        if notes := notes_table(results):
            console.print(notes)
        failed |= any(result.failure for result in results)
    if failed:
        raise typer.Exit(EXIT_SOME_FAILED)


def main() -> None:
    """Runs the command; errors of the course folder are one line, not a traceback."""
    try:
        app()
    except CourseError as error:
        Console(stderr=True).print(f"[bold]course-bp:[/bold] {error}", highlight=False)
        raise SystemExit(2) from None
