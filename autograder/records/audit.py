"""The audit trail: for each score when, of which submission, by which exercise and grader, and why.

The file `.course-bp/audit.jsonl` of the course folder has one line a score and is only ever
appended to, whether course-bp graded or nbgrader did.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.course.notebooks import notebook_names
from autograder.course.versions import exercise_version
from autograder.exercises import EXERCISES
from autograder.files import clean
from autograder.files.handed_in import read_file
from autograder.files.ledger import MAX_BYTES
from autograder.grading.grader import Mark
from autograder.records.gradebook import UnitGrades

# The status of a cell that the grader has no say in.
BY_PERSON = "by a person"


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
        failure: why it could not be graded, or "".
    """
    folder = course.directory("submitted", student, grades.unit)
    names = list(marks) or sorted({cell.notebook for cell in grades.cells}) or [grades.unit]
    sums = {name: _sha256(folder / f"{name}.ipynb") for name in names}
    common: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "by": by,
        "student": student,
        "unit": grades.unit,
        "grader": grader,
    }
    if failure:
        entry = AuditEntry(**common, submission=next(iter(sums.values())), failure=failure)
        _append(trail_path(course), [entry])
        return
    given = next((one for one in grades.submissions if one.student == student), None)
    entries = []
    for cell in grades.cells:
        if cell.notebook not in marks:
            continue
        mark = marks[cell.notebook].get(cell.grade_id)
        waits = given is None or cell.name in given.waiting
        entries.append(
            AuditEntry(
                **common,
                exercise=cell.name,
                score=mark.score if mark else None,
                counts=None if waits or given is None else given.scores.get(cell.name),
                points=cell.points,
                submission=sums[cell.notebook],
                exercise_version=_version(cell.exercise),
                **_told(mark),
            )
        )
    _append(trail_path(course), entries)


def _told(mark: Mark | None) -> dict[str, Any]:
    """What the grader says about a cell; nothing if a person grades it."""
    if mark is None:
        return {"status": BY_PERSON}
    taken = ("fault", "mistakes", "summary", "parts")
    return {"status": mark.status, **{name: mark.verdict[name] for name in taken}}


def submission_hash(course: Course, unit: str, student: str) -> str:
    """SHA-256 of the first notebook that is handed in now, as the trail has it of a failure."""
    folder = course.directory("submitted", student, unit)
    return _sha256(folder / f"{min(notebook_names(course, unit))}.ipynb")


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
    with path.open(encoding="utf-8") as file:
        for line in file:
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


def _version(exercise: str) -> str:
    return exercise_version(exercise) if exercise in EXERCISES else ""


def _sha256(path: Path) -> str:
    content = read_file(path, MAX_BYTES)
    return "" if content is None else hashlib.sha256(content).hexdigest()
