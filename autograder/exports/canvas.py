"""Canvas: a file for "Import" in its Gradebook.

"How do I import grades in the Gradebook?" (Instructure community guides), and what the importer of
canvas-lms does with a file (`lib/gradebook_importer.rb` and the page after it). The first line is
`Student,ID,SIS User ID,SIS Login ID,Section` and then an assignment; the row "    Points Possible"
follows, then a line per student. An assignment that Canvas exported itself ends in its number,
"Unit (123)"; another name makes a new one. A student is found by the digits that ID begins with,
otherwise by login, otherwise by name. Names of its own totals are not assignments.

An empty cell takes away a grade that the student already has there. So each file holds one unit,
and of its students only those who have a grade.
"""

from __future__ import annotations

import re

from autograder.course.folder import Course, CourseError
from autograder.exports.format import Format
from autograder.exports.shared import graded, known_by, one_file_per_unit, unit_totals
from autograder.exports.spreadsheet import Cell, csv_text

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_POSSIBLE = "    Points Possible"
# Canvas leaves out every column whose name holds one of these.
CANVAS_TOTALS = (
    "Current Score", "Current Points", "Current Grade",
    "Final Score", "Final Points", "Final Grade",
    "Override Score", "Override Grade", "Override Status",
)  # fmt: skip
# Canvas takes "12a" for 12, somebody else.
NUMBER = re.compile(r"[0-9]+\Z")


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
        raise CourseError(
            f"Canvas would not read {name!r} as an assignment: give it a different name."
        )
    grades, totals = unit_totals(course, unit)
    students = known_by(graded(course, totals), "lms_user_id", "Canvas", NUMBER)
    rows: list[list[Cell]] = [[POINTS_POSSIBLE, "", "", "", "", grades.points]]
    rows += [
        [one.sortable_name, one.lms_user_id, "", one.id, "", totals[one.id]] for one in students
    ]
    return csv_text([*CANVAS, name], rows)


FORMAT = Format(
    "canvas",
    "a gradebook file per unit",
    one_file_per_unit("canvas", canvas_csv),
    lms=True,
    names_failed=True,
)
