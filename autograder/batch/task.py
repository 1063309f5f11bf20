"""A submission to grade, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.folder import Course
from autograder.course.notebooks import notebook_names
from autograder.grading.grade_submission import NotGraded
from autograder.grading.grader import Mark
from autograder.grading.remarks import Remark


@dataclass(frozen=True)
class NotebookFiles:
    """Where one notebook of a submission lies at each of nbgrader's steps.

    Args:
        name: the notebook's name.
        submitted: what was handed in.
        graded: where the graded notebook goes.
        page: where the page for the student goes.
    """

    name: str
    submitted: Path
    graded: Path
    page: Path


@dataclass(frozen=True)
class Task:
    """A submission to grade.

    Args:
        student: the student's id.
        unit: the unit, nbgrader's assignment.
        within: the folder of all submissions.
        folder: the folder of this one.
        released: the folder of the unit's released notebooks.
        notebooks: one for each notebook of the unit.
    """

    student: str
    unit: str
    within: Path
    folder: Path
    released: Path
    notebooks: tuple[NotebookFiles, ...]

    @property
    def is_graded(self) -> bool:
        """Whether there is a graded notebook of it."""
        return any(notebook.graded.is_file() for notebook in self.notebooks)


@dataclass(frozen=True)
class Marks:
    """What one notebook earned.

    Args:
        marks: nbgrader's id of the graded cell → mark.
        untouched: ids of the solution cells that are as they were released.
    """

    marks: Mapping[str, Mark] = field(default_factory=dict)
    untouched: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Done:
    """What came of a task.

    Args:
        notebooks: name → what the notebook earned; empty after a failure.
        missing: names of notebooks that were not handed in, while others of the unit were.
        not_graded: name → why this notebook could not be graded, while others of the unit were.
        sums: name → SHA-256 of the file that was graded.
        remarks: what was repaired, left out or ran out of its limits.
        failure: why the submission could not be graded, or "".
        crashed: whether the grader itself failed: then `failure` may quote right answers.
        cpu: processor seconds of the submission's own code.
        peak: bytes of memory of the submission's own code.
        earlier_stands: whether the submission has nothing to do with the failure, as where this
            user may not read or write a folder: an earlier grade stays as it is then.
    """

    notebooks: Mapping[str, Marks] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    not_graded: Mapping[str, NotGraded] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    failure: str = ""
    crashed: bool = False
    cpu: float = 0.0
    peak: int = 0
    earlier_stands: bool = False


def task_of(course: Course, unit: str, student: str) -> Task:
    """Where everything of a student's submission lies.

    Args:
        student: the student's id.

    Returns:
        The task of grading it.
    """
    directory = course.directory
    submitted, graded, pages = (
        directory(step, student, unit) for step in ("submitted", "autograded", "feedback")
    )
    return Task(
        student,
        unit,
        within=directory("submitted", ".", "."),
        folder=submitted,
        released=directory("release", ".", unit),
        notebooks=tuple(
            NotebookFiles(
                name, submitted / f"{name}.ipynb", graded / f"{name}.ipynb", pages / f"{name}.html"
            )
            for name in notebook_names(course, unit)
        ),
    )
