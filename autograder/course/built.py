"""What the last build wrote, so that a notebook which somebody edited since is never lost.

A notebook that was saved again with its outputs counts as unchanged: only its cells' text and
nbgrader's metadata are compared.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.course.notebooks import read_notebook
from autograder.files.ledger import Ledger, replace_file


def content(notebook: Any) -> str:
    """A hash of what a reader meets in a notebook and the grader goes by."""
    cells = [
        (cell.cell_type, cell.source, sorted(cell.metadata.get("nbgrader", {}).items()))
        for cell in notebook.cells
    ]
    return hashlib.sha256(json.dumps(cells, default=str).encode()).hexdigest()[:24]


def ledger(course: Course) -> Ledger:
    """Path of a notebook in the course folder → `content` as the last build left it."""
    return Ledger(course.state / "built.jsonl")


def edited_by_hand(course: Course, path: Path) -> bool:
    """Whether a notebook has changed since the last build here wrote it; no if there was none."""
    known = ledger(course).version(_key(course, path))
    return bool(known) and path.is_file() and content(read_notebook(path)) != known


def write_notebook(
    course: Course,
    path: Path,
    written: bytes,
    way: str,
    overwrite: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> None:
    """Writes a notebook that is made from others, but never over somebody's own changes.

    Args:
        path: where it goes; nothing is written if it is the same already.
        written: the notebook.
        way: what to do with changes that somebody made to it, for the message.
        overwrite: write it in any case.
        say: called with a sentence if it is not known whether the one that is there was edited:
            then it is kept under another name.

    Raises:
        CourseError: if somebody edited the notebook since the last build.
    """
    import nbformat

    made = nbformat.reads(written.decode(), as_version=4)  # type: ignore[no-untyped-call]
    wanted, known = content(made), ledger(course)
    if path.is_file() and path.read_bytes() != written:
        there = content(read_notebook(path))
        last = known.version(_key(course, path))
        if there not in (wanted, last):
            if last and not overwrite:
                raise would_undo(course, path, way)
            keep_replaced(course, path, path.read_bytes(), say)
    if not path.is_file() or path.read_bytes() != written:
        replace_file(path, written)
    known.record(_key(course, path), wanted)


def would_undo(course: Course, path: Path, way: str) -> CourseError:
    """What is said of a notebook that somebody edited, instead of writing over it.

    Args:
        way: what to do with the changes.
    """
    return CourseError(
        f"{path.relative_to(course.root)} was edited since it was built, and building would undo "
        f"that. {way} Or run course-bp build --overwrite {path.parent.name}; the edited notebook "
        "is kept in .course-bp/replaced."
    )


def keep_replaced(course: Course, path: Path, replaced: bytes, say: Callable[[str], None]) -> None:
    """Keeps a notebook that somebody may have edited, before or after another took its place.

    Args:
        path: where it was.
        replaced: the notebook.
        say: called with a sentence that says where it is kept.
    """
    kept = course.state / "replaced" / f"{path.stem}-{time.strftime('%Y%m%d-%H%M%S')}.ipynb"
    replace_file(kept, replaced)
    shown, where = path.relative_to(course.root), kept.relative_to(course.root)
    say(f"{shown} was replaced; what was there is kept as {where}.")


def remember_built(course: Course, path: Path, replaced: Path, say: Callable[[str], None]) -> None:
    """Remembers a notebook that nbgrader's own step has just built, as `write_notebook` does.

    Args:
        path: where it is.
        replaced: a copy of what was there before; no file if nothing was.
        say: called with a sentence if it is not known whether that one was edited: then it is kept.
    """
    wanted, known = content(read_notebook(path)), ledger(course)
    last = known.version(_key(course, path))
    if replaced.is_file() and content(read_notebook(replaced)) not in (wanted, last):
        keep_replaced(course, path, replaced.read_bytes(), say)
    known.record(_key(course, path), wanted)


def _key(course: Course, path: Path) -> str:
    return (
        path.relative_to(course.root).as_posix() if path.is_relative_to(course.root) else path.name
    )
