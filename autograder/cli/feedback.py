"""`course-bp feedback`: the students' pages again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.arranging import bring_up_to_date
from autograder.cli.common import (
    EXIT_SOME_FAILED,
    CourseOption,
    DryRunOption,
    JsonOption,
    StudentsOption,
    note,
    print_json,
    shown,
    units_of,
)
from autograder.cli.screen import screen
from autograder.course.folder import Course, CourseError
from autograder.course.people import people_of, require_known
from autograder.files.clean import terminal


def feedback(
    units: Annotated[
        list[str] | None, typer.Argument(help="Units; default: all that were graded.")
    ] = None,
    course: CourseOption = Path(),
    student: StudentsOption = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the students' pages again, for example after you gave points by hand. Nothing is
    graded.

    nbgrader's feedback step makes one self-contained HTML page for each student and unit,
    feedback/STUDENT/UNIT/UNIT.html. To hand the pages out, run nbgrader release_feedback.

    Exit status: 0 on success, 2 when a unit has no graded submissions, 3 when a page could not be
    written.
    """
    from autograder.batch.pages import recorded_tasks, write_pages
    from autograder.batch.student_pages import pages_of
    from autograder.cli.tables import progress_bar

    opened = Course.at(course)
    names = units_of(opened, units)
    wanted = _graded(opened, names, student) if student else None
    tasks = {unit: recorded_tasks(opened, unit, wanted) for unit in names}
    empty = [unit for unit in names if not tasks[unit]]
    if not units and len(empty) < len(names):
        names = [unit for unit in names if tasks[unit]]
    elif empty:
        raise CourseError(
            f"no submission to {', '.join(empty)} has been graded yet; run course-bp grade."
        )
    # If the gradebook cannot be used, this says so once, not for every page.
    bring_up_to_date(opened, names, not dry_run, pages=student is None)
    failures: dict[str, str] = {}
    for unit in names:
        if not dry_run:
            with progress_bar(screen(stderr=True), unit, len(tasks[unit])) as advance:
                found = write_pages(opened, tasks[unit], advance)
            failures |= {f"{name}/{unit}": problem for name, problem in found.items()}
    pages = [
        shown(opened, page)
        for unit in names
        for task in tasks[unit]
        for page in pages_of(opened, task)
    ]
    if as_json:
        print_json({"written": not dry_run, "pages": pages, "failures": failures})
    else:
        written = len(pages) - len(failures)
        words = f"{written} page{'s' * (written != 1)}"
        folder = shown(opened, opened.directory("feedback", ".", ".").resolve())
        print(f"{'would write' if dry_run else 'wrote'} {words} into {folder}/")
        for name, problem in failures.items():
            note(terminal(f"{name}: {problem}"))
    if failures:
        raise typer.Exit(EXIT_SOME_FAILED)


def _graded(course: Course, units: Sequence[str], typed: Sequence[str]) -> list[str]:
    """The folders of students, each of whom must be graded in one of these units."""
    from autograder.batch.pages import recorded_tasks

    people = people_of(course)
    require_known(people, typed)
    graded = {task.student for unit in units for task in recorded_tasks(course, unit)}
    theirs = {name: people.names_of(name, graded) for name in typed}
    if unknown := sorted(name for name, folders in theirs.items() if not folders):
        by = ", ".join(map(repr, unknown))
        raise CourseError(
            f"no submission to {', '.join(units)} by {by} has been graded; see submitted/."
        )
    return sorted({folder for folders in theirs.values() for folder in folders})
