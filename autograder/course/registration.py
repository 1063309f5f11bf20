"""What the gradebook knows of a unit: its notebooks, its graded cells and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.course.notebooks import Place
from autograder.course.opening import open_gradebook

KINDS = ("grade", "solution", "task", "source")


@dataclass(frozen=True)
class Registered:
    """A unit in the gradebook.

    Args:
        cells: notebook and id → points, as from `graded_cells`; empty if the unit is not known.
        submissions: how many submissions to it are there.
        sources: notebook and id → the source that nbgrader keeps of a cell.
        notebooks: the names of its notebooks, in order.
    """

    cells: Mapping[Place, float] = field(default_factory=dict)
    submissions: int = 0
    sources: Mapping[Place, str] = field(default_factory=dict)
    notebooks: tuple[str, ...] = ()


def graded_cells(notebooks: Mapping[str, Any]) -> dict[Place, float]:
    """The cells that nbgrader keeps scores or comments for.

    Args:
        notebooks: name → source or released notebook.

    Returns:
        Notebook and nbgrader's id of the cell → points; 0 for a solution cell that is not graded
        itself.
    """
    from nbgrader.utils import is_grade, is_solution, is_task

    return {
        (name, str(cell.metadata.nbgrader.grade_id)): float(
            cell.metadata.nbgrader.get("points", 0) or 0
        )
        for name, notebook in notebooks.items()
        for cell in notebook.cells
        if is_grade(cell) or is_task(cell) or is_solution(cell)
    }


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
            assignment = gradebook.find_assignment(unit)
        except MissingEntry:
            return Registered()
        cells: dict[Place, float] = {}
        sources: dict[Place, str] = {}
        for notebook in assignment.notebooks:
            cells |= {(notebook.name, cell.name): 0.0 for cell in notebook.solution_cells}
            graded = [*notebook.grade_cells, *notebook.task_cells]
            cells |= {(notebook.name, cell.name): float(cell.max_score) for cell in graded}
            kept = notebook.source_cells
            sources |= {(notebook.name, cell.name): str(cell.source or "") for cell in kept}
        names = tuple(sorted(str(notebook.name) for notebook in assignment.notebooks))
        return Registered(cells, int(assignment.num_submissions or 0), sources, names)


def register(course: Course, unit: str, notebooks: Mapping[str, Any]) -> None:
    """Puts a unit into the gradebook as its notebooks have it.

    Where there are submissions, the notebooks must have the cells that the gradebook has.

    Args:
        unit: the unit's name.
        notebooks: name → the notebook that students got.
    """
    from nbgrader.preprocessors import SaveCells

    db_url = str(course.api.coursedir.db_url)
    with open_gradebook(db_url, course.course_id) as gradebook:
        gradebook.update_or_create_assignment(unit)
    for name, notebook in notebooks.items():
        names = {"assignment": unit, "notebook": name, "db_url": db_url}
        SaveCells(config=course.config).preprocess(notebook, {"nbgrader": names})


@dataclass(frozen=True)
class Adopted:
    """What changed in the gradebook.

    Args:
        added: cells that are new there, "notebook/id" where a unit has several notebooks.
        removed: cells that are gone.
        submissions: how many submissions to the unit are there.
        changed: cells that are worth something else now, such as "square-test 4 → 6".
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    submissions: int
    changed: tuple[str, ...] = ()


