"""Moodle: a file for "Import: CSV file" in its gradebook.

"Grade import" (docs.moodle.org), and `grade/import/csv` of moodle. Any columns with a header line,
as many cells in each line, mapped when importing: "Email address" to the user's e-mail, the last to
its grade item. One user that is not found stops the whole import.

An empty cell takes away a grade that the student already has there, and becomes a 0 where Moodle
makes a new item. So each file holds one unit, and of its students only those who have a grade.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.course.folder import Course
from autograder.exports.format import Choices, Format
from autograder.exports.shared import Address, addressed, left_out_of, one_file_per_unit
from autograder.exports.spreadsheet import csv_text

MOODLE = ("First name", "Last name", "ID number", "Email address")
# An address that a spreadsheet would run cannot be kept.
ADDRESS = Address(
    "email", lambda student: student.email, re.compile(r"[^\s=+\-@][^\s@]*@[^\s@]+\Z")
)


def moodle_csv(course: Course, unit: str, choices: Choices | None = None) -> str:
    """A file for Moodle's "Import: CSV file" in the gradebook.

    Args:
        course: the course, with a roster that has e-mail addresses.
        unit: the unit's full name.
        choices: the name of its grade item in Moodle, where it is not the unit's.

    Returns:
        CSV, with a line for each student of the roster who has a grade and an address. It has no
        feedback column, because importing feedback overwrites grades ("Grade import", note 3).

    Raises:
        CourseError: if there is no roster, or nobody in it has an e-mail address.
        TotalsDiffer: if a total is not nbgrader's own.
    """
    name = (choices or Choices()).columns.get(unit) or unit
    return csv_text(
        [*MOODLE, name],
        [
            [one.first_name, one.last_name, one.sis_user_id or one.id, one.email, total]
            for one, total in addressed(course, unit, "Moodle", ADDRESS).lines
        ],
    )


def _notes(course: Course, units: Sequence[str], choices: Choices) -> list[str]:
    return left_out_of({unit: addressed(course, unit, "Moodle", ADDRESS) for unit in units})


FORMAT = Format(
    "moodle",
    "a gradebook file per unit",
    one_file_per_unit("moodle", moodle_csv),
    lms=True,
    failed="left out",
    notes=_notes,
    excused="left out; exclude their grade in Moodle's grader report",
)
