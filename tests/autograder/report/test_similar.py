"""Near-copies: copies are found whatever they are renamed to, honest work is left alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jupytext
import pytest
from workflows.support import REPOSITORY, UNITS

from autograder.course.folder import CONFIG_FILE, Course
from autograder.report.similar import INSTRUCTOR, near_copies, pairs_of


def instructors(unit: str) -> str:
    cells = jupytext.read(REPOSITORY / "solutions" / unit / f"{unit}.py", fmt="py:percent").cells
    return "\n\n".join(cell.source for cell in cells if "solution" in cell.metadata)


def example_class(unit: str) -> dict[str, str]:
    found = {}
    for path in sorted((REPOSITORY / "examples" / "students").glob(f"*/{unit}.py")):
        cells = jupytext.read(path, fmt="py:percent").cells
        found[path.parent.name] = "\n\n".join(
            cell.source for cell in cells if "solution" in cell.metadata
        )
    return found


@pytest.mark.parametrize("unit", UNITS)
def test_an_honest_class_has_no_near_copy(unit: str) -> None:
    assert pairs_of(unit, example_class(unit)) == []


@pytest.mark.parametrize("unit", UNITS)
def test_a_copy_with_other_names_spaces_and_comments_is_found(unit: str) -> None:
    answers = example_class(unit)
    copied = re.sub(r"#.*", "# my own words", answers["fatima"])
    copied = re.sub(r"\bv\b|\bgrad_(\w+)", "other", copied).replace(" = ", "=")
    (pair,) = pairs_of(unit, {**answers, "zoe": copied})
    assert pair.students == ("fatima", "zoe")
    assert pair.similarity > 0.9
    assert pair.passages[0] in answers["fatima"]


def test_a_ring_of_copies_is_one_finding() -> None:
    answers = example_class(UNITS[1])
    ring = {f"z{number}": answers["omar"] for number in range(6)}
    found = pairs_of(UNITS[1], {**answers, **ring})
    assert [pair.students for pair in found] == [("omar", *ring)]


def test_what_the_notebook_gave_is_no_copy() -> None:
    given = example_class(UNITS[0])["ada"]
    assert pairs_of(UNITS[0], {"one": given, "two": given}, given) == []


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("many", [1, 6])
def test_the_instructors_solution_handed_in_is_found(unit: str, many: int) -> None:
    solution = instructors(unit)
    assert "### BEGIN SOLUTION" in solution
    bare = re.sub(r"#.*", "", solution)
    cheats = {f"z{number}": solution if number % 2 else bare for number in range(many)}
    (pair,) = pairs_of(unit, {**example_class(unit), **cheats}, solution=solution)
    assert pair.students == (INSTRUCTOR, *cheats)
    assert pair.similarity == 1.0


@pytest.mark.parametrize("unit", UNITS)
def test_an_honest_class_has_not_copied_the_instructors_solution(unit: str) -> None:
    assert pairs_of(unit, example_class(unit), solution=instructors(unit)) == []


def test_the_source_notebook_of_the_course_is_compared_with(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    solution, stub = instructors(UNITS[1]), "raise NotImplementedError()"
    (tmp_path / "submitted" / "eve" / "unit").mkdir(parents=True)
    for place, text in (
        ("source/unit", solution),
        ("release/unit", stub),
        ("autograded/eve/unit", solution),
    ):
        mark = {"grade_id": "a", "solution": True, "grade": False}
        cell = {"cell_type": "code", "source": text, "metadata": {"nbgrader": mark}}
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "unit.ipynb").write_text(json.dumps({"cells": [cell]}))
    (pair,) = near_copies(Course.at(tmp_path), "unit")
    assert pair.students == ("eve", INSTRUCTOR)
