"""The columns of nbgrader's own export, quoted.

Those of its `CsvExportPlugin` (nbgrader documentation, "Exporting grades"): a line for each
assignment and student; who handed in nothing has 0 there, and who is excused has nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from autograder.course.folder import Course
from autograder.exports.format import Format
from autograder.exports.shared import by_id, everybody, excused, read_to_export
from autograder.exports.spreadsheet import Cell, csv_text, spreadsheet_file
from autograder.records.gradebook import Submission
from autograder.records.totals import require_nbgraders_totals

NBGRADER = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip


def nbgrader_csv(course: Course, units: Sequence[str]) -> str:
    """The columns of nbgrader's own export, quoted: assignment × student.

    Args:
        units: full names of units.

    Returns:
        CSV.

    Raises:
        CourseError: if a student has several folders in a unit.
        TotalsDiffer: if a score is not nbgrader's own.
    """
    due = _due_dates(course)
    rows: list[list[Cell]] = []
    for unit in units:
        grades = read_to_export(course, unit)
        found, left_out = by_id(course, grades), excused(course, unit)
        require_nbgraders_totals(course, unit, {o.student: o.total for o in found.values()}, ())
        for student in everybody(course, [found]):
            one = found.get(student.id) or Submission(student.id)
            scores: list[Cell] = [one.raw, one.penalty, one.total]
            if student.id in left_out:
                scores = [None] * len(scores)
            rows.append(
                [
                    unit,
                    _moment(due.get(unit)),
                    _moment(one.timestamp),
                    one.student,
                    student.last_name,
                    student.first_name,
                    student.email,
                    *scores,
                    grades.points,
                ]
            )
    return csv_text(NBGRADER, rows)


def _due_dates(course: Course) -> dict[str, Any]:
    with course.gradebook() as gradebook:
        return {one.name: one.duedate for one in gradebook.assignments}


def _moment(when: datetime | None) -> str:
    return str(when) if when else ""


FORMAT = Format(
    "nbgrader",
    "nbgrader's own columns",
    lambda course, units, choices: {"grades.csv": spreadsheet_file(nbgrader_csv(course, units))},
    failed="given 0, as nbgrader does",
)
