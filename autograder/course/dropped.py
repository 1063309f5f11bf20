"""Leaves exercises out of a unit's notebook, as course.toml says."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from autograder.course.folder import CourseError
from autograder.course.graded_cells import mark
from autograder.course.marks import grade_id


def without(cells: list[Any], drop: Collection[str], path: Path) -> list[Any]:
    """The cells of a unit without those of some exercises.

    With the answer and the check go the text above them, from the heading that names the exercise
    on, and cells that only give its hints. Other code stays, since later cells may need it.

    Args:
        cells: the unit's, with nbgrader's metadata.
        drop: ids of exercises.
        path: the text, for messages.

    Returns:
        The cells that are left.

    Raises:
        CourseError: if the unit does not check one of these exercises.
    """
    gone: set[int] = set()
    for id in drop:
        own = {grade_id(id), f"{grade_id(id)}-check"}
        places = [n for n, cell in enumerate(cells) if mark(cell).get("grade_id") in own]
        if not places:
            raise CourseError(f"{path} does not check {id}, which course.toml drops from its unit.")
        gone.update(places)
        gone.update(_introduction(cells, id, places[0]))
        hints = re.compile(rf"""hint\(["']{re.escape(id)}["']\)""")
        gone.update(n for n, cell in enumerate(cells) if hints.fullmatch(cell.source.strip()))
    return [cell for n, cell in enumerate(cells) if n not in gone]


def _introduction(cells: list[Any], id: str, end: int) -> list[int]:
    """The places of the text that introduces an exercise, up to its first cell."""
    heading = re.compile(rf"^#+ .*`{re.escape(id)}`", re.MULTILINE)
    start = end - 1
    while start >= 0 and not mark(cells[start]).get("solution"):
        if cells[start].cell_type == "markdown" and heading.search(cells[start].source):
            between = range(start, end)
            return [n for n in between if cells[n].cell_type == "markdown" and not mark(cells[n])]
        start -= 1
    return []
