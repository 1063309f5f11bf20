from __future__ import annotations

from pathlib import Path

import pytest
from workflows.support import REPOSITORY

from autograder.course.folder import Course
from autograder.course.sources import read_source
from autograder.report.code_signs import (
    COMPLEX_STEP,
    FINITE_DIFFERENCE,
    TOO_DEEP,
    signs,
    unusual_signs,
)


@pytest.mark.parametrize(
    "code",
    [
        "d = (f(x + h) - f(x - h)) / (2 * h)",
        "def g(x):\n    return (J(w + eps, x) - J(w, x)) / eps",
        "from course_bp import finite_difference\nd = finite_difference(f)(x)",
    ],
)
def test_a_difference_quotient_is_a_sign(code: str) -> None:
    assert FINITE_DIFFERENCE in signs(code)


@pytest.mark.parametrize("piece", [".a", "()", "[0]"])
@pytest.mark.parametrize("depth", [1_500, 50_000])
def test_code_that_is_nested_too_deeply_is_a_sign_and_no_error(piece: str, depth: int) -> None:
    assert signs(f"(f{piece * depth}(x) - f{piece * depth}(y)) / 2") == {TOO_DEEP}


@pytest.mark.parametrize("line", ["%time", "    %timeit f(x)", "!ls", "?f"])
def test_lines_of_ipython_hide_nothing(line: str) -> None:
    inside = "if True:\n" if line.startswith(" ") else ""
    assert signs(f"{inside}{line}\nimport socket") == {"imports socket"}


@pytest.mark.parametrize(
    "code",
    [
        "d = f(x + 1e-20j).imag / 1e-20",
        "fc = f(x + 1j * h)\nd = np.imag(fc) / h",
        "d = f(complex(x, 1e-30)).imag * 1e30",
        "z = x.astype(complex)\nz[i] += h * unit\nd[i] = loss(z).imag / h",
        "z = np.array(x, dtype=np.complex128)\ng = imag(f(z))",
        "from numpy import imag\nd = imag(f(x + 1e-20j)) / 1e-20",
    ],
)
def test_a_complex_step_is_a_sign(code: str) -> None:
    assert signs(code) == {COMPLEX_STEP}


@pytest.mark.parametrize(
    "code",
    [
        "if isinstance(x, complex):\n    x = x.imag",
        "if np.iscomplexobj(x):\n    raise TypeError('real numbers, please')",
        "roots = np.linalg.eigvals(W)\nreal = roots[roots.imag == 0].real",
        "assert np.asarray(z).dtype != complex",
        "rotated = np.exp(1j * angle).real",
        "d = image / h",
    ],
)
def test_complex_numbers_that_measure_nothing_are_none(code: str) -> None:
    assert signs(code) == set()


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
        notebook = read_source(course.solutions / unit / f"{unit}.py", course.exercises)
        answers = {
            cell.metadata["nbgrader"]["grade_id"]: cell.source
            for cell in notebook.cells
            if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"
        }
        assert unusual_signs(course, unit, answers) == {}
        fired |= {name for name, source in answers.items() if signs(source)}
    assert any("check" in name or "difference" in name for name in fired)


def test_where_a_derivative_is_to_be_measured_a_complex_step_is_usual(tmp_path: Path) -> None:
    course = Course.at(REPOSITORY)
    step = "def f(x):\n    return loss(x + 1e-20j).imag / 1e-20"
    found = unusual_signs(
        course, "03-four-ways", {"checker-difference": step, "accumulate-reverse": step}
    )
    assert found == {"accumulate-reverse": {COMPLEX_STEP}}
