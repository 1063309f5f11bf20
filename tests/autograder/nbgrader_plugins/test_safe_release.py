"""nbgrader's own generate step, as formgrader's button starts it, over released notebooks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course.added import added_later
from autograder.course.built import edited_by_hand
from autograder.course.drift import drift
from autograder.course.folder import Course
from autograder.course.new import plan_course, write_course
from autograder.course.notebooks import read_notebook
from autograder.course.release import release

UNIT = "01-first-unit"
RELEASED = f"notebooks/{UNIT}/{UNIT}.ipynb"
SOURCE = f"solutions/{UNIT}/{UNIT}.ipynb"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "course"
    write_course(plan_course(root, empty=True))
    course = Course.at(root)
    assert list(release(course, [UNIT])) == [UNIT]
    (empty,) = course.state.glob("empty-*.db")  # nbgrader takes seconds to make one.
    shutil.copy(empty, root / "gradebook.db")
    return root


@pytest.fixture
def course(built: Path, tmp_path: Path) -> Course:
    """A unit that `course-bp build` released; nbgrader has not generated anything yet."""
    return Course.at(shutil.copytree(built, tmp_path / "course"))


def edit(course: Course, name: str, title: str) -> bytes:
    """Gives a notebook another title, as somebody would in JupyterLab; returns the file then."""
    path = course.root / name
    notebook = read_notebook(path)
    notebook.cells[0].source = notebook.cells[0].source.replace("# A first unit", title)
    nbformat.write(notebook, path)
    return path.read_bytes()


def generate(course: Course) -> tuple[bool, str]:
    """Presses the button: whether it went well, and the log that formgrader shows."""
    done = Course.at(course.root).api.generate_assignment(UNIT)
    return done["success"], done.get("log", "")


def title(course: Course) -> str:
    return str(read_notebook(course.root / RELEASED).cells[0].source.splitlines()[0])


def replaced(course: Course) -> list[bytes]:
    return [path.read_bytes() for path in (course.state / "replaced").glob("*")]


def test_an_edited_notebook_is_refused_with_what_to_do(course: Course) -> None:
    before = edit(course, RELEASED, "# By hand")
    went_well, log = generate(course)
    assert not went_well
    assert f"{RELEASED} was edited since it was built, and building would undo that" in log
    assert "Make the change in the source" in log
    assert f"course-bp build --overwrite {UNIT}" in log
    assert (course.root / RELEASED).read_bytes() == before


def test_a_change_that_the_source_has_too_stops_nothing(course: Course) -> None:
    edit(course, RELEASED, "# By hand")
    text = course.root / SOURCE.replace(".ipynb", ".py")
    text.write_text(text.read_text("utf-8").replace("# # A first unit", "# # By hand"), "utf-8")
    edit(course, SOURCE, "# By hand")
    assert generate(course)[0]
    assert (title(course), replaced(course)) == ("# By hand", [])


def test_what_nbgrader_generated_itself_is_known_when_it_is_edited(course: Course) -> None:
    edit(course, SOURCE, "# From the source")
    assert generate(course)[0]
    assert (title(course), replaced(course)) == ("# From the source", [])
    assert not edited_by_hand(course, course.root / RELEASED)
    path = course.root / RELEASED
    path.write_text(path.read_text("utf-8").replace("# From the source", "# By hand"), "utf-8")
    assert any("was edited after it was built" in str(one) for one in drift(course, UNIT))
    assert not generate(course)[0]
    assert title(course) == "# By hand"


def test_where_nothing_is_known_of_the_last_build_it_is_kept(course: Course) -> None:
    (course.state / "built.jsonl").unlink()
    before = edit(course, RELEASED, "# By hand")
    went_well, log = generate(course)
    assert went_well
    assert (title(course), replaced(course)) == ("# A first unit", [before])
    assert f"{RELEASED} was replaced; what was there is kept as .course-bp/replaced/" in log


def damage(notebook: dict[str, Any]) -> None:
    notebook["cells"][-1]["metadata"]["nbgrader"] = {"grade": True}


def another_cell(notebook: dict[str, Any]) -> None:
    cell = json.loads(json.dumps(notebook["cells"][-1]))
    cell["id"] = cell["metadata"]["nbgrader"]["grade_id"] = "later"
    notebook["cells"].append(cell)


@pytest.mark.parametrize("change", [damage, another_cell])
def test_after_a_failure_the_release_is_what_it_was(
    course: Course, change: Callable[[dict[str, Any]], None]
) -> None:
    assert generate(course)[0]
    with course.gradebook() as gradebook:
        gradebook.update_or_create_student("ada")
        gradebook.add_submission(UNIT, "ada")
    folder = (course.root / RELEASED).parent
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert len(before) > 1
    notebook = json.loads((course.root / SOURCE).read_bytes())
    change(notebook)
    (course.root / SOURCE).write_text(json.dumps(notebook))
    assert not generate(course)[0]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_cell_that_came_after_somebody_handed_in_is_remembered(course: Course) -> None:
    (course.root / "submitted" / "ada" / UNIT).mkdir(parents=True)
    notebook = json.loads((course.root / SOURCE).read_bytes())
    another_cell(notebook)
    (course.root / SOURCE).write_text(json.dumps(notebook))
    assert generate(course)[0]
    assert added_later(course, UNIT) == {UNIT: {"later"}}
