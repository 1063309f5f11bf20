"""Which notebook of a unit with several a file is, whatever it is called."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.grading.several_notebooks import named_notebook
from autograder.grading.submission import NotHandedIn, Unreadable
from autograder.grading.unit_of_notebook import Expected
from autograder.grading.which_notebook import HandedInNotebook, find_notebook

UNIT, OTHER = "project", "another unit"
ONE, TWO = "teil1", "teil2"


def mark(grade_id: str, **kinds: bool) -> dict[str, Any]:
    base = {"grade": False, "solution": False, "task": False, "schema_version": 3}
    return {"nbgrader": {"grade_id": grade_id, **base, **kinds}}


def released(name: str) -> Any:
    """Plain cells of nbgrader's, with the same ids and the same first cell in every notebook."""
    cells = [
        new_code_cell("import numpy as np"),
        new_markdown_cell(f"# {name}"),
        new_code_cell(f"def f():\n    # {name}\n    pass", metadata=mark("f", solution=True)),
        new_code_cell(f"assert f() == {name!r}", metadata=mark("f-test", grade=True)),
    ]
    return new_notebook(cells=cells)


RELEASED = {name: released(name) for name in (ONE, TWO)}


def worked(name: str, answer: str = "return 1") -> Any:
    """A notebook with an answer."""
    notebook = deepcopy(RELEASED[name] if name in RELEASED else released(name))
    notebook.cells[2].source = notebook.cells[2].source.replace("pass", answer)
    return notebook


def found(folder: Path, files: dict[str, Any]) -> dict[str, str]:
    """Which file counts for each notebook, or why none does."""
    for name, notebook in files.items():
        text = notebook if isinstance(notebook, str) else nbformat.writes(notebook)  # type: ignore[no-untyped-call]
        (folder / name).write_text(text, "utf-8")
    told = {}
    for name in RELEASED:
        try:
            told[name] = _find(folder, name).path.name
        except NotHandedIn:
            told[name] = "missing"
        except Unreadable as problem:
            told[name] = str(problem)
    return told


def _find(folder: Path, name: str) -> HandedInNotebook:
    siblings = {other: one for other, one in RELEASED.items() if other != name}
    others = {OTHER: released(OTHER)}
    expected = Expected(UNIT, RELEASED[name], lambda: others, name, siblings)
    return find_notebook(folder / f"{name}.ipynb", folder.parent, expected)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("teil1.ipynb", "teil2.ipynb"),
        ("teil1.ipynb", "teil2-Copy1.ipynb"),
        ("teil1 (1).ipynb", "teil2.ipynb"),
        ("teil1 (1).ipynb", "teil2 (1).ipynb"),
        ("Teil 1.ipynb", "TEIL2-1.IPYNB"),
        ("one.ipynb", "two.ipynb"),
        ("final.ipynb", "teil2.ipynb"),
        ("teil2.ipynb", "teil1.ipynb"),
    ],
)
def test_each_is_found(tmp_path: Path, first: str, second: str) -> None:
    assert found(tmp_path, {first: worked(ONE), second: worked(TWO)}) == {ONE: first, TWO: second}


def test_another_name_is_remarked_on(tmp_path: Path) -> None:
    found(tmp_path, {"teil1 (1).ipynb": worked(ONE), "teil2.ipynb": worked(TWO)})
    words = "It was handed in as `teil1 (1).ipynb`; it is the only copy."
    assert _find(tmp_path, ONE).remarks == (words,)
    assert _find(tmp_path, TWO).remarks == ()


@pytest.mark.parametrize("file", ["teil2.ipynb", "teil2 (1).ipynb", "my work.ipynb"])
def test_one_that_is_not_there_is_missing_and_the_other_is_found(tmp_path: Path, file: str) -> None:
    assert found(tmp_path, {file: worked(TWO)}) == {ONE: "missing", TWO: file}


def test_a_blank_beside_a_worked_copy_is_no_zero(tmp_path: Path) -> None:
    files = {"teil1.ipynb": worked(ONE), "teil2.ipynb": RELEASED[TWO], "x.ipynb": worked(TWO)}
    assert found(tmp_path, files) == {ONE: "teil1.ipynb", TWO: "x.ipynb"}
    (words,) = _find(tmp_path, TWO).remarks
    assert words == "`teil2.ipynb` holds no answers; `x.ipynb` beside it was graded."


def test_of_several_copies_the_likeliest_is_named(tmp_path: Path) -> None:
    files = {"teil1.ipynb": worked(ONE), "a.ipynb": worked(TWO), "b.ipynb": worked(TWO, "return 2")}
    told = found(tmp_path, files)
    assert told[ONE] == "teil1.ipynb"
    assert "more than one notebook beside it holds answers: `a.ipynb`, `b.ipynb`" in told[TWO]


def test_another_units_notebook_is_refused_by_that_units_name(tmp_path: Path) -> None:
    told = found(tmp_path, {"teil1.ipynb": worked(ONE), "teil2.ipynb": worked(OTHER)})
    words = f"`teil2.ipynb` is the notebook of {OTHER}, not of {UNIT}."
    assert told == {ONE: "teil1.ipynb", TWO: words}


def test_a_broken_one_is_refused_and_the_other_is_found(tmp_path: Path) -> None:
    told = found(tmp_path, {"teil1.ipynb": worked(ONE), "teil2 (1).ipynb": "broken"})
    assert told[ONE] == "teil1.ipynb"
    assert told[TWO].startswith("teil2 (1).ipynb is not a notebook")


def test_a_broken_one_of_any_name_may_be_what_is_missing(tmp_path: Path) -> None:
    told = found(tmp_path, {"teil1.ipynb": worked(ONE), "x.ipynb": "broken"})
    assert told[ONE] == "teil1.ipynb"
    assert told[TWO].startswith("x.ipynb is not a notebook")


def test_a_note_of_the_students_own_is_no_notebook_of_the_unit(tmp_path: Path) -> None:
    note = new_notebook(cells=[new_code_cell("print(1)")])
    told = found(tmp_path, {"teil1.ipynb": worked(ONE), "Untitled.ipynb": note})
    assert told == {ONE: "teil1.ipynb", TWO: "missing"}
    with pytest.raises(NotHandedIn, match=r"`Untitled.ipynb` beside it is not a copy"):
        _find(tmp_path, TWO)


def test_one_file_with_everything_counts_for_each(tmp_path: Path) -> None:
    both = worked(ONE)
    both.cells += worked(TWO).cells
    for cell in both.cells:  # Two cells of a notebook cannot have the same id.
        cell.metadata = {}
    assert found(tmp_path, {"all.ipynb": both}) == {ONE: "all.ipynb", TWO: "all.ipynb"}


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("hw.ipynb", "hw"),
        ("hw-1.ipynb", "hw-1"),
        ("hw-1 (1).ipynb", "hw-1"),
        ("hw-2.ipynb", "hw"),
        ("HW - Copy (2).ipynb", "hw"),
        ("hw.ipynb.txt", "hw"),
        ("homework.ipynb", ""),
        ("1.ipynb", ""),
    ],
)
def test_a_name_is_known_as_it_is_changed(file: str, name: str) -> None:
    assert named_notebook(file, ["hw", "hw-1"]) == name
