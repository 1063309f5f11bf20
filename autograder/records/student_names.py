"""Gives nbgrader the names of the class, which formgrader and nbgrader's export show."""

from __future__ import annotations

from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.course.roster import FIELDS, read_roster
from autograder.files import clean

# Formgrader writes names as they are into its pages, nbgrader's export into CSV without quotes;
# and in an LMS, people often choose their name themselves.
IN_THE_WAY = str.maketrans(dict.fromkeys('<>&",;', " "))


def name_students(course: Course, gradebook: Any, student: str = "") -> None:
    """Writes what roster.csv says of the gradebook's students where nbgrader knows nothing.

    Args:
        course: the course; with a roster that cannot be understood, nothing is written.
        gradebook: nbgrader's, open.
        student: only this student, who must be in it.
    """
    try:
        roster = read_roster(course)
    except CourseError:
        return  # Whoever needs the roster says it.
    for row in [gradebook.find_student(student)] if student else gradebook.students:
        if known := roster.find(row.id):
            for name in FIELDS[1:]:
                # Where there is none, formgrader writes "None" unless it is empty text.
                setattr(row, name, getattr(row, name) or _plain(getattr(known, name)))
    gradebook.db.commit()


def _plain(text: str) -> str:
    return clean.cell(" ".join(text.translate(IN_THE_WAY).split()))
