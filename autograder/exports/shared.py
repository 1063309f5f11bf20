"""What several formats need: who is in a class, who has a grade, and totals that are nbgrader's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from autograder.course.folder import Course, CourseError
from autograder.course.roster import Student, read_roster, require_roster
from autograder.exports.format import Choices
from autograder.records.gradebook import Submission, UnitGrades, read_submissions, read_unit
from autograder.records.totals import require_nbgraders_totals


def one_file_per_unit(
    name: str, write: Callable[[Course, str, str], str]
) -> Callable[[Course, Sequence[str], Choices], dict[str, bytes]]:
    """The files of a format that has one file for each unit.

    Args:
        name: the format's name, with which the files' names begin.
        write: course, unit and the column's name in the other system, or "" → the file's text.
    """

    def files(course: Course, units: Sequence[str], choices: Choices) -> dict[str, bytes]:
        return {
            f"{name}-{unit}.csv": write(course, unit, choices.columns.get(unit, "")).encode()
            for unit in units
        }

    return files


def without_grade(course: Course, unit: str) -> list[str]:
    """Submissions that have no grade to export, as "student/unit"."""
    return [f"{one.student}/{unit}" for one in read_submissions(course, unit) if one.failed]


def to_grade_by_hand(course: Course, unit: str) -> list[str]:
    """Graded submissions with cells that a person must grade, as "student/unit (how many)"."""
    return [
        f"{one.student}/{unit} ({len(one.waiting)})"
        for one in read_submissions(course, unit)
        if one.waiting and not one.failed
    ]


def not_in_roster(course: Course, unit: str) -> list[str]:
    """Who has a grade that no LMS's file can hold, as "student/unit"."""
    known = {student.id for student in read_roster(course)}
    return [f"{student}/{unit}" for student in unit_totals(course, unit)[1] if student not in known]


def graded(course: Course, totals: Mapping[str, float]) -> list[Student]:
    """The students of the roster who have a total."""
    return [student for student in require_roster(course) if student.id in totals]


def known_by(
    students: list[Student], field: str, system: str, form: re.Pattern[str]
) -> list[Student]:
    """The students, if the system can tell every one of them from the others."""
    values = {student.id: str(getattr(student, field)) for student in students}
    shared = Counter(values.values())
    for fault, those in (
        ("does not have for", [id for id, value in values.items() if not value]),
        (
            "has in the wrong form for",
            [id for id in values if not form.match(values[id])],
        ),
        ("gives to more than one of", [id for id in values if shared[values[id]] > 1]),
    ):
        if those:
            names = ", ".join(those[:5]) + (" …" if those[5:] else "")
            raise CourseError(
                f"{system} knows students by {field}, which roster.csv {fault}: {names}"
            )
    return students


def by_student(grades: UnitGrades) -> dict[str, Submission]:
    """A unit's submissions by student."""
    return {one.student: one for one in grades.submissions}


def unit_totals(course: Course, unit: str) -> tuple[UnitGrades, dict[str, float]]:
    """A unit's grades, and the totals of those who could be graded."""
    grades = read_unit(course, unit)
    totals = {one.student: one.total for one in grades.submissions if not one.failed}
    require_nbgraders_totals(course, unit, totals)
    return grades, totals


def everybody(course: Course, units: Iterable[UnitGrades]) -> list[Student]:
    """The roster, followed by anybody who handed in but is not in it."""
    roster = {student.id: student for student in read_roster(course)}
    handed_in = {one.student for grades in units for one in grades.submissions}
    return [*roster.values(), *map(Student, sorted(handed_in - set(roster)))]
