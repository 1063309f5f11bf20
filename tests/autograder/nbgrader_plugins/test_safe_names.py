from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import pytest
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.nbgrader_plugins import safe_names

UNIT = "unit"


def converter(root: Path, students: list[str]) -> Any:
    for student in students:
        folder = root / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        (folder / f"{UNIT}.ipynb").write_text("{}")
    return Autograde(coursedir=CourseDirectory(root=str(root), assignment_id=UNIT))


def found(root: Path, students: list[str]) -> dict[str, list[str]]:
    """Student → the students whose notebooks nbgrader would take for this one's."""
    search = converter(root, students)
    search.init_notebooks()
    top = root / "submitted"
    return {
        Path(folder).relative_to(top).parts[0]: [Path(n).relative_to(top).parts[0] for n in names]
        for folder, names in search.assignments.items()
    }


@pytest.mark.parametrize("name", ["*", "?nn", "[a-z]nn", "ann*", "{ann}", "--force", "%s"])
def test_a_name_is_a_name_and_no_pattern(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, ["ann", name]) == {"ann": ["ann"], name: [name]}


@pytest.mark.parametrize("name", ["a\nb", "\n", "a\u202eb", os.fsdecode(b"\xe9"), "n" * 129])
def test_a_name_that_is_no_id_is_refused_by_itself(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert found(tmp_path, ["ann", name]) == {"ann": ["ann"]}
    assert "was not graded: the name of the folder" in caplog.text


def test_the_command_fails_after_the_others_are_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, done = converter(tmp_path, ["ann", "a\nb", "zoe"]), []
    monkeypatch.setattr(safe_names, "_convert_all", lambda self: done.extend(self.assignments))
    search.init_notebooks()
    with pytest.raises(NbGraderException, match="Not graded: a"):
        search.convert_notebooks()
    assert len(done) == 2


def test_where_nobody_handed_in_nbgrader_says_so(tmp_path: Path) -> None:
    with pytest.raises(NbGraderException, match="No notebooks were matched"):
        converter(tmp_path, []).init_notebooks()


def test_another_unit_is_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "submitted" / "ann" / "other").mkdir(parents=True)
    (tmp_path / "submitted" / "ann" / "other" / "other.ipynb").write_text("{}")
    assert found(tmp_path, ["ann"]) == {"ann": ["ann"]}
