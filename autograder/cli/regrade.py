"""`course-bp regrade`: grade again after a change, and say whose score changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.batches import (
    PagesOption,
    WorkersOption,
    chosen_students,
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
from autograder.cli.screen import screen
from autograder.course.folder import Course, CourseError


def regrade(
    units: UnitsArgument,
    since: Annotated[
        str,
        typer.Option(
            help="Only submissions that were last graded at or after this time, such as "
            "2026-11-20 or 2026-11-20T18:00."
        ),
    ] = "",
    course: CourseOption = Path(),
    student: StudentsOption = None,
    workers: WorkersOption = 0,
    pages: PagesOption = True,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Grade again what was graded before, and show whose score changed, and how.

    Use it after you have fixed an exercise. Points given by hand stay and count, whatever the
    grader finds now; they are marked and listed. `grade` already regrades whatever a change to the
    grader affects; `regrade` also regrades everything else.

    Exit status: as for grade.
    """
    from autograder.batch.run import Options
    from autograder.cli.tables import by_hand_table, changes_table
    from autograder.records.audit import graded_since, moment
    from autograder.records.regrades import changes_since, positions, scores_by_hand

    opened = Course.at(course)
    start = moment(since or "1970-01-01")
    names = [opened.require_unit(unit) for unit in units]
    chosen = {
        unit: graded
        for unit, students in chosen_students(opened, names, student).items()
        if (graded := sorted(graded_since(opened, unit, start).intersection(students)))
    }
    if not chosen:
        when = f" since {since}" if since else ""
        raise CourseError(
            f"no submission to {', '.join(names)} was graded{when}; run course-bp grade."
        )
    if dry_run:
        say_what_would_be_graded(chosen, as_json, unchanged_too=True)
        return
    options, failed, told = Options(True, workers, False, pages), False, {}
    for unit, students in chosen.items():
        before = positions(opened, unit)
        results, _ = run_batch(opened, unit, options, students, False, as_json)
        changes = changes_since(opened, unit, before)
        by_hand = scores_by_hand(opened, unit, students)
        failed |= any(result.incomplete for result in results)
        told[unit] = {
            "regraded": len(results),
            "changes": [vars(change) for change in changes],
            "by_hand": [vars(score) for score in by_hand],
        }
        if not as_json:
            screen().print(changes_table(unit, len(results), changes))
            if by_hand:
                screen().print(by_hand_table(by_hand))
    if as_json:
        print_json(told)
    if failed:
        raise typer.Exit(EXIT_SOME_FAILED)
