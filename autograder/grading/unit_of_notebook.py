"""Which unit of the course a notebook is a copy of, by what is in it."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.course.marks import grade_id
from autograder.course.notebooks import read_notebook
from autograder.exercises import EXERCISES
from autograder.exercises.registry import Registry
from autograder.grading.rebuild import bare, matched_ids
from autograder.grading.submission import Cell

# Of a unit's given cells: so many make it this unit's without looking at others, and so many
# another's if they are twice as many as this one's.
SURELY = 0.5
ANOTHERS = 0.3


@dataclass(frozen=True)
class Expected:
    """The notebook that a submission should hold.

    Args:
        unit: the unit's name.
        released: what students got, with the hidden tests of its plain cells.
        others: gives the released notebooks of the course's other units, by the unit's name.
        name: the notebook's name, if the unit has several.
        siblings: name → the unit's other notebooks, which are handed in beside this one.
        exercises: the course's, which tell what a notebook of another unit is.
    """

    unit: str
    released: Any
    others: Callable[[], Mapping[str, Any]] = dict
    name: str = ""
    siblings: Mapping[str, Any] = field(default_factory=dict)
    exercises: Registry = EXERCISES


def expected_notebook(
    course: Course, unit: str, name: str, released: Mapping[str, Any]
) -> Expected:
    """What a submission to a course should hold.

    Args:
        course: the course, whose other units are read only if they must be told apart.
        unit: the unit's name.
        name: the notebook's name, without its ending.
        released: name → notebook that students got, for all of the unit's.
    """
    siblings = {other: notebook for other, notebook in released.items() if other != name}
    own = released[name]
    others = partial(_others, course, unit)
    return Expected(unit, own, others, name if siblings else "", siblings, course.exercises)


@cache
def _others(course: Course, unit: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(course.released.glob("*/*.ipynb")):
        if path.parent.name != unit:
            with contextlib.suppress(CourseError, OSError):
                notebook = read_notebook(path)
                found.setdefault(path.parent.name, notebook)
                if found[path.parent.name] is not notebook:
                    found[path.parent.name].cells += notebook.cells
    return found


def unit_of(cells: Sequence[Cell], expected: Expected) -> str:
    """Which unit of the course a notebook is a copy of.

    Args:
        cells: its cells.
        expected: the unit that it should be.

    Returns:
        The unit's name; "" if it is not of the course.
    """
    texts = texts_of(cells)
    share = _share(texts, expected.released)
    if share > SURELY:
        return expected.unit
    ids = matched_ids(expected.released, cells)
    others = dict(expected.others())
    if others:
        shares = {unit: _share(texts, released) for unit, released in others.items()}
        likeliest = max(sorted(shares), key=lambda unit: shares[unit])
        only_here = ids - marked_ids(others[likeliest])
        if shares[likeliest] > max(ANOTHERS, 2 * share) and not only_here:
            return likeliest
    if ids:
        return expected.unit
    known = {f"{grade_id(id)}-check": one.unit for id, one in expected.exercises.items()}
    units = Counter(known[cell.grade_id] for cell in cells if cell.grade_id in known)
    return units.most_common(1)[0][0] if units else ""


def _share(texts: frozenset[str], released: Any) -> float:
    """How much of what a unit gives is in a notebook."""
    given = given_texts(released)
    return len(texts & given) / len(given) if given else 0.0


def given_texts(released: Any) -> frozenset[str]:
    """The texts of a released notebook that are not for students to fill in."""
    return texts_of(cell for cell in released.cells if not _is_open(cell))


def marked_ids(released: Any) -> frozenset[str]:
    """nbgrader's ids of all marked cells of a released notebook."""
    marks = (cell.metadata.get("nbgrader", {}) for cell in released.cells)
    return frozenset(str(mark["grade_id"]) for mark in marks if "grade_id" in mark)


def _is_open(cell: Any) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def restored_ids(released: Any) -> frozenset[str]:
    """nbgrader's ids of the cells that are graded as they were released, whatever comes back."""
    marks = (cell.metadata.get("nbgrader", {}) for cell in released.cells if not _is_open(cell))
    return frozenset(str(mark["grade_id"]) for mark in marks if "grade_id" in mark)


def texts_of(cells: Iterable[Any]) -> frozenset[str]:
    """The texts of cells, without space at the ends of their lines; none that is empty."""
    return frozenset(filter(None, (bare(cell.source) for cell in cells)))
