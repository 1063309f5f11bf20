"""The notebooks of an assignment: a unit has one of its own name, others may have several.

As nbgrader has it, an assignment is a folder, and its notebooks are the .ipynb files in it. The id
of a cell is unique within its notebook only.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from autograder.course.folder import Course, CourseError

# A notebook's name and nbgrader's id of a cell in it.
Place = tuple[str, str]


def notebooks_in(folder: Path) -> dict[str, Path]:
    """The notebooks of a folder.

    Args:
        folder: one assignment's, at one of nbgrader's steps.

    Returns:
        Name → path, in order of name; none if there is no such folder.
    """
    found = sorted(folder.glob("*.ipynb"))
    return {path.stem: path for path in found if not path.name.startswith(".") and path.is_file()}


def released_notebooks(course: Course, unit: str) -> dict[str, Path]:
    """The notebooks that students get, by name: where there are sources, those made from them."""
    there = notebooks_in(course.directory("release", ".", unit))
    made = source_names(course, unit)
    return {name: path for name, path in there.items() if not made or name in made}


def stray_notebooks(course: Course, unit: str) -> dict[str, Path]:
    """Notebooks that lie beside the released ones, and that nothing makes."""
    there = notebooks_in(course.directory("release", ".", unit))
    released = released_notebooks(course, unit)
    return {name: path for name, path in there.items() if name not in released}


def source_names(course: Course, unit: str) -> set[str]:
    """The names of the notebooks that a unit's sources make; none where there are no sources."""
    text = course.directory("source", ".", unit) / f"{unit}.py"
    return {*source_notebooks(course, unit), *([unit] if text.is_file() else [])}


def notebook_names(course: Course, unit: str) -> list[str]:
    """The names of a unit's notebooks as they were released; its own if nothing was."""
    return list(released_notebooks(course, unit)) or [unit]


def source_notebooks(course: Course, unit: str) -> dict[str, Path]:
    """The instructor's notebooks, by name."""
    return notebooks_in(course.directory("source", ".", unit))


def read_notebook(path: Path) -> Any:
    """Reads a notebook of the course's own.

    Args:
        path: the notebook.

    Returns:
        An nbformat NotebookNode.

    Raises:
        CourseError: if it is none.
    """
    import nbformat

    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (ValueError, nbformat.ValidationError) as error:
        words = str(error).partition("\n")[0]
        raise CourseError(f"{path} cannot be read as a notebook: {words}") from None


def given_files(course: Course, unit: str) -> dict[str, Path]:
    """What the course keeps beside its own notebooks, such as data: nbgrader's master versions.

    Before grading, nbgrader lays them over what a student handed in, but for those that
    `c.Autograde.exclude_overwriting` names.

    Returns:
        Path within the assignment → file, in order.
    """
    source = course.directory("source", ".", unit)
    own = course.config.Autograde.get("exclude_overwriting", {}).get(unit, [])
    # The instructor's text holds the solutions.
    left_out = {f"{unit}.py", *own}
    return {name: path for name, path in other_files(course, source) if name not in left_out}


def other_files(course: Course, folder: Path) -> Iterator[tuple[str, Path]]:
    """The files in an assignment's folder, without notebooks and what nbgrader ignores.

    Yields:
        Path within the folder, and the file, in order.
    """
    ignored = course.api.coursedir.ignore
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        left_out = any(fnmatch(part, pattern) for part in inside.parts for pattern in ignored)
        if path.is_file() and path.suffix != ".ipynb" and not left_out:
            yield inside.as_posix(), path
