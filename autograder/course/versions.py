"""Which version of the grader, and of one exercise, a grade was given by."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import autograder
import course_bp
from autograder.course.folder import Course
from autograder.course.graded_cells import released_exercises
from autograder.course.hidden_tests import hidden_tests
from autograder.course.notebooks import given_files, released_notebooks
from autograder.course.secret import fingerprint
from autograder.exercise import Exercise
from autograder.files.ledger import digest

PACKAGES = tuple(Path(str(package.__file__)).parent for package in (autograder, course_bp))


@cache
def code_version() -> str:
    """A hash of the grader's and the library's code."""
    return digest(
        path
        for package in PACKAGES
        for path in sorted(package.rglob("*"))
        if path.suffix in (".py", ".toml")
    )


def grader_version(course: Course, unit: str, secret: bytes, trusted: bool) -> str:
    """A hash of all that a grade depends on besides the submission.

    Args:
        course: the course, with its limits and packages.
        unit: the unit, with its released notebooks, their hidden tests and the files beside them.
        secret: the course's secret.
        trusted: whether submissions run without a sandbox.

    Returns:
        24 hexadecimal digits.
    """
    released = digest([*released_notebooks(course, unit).values()])
    given = given_files(course, unit)
    tests = json.dumps([hidden_tests(course, unit), list(given)], sort_keys=True)
    allowed = f"{course.limits} {' '.join(course.packages)}"
    ours = (code_version(), fingerprint(secret), allowed, str(trusted))
    own = {exercise.version for exercise in released_exercises(course, unit)} - {""}
    parts = (*ours, released, tests, digest([*given.values()]), *sorted(own))
    return hashlib.sha256("-".join(parts).encode()).hexdigest()[:24]


def exercise_version(exercise: Exercise) -> str:
    """A hash of the files that define an exercise, for its steps, inputs, parts and asking.

    Returns:
        12 hexadecimal digits.
    """
    functions = [exercise.ask, *exercise.steps.values(), *(p.draw for p in exercise.probes)]
    functions += [part.accept for part in exercise.parts if part.accept]
    files = {file for function in functions for file in _files_of(function)}
    ours = _digest(tuple(sorted(files)))
    if not exercise.version:
        return ours[:12]
    return hashlib.sha256(f"{ours} {exercise.version}".encode()).hexdigest()[:12]


@cache
def _digest(files: tuple[Path, ...]) -> str:
    return digest(files)


def _files_of(function: Any) -> Iterator[Path]:
    """The files of this package that a function was written in, also one made by a function."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is not None and Path(code.co_filename).is_relative_to(PACKAGES[0]):
        yield Path(code.co_filename)
    for cell in getattr(function, "__closure__", None) or ():
        if callable(cell.cell_contents):
            yield from _files_of(cell.cell_contents)
