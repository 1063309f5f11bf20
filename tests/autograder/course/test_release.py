"""What building writes and remembers; the commands are in tests/workflows/test_released.py."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from workflows.exam import DATA, EXAM, FIRST, HIDDEN, POINTS, make_course

from autograder.course.added import added_later
from autograder.course.drift import drift
from autograder.course.folder import Course, CourseError
from autograder.course.notebooks import read_notebook, released_notebooks
from autograder.course.registering import ensure_registered
from autograder.course.registration import registered_cells
from autograder.course.release import made_as_released, release


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """An assignment of somebody else's, built and registered."""
    course = Course.at(make_course(tmp_path / "course"))
    assert list(release(course, [EXAM])) == [EXAM]
    return course


def change(course: Course, old: str, new: str) -> None:
    path = course.root / "source" / EXAM / f"{FIRST}.ipynb"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_an_assignment_of_notebooks_is_built_registered_and_compared(course: Course) -> None:
    folder = course.root / "release" / EXAM
    assert sorted(path.name for path in folder.iterdir()) == [
        "data.csv",
        *sorted(f"{name}.ipynb" for name in POINTS),
    ]
    assert (folder / "data.csv").read_text() == DATA
    for path in released_notebooks(course, EXAM).values():
        assert HIDDEN not in path.read_text("utf-8")
    assert list(drift(course, EXAM)) == []
    ensure_registered(course, EXAM)
    known = registered_cells(course, EXAM)
    assert known.notebooks == tuple(sorted(POINTS))
    assert HIDDEN in known.sources[FIRST, "square-test"]
    assert list(drift(course, EXAM)) == []

    change(course, "# Warm-up", "# Another title")
    assert not made_as_released(course, EXAM)
    (found,) = drift(course, EXAM)
    assert f"source/{EXAM} has changed since it was released" in str(found)

    # A test that is another in the release than in the gradebook.
    path = folder / f"{FIRST}.ipynb"
    path.write_text(path.read_text("utf-8").replace("square(3) == 9", "square(4) == 16"), "utf-8")
    found = [str(one) for one in drift(course, EXAM)]
    assert any(f"{FIRST}.ipynb was edited after it was built" in words for words in found)
    assert any("The test square-test in" in words for words in found)


def test_a_notebook_of_an_earlier_name_stops_grading(course: Course) -> None:
    source = course.root / "source" / EXAM / f"{FIRST}.ipynb"
    source.rename(source.with_name("start.ipynb"))
    list(release(course, [EXAM]))
    with pytest.raises(CourseError, match=rf"{FIRST}\.ipynb has cells to grade, and nothing"):
        ensure_registered(course, EXAM)
    (course.root / "release" / EXAM / f"{FIRST}.ipynb").unlink()
    ensure_registered(course, EXAM)
    assert "start" in registered_cells(course, EXAM).notebooks


def test_a_cell_that_came_after_somebody_handed_in_is_remembered(course: Course) -> None:
    assert added_later(course, EXAM)[FIRST] == frozenset()
    (course.root / "submitted" / "ada" / EXAM).mkdir(parents=True)
    path = course.root / "source" / EXAM / f"{FIRST}.ipynb"
    notebook = read_notebook(path)
    notebook.cells.append(notebook.cells[-1].copy())
    notebook.cells[-1].metadata = {
        "nbgrader": {**notebook.cells[-2].metadata["nbgrader"], "grade_id": "later"}
    }
    notebook.cells[-1].id = "later"
    nbformat.write(notebook, path)
    list(release(course, [EXAM]))
    assert added_later(course, EXAM)[FIRST] == {"later"}
