"""An edited source notebook goes back into its text, and the text makes the same notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course.built import content
from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.installed import PACKAGE
from autograder.course.into_text import import_notebook
from autograder.course.sources import build, read_source, text_of
from autograder.exercises import EXERCISES

UNITS = sorted(path.parent.name for path in PACKAGE.parent.glob("solutions/*/*.py"))
UNIT = "06-logistic-to-network"


def course_with(root: Path, unit: str) -> Course:
    (root / CONFIG_FILE).write_text(
        "c = get_config()\nc.CourseDirectory.source_directory = 'solutions'\n"
    )
    text = root / "solutions" / unit / f"{unit}.py"
    text.parent.mkdir(parents=True)
    text.write_text((PACKAGE.parent / "solutions" / unit / text.name).read_text("utf-8"), "utf-8")
    course = Course.at(root)
    build(course, unit)
    return course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return course_with(tmp_path, UNIT)


def edited(course: Course, change: Any) -> str:
    """Saves a changed notebook, as JupyterLab does, and says what counts in it."""
    path = text_of(course, UNIT).with_suffix(".ipynb")
    notebook: Any = nbformat.read(path, as_version=4)
    change(notebook.cells)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 3
        cell.metadata["collapsed"] = True
    nbformat.write(notebook, path)
    return content(notebook)


@pytest.mark.parametrize("unit", UNITS)
def test_a_notebook_that_nobody_edited_changes_nothing(tmp_path: Path, unit: str) -> None:
    course = course_with(tmp_path, unit)
    before = text_of(course, unit).read_bytes()
    assert not import_notebook(course, unit)
    assert text_of(course, unit).read_bytes() == before


@pytest.mark.parametrize("unit", UNITS)
def test_every_mark_and_cell_can_be_said_again(tmp_path: Path, unit: str) -> None:
    """Without the text's own lines, every cell is written anew."""
    course = course_with(tmp_path, unit)
    text = text_of(course, unit)
    wanted = content(read_source(text, EXERCISES))
    text.write_text("# %%\nnothing = 0\n")
    assert import_notebook(course, unit)
    assert content(read_source(text, EXERCISES)) == wanted
    original = (PACKAGE.parent / "solutions" / unit / text.name).read_text("utf-8")
    for mark in ("solution=", "check="):
        assert text.read_text("utf-8").count(f"# %% {mark}") == original.count(f"# %% {mark}")


def test_a_changed_cell_changes_its_own_lines_alone(course: Course) -> None:
    text = text_of(course, UNIT)
    before = text.read_text("utf-8").splitlines()

    def change(cells: Any) -> None:
        cells[0].source = cells[0].source.replace("# Unit 06:", "# Week two:")

    wanted = edited(course, change)
    assert import_notebook(course, UNIT)
    after = text.read_text("utf-8").splitlines()
    assert content(read_source(text, EXERCISES)) == wanted
    new = [line for line in after if line not in before]
    assert new == ["# # Week two: From logistic regression to a network"]
    covering = [sum("covers=" in line for line in lines) for lines in (before, after)]
    assert covering[0] == covering[1] > 0


def test_a_new_cell_with_nbgraders_marks_is_kept(course: Course) -> None:
    def change(cells: Any) -> None:
        essay = {"grade": True, "solution": True, "grade_id": "essay", "points": 4}
        essay |= {"locked": False, "task": False, "schema_version": 3, "cell_type": "markdown"}
        essay["checksum"] = "0123"
        added: Any = nbformat.v4.new_markdown_cell("YOUR ANSWER HERE")
        added.metadata["nbgrader"] = essay
        cells.append(added)

    edited(course, change)
    assert import_notebook(course, UNIT)
    last = read_source(text_of(course, UNIT), EXERCISES).cells[-1]
    assert last.source == "YOUR ANSWER HERE"
    assert (last.metadata["nbgrader"]["points"], last.metadata["nbgrader"]["grade_id"]) == (
        4,
        "essay",
    )


def test_a_dry_run_changes_nothing(course: Course) -> None:
    text = text_of(course, UNIT)
    before = text.read_bytes(), text.stat().st_ino
    edited(course, lambda cells: cells.pop())
    assert import_notebook(course, UNIT, dry_run=True)
    # Not even for a moment: it might be stopped then.
    assert (text.read_bytes(), text.stat().st_ino) == before


def test_a_notebook_that_cannot_be_built_leaves_the_text(course: Course) -> None:
    text = text_of(course, UNIT)
    before = text.read_bytes(), text.stat().st_ino

    def change(cells: Any) -> None:
        checks = [cell for cell in cells if cell.source.startswith("check(")]
        checks[-1].source = 'check("no.such.exercise", answer)'

    edited(course, change)
    with pytest.raises(CourseError, match=r"no\.such\.exercise"):
        import_notebook(course, UNIT)
    assert (text.read_bytes(), text.stat().st_ino) == before


def test_what_is_missing_is_named(course: Course) -> None:
    text_of(course, UNIT).with_suffix(".ipynb").unlink()
    with pytest.raises(CourseError, match=rf"there is no .*{UNIT}\.ipynb"):
        import_notebook(course, UNIT)
