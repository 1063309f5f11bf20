"""Makes the example class: puts each student's cells into the released notebooks.

    python examples/build_class.py --into submitted

`examples/students/<student>/<unit>.py` holds what a student wrote, as py:percent text: a cell
headed `# %% solution="quiz1.backward"` goes where the notebook has its solution cell, any other
cell is the student's own and goes before the next solution cell. Exercises that the file leaves
out stay as they were released. The same input always gives the same bytes, and a file that would
not change is not touched, so that nothing is graded again without need.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.course.marks import grade_id

EXAMPLES = Path(__file__).resolve().parent
STUDENTS = EXAMPLES / "students"
NOTEBOOKS = EXAMPLES.parent / "notebooks"


class CannotBuild(Exception):
    """The class cannot be made; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the script; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        planned = plan(options.students, options.notebooks, options.into, options.unit)
        changed = write(planned)
    except (CannotBuild, OSError) as problem:
        print(f"build_class: {problem}", file=sys.stderr)
        return 1
    print(f"{len(planned)} submissions in {options.into}, {changed} of them new or changed")
    return 0


def plan(
    students: Path, notebooks: Path, into: Path, units: Sequence[str] | None = None
) -> dict[Path, bytes]:
    """Works out every submission without writing anything.

    Args:
        students: the folder of the students' texts.
        notebooks: the folder of released notebooks.
        into: the folder to submit to.
        units: the units to make; by default all that the students have.

    Returns:
        File → content.

    Raises:
        CannotBuild: if a text, a notebook or a solution cell is missing or cannot be read, or a
            submission that this script did not make is in the way.
    """
    texts = sorted(students.glob("*/*.py"))
    if not texts:
        raise CannotBuild(f"there is no student text such as {students / 'ada' / 'UNIT.py'}.")
    available = sorted({text.stem for text in texts})
    if unknown := sorted(set(units or ()) - set(available)):
        raise CannotBuild(f"no student has unit {unknown[0]!r}; there are {', '.join(available)}.")
    released = {unit: read_released(notebooks, unit) for unit in units or available}
    planned = {}
    for text in texts:
        student, unit = text.parent.name, text.stem
        if unit in released:
            target = into / student / unit / f"{unit}.ipynb"
            _refuse_to_overwrite_work(target)
            try:
                notebook = fill_in(released[unit], read_cells(text))
            except CannotBuild as problem:
                raise CannotBuild(f"{text}: {problem}") from None
            planned[target] = (nbformat.writes(notebook).rstrip("\n") + "\n").encode()
    return planned


def write(planned: dict[Path, bytes]) -> int:
    """Writes the files whose content differs from what is there; returns how many those are."""
    changed = {
        path: content
        for path, content in planned.items()
        if not path.exists() or path.read_bytes() != content
    }
    for path, content in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(changed)


def read_released(notebooks: Path, unit: str) -> NotebookNode:
    """Reads the notebook of a unit as students get it."""
    path = notebooks / unit / f"{unit}.ipynb"
    if not path.exists():
        raise CannotBuild(f"there is no {path}; run: make notebooks")
    return _read(path, "run: make notebooks")


def read_cells(text: Path) -> list[NotebookNode]:
    """Reads a student's py:percent text as cells; answers have `solution` in their metadata."""
    return list(jupytext.read(text, fmt="py:percent").cells)


def fill_in(released: NotebookNode, cells: Sequence[NotebookNode]) -> NotebookNode:
    """Puts a student's cells into a released notebook.

    Args:
        released: the notebook; it stays as it is.
        cells: the student's cells in order, answers with `solution` in their metadata.

    Returns:
        A new notebook, marked as one of the example class.

    Raises:
        CannotBuild: if the answers are not those of solution cells of the notebook, each at most
            once and in its order.
    """
    notebook = deepcopy(released)
    notebook.metadata.setdefault("course_bp", {})["example_class"] = True
    places = [id for cell in notebook.cells if (id := _solution_id(cell))]
    answered = [_grade_id(cell) for cell in cells if "solution" in cell.metadata]
    if unknown := [id for id in answered if id not in places]:
        raise CannotBuild(
            f"the notebook has no solution cell {unknown[0]!r}; it has {', '.join(places)}."
        )
    if answered != [id for id in places if id in answered]:
        raise CannotBuild(f"answer each exercise once, in this order: {', '.join(places)}.")

    merged: list[NotebookNode] = []
    rest = iter(notebook.cells)
    pending: list[NotebookNode] = []
    for number, cell in enumerate(cells, start=1):
        if "solution" not in cell.metadata:
            pending.append(_own_cell(cell, number, notebook))
            continue
        for slot in rest:
            if _solution_id(slot) == _grade_id(cell):
                slot.source = cell.source
                merged += [*pending, slot]
                pending = []
                break
            merged.append(slot)
    notebook.cells = [*merged, *rest, *pending]
    return notebook


def _own_cell(cell: NotebookNode, number: int, notebook: NotebookNode) -> NotebookNode:
    new = new_markdown_cell if cell.cell_type == "markdown" else new_code_cell
    # Ids come from the place in the text: random ones would change from run to run.
    own = new(cell.source, id=f"own-{number}")
    if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
        del own["id"]
    return own


def _solution_id(cell: NotebookNode) -> str:
    marks = cell.metadata.get("nbgrader", {})
    return marks["grade_id"] if marks.get("solution") else ""


def _grade_id(cell: NotebookNode) -> str:
    return grade_id(cell.metadata["solution"])


def _refuse_to_overwrite_work(target: Path) -> None:
    if not target.exists():
        return
    advice = "it may be somebody's work; move it away or choose another folder with --into"
    if not _read(target, advice).metadata.get("course_bp", {}).get("example_class"):
        raise CannotBuild(f"{target} was not made by this script: {advice}.")


def _read(path: Path, advice: str) -> NotebookNode:
    try:
        return nbformat.read(path, as_version=4)
    # nbformat and json raise many kinds of errors on a file that is not a notebook.
    except Exception as error:
        raise CannotBuild(f"{path} cannot be read as a notebook: {advice}.") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build_class", description="Puts the example students' cells into the notebooks."
    )
    parser.add_argument(
        "--into", type=Path, default=Path("submitted"), help="nbgrader's submitted folder"
    )
    parser.add_argument("--unit", action="append", help="only this unit (may be given repeatedly)")
    parser.add_argument("--notebooks", type=Path, default=NOTEBOOKS, help="the released notebooks")
    parser.add_argument("--students", type=Path, default=STUDENTS, help="the students' texts")
    return parser


if __name__ == "__main__":
    sys.exit(main())
