"""Whom an export names, because their grade is not in the file, or not all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.cli.common import every_name
from autograder.course.folder import Course
from autograder.course.roster import Student, read_roster
from autograder.exports.format import Format
from autograder.exports.shared import excused, not_in_roster, to_grade_by_hand, without_grade
from autograder.files.clean import terminal
from autograder.records.standing import Kind, standings


@dataclass(frozen=True)
class Named:
    """Students with something to know about them in the units of an export.

    Args:
        what: what there is to know, in a few words.
        then: what was done with them, or what to do.
        by_unit: unit → the students, with how many cells each, if that is what there is to know.
    """

    what: str
    then: str
    by_unit: Mapping[str, list[str] | dict[str, int]]

    def __str__(self) -> str:
        """A note for rich that names every one of them, each unit once."""
        units = []
        for unit, found in self.by_unit.items():
            counts = found if isinstance(found, dict) else {}
            names = every_name(found)
            if counts:
                names = ", ".join(f"{every_name([name])} ({counts[name]})" for name in found)
            units.append(f"{terminal(unit)}: {names}")
        return f"{self.what}, {self.then}: {'; '.join(units)}"


def people_to_name(course: Course, units: list[str], format: Format) -> list[Named]:
    """Everybody whom an export of these units names.

    Args:
        course: the course folder.
        units: full names of units that were graded.
        format: the export's format.

    Returns:
        What there is to know, each with the students of whom it is true, if there are any.
    """
    found = [
        Named("excused", f"and {format.excused}", {one: _excused(course, one) for one in units}),
        Named(
            "still to grade by hand",
            "and counted as nbgrader does",
            {one: to_grade_by_hand(course, one) for one in units},
        ),
        Named(
            "handed in, but not graded yet",
            "so run course-bp grade",
            {one: _not_yet(course, one) for one in units},
        ),
    ]
    if format.failed:
        failed = {one: without_grade(course, one) for one in units}
        found.insert(0, Named("could not be graded", f"and {format.failed}", failed))
    if format.lms or read_roster(course).students:
        then = "and left out" if format.lms else "and so without a name"
        unknown = {one: not_in_roster(course, one) for one in units}
        found.append(Named("graded but not in roster.csv", then, unknown))
    told = [Named(one.what, one.then, _filled(one.by_unit)) for one in found]
    return [one for one in told if one.by_unit]


def _filled(
    by_unit: Mapping[str, list[str] | dict[str, int]],
) -> dict[str, list[str] | dict[str, int]]:
    return {unit: found for unit, found in by_unit.items() if found}


def _excused(course: Course, unit: str) -> list[str]:
    """Each student once, by the id in the roster: arrangements.csv may have another name."""
    roster = read_roster(course)
    known = [roster.find(name) or Student(name) for name in excused(course, unit)]
    return list(dict.fromkeys(student.id for student in known))


def _not_yet(course: Course, unit: str) -> list[str]:
    return [one.student for one in standings(course, unit) if one.kind is Kind.NOT_YET]
