"""Whose file it is, by the names that Canvas and Moodle give to the files in their archives.

Canvas ("Download Submissions", `lib/content_zipper.rb` of canvas-lms) calls a file
`lovelaceada_LATE_1234_56789_unit.ipynb`: the name, LATE if it was late, Canvas's number of the
student, the file's own number, and then the name that the student gave it; for an anonymous
assignment, anon_ and letters stand for the number. Moodle ("Download all submissions") has a folder
`Ada Lovelace_1234_assignsubmission_file_/unit.ipynb`, or the same in front of the file's name
where folders are switched off; the number is the student's in this one assignment.

Students choose their names' ends. So only what the system wrote in front counts, in the outermost
folder that has it. The roster says which student that is: Canvas's number is its lms_user_id; for
Moodle the name is looked up, or the e-mail address by the number, if the assignment's grading
worksheet lies beside the archive. nbgrader_config.py names the class as
`c.ZipCollectApp.collector_plugin`.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePosixPath

from nbgrader.apps import ZipCollectApp
from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import Enum

from autograder.course.access import open_to_the_group
from autograder.course.folder import Course, CourseError
from autograder.course.roster import IDENTIFIERS, Roster, read_roster
from autograder.course.roster_columns import meanings, names_known
from autograder.files import clean
from autograder.files.handed_in import read_file
from autograder.files.table import read_table
from autograder.grading.companions import SECRET_NAME
from autograder.grading.hand_in_time import NAME as STAMP_NAME
from autograder.records.said_late import say_late, since_when

CANVAS = re.compile(
    r"(?:(?P<name>(?!(?:LATE_)?anon_).+?)_)?(?P<late>LATE_)?"
    r"(?P<number>(?(name)\d+|anon_[^\W_]+))_(?P<of_file>\d+)_(?P<file>.+)",
    re.DOTALL,
)
MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<file>.*)",
    re.DOTALL,
)
PATTERNS = {"canvas": CANVAS, "moodle": MOODLE}
SEVERAL = "could be any of several students in roster.csv"
# Moodle's worksheet has addresses; a roster without them does not say whose.
SEVERAL_IN_MOODLE = f"{SEVERAL} (with a column email in it, Moodle's worksheet tells them apart)"
# Files of the exchange: whoever hands one in would set the time or the page's secret.
NOT_TAKEN = {STAMP_NAME, SECRET_NAME}
# Canvas has given numbers to more files than this.
LEAST_DIGITS = 5
MAX_WORKSHEET = 16 * 2**20


class LmsNames(FileNameCollectorPlugin):  # type: ignore[misc]
    """nbgrader's collector with ready patterns; a `named_regexp` counts instead of them."""

    lms = Enum(
        ["", "canvas", "moodle"],
        "",
        help="Whose archives these are; by default each name tells by itself.",
    ).tag(config=True)

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Says whose file it is; nbgrader asks once for each file.

        Args:
            submitted_file: the path of an unpacked file.

        Returns:
            nbgrader's student_id and file_id, or None for a file that is nobody's.
        """
        if self.named_regexp:
            found: dict[str, str] | None = super().collect(submitted_file)
            return found
        about = self._find(submitted_file)
        if about is None:
            return None
        match, name = about
        student = self._student(match)
        if match.re is CANVAS:
            self._keep_late(student, bool(match["late"]))
        return {"student_id": student, "file_id": self._unused(student, name)}

    def student_of(self, path: str) -> str:
        """Whose file a path is, or ""; it may be asked for any path."""
        if self.named_regexp:
            found = super().collect(str(Path(path).with_suffix(".ipynb")))
            return str((found or {}).get("student_id", ""))
        about = self._find(path)
        return self._student(about[0]) if about else ""

    def _find(self, file: str) -> tuple[re.Match[str], PurePosixPath] | None:
        """What the system wrote about a file, and the name that the student gave it."""
        parts = self._inside(file).parts
        for depth, part in enumerate(parts):
            for lms, pattern in PATTERNS.items():
                match = pattern.fullmatch(part) if self.lms in ("", lms) else None
                if match is None or (lms == "canvas" and MOODLE.fullmatch(part)):
                    continue
                if depth == 0 and parts[1:] and self._is_archives(match):
                    continue
                # In a folder, the names are the student's own from here on.
                name = PurePosixPath(*parts[depth + 1 :] or (match["file"],))
                hidden = any(each.startswith(".") for each in name.parts)
                text = match.groupdict().get("kind") == "onlinetext"
                taken = name.parts and name.name not in NOT_TAKEN and not hidden and not text
                return (match, name) if taken else None
        return None

    def _is_archives(self, match: re.Match[str]) -> bool:
        """Whether an archive was only called so: unit_02_11_late.zip is nobody's work."""
        if match.re is MOODLE or match["number"] in {s.lms_user_id for s in self._roster.students}:
            return False
        return bool(self._roster.students) or len(match["of_file"]) < LEAST_DIGITS

    def _student(self, match: re.Match[str]) -> str:
        """The student's id in the roster; without one, what the system wrote."""
        name, number = match["name"] or "", match["number"]
        if match.re is CANVAS:
            those = [one for one in self._roster.students if one.lms_user_id == number]
            said = number
        else:
            address = self._worksheet.get(number)
            one = self._roster.find(address) if address else None
            those = [one] if one else self._roster.named(name)
            said = f"{name}_{number}"
        if len(those) == 1:
            return those[0].id
        if said not in self._told:
            self._told.add(said)
            several = SEVERAL if match.re is CANVAS else SEVERAL_IN_MOODLE
            why = several if those else "is not in roster.csv"
            who = f"{clean.name(name)} ({number})" if name else number
            self.log.warning("%s %s; the folder is called %s.", who, why, clean.name(said))
        return said

    def _keep_late(self, student: str, late: bool) -> None:
        """Once for each student, of whose files Canvas calls all or none late."""
        if f"late {student}" in self._told:
            return
        self._told.add(f"late {student}")
        if self._course is not None:
            # Where it cannot be kept, the log says it all the same.
            with suppress(OSError):
                say_late(self._course, self.parent.coursedir.assignment_id, student, late)
                open_to_the_group(self._course)
        if late:
            self.log.warning("%s.", since_when(f"the work of {clean.name(student)}"))

    def _unused(self, student: str, name: PurePosixPath) -> str:
        """A name that no other file of the student has, so that nbgrader does not stop over it."""
        files, folders = self._used.setdefault(student, (set(), set()))
        first, rest, count = PurePosixPath(name.parts[0]), name.parts[1:], 1
        chosen = name
        while chosen in files | folders or files & set(chosen.parents):
            count += 1
            chosen = PurePosixPath(f"{first.stem} ({count}){first.suffix}", *rest)
        files.add(chosen)
        folders.update(chosen.parents)
        return str(chosen)

    def _inside(self, file: str) -> PurePosixPath:
        """The path below the folder that nbgrader unpacks into."""
        if self._unpacked is None:
            return PurePosixPath(file)
        return PurePosixPath(os.path.relpath(file, self._unpacked))

    @cached_property
    def _unpacked(self) -> str | None:
        if not isinstance(self.parent, ZipCollectApp):
            return None
        return str(self.parent._format_collect_path(self.parent.extracted_directory))

    @cached_property
    def _course(self) -> Course | None:
        """The course; None where it cannot be read, which is told once."""
        if not isinstance(self.parent, ZipCollectApp):
            return None
        try:
            return Course.at(Path(self.parent.coursedir.root))
        except CourseError as error:
            self.log.warning("%s", clean.line(str(error)))
            return None

    @cached_property
    def _roster(self) -> Roster:
        """The class; nobody where it cannot be read, which is told once."""
        if self._course is None:
            return Roster()
        try:
            roster = read_roster(self._course)
        except CourseError as error:
            self.log.warning("%s", clean.line(str(error)))
            return Roster()
        for remark in roster.remarks:
            self.log.warning("roster.csv: %s", remark)
        return roster

    @cached_property
    def _worksheet(self) -> dict[str, str]:
        """Moodle's number of a student in this assignment → an address, from its worksheets."""
        if not isinstance(self.parent, ZipCollectApp):
            return {}
        found: dict[str, str] = {}
        archive = Path(self.parent._format_collect_path(self.parent.archive_directory))
        for path in sorted(archive.glob("*.csv")):
            table = read_table(read_file(path, MAX_WORKSHEET) or b"", names_known)
            columns = meanings(table.head)
            if "participant" not in columns:
                continue
            for row in table.rows:
                cells = dict(enumerate(row.cells))
                number = re.search(r"\d+\Z", cells.get(columns["participant"], ""))
                addresses = [cells.get(columns.get(kind, -1), "") for kind in IDENTIFIERS]
                if number and any(addresses):
                    found[number[0]] = next(filter(None, addresses))
        return found

    @cached_property
    def _told(self) -> set[str]:
        return set()

    @cached_property
    def _used(self) -> dict[str, tuple[set[PurePosixPath], set[PurePosixPath]]]:
        return {}
