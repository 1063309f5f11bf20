"""Commands that grade: grade, regrade, feedback."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from autograder.commands.common import (
    EXIT_SOME_FAILED,
    CourseOption,
    DryRunOption,
    JsonOption,
    StudentsOption,
    UnitsArgument,
    note,
    print_json,
    shown,
    units_of,
)
from autograder.course import Course, CourseError

WorkersOption = Annotated[
    int, typer.Option(min=0, help="How many processes grade; 0 means one a processor.")
]
PagesOption = Annotated[bool, typer.Option(help="Write a page for each student.")]
TrustOption = Annotated[
    bool,
    typer.Option(
        "--trust-submissions",
        help="Run submissions without a sandbox. Only for code that you trust: it can read "
        "and change your files, and forge its own score.",
    ),
]


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
        typer.Option(help="Grade on a dask cluster: its scheduler's address, tcp://HOST:8786."),
    ] = "",
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Grade the submissions of one or more units and print a table.

    Reads submitted/STUDENT/UNIT/UNIT.ipynb, writes scores into nbgrader's gradebook, graded
    notebooks into autograded/ and pages for students into feedback/.

    Exit status: 0 when every submission was graded, 2 for a wrong call, 3 when some submission
    could not be graded (the others were), 130 when it was interrupted.
    """
    from autograder.batch import Options

    opened = Course.at(course)
    names = [opened.require_unit(unit) for unit in units]
    options = Options(force, workers, trust_submissions, pages, cluster)
    chosen = chosen_students(opened, names, student)
    if dry_run:
        _say_what_would_be_graded(chosen, as_json, force)
        return
    results = {
        unit: run_batch(opened, unit, options, students, as_json)
        for unit, students in chosen.items()
    }
    if as_json:
        print_json({unit: [_as_data(one) for one in found] for unit, found in results.items()})
    if any(result.failure for found in results.values() for result in found):
        raise typer.Exit(EXIT_SOME_FAILED)


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
    """Grade again what was graded before, and say whose score changed, from what to what.

    For a mended exercise. Points that a person gave stay. `grade` does the same for whatever a
    change of the grader touches; this also grades again what nothing has touched.

    Exit status: as for grade.
    """
    from autograder.audit import graded_since, moment
    from autograder.batch import Options
    from autograder.grade_table import changes_table
    from autograder.regrades import changes_since, positions

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
        raise CourseError(f"nothing of {', '.join(names)} was graded{when}; see course-bp grade.")
    if dry_run:
        _say_what_would_be_graded(chosen, as_json, unchanged_too=True)
        return
    options, failed, told = Options(True, workers, False, pages), False, {}
    for unit, students in chosen.items():
        before = positions(opened, unit)
        results = run_batch(opened, unit, options, students, as_json)
        changes = changes_since(opened, unit, before)
        failed |= any(result.failure for result in results)
        told[unit] = {
            "regraded": len(results),
            "changes": [vars(change) for change in changes],
        }
        if not as_json:
            Console().print(changes_table(unit, len(results), changes))
    if as_json:
        print_json(told)
    if failed:
        raise typer.Exit(EXIT_SOME_FAILED)


