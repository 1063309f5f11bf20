"""Who is missing, not graded, penalised, or still to grade by hand in a unit, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from autograder.course.arrangements import (
    Arrangement,
    What,
    arranged,
    by_any_name,
    read_arrangements,
    shown,
)
from autograder.course.folder import Course
from autograder.course.people import people_of, several_folders, the_same_student
from autograder.course.roster import Roster, read_roster
from autograder.feedback.words import format_points
from autograder.files import clean
from autograder.files.handed_in import why_no_id
from autograder.files.ledger import digest
from autograder.grading.companions import handed_in_files
from autograder.records.audit import last_failures, submission_hash
from autograder.records.due_dates import Dates, dates_of
from autograder.records.gradebook import Submission, UnitGrades, read_unit
from autograder.records.graded_versions import GradedVersions
from autograder.records.said_late import said_late, since_when

AGAIN = "handed in again since it was graded: run course-bp grade {}"
GONE = "{why}; its folder in submitted/ is gone now: put it back, or give points by hand"


class Kind(StrEnum):
    """What there is to know about a student in a unit: what needs somebody first comes first."""

    SEVERAL = "several folders"
    NOT_GRADED = "not graded"
    NOT_YET = "not graded yet"
    UNKNOWN = "not in roster.csv"
    MISSING = "missing"
    PENALISED = "penalised"
    BY_HAND = "to grade by hand"
    LATE = "late, no penalty"
    EXTENDED = "extended"
    EXCUSED = "excused"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Standing:
    """One thing to know.

    Args:
        student: the student's id.
        kind: what it is.
        words: the reason.
    """

    student: str
    kind: Kind
    words: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", clean.line(self.words))


def standings(
    course: Course,
    unit: str,
    failures: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
) -> list[Standing]:
    """Gathers what there is to know about the students of a unit.

    Args:
        unit: the unit's full name.
        failures: student → why the submission could not be graded, as far as it is known already;
            otherwise the audit trail is asked.
        only: only these students, by any of their names; what concerns only others is left out.

    Returns:
        In order of kind and of student.

    Raises:
        CourseError: if there is no gradebook yet, or roster or arrangements cannot be understood.
    """
    found = read_arrangements(course)
    grades, dates = read_unit(course, unit), dates_of(course, unit, found)
    known = {one.student for one in grades.submissions}
    roster, handed_in = read_roster(course), course.students(unit)
    there = {student.id for name in {*known, *handed_in} if (student := roster.find(name))}
    excused = by_any_name(course, found, unit, What.EXCUSED)
    told = [
        *_several(roster, {*known, *handed_in}),
        *_not_graded(course, grades, handed_in, failures),
        *_not_yet(course, unit, handed_in, known, failures or {}),
        *(
            Standing(one.id, Kind.MISSING, _missing(dates, one.id))
            for one in roster.students
            if one.id not in there and one.id not in excused
        ),
        *_unknown(roster, grades, handed_in),
        *_not_handed_in(grades),
        *_late(grades, dates),
        *_said_late(course, grades),
        *_by_hand(grades),
        *_arranged(course, found, unit, dates),
    ]
    if only is not None:
        people = people_of(course, unit)
        wanted = {*only, *filter(None, map(people.id_of, only))}
        told = [one for one in told if {one.student, people.id_of(one.student)} & wanted]
    order = list(Kind)
    return sorted(
        told,
        key=lambda one: (order.index(one.kind), one.student, one.words),
    )


def together(found: Iterable[Standing]) -> list[tuple[str, Kind, str]]:
    """Puts students with the same kind and words into one line.

    Returns:
        (names, kind, words), in the given order.
    """
    names: dict[tuple[Kind, str], list[str]] = {}
    for one in found:
        names.setdefault((one.kind, one.words), []).append(one.student)
    return [(", ".join(those), kind, words) for (kind, words), those in names.items()]


def _several(roster: Roster, names: Collection[str]) -> Iterator[Standing]:
    for folders in several_folders(roster, sorted(names)):
        words = f"{the_same_student(folders)}: keep one in submitted/"
        yield from (Standing(name, Kind.SEVERAL, words) for name in folders)


def _not_graded(
    course: Course,
    grades: UnitGrades,
    handed_in: Collection[str],
    failures: Mapping[str, str] | None,
) -> Iterator[Standing]:
    now, unit = dict(failures or {}), grades.unit
    for student, why in now.items():
        yield Standing(clean.name(student), Kind.NOT_GRADED, why)
    lacking = [(one, "") for one in grades.submissions if one.failed and one.student not in now]
    lacking += [(one, name) for one in grades.submissions for name in one.not_graded]
    last = last_failures(course, unit) if lacking else {}
    for one, notebook in lacking:
        student, entry = one.student, last.get((one.student, notebook))
        if entry is None:
            words = f"{notebook}: " * bool(notebook) + f"run course-bp grade {unit} to see why"
            yield Standing(student, Kind.NOT_GRADED, words)
        elif entry.submission == submission_hash(course, unit, student, notebook):
            yield Standing(student, Kind.NOT_GRADED, entry.why)
        elif student in handed_in:
            yield Standing(student, Kind.NOT_YET, AGAIN.format(unit))
        else:
            yield Standing(student, Kind.NOT_GRADED, GONE.format(why=entry.why))


def _unknown(roster: Roster, grades: UnitGrades, handed_in: Collection[str]) -> Iterator[Standing]:
    graded = {one.student for one in grades.submissions}
    for name in sorted({*graded, *handed_in}):
        if roster.students and not roster.find(name) and not why_no_id(name):
            words = "counted in the class's numbers" if name in graded else "handed in"
            yield Standing(name, Kind.UNKNOWN, f"{words}; no line of roster.csv has this name")


def _not_handed_in(grades: UnitGrades) -> Iterator[Standing]:
    for one in grades.submissions:
        by_hand = {name.partition("/")[0] for name in one.by_hand}
        for notebook in one.missing:
            given = "a person gave points for it" if notebook in by_hand else "it earns nothing"
            yield Standing(one.student, Kind.MISSING, f"did not hand in {notebook}.ipynb; {given}")


def _not_yet(
    course: Course,
    unit: str,
    handed_in: Collection[str],
    known: Collection[str],
    failures: Mapping[str, str],
) -> Iterator[Standing]:
    graded = GradedVersions(course)
    for student in handed_in:
        if clean.name(student) in failures or student in failures:
            continue
        if why := why_no_id(student):
            yield Standing(clean.name(student), Kind.NOT_GRADED, why)
        elif student not in known:
            yield Standing(student, Kind.NOT_YET, f"run course-bp grade {unit}")
        elif then := graded.files(unit, student):
            folder = course.directory("submitted", student, unit)
            if then != digest(handed_in_files(folder)):
                yield Standing(student, Kind.NOT_YET, AGAIN.format(unit))


def _missing(dates: Dates, student: str) -> str:
    due = dates.of(student)
    if due is None:
        return "handed in nothing"
    return f"handed in nothing; due {_shown(due)}"


def _late(grades: UnitGrades, dates: Dates) -> Iterator[Standing]:
    for one in grades.submissions:
        due = dates.of(one.student)
        late = one.timestamp is not None and due is not None and one.timestamp > due
        if one.failed or not (late or one.penalty):
            continue
        how = _how_late(one, due, "extension to" if one.student in dates.extensions else "due date")
        if not one.penalty:
            yield Standing(one.student, Kind.LATE, how)
            continue
        lost, raw, total = map(format_points, (one.penalty, one.raw, one.total))
        words = f"{how}: {raw} − {lost} = {total} of {format_points(grades.points)}"
        yield Standing(one.student, Kind.PENALISED, words)


def _said_late(course: Course, grades: UnitGrades) -> Iterator[Standing]:
    untimed = [one.student for one in grades.submissions if one.timestamp is None]
    for student in said_late(course, grades.unit, untimed):
        yield Standing(student, Kind.LATE, since_when("it"))


def _how_late(one: Submission, due: datetime | None, what: str) -> str:
    if one.timestamp is None or due is None:
        return "a penalty is recorded"
    if one.timestamp <= due:
        return f"in time for the {what} {_shown(due)}, but a penalty is recorded from before"
    return f"{duration(one.timestamp - due)} after the {what} {_shown(due)}"


def _by_hand(grades: UnitGrades) -> Iterator[Standing]:
    for one in grades.submissions:
        told = tuple(f"{notebook}/" for notebook in one.not_graded)
        waiting = [name for name in one.waiting if not name.startswith(told)]
        if waiting and not one.failed:
            yield Standing(one.student, Kind.BY_HAND, ", ".join(waiting))


def _arranged(
    course: Course, found: Collection[Arrangement], unit: str, dates: Dates
) -> Iterator[Standing]:
    for one in arranged(found, unit, What.EXCUSED).values():
        yield Standing(one.student, Kind.EXCUSED, "need not hand in" + _reason(one))
    for one in arranged(found, unit, What.DROPPED).values():
        words = "does not count in the course total" + _reason(one)
        yield Standing(one.student, Kind.DROPPED, words)
    extended = arranged(found, unit, What.EXTENDED)
    for one in extended.values():
        assert one.until is not None
        words = f"to {shown(one.until)}" + _reason(one)
        if dates.due is None:
            words += "; but the unit has no due date"
        elif one.until <= dates.due.replace(tzinfo=UTC):
            words += f"; but that is not after the due date {_shown(dates.due)}"
        yield Standing(one.student, Kind.EXTENDED, words)
    ours = by_any_name(course, found, unit, What.EXTENDED)
    for student in sorted(set(dates.extensions) - set(ours)):
        if until := dates.of(student):
            words = f"to {_shown(until)}, granted through nbgrader"
            yield Standing(student, Kind.EXTENDED, words)


def _reason(one: Arrangement) -> str:
    return f" ({one.reason})" if one.reason else ""


def duration(time: timedelta) -> str:
    """A length of time in its two largest units, such as "1 day 3 hours"."""
    minutes = int(time.total_seconds() // 60)
    if not minutes:
        return "less than a minute"
    parts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    words = [f"{count} {name}{'s' * (count != 1)}" for count, name in parts if count]
    return " ".join(words[:2])


def _shown(moment: datetime) -> str:
    return shown(moment.replace(tzinfo=UTC))
