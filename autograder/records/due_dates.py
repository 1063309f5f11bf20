"""When a unit is due, and for whom later; times in UTC without a zone, as nbgrader's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from autograder.course.arrangements import Arrangement, What, by_any_name, utc
from autograder.course.folder import Course


@dataclass(frozen=True)
class Dates:
    """When a unit is due.

    Args:
        due: for everybody, if there is a due date.
        extensions: student → how much later.
    """

    due: datetime | None
    extensions: Mapping[str, timedelta]

    def of(self, student: str) -> datetime | None:
        """When the unit is due for a student."""
        more = self.extensions.get(student)
        return self.due + more if self.due is not None and more is not None else self.due


def dates_of(course: Course, unit: str, found: Collection[Arrangement]) -> Dates:
    """When a unit is due, as the gradebook and the arrangements have it.

    Args:
        course: the course folder.
        unit: the unit.
        found: what was arranged in the course.
    """
    from nbgrader.api import Assignment, SubmittedAssignment

    with course.gradebook() as gradebook:
        query = gradebook.db.query(Assignment.duedate).filter(Assignment.name == unit)
        due = query.scalar()
        rows = (
            gradebook.db.query(SubmittedAssignment.student_id, SubmittedAssignment.extension)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == unit)
        )
        extensions = {name: extension for name, extension in rows if extension is not None}
    for name, one in by_any_name(course, found, unit, What.EXTENDED).items():
        if one.until and due and utc(one.until) > due:
            extensions[name] = utc(one.until) - due
    return Dates(due, extensions)
