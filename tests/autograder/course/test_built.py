"""A notebook that somebody edited is not written over without a word."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course.built import edited_by_hand, write_notebook
from autograder.course.folder import CONFIG_FILE, Course, CourseError


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    return Course.at(tmp_path)


def notebook(source: str, **metadata: object) -> bytes:
    cell = new_code_cell(source, id="one", metadata=metadata)
    return nbformat.writes(new_notebook(cells=[cell])).encode()


def test_what_was_built_is_built_again(course: Course) -> None:
    path = course.root / "a.ipynb"
    for source in ("x = 1", "x = 2", "x = 2"):
        write_notebook(course, path, notebook(source), "Import it.")
        assert path.read_bytes() == notebook(source)
        assert not edited_by_hand(course, path)


def test_an_edited_notebook_is_refused_with_what_to_do(course: Course) -> None:
    path = course.root / "a.ipynb"
    write_notebook(course, path, notebook("x = 1"), "Import it.")
    path.write_bytes(notebook("x = 3"))
    assert edited_by_hand(course, path)
    with pytest.raises(CourseError, match=r"a\.ipynb was edited.*Import it\..*--overwrite"):
        write_notebook(course, path, notebook("x = 2"), "Import it.")
    assert path.read_bytes() == notebook("x = 3")


def test_overwriting_keeps_what_was_there(course: Course) -> None:
    path = course.root / "a.ipynb"
    write_notebook(course, path, notebook("x = 1"), "")
    path.write_bytes(notebook("x = 3"))
    said: list[str] = []
    write_notebook(course, path, notebook("x = 2"), "", overwrite=True, say=said.append)
    assert path.read_bytes() == notebook("x = 2")
    (kept,) = (course.state / "replaced").iterdir()
    assert kept.read_bytes() == notebook("x = 3")
    assert kept.name in said[0]


def test_where_nothing_is_known_of_the_last_build_it_is_kept(course: Course) -> None:
    path = course.root / "a.ipynb"
    path.write_bytes(notebook("x = 3"))
    assert not edited_by_hand(course, path)
    said: list[str] = []
    write_notebook(course, path, notebook("x = 2"), "", say=said.append)
    assert len(said) == 1
    assert [one.read_bytes() for one in (course.state / "replaced").iterdir()] == [
        notebook("x = 3")
    ]


def test_outputs_and_an_editors_marks_are_no_edit(course: Course) -> None:
    path = course.root / "a.ipynb"
    write_notebook(course, path, notebook("x = 1"), "")
    path.write_bytes(notebook("x = 1", collapsed=True))
    assert not edited_by_hand(course, path)
    write_notebook(course, path, notebook("x = 2"), "")
    assert path.read_bytes() == notebook("x = 2")
