"""What a batch says of one student's submission, new or as the gradebook holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.batch.task import Done, Task
from autograder.course.folder import Course
from autograder.grading.graded_notebook import read_graded
from autograder.grading.remarks import of_all, texts
from autograder.records.gradebook import GradedCell, UnitGrades, counted_score, read_one


@dataclass(frozen=True)
class Result:
    """One student's result for one unit.

    Args:
        student: the student's id.
        scores: exercise or cell → (score, points), every cell of the unit that has points; empty
            when the submission could not be graded.
        notes: exercise or cell → what went wrong there, a few words each.
        failure: why the submission could not be graded, or "".
        unchanged: whether the earlier grade was kept because nothing changed.
        remarks: what was repaired in the notebook, or ran out of its limits.
        raw: all points earned in the unit.
        penalty: what nbgrader takes off for being late.
        penalty_before: what it took off before this batch.
        waiting: the cells that a person must grade.
        not_graded: of several notebooks, the names of those that could not be graded.
        comments: exercise or cell → what a person wrote there.
    """

    student: str
    unit: str
    scores: dict[str, tuple[float, float]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    failure: str = ""
    unchanged: bool = False
    remarks: tuple[str, ...] = ()
    raw: float = 0.0
    penalty: float = 0.0
    penalty_before: float = 0.0
    waiting: tuple[str, ...] = ()
    not_graded: tuple[str, ...] = ()
    comments: dict[str, str] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The score that counts: all points earned in the unit, after the late penalty."""
        return counted_score(self.raw, self.penalty)

    @property
    def recharged(self) -> bool:
        """Whether the late penalty has changed."""
        return not self.failure and abs(self.penalty - self.penalty_before) > 1e-9

    @property
    def incomplete(self) -> bool:
        """Whether something that was handed in could not be graded."""
        return bool(self.failure or self.not_graded)


def new_result(task: Task, done: Done, grades: UnitGrades) -> Result:
    """The result of a submission that was just graded and recorded.

    Args:
        task: the submission.
        done: what came of it.
        grades: what the gradebook now holds of it.

    Returns:
        The result.
    """
    if done.failure and (not grades.submissions or grades.submissions[0].failed):
        return Result(task.student, task.unit, failure=done.failure)
    if done.failure:
        words = f"The grader could not grade it: {done.failure} A person gave its points."
        return _result(grades, {}, remarks=(words,))
    notes = {
        cell.name: list(marks.marks[cell.grade_id].notes)
        for cell in grades.cells
        if (marks := done.notebooks.get(cell.notebook)) and cell.grade_id in marks.marks
    }
    return _result(grades, notes, remarks=tuple(texts(done.remarks)))


def kept_result(
    course: Course, gradebook: Any, task: Task, cells: Mapping[str, GradedCell]
) -> Result | None:
    """The result of a submission that was graded before.

    Args:
        course: the course.
        gradebook: nbgrader's, open.
        task: the submission.
        cells: the unit's, as `read_cells` gave them.

    Returns:
        What the gradebook and the graded notebook say, or None if it holds no grade of it.
    """
    grades = read_one(course, gradebook, task.unit, task.student, cells)
    if not grades.submissions or not grades.cells or grades.submissions[0].failed:
        return None
    found = {one.name: read_graded(one.graded) for one in task.notebooks}
    notes = {
        cell.name: [str(note) for note in verdict["summary"]]
        for cell in grades.cells
        if cell.notebook in found and (verdict := found[cell.notebook].by_cell.get(cell.grade_id))
    }
    remarks = tuple(texts(of_all({name: one.remarks for name, one in found.items()})))
    return _result(grades, notes, unchanged=True, remarks=remarks)


def _result(grades: UnitGrades, notes: dict[str, list[str]], **about: Any) -> Result:
    (one,) = grades.submissions
    points = {cell.name: cell.points for cell in grades.cells}
    return Result(
        one.student,
        grades.unit,
        {name: (score, points[name]) for name, score in one.scores.items()},
        notes,
        raw=one.raw,
        penalty=one.penalty,
        waiting=tuple(one.waiting),
        not_graded=tuple(one.not_graded),
        comments=one.manual_comments,
        **about,
    )
