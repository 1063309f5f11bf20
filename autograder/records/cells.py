"""The cells of a unit that have points, as nbgrader's gradebook has them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from autograder.course.folder import Course
from autograder.course.graded_cells import exercise_named
from autograder.grading.graded_notebook import released_order


@dataclass(frozen=True)
class GradedCell:
    """A cell of a unit that has points.

    Args:
        name: the exercise's id, or nbgrader's id of the cell if it checks no exercise or another
            cell of the unit checks the same; with several notebooks, theirs stands in front.
        notebook: the notebook that it is in.
        grade_id: nbgrader's id.
        points: what it is worth, as nbgrader has it.
        exercise: the id of the exercise that it checks, or "".
        by_person: whether a person grades it: an essay, a manually graded answer, or a task.
        task: whether it is a task, whose answer is in cells of the student's own.
    """

    name: str
    notebook: str
    grade_id: str
    points: float
    exercise: str = ""
    by_person: bool = False
    task: bool = False


def read_cells(course: Course, gradebook: Any, unit: str) -> dict[str, GradedCell]:
    """Reads the cells of a unit that have points.

    Args:
        course: the course, whose released notebooks give the order.
        gradebook: nbgrader's, open.
        unit: the unit.

    Returns:
        nbgrader's key of a graded cell → the cell, in the order of the released notebooks.
    """
    from nbgrader.api import Assignment, GradeCell, Notebook, SolutionCell, SourceCell, TaskCell

    def rows(cell: Any, *columns: Any) -> Any:
        query = gradebook.db.query(Notebook.name, cell.name, *columns)
        query = query.join(Notebook, cell.notebook_id == Notebook.id)
        query = query.join(Assignment, Notebook.assignment_id == Assignment.id)
        return query.filter(Assignment.name == unit)

    sources = {
        (notebook, name): text for notebook, name, text in rows(SourceCell, SourceCell.source)
    }
    answers = {tuple(row) for row in rows(SolutionCell)}
    found: list[tuple[str, GradedCell]] = []
    for kind in (GradeCell, TaskCell):
        for notebook, name, key, points, cell_type in rows(
            kind, kind.id, kind.max_score, kind.cell_type
        ):
            place = (notebook, name)
            by_person = kind is TaskCell or place in answers or cell_type == "markdown"
            source = "" if by_person else sources.get(place) or ""
            exercise = exercise_named(source, course.exercises)
            shown = exercise or name
            worth = float(points or 0)
            task = kind is TaskCell
            cell = GradedCell(shown, notebook, name, worth, exercise, by_person, task)
            found.append((key, cell))
    released = course.directory("release", ".", unit)
    places = {
        (notebook, name): place
        for notebook in {cell.notebook for _, cell in found}
        for place, name in enumerate(released_order(released / f"{notebook}.ipynb"))
    }
    last = len(places)
    found.sort(
        key=lambda one: (
            one[1].notebook,
            places.get((one[1].notebook, one[1].grade_id), last),
            one[1].grade_id,
        )
    )
    return _told_apart(found)


def _told_apart(found: list[tuple[str, GradedCell]]) -> dict[str, GradedCell]:
    """Gives cells that would have the same name their ids, and their notebook's name if need be."""
    taken = Counter((cell.notebook, cell.name) for _, cell in found)
    several = len({cell.notebook for _, cell in found}) > 1
    told = {}
    for key, cell in found:
        name = cell.name if taken[cell.notebook, cell.name] == 1 else cell.grade_id
        told[key] = replace(cell, name=f"{cell.notebook}/{name}" if several else name)
    return told
