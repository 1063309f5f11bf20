from __future__ import annotations

from pathlib import Path

import pytest
from workflows.support import REPOSITORY

from autograder.code_signs import FINITE_DIFFERENCE, signs, unusual_signs
from autograder.course import Course
from autograder.notebook_sources import read_source


@pytest.mark.parametrize(
    "code",
    [
        "d = (f(x + h) - f(x - h)) / (2 * h)",
        "def g(x):\n    return (J(w + eps, x) - J(w, x)) / eps",
        "d = f(x + 1e-20j).imag / 1e-20",
        "from course_bp import finite_difference\nd = finite_difference(f)(x)",
    ],
)
def test_a_difference_quotient_is_a_sign(code: str) -> None:
    assert FINITE_DIFFERENCE in signs(code)


@pytest.mark.parametrize(
    "code",
    ["dy = (y - y_star) / N", "d = (f(x) - g(x)) / 2", "k = (f(x) - f(x)) / h", "def broken(:"],
)
def test_other_quotients_are_none(code: str) -> None:
    assert signs(code) == set()


def test_reaching_out_of_the_task_is_a_sign() -> None:
    found = signs("import os, numpy\nfrom subprocess import run\nopen('x'); ().__class__")
    assert found == {"imports os", "imports subprocess", "uses open"}


def test_the_instructors_own_solutions_show_none(tmp_path: Path) -> None:
    """What the exercise itself asks for is no sign, in any unit."""
    course = Course.at(REPOSITORY)
    fired = set()
    for unit in course.units():
        notebook = read_source(course.solutions / unit / f"{unit}.py")
        answers = {
            cell.metadata["nbgrader"]["grade_id"]: cell.source
            for cell in notebook.cells
            if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"
        }
        assert unusual_signs(course, unit, answers) == {}
        fired |= {name for name, source in answers.items() if signs(source)}
    assert any("check" in name or "difference" in name for name in fired)
