from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from workflows.attacks.notebook import BACKWARD, FORWARD
from written_passes import written_pass

from autograder.grading.whole_notebook import NothingToCheck, check_notebook
from autograder.random_functions.variants import variant_program


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


def nbgraders(grade_id: str, points: float) -> dict[str, object]:
    about = {"grade_id": grade_id, "grade": True, "solution": False, "locked": True}
    return {"nbgrader": {**about, "points": points, "schema_version": 3}}


@pytest.mark.parametrize("sandboxed", [False, True])
def test_files_beside_the_notebook_are_there(tmp_path: Path, sandboxed: bool) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "lengths.csv").write_text("1,2,6")
    (tmp_path / "helper.py").write_text("def mean(xs):\n    return sum(xs) / len(xs)")
    answer = (
        "from helper import mean\nxs = [*map(float, open('data/lengths.csv').read().split(','))]"
    )
    test = new_code_cell("assert mean(xs) == 3", metadata=nbgraders("mean-test", 2))
    notebook = new_notebook(cells=[new_code_cell(answer), test])
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    checked = check_notebook(tmp_path / "mine.ipynb", sandboxed)
    assert (checked.score, checked.points, checked.remarks) == (2, 2, ())


def test_an_exercise_says_what_its_cell_is_worth(tmp_path: Path) -> None:
    check = new_code_cell(CHECKS[2], metadata=nbgraders("quiz2-backward-check", 9))
    cells = [new_code_cell(f"import numpy as np\n{BACKWARD}\n{CHECKS[0]}"), check]
    nbformat.write(new_notebook(cells=cells), tmp_path / "mine.ipynb")
    checked = check_notebook(tmp_path / "mine.ipynb")
    (mark,) = checked.marks
    assert "quiz2.backward" in mark.verdict["text"].partition(":")[0]
    assert ": 9 of 9 points" in mark.verdict["text"]
    assert (mark.verdict["score"], mark.verdict["points"], checked.score) == (9, 9, 9)
    assert sum(part["points"] for part in mark.verdict["parts"]) == pytest.approx(9, abs=1e-5)


@pytest.mark.parametrize(("id", "full"), [("ada", True), ("bob", False)])
def test_a_function_of_ones_own_is_the_one_of_the_id_in_the_notebook(
    tmp_path: Path, id: str, full: bool
) -> None:
    path = write(
        tmp_path / "mine.ipynb",
        f'variant("quiz1", "{id}", course="ml-2026")',
        written_pass(variant_program("quiz1", "ml-2026", "ada")),
        CHECKS[0],
        'check("quiz1.variant", quiz1_variant)',
    )
    assert check_notebook(path).full == full


def test_a_notebook_without_checks_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(NothingToCheck, match="has no check"):
        check_notebook(write(tmp_path / "mine.ipynb"))
    with pytest.raises(NothingToCheck, match="there is no notebook"):
        check_notebook(tmp_path / "other.ipynb")
