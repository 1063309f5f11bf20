"""From a unit's source notebook back to its text, after somebody edited the notebook.

Cells that did not change keep their lines in the text. What `sources` reads as a mark becomes that
mark again, so that the new text makes the notebook that was edited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any

from autograder.course.built import content
from autograder.course.folder import Course, CourseError
from autograder.course.marks import OF_THE_EDITOR, grade_id
from autograder.course.notebooks import read_notebook
from autograder.course.sources import notebook_of, read_source, text_of
from autograder.exercises.registry import Registry
from autograder.files.ledger import replace_file

# What nbgrader and formgrader put on a cell, and a text need not say.
NOT_SAID = ("checksum",)


def import_notebook(course: Course, unit: str, dry_run: bool = False) -> bool:
    """Takes the changes of a unit's source notebook into its text.

    Args:
        unit: a unit with a text.
        dry_run: change nothing.

    Returns:
        Whether there was something to change.

    Raises:
        CourseError: if there is no text or no notebook, or the notebook cannot be said as a text;
            then the text stays as it is.
    """
    text = text_of(course, unit)
    path = text.with_suffix(".ipynb")
    if not text.is_file() or not path.is_file():
        lacking = path if text.is_file() else text
        raise CourseError(f"there is no {lacking}; a unit's text and its notebook have its name.")
    if dropped := course.said.of_unit(unit).drop:
        raise CourseError(
            f"course.toml leaves {', '.join(dropped)} out of the notebook, so a text made from it "
            "would not have them any more. Make the change in the text."
        )
    notebook = read_notebook(path)
    wanted = _without_checksums(notebook)
    try:
        if content(read_source(text, course.exercises)) == wanted:
            return False
    except CourseError:
        pass  # A text that cannot be built may be replaced by a notebook that was.
    new = _text(notebook, text, course.exercises)
    if content(notebook_of(new, text, course.exercises)) != wanted:
        raise CourseError(
            f"{path} cannot be said as a text: a text made from it would make another notebook. "
            "The text was left as it is; make the change there."
        )
    if not dry_run:
        replace_file(text, new)
    return True


def _without_checksums(notebook: Any) -> str:
    for cell in notebook.cells:
        for name in NOT_SAID:
            cell.metadata.get("nbgrader", {}).pop(name, None)
    return content(notebook)


def _text(notebook: Any, text: Path, exercises: Registry) -> str:
    old, new = _pieces(text, exercises), [_key(cell) for cell in notebook.cells]
    written = []
    steps = SequenceMatcher(None, [piece.key for piece in old], new, autojunk=False).get_opcodes()
    for step, first, last, start, end in steps:
        if step == "equal":
            written += [piece.lines for piece in old[first:last]]
            continue
        # A cell that was changed still covers what it covered.
        covered = [piece.covers for piece in old[first:last]] if last - first == end - start else []
        for cell, covers in zip_longest(notebook.cells[start:end], covered, fillvalue=""):
            written.append(_written(cell, covers, exercises))
    return "\n".join(piece.strip("\n") + "\n" for piece in written)


@dataclass(frozen=True)
class _Piece:
    """A cell of the text: what it says, its own lines, and what it covers."""

    key: str
    lines: str
    covers: str


def _pieces(text: Path, exercises: Registry) -> list[_Piece]:
    import jupytext

    try:
        cells = read_source(text, exercises).cells
    except CourseError:
        return []
    covers = [
        str(cell.metadata.get("covers", "")) for cell in jupytext.read(text, fmt="py:percent").cells
    ]
    lines = re.split(r"^(?=# %%)", text.read_text("utf-8"), flags=re.MULTILINE)
    pieces = [piece for piece in lines if piece.startswith("# %%")]
    if len(pieces) != len(cells):
        return []
    return [
        _Piece(_key(cell), piece, one)
        for cell, piece, one in zip(cells, pieces, covers, strict=True)
    ]


def _key(cell: Any) -> str:
    marks = sorted(cell.metadata.get("nbgrader", {}).items())
    return repr((cell.cell_type, cell.source, marks))


def _written(cell: Any, covers: str, exercises: Registry) -> str:
    """A cell as jupytext writes it, its marks in its header."""
    import jupytext
    from nbformat.v4 import new_notebook

    own = {name: value for name, value in cell.metadata.items() if name not in OF_THE_EDITOR}
    cell.metadata = {**_marks(cell, exercises), **own, **({"covers": covers} if covers else {})}
    filters = {"notebook_metadata_filter": "-all", "cell_metadata_filter": "all"}
    alone: Any = new_notebook(cells=[cell], metadata={"jupytext": filters})  # type: ignore[no-untyped-call]
    written = str(jupytext.writes(alone, fmt="py:percent"))
    return written[written.index("# %%") :]


def _marks(cell: Any, exercises: Registry) -> dict[str, Any]:
    """The mark that stands for nbgrader's metadata of a cell, or the metadata itself."""
    said = dict(cell.metadata.get("nbgrader", {}))
    if not said:
        return {}
    id = str(said.get("grade_id", ""))
    by_cell = {grade_id(id): id for id in exercises}
    exercise = by_cell.get(id.removesuffix("-check"), "")
    usual = {"schema_version": 3, "task": False, "cell_type": cell.cell_type, "grade_id": id}
    check = id != grade_id(exercise)
    if exercise:
        kind, value = ("check" if check else "solution"), exercise
    else:
        kind, value = "locked", id
    meant = {**usual, "grade": kind == "check", "solution": kind == "solution"}
    meant["locked"] = kind != "solution"
    if kind == "check":
        meant["points"] = exercises[exercise].points
    return {kind: value} if said == meant else {"nbgrader": said}
