"""Reading a unit's grades out of nbgrader's gradebook, which alone says what a unit is worth.

nbgrader's cells, their points and its scores are what is reported and exported. Our own table of
exercises only gives a cell its name: a unit may be renamed, may have plain nbgrader cells and
essays, or may be an assignment that this package has never heard of.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.course.folder import Course
from autograder.course.people import given_up
from autograder.records.cells import GradedCell as GradedCell
from autograder.records.cells import read_cells as read_cells


def counted_score(raw: float, penalty: float | None) -> float:
    """The score that counts: all points less the penalty for being late, never below 0.

    This is what nbgrader's own export calls `score`.

    Args:
        raw: all points earned, nbgrader's `SubmittedAssignment.score`.
        penalty: its `late_submission_penalty`; None is none.

    Returns:
        Points.
    """
    return round(max(0.0, raw - (penalty or 0.0)), 6)


@dataclass
class Submission:
    """What the gradebook holds of one student's submission to a unit.

    Args:
        student: the student's id.
        scores: name of the cell → the score that counts, the manual one if there is one.
        waiting: names of the cells that have no score yet: a person must grade them.
        failed: whether the submission could not be graded: nobody gave a score, neither the grader
            nor a person, and there is no graded notebook.
        not_graded: of several notebooks, the names of those of which the same is true, while others
            were graded.
        missing: of several notebooks, the names of those that were not handed in.
        by_hand: names of the cells that a person graded or gave extra credit for.
        penalty: what is taken off for being late.
        timestamp: when it was handed in, if known.
        comments: name of the cell → what a person, or nbgrader's grader, wrote there; nbgrader's id
            of a solution cell that has no points, with its notebook in front if there are several.
        manual_comments: those of the comments that a person wrote.
    """

    student: str
    scores: dict[str, float] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    failed: bool = False
    not_graded: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    penalty: float = 0.0
    timestamp: datetime | None = None
    comments: dict[str, str] = field(default_factory=dict)
    manual_comments: dict[str, str] = field(default_factory=dict)

    @property
    def raw(self) -> float:
        """All points earned, before a penalty: nbgrader's `score` of a submission."""
        return round(sum(self.scores.values()), 6)

    @property
    def total(self) -> float:
        """All points after the penalty: the `score` that nbgrader exports."""
        return counted_score(self.raw, self.penalty)


@dataclass(frozen=True)
class UnitGrades:
    """What the gradebook holds of a unit.

    Args:
        unit: the unit, nbgrader's assignment.
        cells: the cells that have points, in the notebook's order.
        points: what the unit is worth: nbgrader's `max_score`.
        submissions: one a student who handed in, in order of student.
    """

    unit: str
    cells: tuple[GradedCell, ...] = ()
    points: float = 0.0
    submissions: tuple[Submission, ...] = ()

    @property
    def failed(self) -> tuple[str, ...]:
        """The students whose submission could not be graded, and who have no total."""
        return tuple(one.student for one in self.submissions if one.failed)


def assignments(course: Course) -> dict[str, int]:
    """All assignments that nbgrader's gradebook knows, of whatever origin.

    Returns:
        Name → number of submissions, in order of name; empty if there is no gradebook yet.
    """
    from nbgrader.api import Assignment

    file = course.gradebook_file
    if file is not None and not file.exists():
        return {}
    with course.gradebook() as gradebook:
        rows = gradebook.db.query(Assignment.name, Assignment.num_submissions)
        return {str(name): int(count) for name, count in sorted(rows)}


def read_unit(course: Course, unit: str) -> UnitGrades:
    """Reads what the gradebook holds of a unit.

    Returns:
        Its cells and submissions; no cell where the gradebook does not know the unit. Of two
        folders of one student, the one that is not in submitted/ any more is left out.

    Raises:
        CourseError: if there is no gradebook yet, or the roster cannot be understood.
    """
    from nbgrader.api import Assignment

    with course.gradebook() as gradebook:
        points = gradebook.db.query(Assignment.max_score).filter(Assignment.name == unit).scalar()
        if points is None:
            return UnitGrades(unit)
        cells = read_cells(course, gradebook, unit)
        found = _submissions(course, gradebook, unit, cells)
    gone = given_up(course, unit, [one.student for one in found])
    counting = tuple(one for one in found if one.student not in gone)
    return UnitGrades(unit, tuple(cells.values()), float(points), counting)


