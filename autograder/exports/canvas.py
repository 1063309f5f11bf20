"""Canvas: a file for "Import" in its Gradebook.

"How do I import grades in the Gradebook?" (Instructure community guides), and what the importer of
canvas-lms does with a file (`lib/gradebook_importer.rb` and the page after it). The first line is
`Student,ID,SIS User ID,SIS Login ID,Section` and then an assignment; the row "    Points Possible"
follows, then a line per student. An assignment that Canvas exported itself ends in its number,
"Unit (123)"; another name makes a new one. A student is found by the digits that ID begins with,
otherwise by login, otherwise by name. Names of its own totals are not assignments.

An empty cell takes away a grade that the student already has there. So each file holds one unit,
and of its students only those who have a grade, or are excused: in Canvas, that is the grade "EX".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from autograder.course.folder import Course, CourseError
from autograder.course.roster import Roster, Student, require_roster
from autograder.exports.canvas_gradebook import (
    CanvasAssignment,
    assignment_of,
    canvas_assignments,
    canvas_class,
    notes_on,
    titled,
)
from autograder.exports.format import Choices, Format
from autograder.exports.shared import (
    Address,
    Addressed,
    addressed,
    excused,
    left_out_of,
    one_file_per_unit,
    unit_totals,
)
from autograder.exports.spreadsheet import Cell, csv_text

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
EXCUSED = "EX"
POINTS_POSSIBLE = "    Points Possible"
# Canvas leaves out every column whose name holds one of these.
CANVAS_TOTALS = (
    "Current Score", "Current Points", "Current Grade",
    "Final Score", "Final Points", "Final Grade",
    "Override Score", "Override Grade", "Override Status",
)  # fmt: skip
# Canvas takes "12a" for 12, somebody else. Without a number it goes by the university's own.
BY_UNIVERSITY = "SIS "
WITHOUT_NUMBERS = (
    "{unit}: roster.csv has no lms_user_id, Canvas's number of a student, so the column ID is "
    "empty, and Canvas goes by the SIS User ID or login of roster.csv. If that is another "
    "system's, give Canvas's own gradebook with --gradebook."
)
FORM = re.compile(rf"([0-9]+|{BY_UNIVERSITY}.+)\Z")


def _known_by(student: Student) -> str:
    own = student.sis_user_id or student.login
    return student.lms_user_id or (own and f"{BY_UNIVERSITY}{own}")


ADDRESS = Address("lms_user_id", _known_by, FORM, BY_UNIVERSITY)


def canvas_csv(course: Course, unit: str, choices: Choices | None = None) -> str:
    """A file for Canvas's "Import" in the Gradebook.

    Args:
        course: the course, with a roster whose lms_user_id is the number of the student in Canvas.
        unit: the unit's full name.
        choices: the name of its assignment in Canvas, or the gradebook to find it in.

    Returns:
        CSV, with a line for each student of the roster who has a grade or is excused, and whom
        Canvas can find.

    Raises:
        CourseError: if there is no roster, nobody in it is known to Canvas, or Canvas would not
            read the column as an assignment.
        TotalsDiffer: if a total is not nbgrader's own.
    """
    choices = choices or Choices()
    grades, _ = unit_totals(course, unit)
    chosen, _ = _column(course, unit, grades.points, choices)
    name = chosen.column if chosen else unit
    if name in CANVAS or any(own in name for own in CANVAS_TOTALS):
        raise CourseError(
            f"Canvas would not read {name!r} as an assignment: give it a different name."
        )
    # What stands here becomes the assignment's, which others may have set with care.
    worth = grades.points if chosen is None or chosen.points is None else chosen.points
    rows: list[list[Cell]] = [[POINTS_POSSIBLE, "", "", "", "", worth]]
    for one, total in _addressed(course, unit, choices).lines:
        login = one.login or (one.id if one.lms_user_id else "")
        known = [one.lms_user_id, one.sis_user_id, login, one.section]
        rows.append([one.sortable_name, *known, total])
    return csv_text([*CANVAS, name], rows)


def _addressed(course: Course, unit: str, choices: Choices) -> Addressed:
    """Whom Canvas knows; its gradebook may say what the roster does not."""
    roster = require_roster(course)
    if choices.gradebook is not None:
        known = canvas_class(choices.gradebook)
        roster = replace(roster, students=tuple(_completed(s, known) for s in roster.students))
    besides = dict.fromkeys(excused(course, unit), EXCUSED)
    lacking = ""
    if choices.gradebook is not None:
        lacking = (
            f"roster.csv has no {ADDRESS.name} for them, and {choices.gradebook.name} has nobody "
            "of that id, login, number or e-mail address; write Canvas's number into a column "
            f"{ADDRESS.name} of roster.csv"
        )
    return addressed(course, unit, "Canvas", ADDRESS, roster, besides, lacking)


def _completed(student: Student, known: Roster) -> Student:
    if student.lms_user_id:
        return student
    names = filter(None, (student.id, student.login, student.sis_user_id, student.email))
    found = next(filter(None, map(known.find, names)), None)
    if found is None:
        return student
    names_there = ("lms_user_id", "login", "sis_user_id", "section")
    return replace(
        student, **{name: getattr(student, name) or getattr(found, name) for name in names_there}
    )


def _column(
    course: Course, unit: str, points: float, choices: Choices
) -> tuple[CanvasAssignment | None, list[CanvasAssignment]]:
    """The assignment that a unit goes into, and all that are known."""
    known = canvas_assignments(course, choices.gradebook)
    if name := choices.columns.get(unit):
        return titled(name, known), known
    return assignment_of(unit, points, known), known


def _notes(course: Course, units: Sequence[str], choices: Choices) -> list[str]:
    notes, everybody = [], {}
    for unit in units:
        points = unit_totals(course, unit)[0].points
        notes += notes_on(unit, points, *_column(course, unit, points, choices))
        everybody[unit] = found = _addressed(course, unit, choices)
        if found.lines and not any(one.lms_user_id for one, _ in found.lines):
            notes.append(WITHOUT_NUMBERS.format(unit=unit))
    return notes + left_out_of(everybody)


FORMAT = Format(
    "canvas",
    "a gradebook file per unit",
    one_file_per_unit("canvas", canvas_csv),
    lms=True,
    failed="left out",
    notes=_notes,
    excused=f"{EXCUSED} in the file",
)
