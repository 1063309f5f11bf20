"""One line per student, one column for each exercise and other cell with points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from autograder.course.folder import Course
from autograder.exports.format import Format
from autograder.exports.shared import by_id, everybody, excused, read_to_export
from autograder.exports.spreadsheet import Cell, csv_text, spreadsheet_file
from autograder.records.gradebook import Submission, counted_score
from autograder.records.totals import require_nbgraders_totals

# Columns that are there if anybody has one.
ABOUT = ("section", "group")


def exercises_csv(course: Course, units: Sequence[str]) -> str:
    """One line a student, one column for each cell with points, the sums, and people's comments.

    An empty cell means that nothing was handed in, that the student is excused, or that there is no
    score yet.

    Args:
        units: full names of units.

    Returns:
        CSV; the second line holds the points. A column has the exercise's id, or nbgrader's id of a
        cell that checks none; where two units would have the same, the unit's name is in front.

    Raises:
        CourseError: if a student has several folders in a unit.
        TotalsDiffer: if the cells of a line do not add up to nbgrader's own score.
    """
    read = [read_to_export(course, unit) for unit in units]
    found = [by_id(course, grades) for grades in read]
    students = everybody(course, found)
    about = [name for name in ABOUT if any(getattr(one, name) for one in students)]
    names = Counter(cell.name for grades in read for cell in grades.cells)
    commented = [
        grades.unit for grades in read if any(o.manual_comments for o in grades.submissions)
    ]
    head = ["student", "last_name", "first_name", *about]
    points: list[Cell] = ["points", "", "", *("" for _ in about)]
    for grades in read:
        for cell in grades.cells:
            head.append(cell.name if names[cell.name] == 1 else f"{grades.unit}/{cell.name}")
            points.append(cell.points)
    for grades in read:
        head += [f"{grades.unit} penalty", f"{grades.unit} total"]
        points += [None, grades.points]
        if grades.unit in commented:
            head.append(f"{grades.unit} comments")
            points.append("")
    rows: list[list[Cell]] = [points]
    left_out = {unit: excused(course, unit) for unit in units}
    sums: dict[str, dict[str, float]] = {unit: {} for unit in units}
    for student in students:
        row: list[Cell] = [student.id, student.last_name, student.first_name]
        row += [getattr(student, name) for name in about]
        totals: list[Cell] = []
        for grades, there in zip(read, found, strict=True):
            one = None if student.id in left_out[grades.unit] else there.get(student.id)
            cells = [_score(one, cell.name) for cell in grades.cells]
            row += cells
            if one is None or one.failed:
                totals += [None, None]
            else:
                total = counted_score(sum(cell or 0.0 for cell in cells), one.penalty)
                sums[grades.unit][one.student] = total
                totals += [one.penalty, total]
            if grades.unit in commented:
                totals.append(_comments(one))
        rows.append(row + totals)
    for grades in read:
        without = (*left_out[grades.unit], *grades.failed)
        require_nbgraders_totals(course, grades.unit, sums[grades.unit], without)
    return csv_text(head, rows)


def _comments(one: Submission | None) -> str:
    """What people wrote for a student."""
    return "; ".join(f"{name}: {text}" for name, text in one.manual_comments.items()) if one else ""


def _score(one: Submission | None, name: str) -> float | None:
    return one.scores.get(name) if one and name not in one.waiting else None


FORMAT = Format(
    "csv",
    "a column for each exercise and other cell",
    lambda course, units, choices: {
        "exercises.csv": spreadsheet_file(exercises_csv(course, units))
    },
    failed="left blank",
)
