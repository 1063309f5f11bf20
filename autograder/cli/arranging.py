"""What extend, excuse and drop share, and what others say of arrangements and penalties."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from autograder.cli.common import note, print_json, say
from autograder.course.arrangements import (
    ARRANGEMENTS_FILE,
    Arrangement,
    What,
    arrangements_path,
    by_any_name,
    doubts,
    read_arrangements,
    read_on_a_guess,
    remove_arrangements,
    shown,
    utc,
    write_arrangements,
)
from autograder.course.folder import Course, CourseError
from autograder.course.people import People, all_units, people_of, require_known
from autograder.files import clean
from autograder.files.clean import terminal
from autograder.files.ledger import as_before_after_an_error

if TYPE_CHECKING:
    from autograder.records.late import Recharged

UnitArgument = Annotated[
    str, typer.Argument(help="The unit, such as 02-computation-graphs, or just 02.")
]
WhoArgument = Annotated[list[str], typer.Argument(help="Students' ids.", metavar="STUDENT...")]
ReasonOption = Annotated[str, typer.Option(help="Why; only instructors see it.")]
RemoveOption = Annotated[bool, typer.Option("--remove", help="Take it back.")]


def arrange(
    course: Course,
    unit: str,
    students: Sequence[str],
    what: What,
    until: datetime | None = None,
    reason: str = "",
    remove: bool = False,
    dry_run: bool = False,
    as_json: bool = False,
) -> None:
    """Writes or removes arrangements, applies them to the gradebook, and says so.

    Args:
        unit: as it was typed.
        students: their ids, or other names of theirs.
        until: when an extension ends.
        reason: for people.
        remove: take the arrangement back.
        dry_run: only say what would be done.
        as_json: print data.

    Raises:
        CourseError: if the unit or a student is not known, or the extension is none.
    """
    from autograder.records.gradebook import assignments
    from autograder.records.late import charge_anew

    named = course.require_unit(unit, assignments(course))
    people = people_of(course)
    students = _looked_up(people, students)
    planned = [Arrangement(name, named, what, until, reason) for name in students]
    if remove:
        had = by_any_name(course, read_arrangements(course), named, what)
        if none := [name for name in students if name not in had]:
            raise CourseError(
                f"{ARRANGEMENTS_FILE} does not say that {_names(none)} {_are(none)} {what} in "
                f"{named}."
            )
    elif until is not None:
        _require_later(course, named, until)
    recharged = []
    if not dry_run:
        with as_before_after_an_error(arrangements_path(course)):
            if remove:
                remove_arrangements(course, named, students, what)
            else:
                write_arrangements(course, planned)
            if course.gradebook_file is None or course.gradebook_file.exists():
                theirs = {name for one in students for name in people.names_of(one, people.folders)}
                recharged = charge_anew(course, named, theirs)
    if as_json:
        told: dict[str, Any] = {"file": ARRANGEMENTS_FILE, "written": not dry_run, "unit": named}
        told |= {"students": [one.student for one in planned], "what": str(what)}
        told["until"] = until.isoformat() if until else None
        print_json(told | {"penalties": [vars(one) for one in recharged]})
        return
    would = "would say" if dry_run else "now says"
    no_longer = "no longer " if remove else ""
    to = f" until {shown(until)}" if until else ""
    say(
        f"{ARRANGEMENTS_FILE} {would}: {_names(students)} {_are(students)} {no_longer}{what} in "
        f"{named}{to}"
    )
    say_recharged(named, recharged)


def bring_up_to_date(
    course: Course, units: Collection[str], change: bool = True, pages: bool = False
) -> None:
    """Works penalties out anew before numbers are shown, and says what changed, on stderr.

    Names arrangements that reach nobody, too.

    Args:
        units: full names of units that the gradebook knows.
        change: whether the gradebook may be changed; otherwise only names are checked.
        pages: whether the students' pages are written next.
    """
    from autograder.records.late import charge_anew

    say_doubts(course)
    for unit in units if change else ():
        say_recharged(unit, charge_anew(course, unit), pages)


def say_doubts(course: Course) -> None:
    """Says on stderr which arrangements reach nobody."""
    if found := read_arrangements(course):
        for words in doubts(found, all_units(course), people_of(course)):
            note(terminal(words))
        for words in read_on_a_guess(course):
            note(terminal(words))


def say_recharged(unit: str, recharged: Sequence[Recharged], pages: bool = False) -> None:
    """Says on stderr whose late penalty changed.

    Args:
        unit: the unit's full name.
        recharged: the penalties that changed.
        pages: whether the students' pages show it already.
    """
    from autograder.feedback.words import format_points

    changes = [
        f"{one.student} {format_points(one.before)} → {format_points(one.after)}"
        for one in recharged
    ]
    if changes:
        note(
            f"{terminal(unit)}: late penalties recalculated in the gradebook: "
            f"{', '.join(map(terminal, changes))}."
            + f" course-bp feedback {terminal(unit)} writes the students' pages again."
            * (not pages)
        )


def _looked_up(people: People, typed: Sequence[str]) -> list[str]:
    """Their ids, each once."""
    if not people.everybody:
        note(f"there is no roster and nobody has handed in, so {ARRANGEMENTS_FILE} is not checked.")
        return list(dict.fromkeys(typed))
    return list(dict.fromkeys(require_known(people, typed).values()))


def _require_later(course: Course, unit: str, until: datetime) -> None:
    from nbgrader.api import MissingEntry

    due = None
    if course.gradebook_file is None or course.gradebook_file.exists():
        with course.gradebook() as gradebook, suppress(MissingEntry):
            due = gradebook.find_assignment(unit).duedate
    if due is None:
        note(
            f"{terminal(unit)} has no due date yet. To set one: nbgrader db assignment add {unit} "
            "--duedate='2026-11-20 18:00 UTC'"
        )
    elif utc(until) <= due:
        raise CourseError(
            f"{shown(until)} is not after the due date of {unit}, {shown(due.replace(tzinfo=UTC))}."
        )


def _names(students: Sequence[str]) -> str:
    return ", ".join(map(clean.name, students))


def _are(students: Sequence[str]) -> str:
    return "is" if len(students) == 1 else "are"
