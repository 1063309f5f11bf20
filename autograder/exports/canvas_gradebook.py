"""Which assignment of Canvas a unit is, by the gradebook that Canvas exported.

There an assignment is a column "Name (123)", and only with its number does Canvas know it again. A
unit is taken for an assignment if the names say the same ("02-computation-graphs", "Unit 2:
Computation graphs"), or if the assignment's name is nothing but its number ("Unit 02", "HW 2") and
it is worth as many points. Anything less certain is left to a person: a grade in the wrong column
is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.folder import Course, CourseError
from autograder.course.roster import Roster, roster_of, roster_path
from autograder.course.roster_columns import names_known, plain_name
from autograder.files.table import Table, read_table

NUMBERED = re.compile(r"(?P<title>.*\S)\s*\((?P<number>[0-9]+)\)")
POINTS_ROW = "points possible"
# What courses call their assignments.
KINDS = {"unit", "assignment", "homework", "hw", "exercise", "problem", "set", "ps", "notebook"}
ROUND_OFF = 1e-6
MOST_NAMED = 8


@dataclass(frozen=True)
class CanvasAssignment:
    """A column of Canvas's gradebook.

    Args:
        column: its name there, such as "Unit 02 (4711)".
        points: what it is worth there; None if the file does not say.
    """

    column: str
    points: float | None = None

    @property
    def title(self) -> str:
        """The name without Canvas's number."""
        found = NUMBERED.fullmatch(self.column)
        return found["title"] if found else self.column


def canvas_assignments(course: Course, gradebook: Path | None) -> list[CanvasAssignment]:
    """The assignments that Canvas has.

    Args:
        gradebook: the file that Canvas exported; None for the roster, if it is such a file.

    Returns:
        The assignments, in the file's order.

    Raises:
        CourseError: if the file that was named cannot be read, or has no assignment.
    """
    path = gradebook or roster_path(course)
    if gradebook is None and not path.is_file():
        return []
    table = _table(path)
    worth: tuple[str, ...] = next(
        (row.cells for row in table.rows if plain_name(row.cells[0]) == POINTS_ROW), ()
    )
    found = [
        CanvasAssignment(name, _number(worth[index]) if index < len(worth) else None)
        for index, name in enumerate(table.head)
        if NUMBERED.fullmatch(name)
    ]
    if gradebook is not None and not found:
        raise CourseError(
            f"{path} is not a gradebook of Canvas: it has no column such as “Unit 2 (123)”."
        )
    return found


def canvas_class(gradebook: Path) -> Roster:
    """The students that Canvas's gradebook lists, with the numbers that Canvas knows them by.

    Raises:
        CourseError: if the file cannot be read.
    """
    return roster_of(_table(gradebook))


def _table(path: Path) -> Table:
    try:
        return read_table(path.read_bytes(), names_known)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None


def assignment_of(
    unit: str, points: float, assignments: Sequence[CanvasAssignment]
) -> CanvasAssignment | None:
    """The assignment that is surely a unit's.

    Args:
        unit: the unit's full name.
        points: what it is worth.
        assignments: all of Canvas's.

    Returns:
        The assignment, or None if none is, or more than one may be.
    """
    number, words = _subject(unit)
    same, numbered = [], []
    for one in assignments:
        its_number, its_words = _subject(one.title)
        if words and its_words == words and (its_number == number or not (its_number and number)):
            same.append(one)
        elif number and its_number == number and not its_words:
            numbered.append(one)
    if not same and not any(_differ(one, points) for one in numbered):
        same = numbered
    return same[0] if len(same) == 1 else None


def titled(name: str, assignments: Sequence[CanvasAssignment]) -> CanvasAssignment:
    """The assignment that somebody named, with Canvas's number or without."""
    plain = plain_name(name)
    found = [one for one in assignments if plain in (plain_name(one.column), plain_name(one.title))]
    return found[0] if len(found) == 1 else CanvasAssignment(name)


def notes_on(
    unit: str, points: float, chosen: CanvasAssignment | None, known: Sequence[CanvasAssignment]
) -> list[str]:
    """What to tell about the column that a unit goes into.

    Args:
        unit: the unit's full name.
        points: what it is worth.
        chosen: the assignment that it goes into, if one is known.
        known: all of Canvas's assignments.
    """
    if not known:
        return []
    columns = ", ".join(one.column for one in known[:MOST_NAMED]) + " …" * (len(known) > MOST_NAMED)
    if chosen is None:
        return [
            f"{unit}: no column of Canvas's gradebook is certain to be this unit's, so the file "
            f"makes a new assignment. Name the column with --column, if it is one of: {columns}."
        ]
    if chosen not in known:
        return [
            f"{unit}: Canvas's gradebook has no column “{chosen.column}”, so the file makes a new "
            f"assignment of that name. The columns are: {columns}."
        ]
    notes = [f"{unit} goes into Canvas's column “{chosen.column}”."]
    if _differ(chosen, points):
        notes.append(
            f"{chosen.column} is worth {chosen.points:g} points in Canvas, but {unit} is worth "
            f"{points:g}, and Canvas does not rescale."
        )
    return notes


def _differ(one: CanvasAssignment, points: float) -> bool:
    return one.points is not None and abs(one.points - points) > ROUND_OFF


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _subject(name: str) -> tuple[str, list[str]]:
    """The number in front of a name, without zeros, and the words after it; no word like "unit"."""
    words = re.findall(r"[^\W\d_]+|\d+", plain_name(name))
    while words and words[0] in KINDS:
        words = words[1:]
    number = str(int(words[0])) if words and words[0].isdigit() else ""
    return number, words[1:] if number else words
