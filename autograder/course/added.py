"""Which cells came into a unit's notebooks after students had got them.

Whoever handed in an earlier notebook did not delete them.
"""

from __future__ import annotations

import json
from pathlib import Path

from autograder.course.folder import Course
from autograder.course.graded_cells import mark
from autograder.course.notebooks import Place, read_notebook, released_notebooks
from autograder.course.registration import registered_cells
from autograder.files.ledger import Ledger

ADDED = "added.jsonl"


def added_later(course: Course, unit: str) -> dict[str, frozenset[str]]:
    """Cells that came into a unit's notebooks after students had got them.

    Returns:
        Name of the notebook → nbgrader's ids.
    """
    known = registered_cells(course, unit)
    recorded = _recorded(course, unit)
    found = {}
    for name, path in released_notebooks(course, unit).items():
        ids = _ids(path)
        later = {id for id in ids if (name, id) in recorded}
        if known.submissions:
            later |= {id for id in ids if (name, id) not in known.sources}
        found[name] = frozenset(later)
    return found


def remember_added(course: Course, unit: str, there: Path, made: Path) -> None:
    """Notes which cells those do not have who handed in the notebook that is there.

    Args:
        there: the released notebook, about to be replaced.
        made: the one that replaces it.
    """
    if there.is_file() and course.students(unit):
        added = {(made.stem, id) for id in _ids(made) - _ids(there)}
        if added - (known := _recorded(course, unit)):
            Ledger(course.state / ADDED).record(unit, json.dumps(sorted(known | added)))


def _recorded(course: Course, unit: str) -> set[Place]:
    written = Ledger(course.state / ADDED).version(unit)
    return {(name, id) for name, id in json.loads(written or "[]")}


def _ids(path: Path) -> set[str]:
    cells = read_notebook(path).cells
    return {str(id) for cell in cells if (id := mark(cell).get("grade_id"))}
