"""What a batch says of one student's submission, new or as the gradebook holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from autograder.batch_worker import Done, Task
from autograder.exercises import of_unit
from autograder.gradebook import counted_score
from autograder.graded_notebook import read_graded
from autograder.nbgrader_glue import recording
from autograder.notebook_sources import grade_id

# Points are sums of decimals; this far from none is none.
ROUND_OFF = 1e-6


@dataclass(frozen=True)
class Result:
    """One student's result for one unit.

    Args:
        student: the student's id.
        unit: the unit.
        scores: exercise id → (score, points); empty when the submission could not be graded.
        notes: exercise id → what went wrong there, a few words each.
        failure: why the submission could not be graded, or "".
        unchanged: whether the earlier grade was kept because nothing changed.
        remarks: what was repaired in the notebook, or ran out of its limits.
        raw: all points earned in the unit, as nbgrader adds them up.
        penalty: what nbgrader takes off for being late.
        full: what all cells of the unit are worth in the gradebook.
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
    full: float = 0.0

    @property
    def score(self) -> float:
        """The score that counts: all points earned in the unit, after the late penalty."""
        return counted_score(self.raw, self.penalty)

    @property
    def beside(self) -> float:
        """Points of cells that belong to no exercise, such as an essay's."""
        points = round(self.raw - sum(score for score, _ in self.scores.values()), 6)
        return points if abs(points) > ROUND_OFF else 0.0


def new_result(gradebook: Any, task: Task, done: Done, final: dict[str, float]) -> Result:
    """The result of a submission that was just graded and recorded.

    Args:
        gradebook: nbgrader's, open.
        task: the submission.
        done: what came of it.
        final: id of the graded cell → the score that counts.

    Returns:
        The result.
    """
    if done.failure:
        return Result(task.student, task.unit, failure=done.failure)
    totals = recording.read_totals(gradebook, task.unit, task.student)
    return Result(
        task.student,
        task.unit,
        {mark.exercise: (final[name], mark.points) for name, mark in done.marks.items()},
        {mark.exercise: list(mark.notes) for mark in done.marks.values()},
        remarks=done.remarks,
        raw=totals.raw,
        penalty=totals.penalty,
        full=totals.full,
    )


def kept_result(gradebook: Any, task: Task) -> Result | None:
    """The result of a submission that was graded before.

    Args:
        gradebook: nbgrader's, open.
        task: the submission.

    Returns:
        What the gradebook and the graded notebook say, or None if they are not complete.
    """
    grades = recording.read_marks(gradebook, task.unit, task.student)
    exercises = {exercise.id: f"{grade_id(exercise.id)}-check" for exercise in of_unit(task.unit)}
    scores = {id: grades[name] for id, name in exercises.items() if name in grades}
    if not scores:
        return None
    verdicts = read_graded(task.graded).verdicts
    notes = {id: [str(note) for note in verdict["summary"]] for id, verdict in verdicts.items()}
    totals = recording.read_totals(gradebook, task.unit, task.student)
    return Result(
        task.student,
        task.unit,
        scores,
        notes,
        unchanged=True,
        raw=totals.raw,
        penalty=totals.penalty,
        full=totals.full,
    )
