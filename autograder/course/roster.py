"""The class list, roster.csv in the course folder.

It may be written by hand in the columns of `nbgrader db student import`, or be what Canvas, Moodle
or Gradescope export, as it comes: `roster_columns` knows their columns, and `files.table` their
ways of writing a file. What is wrong with one student's line costs nobody else anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from unicodedata import normalize

from autograder.course.folder import Course, CourseError
from autograder.course.roster_columns import meanings, names_known, plain_name
from autograder.files.handed_in import why_no_id
from autograder.files.table import Row, Table, read_table

ROSTER_FILE = "roster.csv"
FIELDS = ("id", "first_name", "last_name", "email", "lms_user_id")
# What can name a student's folder, the likeliest first.
IDENTIFIERS = ("id", "login", "sis_user_id", "email", "lms_user_id")
# Canvas lists the student whose eyes a teacher can see the course through.
TEST_STUDENTS = {"student test", "test student"}
STAFF = {"instructor", "ta", "teaching assistant", "reader", "teacher", "non editing teacher"}


@dataclass(frozen=True)
class Student:
    """One student of the class. All but the id may be empty.

    Args:
        id: the name of the student's folder in submitted/, if nothing else names it.
        first_name: all names but the family's.
        last_name: the family name.
        email: what Moodle knows the student by.
        lms_user_id: the number that Canvas knows the student by.
        login: what the student logs in with.
        sis_user_id: the number that the university knows the student by.
        section: Canvas's sections, or Gradescope's.
        group: Moodle's groups.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    login: str = ""
    sis_user_id: str = ""
    section: str = ""
    group: str = ""

    @property
    def sortable_name(self) -> str:
        """The name as gradebooks list it: "Lovelace, Ada", or the id where no name is known."""
        return ", ".join(name for name in (self.last_name, self.first_name) if name) or self.id

    @property
    def full_name(self) -> str:
        """The name as it is spoken: "Ada Lovelace", or ""."""
        return " ".join(name for name in (self.first_name, self.last_name) if name)


@dataclass(frozen=True)
class Roster:
    """The class.

    Args:
        students: in the file's order.
        remarks: what is wrong with the file or with single lines of it, a sentence each.
    """

    students: tuple[Student, ...] = ()
    remarks: tuple[str, ...] = ()

    def find(self, name: str) -> Student | None:
        """The student whose folder, account or line in another file has this name.

        Args:
            name: an id, login, university's or Canvas's number, e-mail address or the part of it
                before the @; composed and decomposed letters are the same.

        Returns:
            The student; None if it is nobody, or may be more than one.
        """
        exact = normalize("NFC", name)
        if one := self._by_id.get(exact):
            return one
        those = self._by_identifier.get(exact.casefold(), [])
        return those[0] if len(those) == 1 else None

    def named(self, name: str) -> list[Student]:
        """The students of this full name, in either order, whatever its case and punctuation."""
        return self._by_name.get(plain_name(name), [])

    @cached_property
    def _by_id(self) -> dict[str, Student]:
        return {student.id: student for student in self.students}

    @cached_property
    def _by_identifier(self) -> dict[str, list[Student]]:
        found: dict[str, list[Student]] = {}
        for one in self.students:
            names = {getattr(one, kind) for kind in IDENTIFIERS} | {one.email.partition("@")[0]}
            for name in {name.casefold() for name in names if name}:
                found.setdefault(name, []).append(one)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Student]]:
        found: dict[str, list[Student]] = {}
        for one in self.students:
            for name in {plain_name(one.full_name), plain_name(one.sortable_name)}:
                found.setdefault(name, []).append(one)
        return found


def roster_path(course: Course) -> Path:
    """Where the roster of a course lies."""
    return course.root / ROSTER_FILE


def read_roster(course: Course) -> Roster:
    """Reads the class list.

    Returns:
        The class; nobody if there is no file.

    Raises:
        CourseError: if the file has no column that tells students apart.
    """
    path = roster_path(course)
    if not path.is_file():
        return Roster()
    table = read_table(path.read_bytes(), names_known)
    if table.head and not set(IDENTIFIERS) & set(meanings(table.head)):
        raise CourseError(
            f"{path} has no column 'id', nor one that Canvas, Moodle or Gradescope would have in "
            f"its place. Its first line must hold column names, such as: {','.join(FIELDS)}"
        )
    return roster_of(table)


