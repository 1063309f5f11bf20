"""What a student has in a whole unit, and why: every score, what it lost, and every grading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from autograder.course.arrangements import shown
from autograder.course.folder import Course, CourseError
from autograder.course.people import People, people_of, require_known
from autograder.feedback.words import format_points
from autograder.files import clean
from autograder.files.clean import terminal
from autograder.files.handed_in import why_no_id
from autograder.files.terminal import table
from autograder.grading.remarks import texts
from autograder.records.audit import AuditEntry, read_trail
from autograder.records.gradebook import assignments, read_unit
from autograder.records.graded import graded_of
from autograder.records.standing import Kind, standings


@dataclass(frozen=True)
class CellScore:
    """A student's score in one cell.

    Args:
        name: the exercise's id, or the cell's.
        counts: the score that counts; None if a person must still give it.
        points: what it is worth.
        by_hand: whether a person gave it, or extra credit.
        summary: what went wrong, in a few words each.
    """

    name: str
    counts: float | None
    points: float
    by_hand: bool
    summary: tuple[str, ...]


@dataclass(frozen=True)
class Grading:
    """One time that the submission was graded.

    Args:
        at: when, ISO 8601 in UTC.
        by: the command.
        submission: SHA-256 of the notebook that was handed in.
        grader: a hash of all that a grade depends on besides the submission.
        failure: why it could not be graded, or "".
    """

    at: str
    by: str
    submission: str
    grader: str
    failure: str


@dataclass(frozen=True)
class UnitHistory:
    """All that is known about a student in a unit.

    Args:
        student: the student's id.
        handed_in: when, if that is known.
        graded: whether there are scores.
        raw: all points earned.
        penalty: what is taken off for being late.
        total: the score that counts.
        points: what the unit is worth.
        cells: one per cell with points.
        standing: kind and words of what there is to know first.
        remarks: what was repaired, left out or ran out of its limits.
        gradings: oldest first.
        comments: exercise or cell and what a person wrote there.
    """

    student: str
    unit: str
    handed_in: str
    graded: bool
    raw: float
    penalty: float
    total: float
    points: float
    cells: tuple[CellScore, ...]
    standing: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    gradings: tuple[Grading, ...]
    comments: tuple[tuple[str, str], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


def unit_of(course: Course, name: str) -> str:
    """The graded unit that a name stands for, or "" if it is not a unit's.

    Args:
        name: a unit's name, or the beginning of the name of only one.
    """
    units = [*{*assignments(course), *course.units()}]
    found = [unit for unit in units if unit == name] or [u for u in units if u.startswith(name)]
    return found[0] if len(found) == 1 else ""


def explain_units(course: Course, student: str, unit: str = "") -> list[UnitHistory]:
    """Gathers all that is known about a student.

    Args:
        student: the student's id, or another name of the student's.
        unit: a unit's full name; "" means all units with submissions.

    Returns:
        One per unit; one per folder if the student has several in a unit.

    Raises:
        CourseError: if nobody of this name is in the roster or handed in, or nothing was graded.
    """
    if why := why_no_id(student):
        raise CourseError(f"{clean.name(student)} was not graded: {why}")
    graded = [name for name, count in assignments(course).items() if count]
    units = [unit] if unit else graded
    if not units:
        raise CourseError("nothing has been graded yet; run course-bp grade UNIT first.")
    people = people_of(course)
    if not any(read_trail(course, student=student)):
        require_known(people, [student])
    return [
        _history(course, name, each)
        for name in units
        for each in names_in(course, people, name, student)
    ]


def names_in(course: Course, people: People, unit: str, student: str) -> list[str]:
    """The names under which a student handed in a unit or was graded; the id if there is none.

    Args:
        people: everybody in the course.
        student: any name of the student's.
    """
    graded = (one.student for one in read_unit(course, unit).submissions)
    there = sorted({*course.students(unit), *graded})
    return people.names_of(student, there) or [people.id_of(student) or student]


def _history(course: Course, unit: str, student: str) -> UnitHistory:
    grades = read_unit(course, unit)
    one = next((each for each in grades.submissions if each.student == student), None)
    trail = list(read_trail(course, unit, student))
    said = {entry.exercise: tuple(entry.summary) for entry in trail}
    cells = [
        CellScore(
            cell.name,
            None if cell.name in one.waiting else one.scores[cell.name],
            cell.points,
            cell.name in one.by_hand,
            said.get(cell.name, ()),
        )
        for cell in grades.cells
        if one is not None and not one.failed and cell.name in one.scores
    ]
    when = one.timestamp if one is not None else None
    return UnitHistory(
        student,
        unit,
        shown(when.replace(tzinfo=UTC)) if when else "",
        one is not None and not one.failed,
        one.raw if one is not None else 0.0,
        one.penalty if one is not None else 0.0,
        one.total if one is not None else 0.0,
        grades.points,
        tuple(cells),
        tuple((str(each.kind), each.words) for each in standings(course, unit, only=[student])),
        tuple(texts(graded_of(course, unit, student).remarks)),
        tuple(dict.fromkeys(map(_grading, trail))),
        tuple(one.manual_comments.items()) if one is not None else (),
    )


def _grading(entry: AuditEntry) -> Grading:
    return Grading(entry.at, entry.by, entry.submission, entry.grader, entry.why)


def unit_text(history: UnitHistory) -> Group:
    """Lays a unit out for the terminal."""
    lines = [f"{history.student} · {history.unit}", *_sums(history)]
    lines += [f"{kind}: {words}" for kind, words in history.standing]
    lines += [f"note: {remark}" for remark in history.remarks]
    lines += [f"comment on {name}: {words}" for name, words in history.comments]
    tables = [_scores(history)] if history.cells else []
    above, below = (Text("\n".join(map(clean.line, some))) for some in (lines, _gradings(history)))
    return Group(above, *tables, below, "")


def _sums(history: UnitHistory) -> Iterator[str]:
    if not history.graded:
        return
    raw, lost, total, points = map(
        format_points, (history.raw, history.penalty, history.total, history.points)
    )
    taken = f": {raw} earned, {lost} taken off for being late" if history.penalty else ""
    excused = any(kind == Kind.EXCUSED for kind, _ in history.standing)
    counted = "points were earned; they do not count" if excused else "points count"
    yield f"{total} of {points} {counted}{taken}"
    if history.handed_in:
        yield f"handed in {history.handed_in}"


def _scores(history: UnitHistory) -> Table:
    persons = any(cell.by_hand for cell in history.cells)
    made = table("exercise", ">counts", ">of", *[""] * persons, "looks like")
    for cell in history.cells:
        counts = "–" if cell.counts is None else format_points(cell.counts)
        by_hand = ["by hand" if cell.by_hand else ""] * persons
        words = "; ".join(map(terminal, cell.summary))
        made.add_row(terminal(cell.name), counts, format_points(cell.points), *by_hand, words)
    return made


def _gradings(history: UnitHistory) -> Iterator[str]:
    if history.gradings:
        yield "Every grading, oldest first (UTC):"
    for one in history.gradings:
        at, why = one.at[:16].replace("T", " "), one.failure and f"; not graded: {one.failure}"
        versions = f"submission {one.submission[:12] or '–'}, grader {one.grader[:12]}"
        yield f"  {at} by {one.by}, {versions}{why}"
