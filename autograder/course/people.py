"""Who is who: the one look-up of a student, and folders that belong to the same student.

A student may be typed, have a folder, or have a line in arrangements.csv under any of the names
that roster.csv knows, in any case. Every command goes by what is found here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from unicodedata import normalize

from autograder.course.folder import Course, CourseError
from autograder.course.roster import Roster, read_roster
from autograder.files import clean


@dataclass(frozen=True)
class People:
    """Everybody in a course.

    Args:
        roster: the class.
        folders: the names of all folders in submitted/, and of all submissions in the gradebook.
    """

    roster: Roster = field(default_factory=Roster)
    folders: frozenset[str] = frozenset()

    def id_of(self, name: str) -> str | None:
        """Who this is.

        Args:
            name: as it was typed, or of a folder.

        Returns:
            The id in the roster; the folder's name if the roster does not know the student; None
            if it is nobody, or may be more than one.
        """
        if student := self.roster.find(name):
            return student.id
        if name in self.folders:
            return name
        alike = self._by_plain_name.get(_plain(name), [])
        return alike[0] if len(alike) == 1 else None

    def names_of(self, name: str, among: Iterable[str]) -> list[str]:
        """Which of these names mean the same student, in their order."""
        id = self.id_of(name)
        return [one for one in among if one == name or (id is not None and self.id_of(one) == id)]

    @property
    def everybody(self) -> set[str]:
        """The ids of the roster, and the names of all folders."""
        return {*self.folders, *(student.id for student in self.roster.students)}

    @cached_property
    def _by_plain_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in sorted(self.folders):
            found.setdefault(_plain(name), []).append(name)
        return found


def people_of(course: Course, unit: str = "") -> People:
    """Everybody in a course.

    Args:
        unit: only those who handed in this unit, besides the roster.

    Raises:
        CourseError: if the roster cannot be understood.
    """
    units = [unit] if unit else all_units(course)
    handed_in = (name for one in units for name in course.students(one))
    return People(read_roster(course), frozenset({*handed_in, *_in_gradebook(course, unit)}))


def all_units(course: Course) -> list[str]:
    """Every unit that has a text, a notebook or a place in the gradebook, in order."""
    from nbgrader.api import Assignment

    known = set(course.assignments())
    if not _has_gradebook(course):
        return sorted(known)
    with course.gradebook() as gradebook:
        return sorted(known.union(name for (name,) in gradebook.db.query(Assignment.name)))


def require_known(people: People, typed: Sequence[str]) -> dict[str, str]:
    """Looks up students as they were typed.

    Args:
        people: everybody in the course.
        typed: any names of theirs.

    Returns:
        Typed name → id.

    Raises:
        CourseError: if one is nobody; the message has the nearest name that there is.
    """
    found = {}
    for name in typed:
        id = people.id_of(name)
        if id is None:
            close = get_close_matches(name, sorted(people.everybody), 1)
            hint = f" Did you mean {clean.name(close[0])!r}?" if close else ""
            raise CourseError(
                f"nobody called {clean.name(name)!r} is in roster.csv or has handed in.{hint}"
            )
        found[name] = id
    return found


def by_student(roster: Roster, names: Iterable[str]) -> dict[str, list[str]]:
    """Student's id → the names of this student's folders, of those whom the roster knows."""
    found: dict[str, list[str]] = {}
    for name in names:
        if student := roster.find(name):
            found.setdefault(student.id, []).append(name)
    return found


def several_folders(roster: Roster, names: Iterable[str]) -> list[list[str]]:
    """The folders of each student who has more than one of these names."""
    return [sorted(those) for those in by_student(roster, names).values() if len(those) > 1]


def the_same_student(folders: Sequence[str]) -> str:
    """Says that folders are one student's, without a stop."""
    return f"{' and '.join(map(clean.name, folders))} are folders of the same student"


def in_several_folders(course: Course, unit: str) -> list[list[str]]:
    """The folders of each student who has more than one in a unit, handed in or graded."""
    graded = _in_gradebook(course, unit)
    names = {*course.students(unit), *graded} - given_up(course, unit, graded)
    return several_folders(read_roster(course), sorted(names))


def given_up(course: Course, unit: str, graded: Collection[str]) -> set[str]:
    """Graded folders that are not in submitted/ any more, while another of the student's is.

    Whoever has handed in two is told to keep one, and the gradebook then still has the other.

    Args:
        graded: the names that the gradebook has in the unit.
    """
    several = several_folders(read_roster(course), graded)
    there = set(course.students(unit)) if several else set()
    return {name for names in several if there.intersection(names) for name in names} - there


def _in_gradebook(course: Course, unit: str = "") -> list[str]:
    """Whose submissions the gradebook has."""
    from nbgrader.api import Assignment, SubmittedAssignment

    if not _has_gradebook(course):
        return []
    with course.gradebook() as gradebook:
        rows = gradebook.db.query(SubmittedAssignment.student_id).distinct()
        if unit:
            rows = rows.join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            rows = rows.filter(Assignment.name == unit)
        return sorted(name for (name,) in rows)


def _has_gradebook(course: Course) -> bool:
    return course.gradebook_file is None or course.gradebook_file.exists()


def _plain(name: str) -> str:
    return normalize("NFC", name).casefold()
