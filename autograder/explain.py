"""Why a student has the score of an exercise: what counts now, and every grading that led to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.markup import escape
from rich.table import Column, Table
from rich.text import Text

from autograder.audit import Entry, read_trail, trail_path
from autograder.course import Course, CourseError
from autograder.exercises import find
from autograder.feedback import format_points
from autograder.files import printable, why_no_id
from autograder.gradebook import counted_score
from autograder.nbgrader_glue.recording import read_totals
from autograder.notebook_sources import grade_id


@dataclass(frozen=True)
class Explanation:
    """All that is known about one score.

    Args:
        student: the student's id.
        exercise: the exercise's id.
        points: what it is worth.
        auto: the grader's score in the gradebook, or None.
        manual: a person's score, or None.
        extra: extra credit.
        penalty: what the whole unit loses for being late.
        earned: all points of the unit, before that.
        history: the gradings, oldest first; the last one gave what counts.
    """

    student: str
    exercise: str
    points: float
    auto: float | None
    manual: float | None
    extra: float
    penalty: float
    earned: float
    history: tuple[Entry, ...]

    @property
    def counts(self) -> float:
        """The score that counts, before any penalty for the unit."""
        own = self.auto if self.manual is None else self.manual
        return (own or 0.0) + self.extra

    def as_data(self) -> dict[str, Any]:
        """The same as plain data."""
        return {**asdict(self), "counts": self.counts}


def explain(course: Course, student: str, exercise_id: str) -> Explanation:
    """Gathers all that is known about one score.

    Args:
        course: the course.
        student: the student's id.
        exercise_id: such as "quiz1.backward".

    Returns:
        The explanation.

    Raises:
        CourseError: if there is no such exercise, or it was never graded for this student.
    """
    from nbgrader.api import MissingEntry

    try:
        exercise = find(exercise_id)
    except ValueError as error:
        raise CourseError(str(error)) from None
    unit = exercise.unit
    if why := why_no_id(student):
        raise CourseError(f"{printable(student)} was not graded: {why}")
    history = [e for e in read_trail(course, unit, student) if e.exercise in ("", exercise_id)]
    try:
        with course.gradebook() as gradebook:
            notebook = gradebook.find_submission_notebook(unit, unit, student)
            name = f"{grade_id(exercise_id)}-check"
            grade = next(grade for grade in notebook.grades if grade.name == name)
            found = (grade.auto_score, grade.manual_score, float(grade.extra_credit or 0))
            totals = read_totals(gradebook, unit, student)
    except (MissingEntry, StopIteration):
        raise CourseError(
            f"{exercise_id} was never graded for {student!r}: run course-bp grade {unit} first, "
            "or look for the right name in submitted/."
        ) from None
    late = (totals.penalty, totals.raw)
    return Explanation(student, exercise_id, exercise.points, *found, *late, tuple(history))


def explanation_text(course: Course, explanation: Explanation) -> Group:
    """Lays an explanation out for the terminal."""
    exercise = find(explanation.exercise)
    of = format_points(explanation.points)
    lines = [
        f"{explanation.student} · {exercise.id} · {exercise.title} ({exercise.unit})",
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
            f"The whole unit earned {earned}, loses {lost} for being late, and counts {left}."
        )
    if not explanation.history:
        lines.append(f"No grading is on record in {trail_path(course)}.")
        return Group(Text("\n".join(lines)))
    last = explanation.history[-1]
    lines += [
        "",
        f"Last graded {last.at} by {last.by}",
        f"  submission  sha256 {last.submission}",
        f"  exercise    version {last.exercise_version or '–'}",
        f"  grader      version {last.grader}",
    ]
    lines += [f"  verdict     {words}" for words in _verdict(last)]
    if not last.parts:  # Unlike that of the parts, the table of gradings begins with its title.
        lines.append("")
    return Group(Text("\n".join(lines), no_wrap=True, overflow="ignore"), *_tables(explanation))


def _verdict(entry: Entry) -> list[str]:
    if entry.failure:
        return [f"could not be graded: {entry.failure}"]
    ran = [] if entry.status in ("", "ok") else [f"running it: {entry.status}"]
    return [*ran, *entry.summary] or ["all right"]


def _tables(explanation: Explanation) -> list[Table]:
    last = explanation.history[-1]
    parts = Table("part", "points", "verdict", "looks like", box=SIMPLE_HEAD)
    for part in last.parts:
        points = format_points(part["points"])
        parts.add_row(part["name"], points, part["status"], escape(part["mistake"]))
    past = Table(
        Column("graded", no_wrap=True),
        "score",
        "counts",
        "submission",
        "exercise",
        "grader",
        box=SIMPLE_HEAD,
    )
    past.title = "Every grading, oldest first (UTC)"
    past.title_justify = "left"
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
