"""Moodle: a file for "Import: CSV file" in its gradebook.

"Grade import" (docs.moodle.org), and `grade/import/csv` of moodle. Any columns with a header line,
as many cells in each line, mapped when importing: "Email address" to the user's e-mail, the last to
its grade item. One user that is not found stops the whole import.

An empty cell takes away a grade that the student already has there, and becomes a 0 where Moodle
makes a new item. So each file holds one unit, and of its students only those who have a grade.
"""

from __future__ import annotations

import re

from autograder.course.folder import Course
from autograder.exports.format import Format
from autograder.exports.shared import graded, known_by, one_file_per_unit, unit_totals
from autograder.exports.spreadsheet import csv_text

MOODLE = ("First name", "Last name", "ID number", "Email address")
# An address that a spreadsheet would run cannot be kept.
ADDRESS = re.compile(r"[^\s=+\-@][^\s@]*@[^\s@]+\Z")


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
    _, totals = unit_totals(course, unit)
    students = known_by(graded(course, totals), "email", "Moodle", ADDRESS)
    return csv_text(
        [*MOODLE, column or unit],
        [[one.first_name, one.last_name, one.id, one.email, totals[one.id]] for one in students],
    )


FORMAT = Format(
    "moodle",
    "a gradebook file per unit",
    one_file_per_unit("moodle", moodle_csv),
    lms=True,
    names_failed=True,
)
