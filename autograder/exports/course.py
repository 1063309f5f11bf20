"""Course totals: one line per student, one column per unit, and what counts added up."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course.folder import Course
from autograder.exports.format import Format
from autograder.exports.shared import by_id, everybody, read_to_export
from autograder.exports.spreadsheet import Cell, csv_text, spreadsheet_file
from autograder.records.course_totals import CourseTotal, Why, course_totals
from autograder.records.gradebook import UnitGrades

TOTALS = ("total", "of", "percent", "not counted")


def course_csv(course: Course, units: Sequence[str]) -> str:
    """One line per student: the score in each unit, the sum of those that count, and the others.

    Args:
        units: full names of units.

    Returns:
        CSV; the second line holds the points. An empty cell is a unit from which the student is
        excused, or without a score. Nobody has a total whose submission could not be graded.

    Raises:
        CourseError: if a student has several folders in a unit.
        TotalsDiffer: if a unit's score is not nbgrader's own.
    """
    read = [read_to_export(course, unit) for unit in units]
    found = [by_id(course, grades) for grades in read]
    students = {student.id: student for student in everybody(course, found)}
    points: list[Cell] = [grades.points for grades in read]
    rows: list[list[Cell]] = [["points", "", "", *points, _worth(course, read)]]
    rows[0] += [None] * (len(TOTALS) - 1)
    for one in course_totals(course, units, list(students)):
        about = students[one.student]
        rows.append([one.student, about.last_name, about.first_name, *_cells(one)])
    return csv_text(["student", "last_name", "first_name", *units, *TOTALS], rows)


def _worth(course: Course, read: Sequence[UnitGrades]) -> float:
    """What all units together are worth, without those that are a bonus."""
    bonus = {unit for unit, said in course.said.unit.items() if said.bonus}
    return sum(grades.points for grades in read if grades.unit not in bonus)


def _cells(one: CourseTotal) -> list[Cell]:
    scores: list[Cell] = [
        0.0 if u.score is None and u.why in (Why.MISSING, Why.LOWEST) else u.score
        for u in one.units
    ]
    left_out = "; ".join(f"{u.unit} {u.why}" for u in one.units if not u.counts)
    if not one.complete or not one.possible:
        return [*scores, None, None, None, left_out]
    percent = round(100 * one.earned / one.possible, 2)
    return [*scores, one.earned, one.possible, percent, left_out]


FORMAT = Format(
    "course",
    "course totals: a column for each unit, and what counts added up",
    lambda course, units, choices: {"course.csv": spreadsheet_file(course_csv(course, units))},
    failed="left blank",
)
