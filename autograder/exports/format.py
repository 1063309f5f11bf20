"""What an export format is, and how all of them are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from autograder.course.folder import Course


@dataclass(frozen=True)
class Choices:
    """What the caller of an export may choose.

    Args:
        columns: unit → the name of its column in the other system, where it is not the unit's.
        trusted: grade without a sandbox, for a format that brings its own grader.
        gradebook: what the other system exported of its own gradebook, to find columns in.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    trusted: bool = False
    gradebook: Path | None = None


def _nothing(course: Course, units: Sequence[str], choices: Choices) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Format:
    """A format that grades can be exported in; a module of this package names it `FORMAT`.

    Args:
        name: what is typed for it.
        help: what it writes, in a few words.
        files: course, units and choices → name of a file in the export folder → its content.
        lms: whether an LMS reads it, for which an empty cell takes a grade away: it has a line
            only for students who are in the roster and have a grade.
        failed: what the file does with students who could not be graded, if they are to be named.
        excused: what the file says of a student who is excused, for people.
        needs_grades: whether a unit without grades has no file.
        notes: what to tell whoever exports these units, a sentence each.
    """

    name: str
    help: str
    files: Callable[[Course, Sequence[str], Choices], Mapping[str, bytes]]
    lms: bool = False
    failed: str = ""
    excused: str = "left blank"
    needs_grades: bool = True
    notes: Callable[[Course, Sequence[str], Choices], Sequence[str]] = _nothing


@cache
def formats() -> dict[str, Format]:
    """All formats by name, one for each module of this package that has a `FORMAT`."""
    package = import_module("autograder.exports")
    modules = (
        import_module(found.name)
        for found in walk_packages(package.__path__, f"{package.__name__}.")
    )
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return {format.name: format for format in sorted(found, key=lambda one: one.name)}