def adopt_cells(course: Course, unit: str, notebooks: Mapping[str, Any]) -> Adopted:
    """Makes a unit's cells in the gradebook those of its notebooks, and keeps what people gave.

    nbgrader refuses to add or remove cells once there are submissions. New cells get an empty
    score, and a comment where nbgrader has one, in every submission. A cell that is gone is
    removed, unless somebody has points or a comment from a person there.

    Args:
        unit: the unit's name.
        notebooks: name → the notebook that students get; every one must be known already, or new.

    Returns:
        What changed. Points and sources of cells are left to nbgrader's own step.

    Raises:
        CourseError: if a cell is gone for which a person gave points or wrote a comment.
    """
    from nbgrader.api import MissingEntry

    with course.gradebook() as gradebook:
        session = gradebook.db
        try:
            assignment = gradebook.find_assignment(unit)
        except MissingEntry:
            return Adopted((), (), 0)
        rows = {str(notebook.name): notebook for notebook in assignment.notebooks}
        wanted = {name: _kinds(notebook) for name, notebook in notebooks.items()}
        several = len(wanted) > 1
        added, removed = [], []
        for name in sorted(rows.keys() | wanted.keys()):
            row = rows.get(name) or _new_notebook(session, assignment, name)
            known = _known(row)
            cells = wanted.get(name, {kind: {} for kind in KINDS})
            for kind in KINDS:
                for id in sorted(known[kind].keys() - cells[kind].keys()):
                    _remove(session, known[kind][id], unit)
                    removed.append(f"{name}/{id}" if several else id)
                for id in sorted(cells[kind].keys() - known[kind].keys()):
                    _add(session, row, kind, id, cells[kind][id])
                    added.append(f"{name}/{id}" if several else id)
            if name not in wanted:
                _remove_notebook(session, row)
        session.commit()
        once = [tuple(dict.fromkeys(names)) for names in (added, removed)]
        return Adopted(once[0], once[1], len(assignment.submissions))


def _kinds(notebook: Any) -> dict[str, dict[str, Any]]:
    """The cells of a notebook, as nbgrader's step that saves them sorts them."""
    from nbgrader.utils import is_grade, is_locked, is_solution, is_task

    tests = {"grade": is_grade, "solution": is_solution, "task": is_task}
    found: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for cell in notebook.cells:
        kinds = [kind for kind, test in tests.items() if test(cell)]
        if kinds or is_locked(cell):
            for kind in (*kinds, "source"):
                found[kind][str(cell.metadata.nbgrader.grade_id)] = cell
    return found


def _known(row: Any) -> dict[str, dict[str, Any]]:
    return {kind: {str(c.name): c for c in getattr(row, f"{kind}_cells")} for kind in KINDS}


def _new_notebook(session: Any, assignment: Any, name: str) -> Any:
    from nbgrader.api import Notebook, SubmittedNotebook

    row = Notebook(name=name, assignment=assignment)
    session.add(row)
    for submission in assignment.submissions:
        session.add(SubmittedNotebook(notebook=row, assignment=submission))
    session.flush()
    return row


def _add(session: Any, row: Any, kind: str, id: str, cell: Any) -> None:
    from nbgrader import api

    about: dict[str, Any] = {"name": id, "notebook": row}
    if kind in ("grade", "task"):
        about["max_score"] = float(cell.metadata.nbgrader.get("points", 0) or 0)
    if kind != "solution":
        about["cell_type"] = cell.cell_type
    if kind == "source":
        about |= {"source": cell.source, "locked": bool(cell.metadata.nbgrader.get("locked"))}
    made = getattr(api, f"{kind.capitalize()}Cell")(**about)
    session.add(made)
    session.flush()
    for submitted in row.submissions if kind != "source" else ():
        if kind in ("grade", "task"):
            session.add(api.Grade(cell_id=made.id, notebook=submitted))
        if kind in ("solution", "task"):
            session.add(api.Comment(cell_id=made.id, notebook=submitted))


def _remove(session: Any, cell: Any, unit: str) -> None:
    given = [*(getattr(cell, "grades", None) or ()), *(getattr(cell, "comments", None) or ())]
    for one in given:
        by_hand = (getattr(one, name, None) for name in ("manual_score", "manual_comment"))
        if any(value is not None for value in by_hand) or getattr(one, "extra_credit", None):
            raise CourseError(
                f"{cell.name} is not in the notebook of {unit} any more, but a person gave "
                f"{one.student.id!r} points or a comment for it. Nothing was changed. Put the cell "
                "back, or take away in formgrader what was given for it."
            )
    for one in given:
        session.delete(one)
    session.delete(cell)


def _remove_notebook(session: Any, row: Any) -> None:
    for submitted in list(row.submissions):
        session.delete(submitted)
    session.flush()
    session.delete(row)