def read_one(
    course: Course, gradebook: Any, unit: str, student: str, cells: Mapping[str, GradedCell]
) -> UnitGrades:
    """Reads what the gradebook holds of one submission.

    Args:
        course: the course.
        gradebook: nbgrader's, open.
        student: the student's id.
        cells: what `read_cells` gave for the unit.

    Returns:
        The unit's cells, and this submission alone if it is there; the unit's points are left out.
    """
    found = _submissions(course, gradebook, unit, cells, student)
    return UnitGrades(unit, tuple(cells.values()), submissions=tuple(found))


def read_submissions(course: Course, unit: str) -> list[Submission]:
    """The submissions of a unit, in order of student; none if nothing was graded yet.

    Raises:
        CourseError: if there is no gradebook yet.
    """
    return list(read_unit(course, unit).submissions)


def _submissions(
    course: Course, gradebook: Any, unit: str, cells: Mapping[str, GradedCell], student: str = ""
) -> list[Submission]:
    from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook

    rows = (
        gradebook.db.query(
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.late_submission_penalty,
            Grade.cell_id,
            Grade.auto_score,
            Grade.manual_score,
            Grade.extra_credit,
        )
        .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == unit)
        .order_by(SubmittedAssignment.student_id)
    )
    if student:
        rows = rows.filter(SubmittedAssignment.student_id == student)
    found: dict[str, Submission] = {}
    given: dict[str, dict[str, tuple[Any, Any, Any]]] = {}
    for name, timestamp, penalty, key, *scores in rows:
        found.setdefault(name, Submission(name, penalty=float(penalty or 0), timestamp=timestamp))
        given.setdefault(name, {})[key] = tuple(scores)
    for name, one in found.items():
        _fill(one, cells, given[name])
        _find_what_is_lacking(one, cells, given[name], course.directory("autograded", name, unit))
    _add_comments(gradebook, unit, cells, found, student)
    return list(found.values())


def _find_what_is_lacking(
    one: Submission,
    cells: Mapping[str, GradedCell],
    given: Mapping[str, tuple[Any, Any, Any]],
    graded: Path,
) -> None:
    """Which notebooks could not be graded, and which were not handed in.

    A test that only a person can score has no score either, but its notebook was graded.
    """
    names = list(dict.fromkeys(cell.notebook for cell in cells.values()))
    autos: dict[str, list[float | None]] = {name: [] for name in names}
    judged = set()
    for key, cell in cells.items():
        auto, manual, _ = given.get(key, (None, None, None))
        autos[cell.notebook].append(auto)
        if auto is not None or manual is not None:
            judged.add(cell.notebook)
    without = [
        name
        for name in names
        if not any(autos[name]) and not os.path.isfile(graded / f"{name}.ipynb")
    ]
    refused = [name for name in without if name not in judged]
    one.failed = bool(names) and refused == names
    if not one.failed and len(without) < len(names):
        one.not_graded = refused
        one.missing = [name for name in without if None not in autos[name]]


def _add_comments(
    gradebook: Any,
    unit: str,
    cells: Mapping[str, GradedCell],
    found: Mapping[str, Submission],
    student: str,
) -> None:
    from nbgrader.api import (
        Assignment,
        BaseCell,
        Comment,
        Notebook,
        SubmittedAssignment,
        SubmittedNotebook,
    )

    names = {(cell.notebook, cell.grade_id): cell.name for cell in cells.values()}
    several = len({cell.notebook for cell in cells.values()}) > 1
    rows = (
        gradebook.db.query(
            SubmittedAssignment.student_id,
            Notebook.name,
            BaseCell.name,
            Comment.comment,
            Comment.manual_comment,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Comment, Comment.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, Comment.cell_id == BaseCell.id)
        .join(Notebook, BaseCell.notebook_id == Notebook.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == unit)
        .order_by(Notebook.name, BaseCell.name)
    )
    if student:
        rows = rows.filter(SubmittedAssignment.student_id == student)
    for whose, notebook, id, comment, by_person in rows:
        if comment and whose in found:
            name = names.get((notebook, id), f"{notebook}/{id}" if several else id)
            found[whose].comments[name] = str(comment)
            if by_person:
                found[whose].manual_comments[name] = str(by_person)


def _fill(
    one: Submission, cells: Mapping[str, GradedCell], given: Mapping[str, tuple[Any, Any, Any]]
) -> None:
    for key, cell in cells.items():
        if key not in given:
            continue
        auto, manual, extra = given[key]
        own = auto if manual is None else manual
        if manual is not None or extra:
            one.by_hand.append(cell.name)
        if own is None:
            # nbgrader counts no extra credit for a cell without a score.
            one.waiting.append(cell.name)
        one.scores[cell.name] = 0.0 if own is None else round(float(own + (extra or 0.0)), 6)
