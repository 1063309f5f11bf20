"""Why a student has the score of an exercise: what counts now, and every grading that led to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from autograder.course.folder import Course, CourseError
from autograder.course.people import People, people_of, require_known, the_same_student
from autograder.feedback.words import format_points
from autograder.files import clean
from autograder.files.clean import terminal
from autograder.files.handed_in import why_no_id
from autograder.files.terminal import table
from autograder.grading.graded_notebook import answer_of
from autograder.records.audit import AuditEntry, read_trail, trail_path
from autograder.records.explain_unit import names_in
from autograder.records.gradebook import GradedCell, assignments, counted_score, read_unit


@dataclass(frozen=True)
class ScoreHistory:
    """All that is known about one score.

    Args:
        student: the student's id.
        exercise: the exercise's id, or the cell's if it checks none.
        points: what it is worth in the unit.
        auto: the grader's score in the gradebook, or None.
        manual: a person's score, or None.
        extra: extra credit.
        penalty: what the whole unit loses for being late.
        earned: all points of the unit, before that.
        history: the gradings, oldest first; the last one gave what counts.
        comments: what was written for the student about this answer.
    """

    student: str
    unit: str
    exercise: str
    points: float
    auto: float | None
    manual: float | None
    extra: float
    penalty: float
    earned: float
    history: tuple[AuditEntry, ...]
    comments: tuple[str, ...] = ()

    @property
    def counts(self) -> float:
        """The score that counts, before any penalty for the unit."""
        own = self.auto if self.manual is None else self.manual
        return (own or 0.0) + self.extra

    def as_data(self) -> dict[str, Any]:
        """The same as plain data."""
        return {**asdict(self), "counts": self.counts}


def explain(course: Course, student: str, name: str) -> ScoreHistory:
    """Gathers all that is known about one score.

    Args:
        student: the student's id, or another name of the student's.
        name: an exercise such as "quiz1.backward", or nbgrader's id of another cell with points;
            "UNIT/NAME" where several units have it.

    Returns:
        The explanation.

    Raises:
        CourseError: if there is no such exercise or cell, it was never graded for this student, or
            it was in several units.
    """
    if why := why_no_id(student):
        raise CourseError(f"{clean.name(student)} was not graded: {why}")
    graded = [unit for unit, count in assignments(course).items() if count]
    wanted, _, rest = name.partition("/")
    units, short = ([wanted], rest) if rest and wanted in graded else (graded, name)
    found = [
        (unit, cell)
        for unit in units
        for cell in read_unit(course, unit).cells
        if short in (cell.name, cell.grade_id)
    ]
    if not found:
        _require_exercise(course, short)
    people = people_of(course)
    known = [
        place
        for unit, cell in found
        for one in _meant(course, people, unit, student)
        if (place := _grade(course, unit, cell, one))
    ]
    if not known:
        require_known(people, [student])
        where = found[0][0] if found else course.exercises[short].unit
        raise CourseError(
            f"{short} was never graded for {student!r}: run course-bp grade {where} first, "
            "or look for the right name in submitted/."
        )
    if len(known) > 1:
        choices = ", ".join(f"{one.unit}/{one.exercise}" for one in known)
        raise CourseError(f"{short} was graded in several units; write one of: {choices}.")
    return known[0]


def _meant(course: Course, people: People, unit: str, student: str) -> list[str]:
    """The folder of a student in a unit; of several, the one that was typed."""
    names = names_in(course, people, unit, student)
    if len(names) > 1 and student not in names:
        raise CourseError(f"{the_same_student(names)}: write the name of the one that you mean.")
    return [student] if student in names else names


def _require_exercise(course: Course, name: str) -> None:
    try:
        course.exercises.find(name)
    except ValueError as error:
        raise CourseError(f"{error} No graded unit has a cell of this name either.") from None


def _grade(course: Course, unit: str, cell: GradedCell, student: str) -> ScoreHistory | None:
    from nbgrader.api import MissingEntry

    try:
        with course.gradebook() as gradebook:
            notebook = gradebook.find_submission_notebook(cell.notebook, unit, student)
            grade = next(grade for grade in notebook.grades if grade.name == cell.grade_id)
            given = (grade.auto_score, grade.manual_score, float(grade.extra_credit or 0))
            late = float(notebook.assignment.late_submission_penalty or 0)
            wanted = {cell.grade_id, answer_of(cell.exercise, "") if cell.exercise else ""}
            comments = tuple(
                str(one.comment) for one in notebook.comments if one.comment and one.name in wanted
            )
            earned = float(notebook.assignment.score)
    except (MissingEntry, StopIteration):
        return None
    names = ("", cell.name, cell.exercise or cell.grade_id)
    history = [
        entry
        for entry in read_trail(course, unit, student)
        if entry.exercise in names and entry.notebook in ("", cell.notebook)
    ]
    totals = (late, earned)
    return ScoreHistory(
        student, unit, cell.name, cell.points, *given, *totals, tuple(history), comments
    )


def explanation_text(course: Course, explanation: ScoreHistory) -> Group:
    """Lays an explanation out for the terminal."""
    exercise = course.exercises.get(explanation.exercise)
    title = exercise.title if exercise else ""
    of = format_points(explanation.points)
    lines = [
        " · ".join(part for part in (explanation.student, explanation.exercise, title) if part)
        + f" ({explanation.unit})",
        f"{format_points(explanation.counts)} of {of} count: the grader gave "
        f"{_points(explanation.auto)}, a person {_points(explanation.manual)}"
        + (f", extra credit {format_points(explanation.extra)}" if explanation.extra else ""),
    ]
    if explanation.penalty:
        lost, earned, left = map(
            format_points,
            (
                explanation.penalty,
                explanation.earned,
                counted_score(explanation.earned, explanation.penalty),
            ),
        )
        lines.append(
            f"The whole unit earned {earned}, loses {lost} for being late, and counts as {left}."
        )
    lines += [f"Comment: {comment}" for comment in explanation.comments]
    if not explanation.history:
        lines.append(f"There is no record of a grading in {trail_path(course)}.")
        return Group(Text("\n".join(map(clean.line, lines))))
    last = explanation.history[-1]
    lines += [
        "",
        f"Last graded {last.at} by {last.by}",
        f"  submission  {f'sha256 {last.submission}' if last.submission else '–'}",
        f"  exercise    version {last.exercise_version or '–'}",
        f"  grader      version {last.grader}",
    ]
    lines += [f"  verdict     {words}" for words in _verdict(last)]
    if not last.parts:  # Unlike that of the parts, the table of gradings begins with its title.
        lines.append("")
    return Group(
        Text("\n".join(map(clean.line, lines)), no_wrap=True, overflow="ignore"),
        *_tables(explanation),
    )


def _verdict(entry: AuditEntry) -> list[str]:
    if entry.failure:
        return [f"could not be graded: {entry.failure}"]
    ran = [] if entry.status in ("", "ok") else [f"running it: {entry.status}"]
    return [*ran, *entry.summary] or ["all right"]


def _tables(explanation: ScoreHistory) -> list[Table]:
    last = explanation.history[-1]
    parts = table("part", "points", "verdict", "looks like")
    for part in last.parts:
        points = format_points(part["points"])
        parts.add_row(part["name"], points, part["status"], terminal(part["mistake"]))
    names = ("graded", "score", "counts", "submission", "exercise", "grader")
    past = table(*names, title="Every grading, oldest first (UTC)")
    past.columns[0].no_wrap = True
    for entry in explanation.history:
        past.add_row(
            entry.at[:16].replace("T", " "),
            _points(entry.score),
            _points(entry.counts),
            entry.submission[:12],
            entry.exercise_version or "–",
            entry.grader[:12],
        )
    return [parts, past] if last.parts else [past]


def _points(score: float | None) -> str:
    return "nothing" if score is None else format_points(score)
