"""The gradebook as CSV: nbgrader's columns, one column an exercise, Canvas, Moodle.

Points, scores and totals are those of nbgrader's gradebook, also of cells that are no exercise of
ours and of assignments that this package has never heard of.

Fields and where they are documented:

- nbgrader: the columns of its own `CsvExportPlugin` (nbgrader documentation, "Exporting grades"),
  a line for each assignment and student; who handed in nothing has 0 there.
- Canvas: "How do I import grades in the Gradebook?" (Instructure community guides), and what the
  importer of canvas-lms does with a file (`lib/gradebook_importer.rb` and the page after it). The
  first line is `Student,ID,SIS User ID,SIS Login ID,Section` and then an assignment; the row
  "    Points Possible" follows, then a line a student. An assignment that Canvas exported itself
  ends in its number, "Unit (123)"; another name makes a new one. A student is found by the digits
  that ID begins with, else by login, else by name. Names of its own totals are no assignments.
- Moodle: "Grade import" (docs.moodle.org), and `grade/import/csv` of moodle. Any columns with a
  header line, as many cells in each line, mapped when importing: "Email address" to the user's
  e-mail, the last to its grade item. One user that is not found stops the whole import.

In both an empty cell is a value: it takes away a grade that the student already has there, and
becomes a 0 where Moodle makes a new item. So each file holds one unit, and of its students only
those who have a grade.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.course.roster import Student, read_roster, require_roster
from autograder.exports.spreadsheet import Cell, csv_text
from autograder.records.gradebook import (
    Submission,
    UnitGrades,
    counted_score,
    read_submissions,
    read_unit,
)
from autograder.records.totals import require_nbgraders_totals

NBGRADER = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE = ("First name", "Last name", "ID number", "Email address")
POINTS_POSSIBLE = "    Points Possible"
# Canvas leaves out every column whose name holds one of these.
CANVAS_TOTALS = (
    "Current Score", "Current Points", "Current Grade",
    "Final Score", "Final Points", "Final Grade",
    "Override Score", "Override Grade", "Override Status",
)  # fmt: skip
# Canvas takes "12a" for 12, somebody else; an address that a spreadsheet would run cannot be kept.
NUMBER = re.compile(r"[0-9]+\Z")
ADDRESS = re.compile(r"[^\s=+\-@][^\s@]*@[^\s@]+\Z")


def nbgrader_csv(course: Course, units: Sequence[str]) -> str:
    """The columns of nbgrader's own export, quoted: assignment × student.

    Args:
        course: the course.
        units: full names of units.

    Returns:
        CSV.

    Raises:
        TotalsDiffer: if a score is not nbgrader's own.
    """
    due = _due_dates(course)
    rows: list[list[Cell]] = []
    for unit in units:
        grades = read_unit(course, unit)
        found = _by_student(grades)
        require_nbgraders_totals(course, unit, {id: one.total for id, one in found.items()})
        for student in _everybody(course, [grades]):
            one = found.get(student.id) or Submission(student.id)
            rows.append(
                [
                    unit,
                    _moment(due.get(unit)),
                    _moment(one.timestamp),
                    student.id,
                    student.last_name,
                    student.first_name,
                    student.email,
                    one.raw,
                    one.penalty,
                    one.total,
                    grades.points,
                ]
            )
    return csv_text(NBGRADER, rows)


def exercises_csv(course: Course, units: Sequence[str]) -> str:
    """One line a student, one column for each cell with points, and the sums.

    An empty cell means that nothing was handed in, or that there is no score yet.

    Args:
        course: the course.
        units: full names of units.

    Returns:
        CSV; the second line holds the points. A column has the exercise's id, or nbgrader's id of a
        cell that checks none; where two units would have the same, the unit's name is in front.

    Raises:
        TotalsDiffer: if the cells of a line do not add up to nbgrader's own score.
    """
    read = [read_unit(course, unit) for unit in units]
    names = Counter(cell.name for grades in read for cell in grades.cells)
    head = ["student", "last_name", "first_name"]
    points: list[Cell] = ["points", "", ""]
    for grades in read:
        for cell in grades.cells:
            head.append(cell.name if names[cell.name] == 1 else f"{grades.unit}/{cell.name}")
            points.append(cell.points)
    for grades in read:
        head += [f"{grades.unit} penalty", f"{grades.unit} total"]
        points += [None, grades.points]
    rows: list[list[Cell]] = [points]
    found = [_by_student(grades) for grades in read]
    sums: dict[str, dict[str, float]] = {unit: {} for unit in units}
    for student in _everybody(course, read):
        row: list[Cell] = [student.id, student.last_name, student.first_name]
        totals: list[Cell] = []
        for grades, there in zip(read, found, strict=True):
            one = there.get(student.id)
            cells = [_score(one, cell.name) for cell in grades.cells]
            row += cells
            if one is None or one.failed:
                totals += [None, None]
                continue
            total = counted_score(sum(cell or 0.0 for cell in cells), one.penalty)
            sums[grades.unit][student.id] = total
            totals += [one.penalty, total]
        rows.append(row + totals)
    for unit, summed in sums.items():
        require_nbgraders_totals(course, unit, summed)
    return csv_text(head, rows)


def canvas_csv(course: Course, unit: str, column: str = "") -> str:
    """A file for Canvas's "Import" in the Gradebook.

    Args:
        course: the course, with a roster whose lms_user_id is the number of the student in Canvas.
        unit: the unit's full name.
        column: the name of its assignment in Canvas, where it is not the unit's.

    Returns:
        CSV, with a line for each student of the roster who has a grade.

    Raises:
        CourseError: if there is no roster, somebody has no lms_user_id of their own, or Canvas
            would not read the column as an assignment.
        TotalsDiffer: if a total is not nbgrader's own.
    """
    name = column or unit
    if name in CANVAS or any(own in name for own in CANVAS_TOTALS):
        raise CourseError(f"Canvas would not read {name!r} as an assignment: name it otherwise.")
    grades, totals = _totals(course, unit)
    students = _known_by(_graded(course, totals), "lms_user_id", "Canvas", NUMBER)
    rows: list[list[Cell]] = [[POINTS_POSSIBLE, "", "", "", "", grades.points]]
    rows += [
        [one.sortable_name, one.lms_user_id, "", one.id, "", totals[one.id]] for one in students
    ]
    return csv_text([*CANVAS, name], rows)


def moodle_csv(course: Course, unit: str, column: str = "") -> str:
    """A file for Moodle's "Import: CSV file" in the gradebook.

    Args:
        course: the course, with a roster that has e-mail addresses.
        unit: the unit's full name.
        column: the name of its grade item in Moodle, where it is not the unit's.

    Returns:
        CSV, with a line for each student of the roster who has a grade. It has no feedback column,
        because importing feedback overwrites grades ("Grade import", note 3).

    Raises:
        CourseError: if there is no roster, or somebody has no e-mail address of their own.
        TotalsDiffer: if a total is not nbgrader's own.
    """
    _, totals = _totals(course, unit)
    students = _known_by(_graded(course, totals), "email", "Moodle", ADDRESS)
    return csv_text(
        [*MOODLE, column or unit],
        [[one.first_name, one.last_name, one.id, one.email, totals[one.id]] for one in students],
    )


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
    return [f"{student}/{unit}" for student in _totals(course, unit)[1] if student not in known]


def _graded(course: Course, totals: Mapping[str, float]) -> list[Student]:
    return [student for student in require_roster(course) if student.id in totals]


def _known_by(
    students: list[Student], field: str, system: str, form: re.Pattern[str]
) -> list[Student]:
    """The students, if the system can tell every one of them from the others."""
    values = {student.id: str(getattr(student, field)) for student in students}
    shared = Counter(values.values())
    for fault, those in (
        ("lacks for", [id for id, value in values.items() if not value]),
        ("has in no form that it reads for", [id for id in values if not form.match(values[id])]),
        ("gives to more than one of", [id for id in values if shared[values[id]] > 1]),
    ):
        if those:
            names = ", ".join(those[:5]) + (" …" if those[5:] else "")
            raise CourseError(
                f"{system} knows students by {field}, which roster.csv {fault}: {names}"
            )
    return students


def _by_student(grades: UnitGrades) -> dict[str, Submission]:
    return {one.student: one for one in grades.submissions}


def _totals(course: Course, unit: str) -> tuple[UnitGrades, dict[str, float]]:
    """A unit's grades, and the totals of those who could be graded."""
    grades = read_unit(course, unit)
    totals = {one.student: one.total for one in grades.submissions if not one.failed}
    require_nbgraders_totals(course, unit, totals)
    return grades, totals


def _score(one: Submission | None, name: str) -> float | None:
    return one.scores.get(name) if one and name not in one.waiting else None


def _everybody(course: Course, units: Iterable[UnitGrades]) -> list[Student]:
    """The roster, and after it whoever handed in without being there."""
    roster = {student.id: student for student in read_roster(course)}
    handed_in = {one.student for grades in units for one in grades.submissions}
    return [*roster.values(), *map(Student, sorted(handed_in - set(roster)))]


def _due_dates(course: Course) -> dict[str, Any]:
    with course.gradebook() as gradebook:
        return {one.name: one.duedate for one in gradebook.assignments}


def _moment(when: datetime | None) -> str:
    return str(when) if when else ""
