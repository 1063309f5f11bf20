"""Records what came of a submission: in the gradebook, and in the audit trail."""

from __future__ import annotations

from typing import Any

from autograder.batch.task import Done, Marks, Task
from autograder.course.folder import Course
from autograder.grading.hand_in_time import read_hand_in_time
from autograder.grading.time_zones import home_zone
from autograder.records import audit, recording
from autograder.records.gradebook import UnitGrades


def record(course: Course, gradebook: Any, task: Task, done: Done) -> None:
    """Writes the scores of a submission into the gradebook.

    Args:
        course: the course folder.
        gradebook: nbgrader's, open.
        task: the submission.
        done: what came of it.
    """
    timestamp = read_hand_in_time(task.folder, home_zone(course.config)).moment
    recording.ensure_submission(gradebook, task.unit, task.student, timestamp)
    for one in task.notebooks:
        place = (gradebook, task.unit, one.name, task.student)
        if one.name in done.missing:
            recording.record_missing(*place)
            continue
        # A failure has no marks: no score, and a person must look. An honest zero has the
        # score 0 and needs nobody; nbgrader exports both as 0.
        marks = done.notebooks.get(one.name, Marks())
        earned = {name: mark.score for name, mark in marks.marks.items()}
        recording.record_marks(*place, earned, marks.untouched)


def write_trail(course: Course, task: Task, done: Done, grades: UnitGrades, grader: str) -> None:
    """Writes the lines of a submission into the audit trail.

    Args:
        task: the submission.
        done: what came of it.
        grades: what the gradebook now holds of it.
        grader: the grader's version.
    """
    audit.record(
        course,
        grades,
        task.student,
        grader,
        "course-bp grade",
        {name: marks.marks for name, marks in done.notebooks.items()},
        done.failure,
        crashed=done.crashed,
        not_graded=done.not_graded,
        missing=done.missing,
        sums=done.sums,
    )
