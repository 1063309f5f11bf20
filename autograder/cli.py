"""The `course-bp` command."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from autograder.bank_command import bank
from autograder.course import Course, CourseError

app = typer.Typer(
    help="Build the units of the course, and grade what students hand in.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(bank)
CourseOption = Annotated[
    Path, typer.Option("--course", help="The course folder, with its nbgrader_config.py.")
]
EXIT_WRONG = 2
EXIT_SOME_FAILED = 3
EXIT_INTERRUPTED = 130


@app.command()
def build(
    units: Annotated[
        list[str] | None, typer.Argument(help="Units, such as 02-computation-graphs; default: all.")
    ] = None,
    sources_only: Annotated[
        bool, typer.Option("--sources-only", help="Stop before the students' notebooks.")
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Make the students' notebooks from the texts in solutions/, by nbgrader's generate step."""
    from autograder.notebook_sources import build as build_source
    from autograder.release import release

    opened = Course.at(course)
    chosen = [opened.require_unit(unit) for unit in units or opened.units()]
    made = (build_source(opened, unit) for unit in chosen)
    for path in made if sources_only else release(opened, chosen):
        print(path.relative_to(opened.root))


@app.command()
def lab(
    into: Annotated[
        Path, typer.Option(help="Your own copies of the units; those there are kept.")
    ] = Path("my-notebooks"),
    course: CourseOption = Path(),
) -> None:
    """Copy the units that you have not begun into a folder of yours, and open it in JupyterLab."""
    opened = Course.at(course)
    released = opened.directory("release", ".", ".")
    for path in sorted(path for path in released.rglob("*") if path.is_file()):
        target = opened.root / into / path.relative_to(released)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    raise typer.Exit(
        subprocess.call([sys.executable, "-m", "jupyter", "lab", str(opened.root / into)])
    )


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
    workers: Annotated[
        int, typer.Option(min=0, help="How many processes grade; 0 means one a processor.")
    ] = 0,
    pages: Annotated[bool, typer.Option(help="Write a page for each student.")] = True,
    trust_submissions: Annotated[
        bool,
        typer.Option(
            "--trust-submissions",
            help="Run submissions without a sandbox. Only for code that you trust: it can read "
            "and change your files, and forge its own score.",
        ),
    ] = False,
) -> None:
    """Grade the submissions of one or more units and print a table.

    Reads submitted/STUDENT/UNIT/UNIT.ipynb, writes scores into nbgrader's gradebook, graded
    notebooks into autograded/ and pages for students into feedback/.

    Exit status: 0 when every submission was graded, 2 for a wrong call, 3 when some submission
    could not be graded (the others were), 130 when it was interrupted.
    """
    from autograder.batch import Options, grade_unit
    from autograder.grade_table import grade_table, notes_table, progress_bar

    opened = Course.at(course)
    names = [opened.require_unit(unit) for unit in units]
    options = Options(force, workers, trust_submissions, pages)
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
            try:
                results = grade_unit(opened, unit, options, chosen, advance)
            except KeyboardInterrupt:
                message = (
                    "interrupted. What is graded is kept; the same command goes on from there."
                )
                Console(stderr=True).print(f"[bold]course-bp:[/bold] {message}")
                raise typer.Exit(EXIT_INTERRUPTED) from None
        if trust_submissions:
            console.print("[bold]Warning:[/bold] graded without a sandbox (--trust-submissions).")
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
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.strerror or error}: {error.filename or ''}")
    except Exception as error:
        if not type(error).__module__.startswith("sqlalchemy"):
            raise
        _stop(f"the gradebook cannot be used: {str(error).splitlines()[0]}")


def _stop(message: str) -> None:
    Console(stderr=True).print(f"[bold]course-bp:[/bold] {escape(message)}", highlight=False)
    raise SystemExit(EXIT_WRONG)
