"""What the gradebook knows of a unit: its graded cells and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.course.folder import Course


@dataclass(frozen=True)
class Registered:
    """A unit in the gradebook.

    Args:
        cells: as from `graded_cells`; empty if the unit is not known.
        submissions: how many submissions to it are there.
    """

    cells: Mapping[str, float] = field(default_factory=dict)
    submissions: int = 0


def graded_cells(notebook: Any) -> dict[str, float]:
    """The cells of a notebook that nbgrader keeps scores or comments for.

    Args:
        notebook: a source or released notebook.

    Returns:
        nbgrader's id of the cell → points; 0 for a solution cell that is not graded itself.
    """
    from nbgrader.utils import is_grade, is_solution, is_task

    found = {}
    for cell in notebook.cells:
        if is_grade(cell) or is_task(cell) or is_solution(cell):
            mark = cell.metadata.nbgrader
            found[str(mark.grade_id)] = float(mark.get("points", 0) or 0)
    return found


def registered_cells(course: Course, unit: str) -> Registered:
    """What the gradebook knows of a unit; none is made.

    Args:
        unit: the unit's name.

    Returns:
        Its cells and how many submissions there are.
    """
    from nbgrader.api import MissingEntry

    if course.gradebook_file is not None and not course.gradebook_file.exists():
        return Registered()
    with course.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(unit, unit)
        except MissingEntry:
            return Registered()
        cells = {cell.name: 0.0 for cell in notebook.solution_cells}
        graded = [*notebook.grade_cells, *notebook.task_cells]
        cells |= {cell.name: float(cell.max_score) for cell in graded}
        return Registered(cells, len(notebook.submissions))


def register(course: Course, unit: str, notebook: Any) -> None:
    """Puts a unit into the gradebook as a notebook has it; there must be no submissions to it.

    Args:
        unit: the unit's name, and its notebook's.
        notebook: the notebook that students got.
    """
    from nbgrader.api import Gradebook
    from nbgrader.preprocessors import SaveCells

    db_url = str(course.api.coursedir.db_url)
    with Gradebook(db_url, course.course_id) as gradebook:
        gradebook.update_or_create_assignment(unit)
    names = {"assignment": unit, "notebook": unit, "db_url": db_url}
    SaveCells(config=course.config).preprocess(notebook, {"nbgrader": names})