def require_roster(course: Course) -> Roster:
    """Reads the class list, which must exist.

    Raises:
        CourseError: if there is none, or nobody is in it.
    """
    roster = read_roster(course)
    if not roster.students:
        raise CourseError(
            f"there is no roster, which this needs to name the students: put {ROSTER_FILE} into "
            f"{course.root}, as Canvas, Moodle or Gradescope export it, or with the columns "
            f"{','.join(FIELDS)}, one line per student."
        )
    return roster


def roster_of(table: Table) -> Roster:
    """The class that a table lists.

    Args:
        table: with columns that `roster_columns` knows.

    Returns:
        The class, with a remark for each line that could not be used.
    """
    columns = meanings(table.head)
    lines: dict[str, _Lines] = {}
    remarks = list(table.remarks)
    for row in table.rows:
        values = {meaning: _cell(row, index) for meaning, index in columns.items()}
        if not _is_student(values):
            continue
        if any(row.cells[len(table.head) :]):
            remarks.append(
                f"line {row.line} was left out: it has more cells than the first line. A name with "
                "a comma needs quotation marks."
            )
            continue
        student = _student(values)
        why = why_no_id(student.id) if student.id else "nothing tells who it is"
        if not why and ("/" in student.id or student.id in (".", "..")):
            why = "no folder can have its id as a name"
        if why:
            remarks.append(f"line {row.line} was left out: {why.rstrip('.')}.")
        else:
            lines.setdefault(student.id, _Lines()).add(row.line, student)
    students = [several.merged(remarks) for several in lines.values()]
    return Roster(tuple(students), tuple(remarks))


@dataclass
class _Lines:
    """The lines of one student; Moodle and others may have one for each group."""

    numbers: list[int] = field(default_factory=list)
    students: list[Student] = field(default_factory=list)

    def add(self, number: int, student: Student) -> None:
        self.numbers.append(number)
        self.students.append(student)

    def merged(self, remarks: list[str]) -> Student:
        merged: dict[str, str] = {}
        differ = []
        for name in (each.name for each in fields(Student)):
            values = list(dict.fromkeys(filter(None, (getattr(s, name) for s in self.students))))
            if name in ("section", "group"):
                merged[name] = " and ".join(values)
                continue
            merged[name] = values[0] if values else ""
            if len(values) > 1 and name in IDENTIFIERS:
                # A grade must not go to the wrong one of two addresses.
                merged[name] = ""
                differ.append(name)
        if differ:
            where = " and ".join(map(str, self.numbers))
            remarks.append(
                f"{self.students[0].id} stands in lines {where} with different values of "
                f"{', '.join(differ)}; none of them is used."
            )
        return replace(self.students[0], **merged)


def _cell(row: Row, index: int) -> str:
    return row.cells[index] if index < len(row.cells) else ""


def _is_student(values: Mapping[str, str]) -> bool:
    """Whether a line is about a student, and not about points, posting, staff or a test."""
    name = values.get("full_name") or " ".join(
        values.get(part, "") for part in ("first_name", "last_name")
    )
    plain = plain_name(name)
    known = {values.get(kind) for kind in (*IDENTIFIERS, "participant")} - {"", None}
    if plain == "points possible" or not (plain or known):
        return False
    if plain in TEST_STUDENTS and "sis_user_id" in values and not values["sis_user_id"]:
        return False
    return plain_name(values.get("role", "")) not in STAFF


def _student(values: Mapping[str, str]) -> Student:
    known = {each.name: values.get(each.name, "") for each in fields(Student)}
    if not (known["first_name"] or known["last_name"]):
        last, comma, first = values.get("full_name", "").partition(",")
        known["last_name"] = last.strip() if comma else ""
        known["first_name"] = (first if comma else last).strip()
    if not known["email"] and "@" in known["login"]:
        known["email"] = known["login"]
    known["id"] = next((known[kind] for kind in IDENTIFIERS if known[kind]), "")
    return Student(**known)
