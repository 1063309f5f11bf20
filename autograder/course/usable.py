"""Can a unit's notebooks be graded here at all: their language, and what they import."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from autograder.course.folder import CourseError
from autograder.course.graded_cells import mark
from autograder.runner import visible

# Modules of ours that the sandbox brings, or has a stand-in for.
OURS = {"course_bp", "autograder"}
EXPLORE = "explore"


def require_usable(
    unit: str, notebooks: Mapping[str, Any], files: Iterable[str], packages: Iterable[str]
) -> None:
    """Refuses notebooks that would earn everybody nothing, whatever was handed in.

    Args:
        unit: the unit's name.
        notebooks: name → released notebook.
        files: the course's own files beside them, as paths within the unit.
        packages: distributions that the sandbox shows besides its own.

    Raises:
        CourseError: if a notebook is not in Python, or imports what the sandbox does not have.
    """
    known = {*sys.stdlib_module_names, *OURS, *_modules(tuple(packages))}
    known |= {PurePosixPath(file).parts[0].removesuffix(".py") for file in files}
    for name, notebook in notebooks.items():
        if (spoken := _language(notebook)) not in ("", "python"):
            raise CourseError(
                f"{name}.ipynb of {unit} is written in {spoken}; course-bp grades only Python."
            )
        if unknown := sorted(set(_imported(notebook)) - known):
            words = ", ".join(unknown)
            raise CourseError(
                f"{name}.ipynb of {unit} imports {words}, which submissions cannot see while they "
                "are graded. Name the packages in nbgrader_config.py, such as "
                f"c.GradeInSandbox.packages = {unknown!r}, and install them here; whatever they "
                "hold can then be used in answers."
            )


def _language(notebook: Any) -> str:
    about = notebook.metadata
    kernel, code = about.get("kernelspec", {}), about.get("language_info", {})
    return str(kernel.get("language") or code.get("name") or "").lower()


def _modules(packages: tuple[str, ...]) -> set[str]:
    """The names that the sandbox's packages can be imported under."""
    paths = visible.packages((*visible.PACKAGES, *packages))
    return {path.name.partition(".")[0] for path in paths}


def _imported(notebook: Any) -> Iterator[str]:
    """The modules that the given cells import when they are run, at the top of a cell."""
    for cell in notebook.cells:
        if cell.cell_type != "code" or mark(cell).get("solution"):
            continue
        if EXPLORE in cell.metadata.get("tags", []):
            continue
        for statement in _statements(cell.source):
            if isinstance(statement, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in statement.names)
            elif isinstance(statement, ast.ImportFrom) and not statement.level:
                yield str(statement.module).partition(".")[0]


def _statements(source: str) -> list[ast.stmt]:
    # IPython's own lines, such as %matplotlib inline, are not Python.
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    try:
        return ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
