"""From the instructor's text to nbgrader's source notebook.

A unit is written as py:percent text. Three marks on a cell are ours:

    # %% solution="quiz1.backward"    the student's cell, with a BEGIN/END SOLUTION region
    # %% check="quiz1.backward"       the graded cell, one call of check(…)
    # %% locked="imports"             a cell that grading restores when a student changed it

Points and ids come from the exercise, so the text cannot disagree with it. A cell may also carry
nbgrader's own metadata, `# %% nbgrader={…}`: a plain test, an essay or a task; beside a check,
an id and points of the course's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from autograder.course.built import write_notebook
from autograder.course.dropped import without
from autograder.course.folder import Course, CourseError
from autograder.course.graded_cells import exercises_in, mark
from autograder.course.marks import grade_id, read_marks
from autograder.exercises.registry import Registry

METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


def text_of(course: Course, unit: str) -> Path:
    """Where a unit's text lies; its source notebook has the same name beside it."""
    return course.solutions / unit / f"{unit}.py"


def read_source(path: Path, exercises: Registry, drop: Collection[str] = ()) -> Any:
    """Reads a unit's text as a notebook with nbgrader's metadata.

    Args:
        path: solutions/UNIT/UNIT.py.
        exercises: the course's.
        drop: ids of exercises whose cells are left out.

    Returns:
        The notebook, an nbformat NotebookNode with stable cell ids and no outputs.

    Raises:
        CourseError: if the text marks an exercise that does not exist, marks one twice, has a check
            without its solution cell, or has a cell that nbgrader or the grader cannot use, or says
            something of it that means nothing.
    """
    return notebook_of(path.read_text("utf-8"), path, exercises, drop)


def notebook_of(text: str, path: Path, exercises: Registry, drop: Collection[str] = ()) -> Any:
    """The notebook that a text makes; see `read_source`.

    Args:
        text: what is, or would be, in the file.
        path: the file, for messages.
    """
    import jupytext

    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.metadata = dict(METADATA)
    seen: set[str] = set()
    for cell in notebook.cells:
        read_marks(cell, path, exercises)
    notebook.cells = without(notebook.cells, drop, path)
    for cell in notebook.cells:
        cell.id = _unique(cell, seen)
    asked = [exercise.id for exercise in exercises_in(notebook, path, exercises)]
    for name in asked:
        if f"{grade_id(name)}-check" in seen and grade_id(name) not in seen:
            raise CourseError(f"{path} has no cell for {grade_id(name)}.")
    return notebook


def source_notebook(course: Course, unit: str) -> Any:
    """A unit's source notebook as its text would make it now; see `read_source`."""
    drop = course.said.of_unit(unit).drop
    return read_source(text_of(course, unit), course.exercises, drop)


def left_out(course: Course, unit: str) -> list[str]:
    """The exercises that belong to a unit of this name, and that its text lacks.

    Nothing depends on it: a text may check what it likes.
    """
    notebook, path = source_notebook(course, unit), text_of(course, unit)
    asked = {exercise.id for exercise in exercises_in(notebook, path, course.exercises)}
    dropped = course.said.of_unit(unit).drop
    known = [one.id for one in course.exercises.of_unit(unit)]
    return [id for id in known if id not in asked and id not in dropped]


def source_content(course: Course, unit: str) -> str:
    """A unit's source notebook as its text would make it now.

    Args:
        unit: the unit's name.

    Returns:
        The notebook as JSON.

    Raises:
        CourseError: if the text will not do.
    """
    import nbformat

    notebook = source_notebook(course, unit)
    return nbformat.writes(notebook, version=4) + "\n"  # type: ignore[no-untyped-call,no-any-return]


def build(
    course: Course,
    unit: str,
    overwrite: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> Path:
    """Writes a unit's source notebook beside its text, and only if it changed.

    Args:
        unit: the unit's name.
        overwrite: write it also if somebody edited it since the last build.
        say: called with a sentence if another notebook was replaced, and kept.

    Returns:
        The notebook's path.

    Raises:
        CourseError: if the text will not do, or somebody edited the notebook.
    """
    target = text_of(course, unit).with_suffix(".ipynb")
    way = f"course-bp import {unit} takes the changes into the text."
    write_notebook(course, target, source_content(course, unit).encode(), way, overwrite, say)
    return target


def _unique(cell: Any, seen: set[str]) -> str:
    """A cell id that stays the same as long as the cell's text does."""
    if "nbgrader" in cell.metadata:
        name = mark(cell).get("grade_id")
        if not name:
            raise CourseError(
                f"A cell with nbgrader's metadata has no grade_id: {cell.source[:40]!r}"
            )
        if name in seen:
            raise CourseError(f"Two cells have the id {name}.")
    else:
        digest = hashlib.sha256(cell.source.encode()).hexdigest()[:10]
        name, count = f"{cell.cell_type}-{digest}", 1
        while name in seen:
            count += 1
            name = f"{cell.cell_type}-{digest}-{count}"
    seen.add(name)
    return str(name)
