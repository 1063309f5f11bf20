"""What several formats need: who is in a class, who has a grade, and totals that are nbgrader's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.course.arrangements import What, by_any_name, read_arrangements
from autograder.course.folder import Course, CourseError
from autograder.course.people import by_student, in_several_folders, the_same_student
from autograder.course.roster import Roster, Student, read_roster, require_roster
from autograder.exports.format import Choices
from autograder.exports.spreadsheet import spreadsheet_file
from autograder.records.gradebook import Submission, UnitGrades, read_submissions, read_unit
from autograder.records.totals import require_nbgraders_totals

MOST_NAMED = 5


def one_file_per_unit(
    name: str, write: Callable[[Course, str, Choices], str]
) -> Callable[[Course, Sequence[str], Choices], dict[str, bytes]]:
    """The files of a format that has one file for each unit.

    Args:
        name: the format's name, with which the files' names begin.
        write: course, unit and what the caller chose → the file's text.
    """

    def files(course: Course, units: Sequence[str], choices: Choices) -> dict[str, bytes]:
        return {
            f"{name}-{unit}.csv": spreadsheet_file(write(course, unit, choices)) for unit in units
        }

    return files


def excused(course: Course, unit: str) -> list[str]:
    """The students who need not hand in a unit, and have no score there whatever they did.

    Returns:
        Their ids in the roster, and their names in arrangements.csv and in the gradebook.
    """
    return list(by_any_name(course, read_arrangements(course), unit, What.EXCUSED))


def without_grade(course: Course, unit: str) -> list[str]:
    """The students whose submission has no grade to export."""
    left_out = excused(course, unit)
    return [
        one.student
        for one in read_submissions(course, unit)
        if one.failed and one.student not in left_out
    ]


def to_grade_by_hand(course: Course, unit: str) -> dict[str, int]:
    """Whose graded submission has cells that a person must grade, and how many."""
    left_out = excused(course, unit)
    return {
        one.student: len(one.waiting)
        for one in read_submissions(course, unit)
        if one.waiting and not one.failed and one.student not in left_out
    }


def not_in_roster(course: Course, unit: str) -> list[str]:
    """Who has a grade that no LMS's file can hold."""
    roster = read_roster(course)
    return [name for name in unit_totals(course, unit)[1] if not roster.find(name)]


@dataclass(frozen=True)
class Addressed:
    """Whose grades an LMS's file holds.

    Args:
        lines: each student that the LMS can find, with the total.
        left_out: why others are left out → their ids.
    """

    lines: tuple[tuple[Student, float | str], ...]
    left_out: Mapping[str, tuple[str, ...]]


def left_out_of(found: Mapping[str, Addressed]) -> list[str]:
    """Who is left out, one sentence per reason. Units with the same reason and people share it.

    Args:
        found: unit → whose grades its file holds.
    """
    units: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for unit, one in found.items():
        for reason in one.left_out.items():
            units.setdefault(reason, []).append(unit)
    return [
        f"{', '.join(names)} ({', '.join(those)}) {'is' if len(names) == 1 else 'are'} left out: "
        f"{why}."
        for (why, names), those in units.items()
    ]


def addressed(
    course: Course,
    unit: str,
    system: str,
    address: Address,
    roster: Roster | None = None,
    besides: Mapping[str, str] | None = None,
    lacking: str = "",
) -> Addressed:
    """The grades of a unit by what an LMS knows the students by.

    Args:
        system: the LMS's name.
        address: what it knows them by.
        roster: the class (default: roster.csv).
        besides: student → what stands instead of a total, for those who have none.
        lacking: what to say of a student without an address.

    Returns:
        The students of the roster who have a total and an address of their own, in its order.

    Raises:
        CourseError: if there is no roster, or nobody in it has an address.
        TotalsDiffer: if a total is not nbgrader's own.
    """
    roster = roster or require_roster(course)
    _, graded = unit_totals(course, unit)
    totals: dict[str, float | str] = {**graded}
    totals |= {one.id: besides[one.id] for one in roster.students if besides and one.id in besides}
    known = {student.id: address.of(student) for student in roster.students}
    # Neither system tells addresses apart by their case.
    shared = Counter(value.casefold() for value in known.values())
    folders = by_student(roster, totals)
    lines: list[tuple[Student, float | str]] = []
    left_out: dict[str, list[str]] = {}
    for student in roster.students:
        names = folders.get(student.id, [])
        if not names:
            continue
        value = known[student.id]
        if not value:
            why = lacking or f"roster.csv has no {address.name} for them"
        elif not address.form.match(value):
            why = f"{_shown(value, address)} is not {address.name} as {system} writes it"
        elif shared[value.casefold()] > 1:
            why = f"roster.csv gives {_shown(value, address)} to more than one student"
        else:
            lines.append((student, totals[names[0]]))
            continue
        left_out.setdefault(why, []).append(student.id)
    if left_out and not any(map(address.form.match, known.values())):
        raise CourseError(
            f"{system} knows students by {address.name}, which roster.csv does not have for: "
            + some(name for names in left_out.values() for name in names)
        )
    return Addressed(tuple(lines), {why: tuple(names) for why, names in left_out.items()})


@dataclass(frozen=True)
class Address:
    """What an LMS knows a student by.

    Args:
        name: what it is called.
        of: its value for a student, or "".
        form: what the LMS can read.
        prefix: what some values have in front, to tell them from others; it is not shown.
    """

    name: str
    of: Callable[[Student], str]
    form: re.Pattern[str]
    prefix: str = ""


def _shown(value: str, address: Address) -> str:
    return repr(value.removeprefix(address.prefix))


def some(names: Iterable[str]) -> str:
    """A few names for a message."""
    listed = list(names)
    return ", ".join(listed[:MOST_NAMED]) + (" …" if listed[MOST_NAMED:] else "")


def read_to_export(course: Course, unit: str) -> UnitGrades:
    """A unit's grades, in which every student has one submission.

    Raises:
        CourseError: if a student has several folders in the unit, because nobody can tell which
            grade counts.
    """
    if several := in_several_folders(course, unit):
        said = "; ".join(map(the_same_student, several))
        raise CourseError(
            f"in {unit}, {said}, so nobody can tell which grade counts. Keep one in submitted/ for "
            "each student, and repeat the command. Nothing was written."
        )
    return read_unit(course, unit)


def by_id(course: Course, grades: UnitGrades) -> dict[str, Submission]:
    """A unit's submissions by the student's id in the roster, or by the folder's name."""
    roster = read_roster(course)
    known = {one.student: roster.find(one.student) for one in grades.submissions}
    return {
        student.id if (student := known[one.student]) else one.student: one
        for one in grades.submissions
    }


def unit_totals(course: Course, unit: str) -> tuple[UnitGrades, dict[str, float]]:
    """A unit's grades, and the totals of those who could be graded and are not excused."""
    grades, left_out = read_to_export(course, unit), excused(course, unit)
    totals = {one.student: one.total for one in grades.submissions if not one.failed}
    require_nbgraders_totals(course, unit, totals, grades.failed)
    return grades, {name: total for name, total in totals.items() if name not in left_out}


def everybody(course: Course, found: Iterable[Mapping[str, Submission]]) -> list[Student]:
    """The roster, followed by anybody who handed in but is not in it.

    Args:
        found: the submissions of each unit, as `by_id` gives them.
    """
    roster = read_roster(course).students
    handed_in = {name for one in found for name in one}
    unknown = handed_in - {student.id for student in roster}
    return [*roster, *map(Student, sorted(unknown))]
