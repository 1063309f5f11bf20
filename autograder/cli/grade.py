"""`course-bp grade`: scores, graded notebooks and students' pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.batches import (
    PagesOption,
    TrustOption,
    WorkersOption,
    chosen_students,
    results_as_data,
    run_batch,
    say_what_would_be_graded,
)
from autograder.cli.common import (
    EXIT_SOME_FAILED,
    CourseOption,
    DryRunOption,
    JsonOption,
    StudentsOption,
    UnitsArgument,
    print_json,
)
from autograder.course.folder import Course


def grade(
    units: UnitsArgument,
    course: CourseOption = Path(),
    student: StudentsOption = None,
    force: Annotated[bool, typer.Option(help="Grade unchanged submissions too.")] = False,
    workers: WorkersOption = 0,
    pages: PagesOption = True,
    trust_submissions: TrustOption = False,
    cluster: Annotated[
        str,
        typer.Option(
            help="Grade on a dask cluster. Give the address of its scheduler, tcp://HOST:8786."
        ),
    ] = "",
    new_secret: Annotated[
        bool,
        typer.Option(
            "--new-secret",
            help="Draw other hidden inputs, because the course's secret is lost. Everything is "
            "graded again.",
        ),
    ] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Grade the submissions of one or more units and print a table.

    Reads submitted/STUDENT/UNIT/UNIT.ipynb, writes scores into nbgrader's gradebook, graded
    notebooks into autograded/ and pages for students into feedback/. First it lists who is missing,
    not graded, penalised or still to grade by hand, with the reason; then the scores.

    Exit status: 0 when every submission was graded, 2 for a wrong command, 3 when a submission
    or a notebook of it could not be graded (the others were), 130 when it was interrupted.
    """
    from autograder.batch.run import Options

    opened = Course.at(course)
    names = [opened.require_unit(unit) for unit in units]
    options = Options(force, workers, trust_submissions, pages, cluster, new_secret)
    chosen = chosen_students(opened, names, student)
    if dry_run:
        say_what_would_be_graded(chosen, as_json, force)
        return
    results = {
        unit: run_batch(opened, unit, options, students, not student, as_json)
        for unit, students in chosen.items()
    }
    if as_json:
        print_json({unit: results_as_data(*found) for unit, found in results.items()})
    if any(result.incomplete for found, _ in results.values() for result in found):
        raise typer.Exit(EXIT_SOME_FAILED)
