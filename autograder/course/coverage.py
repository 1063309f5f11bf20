"""Where the course covers what: deck item or objective → unit and heading, from tags in the texts.

A cell of a unit's text says on its header what it covers, `covers="D0:Quiz 1; O2"`, in the words
of solutions/inventory.toml. Exercises add their unit to the objectives that they name.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

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
    path = course.solutions / "inventory.toml"
    if not path.is_file():
        raise CourseError(f"there is no {path}, which lists what the course covers.")
    table = tomllib.loads(path.read_text("utf-8"))
    items: dict[str, str] = {
        f"{deck}:{item}": item for deck, held in table["decks"].items() for item in held
    }
    return {**items, **table["errata"], **table["objectives"]}


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
    """The table of homes as a Markdown page.

    Returns:
        The text of docs/coverage.md.
    """
    items, found = inventory(course), homes(course)
    lines = [
        "# Where the course covers what",
        "",
        "Made from the tags in the units' texts by `course-bp coverage`; do not edit it.",
    ]
    section = ""
    for key, words in items.items():
        if section != (section := _section(key)):
            lines += ["", f"## {section}", "", "| Item | Unit and place |", "|---|---|"]
        name = words if ":" in key else f"{key}: {words}"
        places = "; ".join(f"{home.unit}: {home.heading}" for home in found[key])
        cells = [text.replace("|", "\\|") for text in (name, places or "**nowhere yet**")]
        lines.append(f"| {cells[0]} | {cells[1]} |")
    return "\n".join(lines) + "\n"


def _section(key: str) -> str:
    if ":" in key:
        return f"Deck {key.split(':')[0]}"
    return "Errata of the slides" if key.startswith("erratum") else "Objectives"
