"""A gradebook of a few rows, written through nbgrader's own API."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.course.folder import Course
from autograder.course.marks import grade_id
from autograder.exercises import of_unit


@dataclass(frozen=True)
class Row:
    """A cell with points: its id, what it is worth, "test", "essay" or "task", and its code."""

    name: str
    points: float
    kind: str = "test"
    source: str = ""


def cells_of(unit: str) -> list[Row]:
    """The check cells of one of the course's own units."""
    return [
        Row(f"{grade_id(e.id)}-check", e.points, source=f'check("{e.id}", answer)')
        for e in of_unit(unit)
    ]


def write_gradebook(
    course: Course,
    unit: str,
    cells: Sequence[Row],
    students: Mapping[str, Mapping[str, float | None]],
    penalties: Mapping[str, float] | None = None,
) -> None:
    """Writes an assignment with one notebook and the grader's scores of some students.

    Args:
        course: the course.
        unit: the assignment, and its notebook.
        cells: the cells that have points.
        students: student → id of the cell → the grader's score, None where it gave none; a cell
            that is not named has 0.
        penalties: student → what is taken off for being late.
    """
    course.api  # noqa: B018  (it finds nbgrader's alembic)
    assert course.gradebook_file is not None
    if not course.gradebook_file.exists():
        course.gradebook_file.write_bytes(_empty())
    with course.gradebook() as gradebook:
        gradebook.add_assignment(unit)
        gradebook.add_notebook(unit, unit)
        for cell in cells:
            about: dict[str, Any] = {"max_score": cell.points}
            about["cell_type"] = "code" if cell.kind == "test" else "markdown"
            add = gradebook.add_task_cell if cell.kind == "task" else gradebook.add_grade_cell
            add(cell.name, unit, unit, **about)
            kept = {"source": cell.source, "cell_type": about["cell_type"]}
            gradebook.add_source_cell(cell.name, unit, unit, **kept)
            if cell.kind == "essay":
                gradebook.add_solution_cell(cell.name, unit, unit)
        for student, scores in students.items():
            gradebook.update_or_create_student(student)
            gradebook.add_submission(unit, student)
            notebook = gradebook.find_submission_notebook(unit, unit, student)
            notebook.late_submission_penalty = (penalties or {}).get(student)
            for grade in notebook.grades:
                grade.auto_score = scores.get(grade.name, 0.0)
        gradebook.db.commit()


@cache
def _empty() -> bytes:
    """An empty gradebook; nbgrader takes a second to make one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "gradebook.db")
        Gradebook(f"sqlite:///{file}").close()
        return file.read_bytes()
