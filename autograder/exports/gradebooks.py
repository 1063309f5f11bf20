"""The gradebook as CSV: nbgrader's columns, one column an exercise, Canvas, Moodle.

Fields and where they are documented:

- nbgrader: the columns of its own `CsvExportPlugin` (nbgrader documentation, "Exporting grades"),
  a line for each assignment and student; who handed in nothing has 0 there.
- Canvas: "How do I import grades in the Gradebook?" (Instructure community guides). First line
  `Student,ID,SIS User ID,SIS Login ID,Section` and one column an assignment, then the row
  "    Points Possible", then a line a student. An assignment column that Canvas exported itself
  ends in its number, "Unit (123)"; another name makes a new assignment. An empty cell changes
  nothing.
- Moodle: "Grade import" (docs.moodle.org). Any columns with a header line, mapped when importing:
  "Email address" to the user's e-mail or "ID number" to the ID number, and one column a grade item.
  An empty cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from autograder.course import Course, CourseError
from autograder.exercises import of_unit
from autograder.exports.spreadsheet import Cell, csv_text
from autograder.gradebook import Submission, read_submissions
from autograder.roster import Student, read_roster, require_roster

NBGRADER = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE = ("First name", "Last name", "ID number", "Email address")
POINTS_POSSIBLE = "    Points Possible"


def nbgrader_csv(course: Course, units: Sequence[str]) -> str:
    """The columns of nbgrader's own export, quoted: assignment × student.

    Args:
        course: the course.
        units: full names of units.

    Returns:
        CSV.
    """
    due = _due_dates(course)
    rows: list[list[Cell]] = []
    for unit in units:
        found = _submissions(course, unit)
        for student in _everybody(course, {unit: found}):
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
                    _points(unit),
                ]
            )
    return csv_text(NBGRADER, rows)


def exercises_csv(course: Course, units: Sequence[str]) -> str:
    """One line a student, one column an exercise, and the sums: student × exercise.

    An empty cell means that nothing was handed in, or that it could not be graded.

    Args:
        course: the course.
        units: full names of units.

    Returns:
        CSV; the second line holds the points.
    """
    found = {unit: _submissions(course, unit) for unit in units}
    exercises = [exercise for unit in units for exercise in of_unit(unit)]
    head = ["student", "last_name", "first_name", *(e.id for e in exercises)]
    head += [name for unit in units for name in (f"{unit} penalty", f"{unit} total")]
    points: list[Cell] = ["points", "", "", *(exercise.points for exercise in exercises)]
    points += [value for unit in units for value in (None, _points(unit))]
    rows: list[list[Cell]] = [points]
    for student in _everybody(course, found):
        row: list[Cell] = [student.id, student.last_name, student.first_name]
        for exercise in exercises:
            one = found[exercise.unit].get(student.id)
            known = one and exercise.id in one.scores and exercise.id not in one.ungraded
            row.append(one.scores[exercise.id] if one and known else None)
        for unit in units:
            one = found[unit].get(student.id)
            row += [one.penalty, one.total] if one and not one.failed else [None, None]
        rows.append(row)
    return csv_text(head, rows)


def canvas_csv(course: Course, units: Sequence[str], columns: Mapping[str, str]) -> str:
    """A file for Canvas's "Import" in the Gradebook.

    Args:
        course: the course, with a roster whose lms_user_id is the number of the student in Canvas.
        units: full names of units.
        columns: unit → name of its assignment in Canvas, where it is not the unit's.

    Returns:
        CSV. Who handed in nothing, or could not be graded, has an empty cell.

    Raises:
        CourseError: if there is no roster, or somebody has no lms_user_id.
    """
    students = _roster_of(course, "lms_user_id", "Canvas")
    totals = [_totals(course, unit) for unit in units]
    head = [*CANVAS, *(columns.get(unit, unit) for unit in units)]
    rows: list[list[Cell]] = [[POINTS_POSSIBLE, "", "", "", "", *map(_points, units)]]
    rows += [
        [one.sortable_name, one.lms_user_id, "", one.id, "", *(t.get(one.id) for t in totals)]
        for one in students
    ]
    return csv_text(head, rows)


def moodle_csv(course: Course, units: Sequence[str], columns: Mapping[str, str]) -> str:
    """A file for Moodle's "Import: CSV file" in the gradebook.

    Args:
        course: the course, with a roster that has e-mail addresses.
        units: full names of units.
        columns: unit → name of its grade item in Moodle, where it is not the unit's.

    Returns:
        CSV. Who handed in nothing, or could not be graded, has an empty cell. It has no feedback
        columns, because importing feedback overwrites grades ("Grade import", note 3).

    Raises:
        CourseError: if there is no roster, or somebody has no e-mail address.
    """
    students = _roster_of(course, "email", "Moodle")
    totals = [_totals(course, unit) for unit in units]
    head = [*MOODLE, *(columns.get(unit, unit) for unit in units)]
    return csv_text(
        head,
        [
            [one.first_name, one.last_name, one.id, one.email, *(t.get(one.id) for t in totals)]
            for one in students
        ],
    )


def left_blank(course: Course, units: Sequence[str]) -> list[str]:
    """Submissions that have no grade to export, as "student/unit"."""
    return [
        f"{one.student}/{unit}"
        for unit in units
        for one in read_submissions(course, unit)
        if one.failed
    ]


def _roster_of(course: Course, field: str, system: str) -> list[Student]:
    students = require_roster(course)
    if lacking := [student.id for student in students if not getattr(student, field)]:
        names = ", ".join(lacking[:5]) + (" …" if lacking[5:] else "")
        raise CourseError(
            f"{system} knows students by {field}, which roster.csv lacks for: {names}"
        )
    return students


def _submissions(course: Course, unit: str) -> dict[str, Submission]:
    return {one.student: one for one in read_submissions(course, unit)}


def _totals(course: Course, unit: str) -> dict[str, float]:
    return {one.student: one.total for one in read_submissions(course, unit) if not one.failed}


def _everybody(course: Course, found: Mapping[str, Mapping[str, Submission]]) -> list[Student]:
    """The roster, and after it whoever handed in without being there."""
    roster = {student.id: student for student in read_roster(course)}
    others = sorted({id for there in found.values() for id in there} - set(roster))
    return [*roster.values(), *map(Student, others)]


def _due_dates(course: Course) -> dict[str, Any]:
    with course.gradebook() as gradebook:
        return {one.name: one.duedate for one in gradebook.assignments}


def _moment(when: datetime | None) -> str:
    return str(when) if when else ""


def _points(unit: str) -> float:
    return round(sum(exercise.points for exercise in of_unit(unit)), 6)
