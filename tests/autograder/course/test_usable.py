"""Notebooks on which everybody would get nothing are refused before anything is graded."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course.folder import CourseError
from autograder.course.usable import require_usable


def check(
    source: str, files: tuple[str, ...] = (), packages: tuple[str, ...] = (), **about: Any
) -> None:
    cell = new_code_cell(source, metadata=about)
    require_usable("midterm", {"one": new_notebook(cells=[cell])}, files, packages)


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np, math\nfrom matplotlib import pyplot",
        "%matplotlib inline\nimport course_bp\nfrom autograder.check import check",
        "try:\n    import nosuchmodule\nexcept ImportError:\n    pass",
        "from . import sibling",
        "this is no python",
    ],
)
def test_what_the_sandbox_has_is_fine(source: str) -> None:
    check(source)


def test_a_package_that_the_sandbox_lacks_is_named_with_the_line_to_write() -> None:
    with pytest.raises(CourseError, match=r"imports jupytext.*c\.GradeInSandbox\.packages"):
        check("import jupytext\nimport numpy")
    check("import jupytext", packages=("jupytext",))


def test_modules_that_the_course_brings_are_fine() -> None:
    with pytest.raises(CourseError, match="imports helper"):
        check("from helper import f")
    check("from helper import f\nimport data.tables", files=("helper.py", "data/tables.py"))


def test_solution_cells_and_explorations_are_not_looked_at() -> None:
    check("import nosuchmodule", nbgrader={"solution": True, "grade_id": "x"})
    check("import nosuchmodule", tags=["explore"])


def test_another_language_is_refused() -> None:
    about = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    with pytest.raises(CourseError, match="written in r; course-bp grades only Python"):
        require_usable("midterm", {"one": new_notebook(metadata=about)}, (), ())
