"""The class list, roster.csv in the course folder, in the columns of `nbgrader db student import`.

The columns are those of nbgrader's Student table (nbgrader documentation, "Managing the
database"): id, first_name, last_name, email, lms_user_id. Only the id must be filled in.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from autograder.course.folder import Course, CourseError

ROSTER_FILE = "roster.csv"
FIELDS = ("id", "first_name", "last_name", "email", "lms_user_id")


@dataclass(frozen=True)
class Student:
    """One student of the class.

    Args:
        id: the name of the student's folder in submitted/.
        first_name: may be empty, like all that follow.
        last_name: the family name.
        email: what Moodle knows the student by.
        lms_user_id: the number that Canvas knows the student by.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""

    @property
    def sortable_name(self) -> str:
        """The name as gradebooks list it: "Lovelace, Ada", or the id where no name is known."""
        return ", ".join(name for name in (self.last_name, self.first_name) if name) or self.id


def roster_path(course: Course) -> Path:
    """Where the roster of a course lies."""
    return course.root / ROSTER_FILE


def read_roster(course: Course) -> list[Student]:
    """Reads the class list.

    Returns:
        The students, in the file's order; an empty list if there is no file.

    Raises:
        CourseError: if the file has no column "id", or names a student twice or not at all.
    """
    path = roster_path(course)
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
            names = set(rows[0] if rows else FIELDS)
    except (UnicodeDecodeError, csv.Error) as error:
        raise CourseError(f"{path} cannot be read as CSV in UTF-8: {error}.") from None
    if "id" not in names:
        raise CourseError(f"{path} has no column 'id'; its first line must be: {','.join(FIELDS)}")
    students: dict[str, Student] = {}
    for number, row in enumerate(rows, start=2):
        values = {name: (row.get(name) or "").strip() for name in FIELDS}
        if not values["id"] or values["id"] in students:
            what = "a second time" if values["id"] else "without an id"
            raise CourseError(f"{path}, line {number}: {values['id'] or 'a student'} {what}.")
        students[values["id"]] = Student(**values)
    return list(students.values())


def require_roster(course: Course) -> list[Student]:
    """Reads the class list, which must exist.

    Raises:
        CourseError: if there is none, or nobody is in it.
    """
    students = read_roster(course)
    if not students:
        raise CourseError(
            f"there is no roster, which this needs to name the students: write {ROSTER_FILE} in "
            f"{course.root} with the columns {','.join(FIELDS)}, one line per student."
        )
    return students
