"""The marks of a unit's text, as nbgrader's metadata: # %% check="…", solution="…", locked="…".

What a cell says in nbgrader's own words beside its mark counts, and whatever means nothing there
is refused: points that nobody reads would be points that nobody gets.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.course.folder import CourseError
from autograder.exercises.registry import Registry

MARKS = ("solution", "check", "locked")
# JupyterLab's and nbgrader's own; everything else on a cell is said in the text.
OF_THE_EDITOR = ("nbgrader", "collapsed", "jupyter", "execution", "ExecuteTime", "deletable",
                 "editable", "scrolled", "slideshow", "trusted")  # fmt: skip
# jupytext's own, ours for the lectures' objectives, and what other programs show a cell by.
BESIDE = (*OF_THE_EDITOR, "lines_to_next_cell", "covers", "tags", "title", "name", "format",
          "hide_input", "vscode")  # fmt: skip


def grade_id(exercise_id: str) -> str:
    """The nbgrader id of an exercise's solution cell; its check cell adds "-check"."""
    return exercise_id.replace(".", "-").replace("_", "-")


def read_marks(cell: Any, path: Path, exercises: Registry) -> None:
    """Turns a cell's mark into nbgrader's metadata.

    Args:
        cell: a cell of a unit's text, which is changed.
        path: the text, for messages.
        exercises: the course's.

    Raises:
        CourseError: if the mark names an exercise that there is not, or something beside it means
            nothing there.
    """
    marks = {name: cell.metadata.pop(name) for name in MARKS if name in cell.metadata}
    marks = {name: value for name, value in marks.items() if value}
    if len(marks) > 1:
        raise CourseError(f"{path}: a cell is marked as {' and as '.join(marks)}; keep one.")
    for kind, value in marks.items():
        where = f'{path}: the cell {kind}="{value}"'
        if unknown := [name for name in cell.metadata if name not in BESIDE]:
            raise CourseError(_means_nothing(where, kind, unknown))
        made = _made(cell.cell_type, kind, str(value), path, exercises)
        cell.metadata["nbgrader"] = _with_own(made, cell.metadata.get("nbgrader", {}), kind, where)
    for name in ("lines_to_next_cell", "covers"):
        cell.metadata.pop(name, None)


def _made(cell_type: str, kind: str, value: str, path: Path, exercises: Registry) -> dict[str, Any]:
    made: dict[str, Any] = {
        "schema_version": 3,
        "grade": kind == "check",
        "solution": kind == "solution",
        "locked": kind != "solution",
        "task": False,
        "cell_type": cell_type,
    }
    if kind == "locked":
        return {**made, "grade_id": value}
    try:
        exercise = exercises.find(value)
    except ValueError as error:
        raise CourseError(f"{path}: {error}") from None
    made["grade_id"] = grade_id(value) + ("-check" if kind == "check" else "")
    if kind == "check":
        points = exercise.points
        made["points"] = int(points) if points == int(points) else points
    return made


def _with_own(made: dict[str, Any], own: Any, kind: str, where: str) -> dict[str, Any]:
    """What the mark means, with an id and points of the cell's own."""
    if not isinstance(own, dict):
        raise CourseError(f"{where} has nbgrader={own!r}, which is not a table: write {{…}}.")
    if unknown := [name for name in own if name not in made]:
        raise CourseError(_means_nothing(where, kind, [f"nbgrader's {name!r}" for name in unknown]))
    for name, value in own.items():
        if name not in ("grade_id", "points") and value != made[name]:
            raise CourseError(
                f"{where} says {name!r}: {value!r} in its nbgrader metadata, but the mark {kind} "
                f"means {made[name]!r}. Remove one of them."
            )
    points = own.get("points", 0)
    if isinstance(points, bool) or not isinstance(points, int | float) or points < 0:
        raise CourseError(f"{where} has {points!r} points; write a number from 0 up.")
    return {**made, **own}


def _means_nothing(where: str, kind: str, unknown: list[str]) -> str:
    words = f"{where} also has {', '.join(unknown)}, which means nothing there."
    if kind == "check":
        words += ' For an id and points of your own: nbgrader={"grade_id": "ID", "points": 9}.'
    return words
