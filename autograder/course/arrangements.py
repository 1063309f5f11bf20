"""What was arranged with single students: extensions, excuses and dropped units.

The file `arrangements.csv` of the course folder has one line for each. Instructors edit it in a
spreadsheet, or write it with `course-bp extend`, `excuse` and `drop`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path

from autograder.course.folder import Course, CourseError
from autograder.course.people import People, people_of
from autograder.course.roster import read_roster
from autograder.files import clean
from autograder.files.ledger import replace_file
from autograder.files.table import Table, read_table

ARRANGEMENTS_FILE = "arrangements.csv"
FIELDS = ("student", "unit", "what", "until", "reason")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class What(StrEnum):
    """What may be arranged for a student in a unit."""

    EXTENDED = "extended"
    EXCUSED = "excused"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Arrangement:
    """One line of the file.

    Args:
        student: the student's id.
        unit: the unit's full name, or as it was typed if the course has no such unit.
        what: an extension, an excuse (the student need not hand in) or a drop (the unit does not
            count in this student's course total).
        until: to when the due date is extended, with its zone; None unless it is an extension.
        reason: for people only.
    """

    student: str
    unit: str
    what: What
    until: datetime | None = None
    reason: str = ""


def arrangements_path(course: Course) -> Path:
    """Where the arrangements of a course lie."""
    return course.root / ARRANGEMENTS_FILE


def deadline(text: str) -> datetime:
    """Reads until when something may be handed in.

    Args:
        text: such as "2026-11-20", which is the end of that day, "2026-11-20 18:00" or
            "2026-11-20 18:00 UTC"; local time if no zone is given.

    Returns:
        The time, with its zone.

    Raises:
        CourseError: if it is none.
    """
    written = re.sub(r"\s*(UTC|GMT)$", "+00:00", text.strip())
    try:
        if DAY.fullmatch(written):
            end = time(23, 59, 59)
            return datetime.combine(date.fromisoformat(written), end).astimezone()
        return datetime.fromisoformat(written).astimezone()
    except (ValueError, OverflowError):
        raise CourseError(
            f"{clean.line(text)!r} is not a date; write 2026-11-20, 2026-11-20 18:00 or "
            "2026-11-20 18:00 UTC."
        ) from None


def read_arrangements(course: Course) -> list[Arrangement]:
    """Reads what was arranged.

    Returns:
        The arrangements, in the file's order; an empty list if there is no file.

    Raises:
        CourseError: if a line cannot be understood; the message names it.
    """
    _, rows = _read(arrangements_path(course))
    if not rows:
        return []
    known, people = course.assignments(), People(read_roster(course))
    found: dict[tuple[str, str, What], Arrangement] = {}
    for number, row in rows:
        one = _arrangement(row, f"{ARRANGEMENTS_FILE}, line {number}", known)
        key = _key(one, people)
        if key in found:
            raise CourseError(
                f"{ARRANGEMENTS_FILE}, line {number}: {clean.name(one.student)} is {one.what} in "
                f"{one.unit} a second time; keep one of the lines."
            )
        found[key] = one
    return list(found.values())


def arranged(found: Iterable[Arrangement], unit: str, what: What) -> dict[str, Arrangement]:
    """The arrangements of one kind in a unit, by student."""
    return {one.student: one for one in found if one.unit == unit and one.what is what}


def by_any_name(
    course: Course, found: Iterable[Arrangement], unit: str, what: What
) -> dict[str, Arrangement]:
    """The arrangements of one kind in a unit, by every name that the student is known by.

    Returns:
        Name in the file, id in the roster and name of the folder → the arrangement.
    """
    named = arranged(found, unit, what)
    if not named:
        return {}
    people = people_of(course, unit)
    by_id = {id: one for name, one in named.items() if (id := people.id_of(name)) is not None}
    folders = {name: by_id[id] for name in people.folders if (id := people.id_of(name)) in by_id}
    return {**folders, **by_id, **named}


def read_on_a_guess(course: Course) -> list[str]:
    """What was not certain when the file was read, a sentence each."""
    path = arrangements_path(course)
    return [f"{path.name}: {words}" for words in _table(path).guesses] if path.is_file() else []


def doubts(found: Iterable[Arrangement], units: Collection[str], people: People) -> list[str]:
    """Which arrangements reach nobody, because a name is not known.

    Args:
        units: all units of the course.
        people: everybody in the course.

    Returns:
        A sentence for each of them.
    """
    told = []
    for one in found:
        who = f"{one.student} is {one.what} in {one.unit}"
        if one.unit not in units:
            told.append(f"{ARRANGEMENTS_FILE} says that {who}, but there is no such unit.")
        elif people.id_of(one.student) is None:
            told.append(
                f"{ARRANGEMENTS_FILE} says that {who}, but nobody of this name is in roster.csv or "
                "handed in."
            )
    return [clean.line(words) for words in told]


def write_arrangements(course: Course, new: Iterable[Arrangement]) -> None:
    """Puts arrangements into the file, each instead of one of its kind for student and unit.

    The same student may have another name in the file.

    Other lines, and columns of the instructor's own, stay as they are.

    Raises:
        CourseError: if the file that is there cannot be understood, or only on a guess.
    """
    added, people = list(new), people_of(course)
    taken = {_key(one, people) for one in added}
    rows = [
        *_other_rows(course, lambda one: _key(one, people) in taken),
        *map(_row, added),
    ]
    _write(course, rows)


def remove_arrangements(
    course: Course, unit: str, students: Collection[str], what: What
) -> list[str]:
    """Takes arrangements out of the file.

    Args:
        students: any names of theirs.

    Returns:
        Those of these names whose students had one.

    Raises:
        CourseError: if the file cannot be understood, or only on a guess.
    """
    people = people_of(course)
    had = {_key(one, people) for one in read_arrangements(course)}
    keys = {name: _key(Arrangement(name, unit, what), people) for name in students}
    gone = [name for name, key in keys.items() if key in had]
    if gone:
        taken = {keys[name] for name in gone}
        _write(course, _other_rows(course, lambda one: _key(one, people) in taken))
    return gone


def shown(moment: datetime) -> str:
    """A point in time as people read it, in the zone of this computer."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M %Z")


