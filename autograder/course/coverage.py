"""Where the course covers what: deck item or objective → unit and heading, from tags in the texts.

A cell of a unit's text says on its header what it covers, `covers="D0:Quiz 1; O2"`, in the words
of solutions/inventory.toml. Exercises add their unit to the objectives that they name.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.folder import Course, CourseError


@dataclass(frozen=True)
class Home:
    """A place in a unit.

    Args:
        unit: the unit's name.
        heading: the last heading at or above the cell.
    """

    unit: str
    heading: str


def inventory(course: Course) -> dict[str, str]:
    """All that the course has to cover.

    Returns:
        Key as it stands in `covers` → how to say it: "D0:Quiz 1" → "Quiz 1".

    Raises:
        CourseError: if solutions/inventory.toml is missing.
    """
    table = _inventory_file(course)
    items: dict[str, str] = {
        f"{deck}:{item}": item for deck, held in table["decks"].items() for item in held
    }
    return {**items, **table["errata"], **table["objectives"]}


def _inventory_file(course: Course) -> dict[str, Any]:
    path = course.solutions / "inventory.toml"
    if not path.is_file():
        raise CourseError(f"there is no {path}, which lists what the course covers.")
    return tomllib.loads(path.read_text("utf-8"))


def homes(course: Course) -> dict[str, list[Home]]:
    """Finds the home of each item.

    Returns:
        Key of the inventory → its places, in course order; an empty list where there is none.

    Raises:
        CourseError: if a cell covers something that the inventory does not hold.
    """
    import jupytext

    found: dict[str, list[Home]] = {key: [] for key in inventory(course)}
    for unit in course.units():
        path = course.solutions / unit / f"{unit}.py"
        heading = unit
        for cell in jupytext.read(path, fmt="py:percent").cells:
            if cell.cell_type == "markdown":
                lines = [line for line in cell.source.splitlines() if line.startswith("#")]
                heading = lines[0].lstrip("# ") if lines else heading
            for key in filter(None, map(str.strip, cell.metadata.get("covers", "").split(";"))):
                if key not in found:
                    raise CourseError(f"{path}: covers={key!r} is not in inventory.toml.")
                if Home(unit, heading) not in found[key]:
                    found[key].append(Home(unit, heading))
        for exercise in course.exercises.of_unit(unit):
            for objective in exercise.objectives:
                home = Home(unit, "the exercises")
                if home not in found[objective]:
                    found[objective].append(home)
    return found


def coverage_page(course: Course) -> str:
    """The homes as a Markdown page: deck by deck, then the errata, then the objectives.

    Returns:
        The text of docs/coverage.md.
    """
    items, found = inventory(course), homes(course)
    lines = [_OPENING]
    for deck, title in _titles(course).items():
        keys = [key for key in items if key.startswith(f"{deck}:")]
        lines += ["", f"## {deck}: {title}", "", _reading_order([found[key] for key in keys])]
        lines += _table("Item", [[items[key], _places(found[key])] for key in keys])
    lines += ["", f"## {_ERRATA}", "", _ABOUT_ERRATA]
    errata = [key for key in items if key.startswith("erratum ")]
    rows = [[key.split()[1], *items[key].split(": ", 1), _places(found[key])] for key in errata]
    lines += _table("Erratum | Lecture | What is right, or what is wrong", rows)
    lines += ["", "## Objectives"]
    rest = [key for key in items if key not in errata and ":" not in key]
    lines += _table("Objective", [[f"{key}: {items[key]}", _places(found[key])] for key in rest])
    lines += ["", *_links(course)]
    return "\n".join(lines) + "\n"


_ERRATA = "What the lectures got wrong"
_OPENING = """\
# Where the course covers what

Made from the tags in the units' texts by `course-bp coverage`; do not edit it.

The units call the lectures by short names, which stand here with their titles. The slides are not
part of this course. If you come from a lecture, the line above its table says which units to read,
and in which order. For each item, the table names the unit and the heading in it.
[What the lectures got wrong](#what-the-lectures-got-wrong) has a part of its own."""
_ABOUT_ERRATA = """\
Each place shows the slide's form beside the correct one, with a number or two as a proof. In unit
10 the proof is the student's."""


def _titles(course: Course) -> dict[str, str]:
    table = _inventory_file(course)
    return {deck: table.get("titles", {}).get(deck, "") for deck in table["decks"]}


def _reading_order(places: list[list[Home]]) -> str:
    """Which units treat the items of a lecture first, and which come back to them."""
    first = sorted({homes[0].unit for homes in places if homes})
    later = sorted({home.unit for homes in places for home in homes} - set(first))
    order = f"To read: {', '.join(f'[{unit}]' for unit in first) or 'nothing yet'}."
    again = f" More about it: {', '.join(f'[{unit}]' for unit in later)}." if later else ""
    return order + again


def _table(heads: str, rows: list[list[str]]) -> list[str]:
    columns = f"{heads} | Unit and place"
    lines = ["", f"| {columns} |", "|---" * len(columns.split(" | ")) + "|"]
    escaped = ([cell.replace("|", "\\|") for cell in row] for row in rows)
    return lines + [f"| {' | '.join(row)} |" for row in escaped]


def _places(homes: list[Home]) -> str:
    return "; ".join(f"[{home.unit}] {home.heading}" for home in homes) or "**nowhere yet**"


def _links(course: Course) -> list[str]:
    """What the units' names in brackets lead to: the notebooks that students get."""
    released = Path(os.path.relpath(course.released, course.root / "docs")).as_posix()
    return [f"[{unit}]: {released}/{unit}/{unit}.ipynb" for unit in course.units()]
