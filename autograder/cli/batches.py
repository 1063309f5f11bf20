"""What grade and regrade share: who is graded, and the tables that are printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from autograder.cli.arranging import say_doubts, say_recharged
from autograder.cli.common import note, print_json, say, shown
from autograder.cli.screen import screen
from autograder.course.folder import Course, CourseError
from autograder.course.people import People, people_of, require_known
from autograder.files import clean
from autograder.files.clean import terminal

WorkersOption = Annotated[
    int, typer.Option(min=0, help="How many processes to use; 0 means one per processor.")
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


def chosen_students(
    course: Course, units: Sequence[str], wanted: Sequence[str] | None
) -> dict[str, list[str]]:
    """Whom to grade in each unit; says on stderr who did not hand in which unit.

    Args:
        wanted: any names of students, as they were typed; none means everybody who handed in.

    Returns:
        Unit → ids in order, for the units with somebody to grade.

    Raises:
        CourseError: if nothing was handed in at all, or nothing by one of the students wanted, or
            if a name is nobody's.
    """
    handed_in = {unit: course.students(unit) for unit in units}
    somewhere = {name for names in handed_in.values() for name in names}
    people = people_of(course) if wanted else People()
    theirs = {one: set(people.names_of(one, somewhere)) for one in wanted or ()}
    if unknown := sorted(one for one, names in theirs.items() if not names):
        require_known(people, unknown)
        raise CourseError(
            f"nothing was handed in for {', '.join(units)} by: {', '.join(map(repr, unknown))}."
        )
    chosen = {
        unit: [name for name in names if not wanted or any(map({name}.issubset, theirs.values()))]
        for unit, names in handed_in.items()
    }
    if not any(chosen.values()):
        where = course.directory("submitted", "STUDENT", units[0])
        units_named = ", ".join(units)
        raise CourseError(
            f"nothing was handed in for {units_named}: submissions belong in {where}."
        )
    for unit, names in chosen.items():
        missing = [one for one, those in theirs.items() if those.isdisjoint(names)]
        if missing or not names:
            by = f" by: {', '.join(map(repr, missing))}" if missing else ""
            note(terminal(f"nothing was handed in for {unit}{by}."))
    return {unit: names for unit, names in chosen.items() if names}


def run_batch(
    course: Course,
    unit: str,
    options: Any,
    students: Sequence[str],
    everybody: bool = True,
    quiet: bool = False,
) -> tuple[list[Any], list[Any]]:
    """Grades a unit with a progress bar, prints its tables, and says where the results are.

    Args:
        options: a `batch.Options`.
        students: whom to grade.
        everybody: whether these are all who handed in, so that others are missing.
        quiet: print no tables, because stdout is for another program.

    Returns:
        The batch's results, and what there is to know first about students.
    """
    from autograder.batch.run import grade_unit
    from autograder.cli.tables import grade_table, notes_table, progress_bar, standings_table
    from autograder.course.drift import drift
    from autograder.records.late import Recharged
    from autograder.records.standing import standings
    from autograder.records.totals import require_nbgraders_totals

    say_doubts(course)
    for misnamed in course.misnamed(unit):
        note(terminal(str(misnamed)))
    for found in drift(course, unit):
        if not found.stops:  # What stops is said when it does.
            note(terminal(str(found)))
    console = screen(stderr=quiet)
    with progress_bar(console, unit, len(students)) as advance:
        results = grade_unit(course, unit, options, students, advance, _say_stopping)
    changed = [result for result in results if result.recharged]
    before_and_after = [Recharged(one.student, one.penalty_before, one.penalty) for one in changed]
    say_recharged(unit, before_and_after, options.pages)
    totals = {result.student: result.score for result in results if not result.failure}
    require_nbgraders_totals(course, unit, totals)
    failures = {result.student: result.failure for result in results if result.failure}
    told = standings(course, unit, failures, None if everybody else students)
    if options.trusted:
        console.print("[bold]Warning:[/bold] graded without a sandbox (--trust-submissions).")
    if not quiet:
        if first := standings_table(unit, told):
            console.print(first)
        console.print(grade_table(unit, results))
        if notes := notes_table(results):
            console.print(notes)
    note(terminal(_where(course, unit, results, options.pages)))
    return results, told


def _say_stopping(under_way: Sequence[Any]) -> None:
    names = ", ".join(clean.name(task.student) for task in under_way)
    left = f" Under way, and to be graded again: {names}." if names else ""
    # A progress bar that is shown just now puts what is printed like this above itself.
    print(f"course-bp: stopping …{left}", file=sys.stderr, flush=True)


def _where(course: Course, unit: str, results: Sequence[Any], pages: bool) -> str:
    """What a batch wrote, and where."""
    kept = sum(result.unchanged for result in results)
    failed = sum(bool(result.failure) for result in results)
    counts = [f"{len(results) - kept - failed} graded"]
    counts += [f"{kept} unchanged"] * bool(kept) + [f"{failed} not graded"] * bool(failed)
    in_part = sum(bool(result.not_graded) for result in results)
    counts += [f"{in_part} of them only in part"] * bool(in_part)
    file = course.gradebook_file
    places = [f"scores in {shown(course, file) if file else 'the gradebook'}"]
    steps = {"graded notebooks": "autograded", **({"pages": "feedback"} if pages else {})}
    for what, step in steps.items():
        folder = course.directory(step, ".", ".").resolve()
        places.append(f"{what} in {shown(course, folder)}/")
    return f"{unit}: {', '.join(counts)}; {', '.join(places)}"


def say_what_would_be_graded(
    chosen: dict[str, list[str]], as_json: bool, unchanged_too: bool
) -> None:
    """Prints what a dry run would grade."""
    if as_json:
        print_json({unit: {"would grade": students} for unit, students in chosen.items()})
        return
    for unit, students in chosen.items():
        named = ", ".join(map(clean.name, students))
        say(f"would grade {unit}: {len(students)} submissions ({named})")
    if not unchanged_too:
        print("Submissions that have not changed since they were graded would be left alone.")


def results_as_data(results: Sequence[Any], told: Sequence[Any]) -> list[dict[str, Any]]:
    """The results of a batch for another program.

    Args:
        results: the batch's.
        told: what there is to know first about students.
    """
    return [
        _as_data(one)
        | {
            "standing": [
                {"kind": str(each.kind), "words": each.words}
                for each in told
                if each.student == one.student
            ]
        }
        for one in results
    ]


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
        "comments": result.comments,
        "to grade by hand": list(result.waiting),
        "notebooks not graded": list(result.not_graded),
    }
