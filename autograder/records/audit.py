"""The audit trail: for each score when, of which submission, by which exercise and grader, and why.

The file `.course-bp/audit.jsonl` of the course folder has one line a score and is only ever
appended to, whether course-bp graded or nbgrader did.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.course.notebooks import notebook_names
from autograder.course.versions import exercise_version
from autograder.files import clean
from autograder.files.handed_in import sha256_of
from autograder.grading.grade_submission import NotGraded
from autograder.grading.grader import Mark
from autograder.grading.submission import notebook_paths
from autograder.records.gradebook import UnitGrades

# The status of a cell that the grader has no say in.
BY_PERSON = "by a person"
# What there is to say of each cell of a notebook that was not handed in.
NOT_HANDED_IN = {"score": 0.0, "summary": ["the notebook was not handed in"]}


@dataclass(frozen=True)
class AuditEntry:
    """One score.

    Args:
        at: when it was given, ISO 8601 in UTC.
        by: the command that gave it.
        student: the student's id.
        exercise: the exercise's id or the cell's, as in the tables, or "" when the whole submission
            could not be graded.
        score: what the grader gave; None when it could not grade, or a person must decide.
        counts: the score that counts, a manual one where a person gave one, extra credit included;
            None where nobody has decided yet.
        points: what the cell is worth, as nbgrader has it.
        submission: SHA-256 of the notebook that was handed in, as `sha256sum` prints it.
        exercise_version: a hash of the modules that define the exercise; "" for a plain test.
        grader: a hash of all that a grade depends on besides the submission.
        status: how running it went, a key of `runner.limits.STATUSES`, or "by a person".
        fault: why the answer could not be judged, or "".
        mistakes: the named mistakes.
        summary: what went wrong in a few words each.
        parts: one dict a part: name, points, status, credited, mistake.
        failure: why the submission could not be graded, or "".
        notebook: which one of several could not be graded, or "" for the whole submission.
        crashed: whether the grader itself failed: then `failure` may quote right answers.
    """

    at: str
    by: str
    student: str
    unit: str
    exercise: str = ""
    score: float | None = None
    counts: float | None = None
    points: float = 0.0
    submission: str = ""
    exercise_version: str = ""
    grader: str = ""
    status: str = ""
    fault: str = ""
    mistakes: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)
    failure: str = ""
    notebook: str = ""
    crashed: bool = False

    @property
    def why(self) -> str:
        """The failure, with the notebook that it is about where it does not begin with it."""
        named = not self.notebook or self.failure.startswith(self.notebook)
        return self.failure if named else f"{self.notebook}: {self.failure}"


FIELDS = {one.name for one in fields(AuditEntry)}


def trail_path(course: Course) -> Path:
    """Where the audit trail of a course lies."""
    return course.state / "audit.jsonl"


def record(
    course: Course,
    grades: UnitGrades,
    student: str,
    grader: str,
    by: str,
    marks: Mapping[str, Mapping[str, Mark]],
    failure: str = "",
    *,
    crashed: bool = False,
    not_graded: Mapping[str, NotGraded] | None = None,
    missing: Collection[str] = (),
    sums: Mapping[str, str] | None = None,
) -> None:
    """Appends what one grading of a submission gave: a line for every cell that has points.

    Args:
        grades: what the gradebook now holds of the submission: its cells, what they are worth, and
            the scores that count.
        student: the student's id.
        grader: the grader's version.
        by: the command.
        marks: name of the notebook → id of the graded cell → mark, for the notebooks that were
            graded now.
        failure: why the whole submission could not be graded, or "".
        crashed: whether that was the grader's own failure.
        not_graded: of several notebooks, name → why this one could not be graded.
        missing: the names of notebooks of several that were not handed in.
        sums: name of the notebook → SHA-256 of the file that was graded; otherwise of the file of
            its name.
    """
    common: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "by": by,
        "student": student,
        "unit": grades.unit,
        "grader": grader,
    }
    given = next((one for one in grades.submissions if one.student == student), None)
    sums = dict(sums or {})
    for name in marks:
        sums.setdefault(name, submission_hash(course, grades.unit, student, name))
    entries = []
    for cell in grades.cells:
        if cell.notebook not in marks and cell.notebook not in missing:
            continue
        mark = marks.get(cell.notebook, {}).get(cell.grade_id)
        waits = given is None or cell.name in given.waiting
        entries.append(
            AuditEntry(
                **common,
                exercise=cell.name,
                counts=None if waits or given is None else given.scores.get(cell.name),
                points=cell.points,
                submission=sums.get(cell.notebook, ""),
                exercise_version=_version(course, cell.exercise),
                **(NOT_HANDED_IN if cell.notebook in missing else _told(mark)),
            )
        )
    whole = {"": NotGraded(failure, "crashed" * crashed)} if failure else {}
    for name, one in {**whole, **(not_graded or {})}.items():
        entries.append(
            AuditEntry(
                **common,
                submission=submission_hash(course, grades.unit, student, name),
                failure=one.why,
                notebook=name,
                crashed=bool(one.crashed),
            )
        )
    _append(trail_path(course), entries)


def _told(mark: Mark | None) -> dict[str, Any]:
    """What the grader says about a cell; nothing if a person grades it."""
    if mark is None:
        return {"status": BY_PERSON}
    taken = ("fault", "mistakes", "summary", "parts")
    said = {name: mark.verdict[name] for name in taken}
    return {"score": mark.score, "status": mark.status, **said}


def submission_hash(course: Course, unit: str, student: str, notebook: str = "") -> str:
    """SHA-256 of a notebook that is handed in now, as the trail has it of a failure.

    Args:
        student: the student's id.
        notebook: the notebook's name; of a whole submission, the first one.

    Returns:
        That of the file of the notebook's name, or of the only one that is there, as `sha256sum`
        prints it; where there are others, of all together.
    """
    folder = course.directory("submitted", student, unit)
    named = folder / f"{notebook or min(notebook_names(course, unit))}.ipynb"
    paths = [named] if os.path.lexists(named) else notebook_paths(folder)
    sums = [sha256_of(path) for path in paths]
    return sums[0] if len(sums) == 1 else hashlib.sha256("\n".join(sums).encode()).hexdigest()


def last_failures(
    course: Course, unit: str, student: str = ""
) -> dict[tuple[str, str], AuditEntry]:
    """Why submissions could not be graded when that was last tried.

    Args:
        unit: the unit.
        student: only this student.

    Returns:
        Student and name of the notebook → the entry; of a whole submission, the name is "".
    """
    return {
        (entry.student, entry.notebook): entry
        for entry in read_trail(course, unit, student)
        if entry.failure
    }


def read_trail(course: Course, unit: str = "", student: str = "") -> Iterator[AuditEntry]:
    """Reads the trail, oldest first; a line that was cut off by a crash is left out.

    Args:
        unit: only this unit.
        student: only this student.

    Yields:
        The entries.
    """
    path = trail_path(course)
    if not path.is_file():
        return
    as_written = json.dumps(student, ensure_ascii=False)
    with path.open(encoding="utf-8") as file:
        for line in file:
            # One student's lines out of a large class's many.
            if student and as_written not in line:
                continue
            try:
                data = json.loads(line)
            except ValueError:
                continue
            if (unit and data["unit"] != unit) or (student and data["student"] != student):
                continue
            yield AuditEntry(**{name: value for name, value in data.items() if name in FIELDS})


def moment(text: str) -> datetime:
    """Reads a point in time as a person types it.

    Args:
        text: such as "2026-11-20" or "2026-11-20T18:00"; local time where no zone is given.

    Returns:
        The time, with its zone.

    Raises:
        CourseError: if it is none.
    """
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise CourseError(
            f"{text!r} is not a time; write 2026-11-20 or 2026-11-20T18:00."
        ) from None


def graded_since(course: Course, unit: str, since: datetime) -> set[str]:
    """The students whose latest grading of a unit was at a time or after it."""
    latest = {entry.student: entry.at for entry in read_trail(course, unit)}
    return {student for student, at in latest.items() if datetime.fromisoformat(at) >= since}


def _append(path: Path, entries: Iterable[AuditEntry]) -> None:
    lines = "".join(
        json.dumps(clean.data(vars(entry)), ensure_ascii=False) + "\n" for entry in entries
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
            if file.read(1) != b"\n":  # A crash cut the last line off.
                lines = "\n" + lines
        file.write(lines.encode("utf-8", "backslashreplace"))


def _version(course: Course, exercise: str) -> str:
    found = course.exercises.get(exercise)
    return exercise_version(found) if found else ""
