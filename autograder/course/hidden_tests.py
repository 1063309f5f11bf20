"""Hidden tests of plain nbgrader cells: from the gradebook to where a notebook is graded.

As nbgrader does, releasing a unit takes them out, and grading puts them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from autograder.course.folder import Course
from autograder.course.graded_cells import exercise_named, is_test, mark
from autograder.course.notebooks import read_notebook, source_notebooks

# Where a released notebook that is about to be graded carries a cell's whole source.
WITH_HIDDEN = "course_bp_source"


def for_grading(released: Any, tests: Mapping[str, str]) -> Any:
    """Puts hidden tests into a released notebook, beside the source that students have.

    Args:
        released: the released notebook; it is changed.
        tests: what `hidden_tests` gives for this notebook.

    Returns:
        The same notebook.
    """
    for cell in released.cells:
        source = tests.get(mark(cell).get("grade_id", ""))
        if source is not None and is_test(cell.cell_type, mark(cell)) and source != cell.source:
            cell.metadata[WITH_HIDDEN] = source
    return released


def hidden_tests(course: Course, unit: str) -> dict[str, dict[str, str]]:
    """The sources of a unit's plain tests with their hidden tests.

    Returns:
        Name of the notebook → nbgrader's id of the cell → source, from the gradebook, which keeps
        them for this. Where it does not know the notebook, or knows the cell only as it was
        released, they are those of the source notebook.
    """
    known, built = _in_gradebook(course, unit), _in_source(course, unit)
    found = {**built, **known}
    for notebook in known.keys() & built.keys():
        for name, source in known[notebook].items():
            whole = built[notebook].get(name, source)
            if whole != source and without_hidden_tests(course, whole) == source:
                found[notebook] = {**found[notebook], name: whole}
    return found


def _in_gradebook(course: Course, unit: str) -> dict[str, dict[str, str]]:
    from nbgrader.api import MissingEntry

    file = course.gradebook_file
    if file is not None and not file.exists():
        return {}
    with course.gradebook() as gradebook:
        try:
            notebooks = gradebook.find_assignment(unit).notebooks
        except MissingEntry:
            return {}
        return {str(notebook.name): _of_row(course, notebook) for notebook in notebooks}


def _of_row(course: Course, notebook: Any) -> dict[str, str]:
    graded = {cell.name for cell in notebook.grade_cells}
    graded -= {cell.name for cell in notebook.solution_cells}
    return _plain(
        course,
        (
            (cell.name, cell.source or "")
            for cell in notebook.source_cells
            if cell.name in graded and cell.cell_type == "code"
        ),
    )


def without_hidden_tests(course: Course, source: str) -> str:
    """What nbgrader releases of a test cell."""
    from nbformat.v4 import new_code_cell
    from nbgrader.preprocessors import ClearHiddenTests

    cell: Any = new_code_cell(source)  # type: ignore[no-untyped-call]
    step = ClearHiddenTests(config=course.config)
    step._remove_hidden_test_region(cell)
    return str(cell.source)


def _in_source(course: Course, unit: str) -> dict[str, dict[str, str]]:
    return {
        name: _plain(
            course,
            (
                (mark(cell)["grade_id"], cell.source)
                for cell in read_notebook(path).cells
                if is_test(cell.cell_type, mark(cell))
            ),
        )
        for name, path in source_notebooks(course, unit).items()
    }


def _plain(course: Course, tests: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name: text for name, text in tests if not exercise_named(text, course.exercises)}