def utc(moment: datetime) -> datetime:
    """A point in time as nbgrader keeps it: in UTC, without its zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _arrangement(row: dict[str, str], where: str, known: Collection[str]) -> Arrangement:
    student, unit = row["student"], row["unit"]
    if not student or not unit:
        raise CourseError(f"{where}: student and unit must be filled in.")
    try:
        what = What(row["what"].lower())
    except ValueError:
        raise CourseError(
            f"{where}: {clean.line(row['what'])!r} is none of {', '.join(What)}."
        ) from None
    if (what is What.EXTENDED) != bool(row["until"]):
        needs = "needs a date" if what is What.EXTENDED else f"must be empty for {what}"
        raise CourseError(f"{where}: the column 'until' {needs}.")
    try:
        until = deadline(row["until"]) if row["until"] else None
    except CourseError as problem:
        raise CourseError(f"{where}: {problem}") from None
    begun = [name for name in known if name == unit] or [n for n in known if n.startswith(unit)]
    return Arrangement(student, begun[0] if len(begun) == 1 else unit, what, until, row["reason"])


def _table(path: Path) -> Table:
    return read_table(path.read_bytes(), lambda names: len(set(FIELDS) & {*map(_plain, names)}))


def _read(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The columns, and the lines that are not empty with their numbers."""
    try:
        table = _table(path)
    except FileNotFoundError:
        return list(FIELDS), []
    # A line that is left out may be somebody's extension.
    if table.broken:
        number, why = table.broken[0]
        raise CourseError(f"{path.name}, line {number}: {why}.")
    names = [_plain(name) for name in table.head]
    if lacking := [name for name in FIELDS[:3] if name not in names]:
        raise CourseError(
            f"{path} has no column {lacking[0]!r}; its first line must be: {','.join(FIELDS)}"
        )
    rows = []
    for row in table.rows:
        values = dict(zip_longest(names, row.cells[: len(names)], fillvalue=""))
        rows.append((row.line, {**dict.fromkeys(FIELDS, ""), **values}))
    return names, rows


def _plain(name: str) -> str:
    return name.strip().lower()


def _other_rows(course: Course, gone: Callable[[Arrangement], bool]) -> list[dict[str, str]]:
    read_arrangements(course)
    known = course.assignments()
    _, rows = _read(arrangements_path(course))
    return [row for _, row in rows if not gone(_arrangement(row, "", known))]


def _key(one: Arrangement, people: People) -> tuple[str, str, What]:
    return people.id_of(one.student) or one.student, one.unit, one.what


def _row(one: Arrangement) -> dict[str, str]:
    until = one.until.isoformat(" ", "seconds") if one.until else ""
    return dict(zip(FIELDS, (one.student, one.unit, one.what, until, one.reason), strict=True))


def _write(course: Course, rows: Iterable[dict[str, str]]) -> None:
    path = arrangements_path(course)
    if guesses := read_on_a_guess(course):
        raise CourseError(f"{' '.join(guesses)} Nothing was written.")
    names, _ = _read(path)
    text = io.StringIO()
    writer = csv.DictWriter(
        text, list(dict.fromkeys([*names, *FIELDS])), restval="", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    replace_file(path, text.getvalue())