def feedback(
    units: Annotated[
        list[str] | None, typer.Argument(help="Units; default: all that were graded.")
    ] = None,
    course: CourseOption = Path(),
    student: StudentsOption = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the students' pages again, say after points were given by hand; nothing is graded.

    One self-contained HTML page for each student and unit, feedback/STUDENT/UNIT/UNIT.html, made
    by nbgrader's feedback step, which also hands them out (nbgrader release_feedback).

    Exit status: 0, 2 when nothing of a unit was graded, 3 when some page could not be written.
    """
    from autograder.feedback_pages import graded_tasks, write_pages
    from autograder.grade_table import progress_bar

    opened = Course.at(course)
    names = units_of(opened, units)
    tasks = {unit: graded_tasks(opened, unit, student) for unit in names}
    graded = {task.student for unit in names for task in tasks[unit]}
    if unknown := sorted(set(student or ()) - graded):
        by = ", ".join(map(repr, unknown))
        raise CourseError(f"nothing of {', '.join(names)} was graded by: {by}; see submitted/.")
    empty = [unit for unit in names if not tasks[unit]]
    if not units and len(empty) < len(names):
        names = [unit for unit in names if tasks[unit]]
    elif empty:
        raise CourseError(f"nothing of {', '.join(empty)} was graded; see course-bp grade.")
    with opened.gradebook():  # If it cannot be used, say so once, not for every page.
        pass
    failures: dict[str, str] = {}
    for unit in names:
        if not dry_run:
            with progress_bar(Console(stderr=True), unit, len(tasks[unit])) as advance:
                found = write_pages(opened, tasks[unit], advance)
            failures |= {f"{name}/{unit}": problem for name, problem in found.items()}
    pages = [shown(opened, task.page) for unit in names for task in tasks[unit]]
    if as_json:
        print_json({"written": not dry_run, "pages": pages, "failures": failures})
    else:
        written = len(pages) - len(failures)
        words = f"{written} page{'s' * (written != 1)}"
        print(f"{'would write' if dry_run else 'wrote'} {words}")
        for name, problem in failures.items():
            note(escape(f"{name}: {problem}"))
    if failures:
        raise typer.Exit(EXIT_SOME_FAILED)


def chosen_students(
    course: Course, units: Sequence[str], wanted: Sequence[str] | None
) -> dict[str, list[str]]:
    """Whom to grade in each unit; says on stderr which unit somebody did not hand in.

    Args:
        course: the course.
        units: the units.
        wanted: students as they were typed; none means everybody who handed in.

    Returns:
        Unit → ids in order, for the units in which there is somebody to grade.

    Raises:
        CourseError: if nothing was handed in at all, or nothing by one of those wanted.
    """
    handed_in = {unit: course.students(unit) for unit in units}
    somewhere = {name for names in handed_in.values() for name in names}
    if unknown := sorted(set(wanted or ()) - somewhere):
        raise CourseError(
            f"nothing was handed in for {', '.join(units)} by: {', '.join(map(repr, unknown))}."
        )
    chosen = {
        unit: [name for name in names if not wanted or name in wanted]
        for unit, names in handed_in.items()
    }
    if not any(chosen.values()):
        where = course.directory("submitted", "STUDENT", units[0])
        units_named = ", ".join(units)
        raise CourseError(
            f"nothing was handed in for {units_named}: submissions belong in {where}."
        )
    for unit, names in chosen.items():
        missing = [name for name in dict.fromkeys(wanted or ()) if name not in names]
        if missing or not names:
            by = f" by: {', '.join(map(repr, missing))}" if missing else ""
            note(escape(f"nothing was handed in for {unit}{by}."))
    return {unit: names for unit, names in chosen.items() if names}


def run_batch(
    course: Course, unit: str, options: Any, students: Sequence[str], quiet: bool = False
) -> list[Any]:
    """Grades a unit with a progress bar and prints its tables.

    Args:
        course: the course.
        unit: the unit.
        options: a `batch.Options`.
        students: whom to grade.
        quiet: print no tables, because stdout is for another program.

    Returns:
        The batch's results.
    """
    from autograder.batch import grade_unit
    from autograder.grade_table import grade_table, notes_table, progress_bar
    from autograder.release import changed_since_release
    from autograder.totals import require_nbgraders_totals

    if changed := changed_since_release(course, unit):
        note(escape(changed))
    console = Console(stderr=quiet)
    with progress_bar(console, unit, len(students)) as advance:
        results = grade_unit(course, unit, options, students, advance)
    totals = {result.student: result.score for result in results if not result.failure}
    require_nbgraders_totals(course, unit, totals)
    if options.trusted:
        console.print("[bold]Warning:[/bold] graded without a sandbox (--trust-submissions).")
    if not quiet:
        console.print(grade_table(unit, results))
        if notes := notes_table(results):
            console.print(notes)
    return results


def _say_what_would_be_graded(
    chosen: dict[str, list[str]], as_json: bool, unchanged_too: bool
) -> None:
    if as_json:
        print_json({unit: {"would grade": students} for unit, students in chosen.items()})
        return
    for unit, students in chosen.items():
        print(f"would grade {unit}: {len(students)} submissions ({', '.join(students)})")
    if not unchanged_too:
        print("Submissions that have not changed since they were graded would be left alone.")


def _as_data(result: Any) -> dict[str, Any]:
    return {
        "student": result.student,
        "score": None if result.failure else result.score,
        "raw_score": None if result.failure else result.raw,
        "late_penalty": None if result.failure else result.penalty,
        "exercises": {
            id: {"score": score, "points": points, "notes": result.notes.get(id, [])}
            for id, (score, points) in result.scores.items()
        },
        "failure": result.failure,
        "unchanged": result.unchanged,
        "remarks": list(result.remarks),
        "to grade by hand": list(result.waiting),
    }
