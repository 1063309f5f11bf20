from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from workflows.attacks.notebook import BACKWARD, FORWARD

from autograder.grading.whole_notebook import NothingToCheck, check_notebook


def write(path: Path, *sources: str) -> Path:
    cells = [new_code_cell(source) for source in ("import numpy as np", *sources)]
    nbformat.write(new_notebook(cells=cells), path)
    return path


CHECKS = (
    "from autograder.check import check",
    'check("quiz2.forward", quiz2_forward)',
    'check("quiz2.backward", quiz2_backward)',
)


@pytest.mark.parametrize("sandboxed", [False, True])
def test_a_notebook_of_ones_own_is_judged_check_by_check(tmp_path: Path, sandboxed: bool) -> None:
    wrong = BACKWARD.replace("db = y * (1 - y)", "db = -y * (1 - y)")
    path = write(tmp_path / "mine.ipynb", FORWARD, wrong, *CHECKS)
    before = path.read_bytes()
    checked = check_notebook(path, sandboxed)
    assert [mark.exercise for mark in checked.marks] == ["quiz2.forward", "quiz2.backward"]
    assert [mark.score == mark.points for mark in checked.marks] == [True, False]
    assert "the sign is flipped" in checked.marks[1].verdict["text"]
    assert (checked.points, checked.full) == (3, False)
    assert path.read_bytes() == before


def test_a_notebook_without_checks_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(NothingToCheck, match="has no check"):
        check_notebook(write(tmp_path / "mine.ipynb"))
    with pytest.raises(NothingToCheck, match="there is no notebook"):
        check_notebook(tmp_path / "other.ipynb")
