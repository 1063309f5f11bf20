"""What export writes and leaves out, on gradebooks of a few lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from workflows.gradebook_rows import cells_of, write_gradebook

from autograder.course.folder import Course
from autograder.exports.format import formats

GRADED, FAILED, WAITING = "02-computation-graphs", "06-logistic-to-network", "03-chain-rule"
FIRST = cells_of(GRADED)[0].name
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def handed_in(folder: Path) -> Path:
    """Three units are handed in; one is graded, one failed in grading, one waits."""
    course = Course.at(folder)
    write_gradebook(course, GRADED, cells_of(GRADED), {"ada": {FIRST: 1.0}})
    failed = {cell.name: None for cell in cells_of(FAILED)}
    write_gradebook(course, FAILED, cells_of(FAILED), {"ada": failed})
    for unit in (GRADED, FAILED, WAITING):
        (folder / "source" / unit).mkdir(parents=True)
        (folder / "source" / unit / f"{unit}.py").touch()
        (folder / "submitted" / "ada" / unit).mkdir(parents=True)
    (folder / "roster.csv").write_text("id,email,lms_user_id\nada,ada@example.org,101\n")
    return folder


@pytest.mark.parametrize("system", [name for name, format in formats().items() if format.lms])
def test_a_unit_without_grades_has_no_file_and_is_named(
    handed_in: Path, call: Call, system: str
) -> None:
    status, out, err = call("export", system, "--json")
    assert status == 0
    assert json.loads(out)["written"] == [f"exports/{system}-{GRADED}.csv"]
    assert f"not graded, and left out: {WAITING}, {FAILED}" in err
    assert len(list((handed_in / "exports").iterdir())) == 1


@pytest.mark.parametrize("unit", [FAILED, WAITING])
def test_a_typed_unit_without_grades_is_an_error(handed_in: Path, call: Call, unit: str) -> None:
    status, out, err = call("export", "canvas", GRADED, unit)
    assert (status, out) == (2, "")
    assert f"no submission to {unit} has been graded" in err
    assert not (handed_in / "exports").exists()


@pytest.mark.parametrize(
    "to",
    ["source", "release/new", "submitted", "autograded/../autograded", "feedback", ".course-bp"],
)
def test_nothing_is_exported_among_the_files_of_a_step(
    handed_in: Path, call: Call, to: str
) -> None:
    status, out, err = call("export", "gradescope", GRADED, "--to", to)
    assert (status, out) == (2, "")
    assert f"{to} is in" in err
    assert list(handed_in.rglob("gradescope")) == []
