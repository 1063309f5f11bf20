"""What a cell with points asks for: an exercise of ours, a plain nbgrader test, or a person."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.course.notebooks import read_notebook, released_notebooks
from autograder.exercise import Exercise
from autograder.exercises.registry import Registry
from autograder.runner.job import CannotSend, answer_expression


def exercise_asked(source: str, exercises: Registry) -> Exercise | None:
    """The exercise that a graded cell checks.

    Args:
        source: the cell's code.
        exercises: the course's.

    Returns:
        The exercise; None if the cell is a plain nbgrader test.

    Raises:
        CannotSend: if the cell calls check("…", …) and is not that one line alone. In the sandbox
            such a call does nothing, so that anybody would pass the rest of the cell.
        ValueError: if the exercise does not exist.
    """
    return exercises.find(answer_expression(source)[0]) if _calls_check(source) else None


def exercise_named(source: str, exercises: Registry) -> str:
    """The id of the exercise that a graded cell checks, or "" if it checks none of the course's."""
    try:
        exercise = exercise_asked(source, exercises)
    except (CannotSend, ValueError):
        return ""
    return exercise.id if exercise else ""


def exercises_in(notebook: Any, path: Path, exercises: Registry) -> list[Exercise]:
    """The exercises that a notebook of the course checks, in its order.

    Args:
        notebook: a source or released notebook.
        path: where it is from, for messages.
        exercises: the course's.

    Returns:
        The exercises.

    Raises:
        CourseError: if a cell checks an exercise that there is not, or more than that.
    """
    try:
        found = [
            exercise_asked(cell.source, exercises)
            for cell in notebook.cells
            if is_test(cell.cell_type, mark(cell))
        ]
    except (CannotSend, ValueError) as problem:
        raise CourseError(f"{path}: {problem}") from None
    return [exercise for exercise in found if exercise]


def released_exercises(course: Course, unit: str) -> list[Exercise]:
    """The exercises that a unit's released notebooks check, in their order.

    Raises:
        CourseError: if a cell checks an exercise that there is not, or more than that; the message
            says what to do.
    """
    try:
        return [
            exercise
            for path in released_notebooks(course, unit).values()
            for exercise in exercises_in(read_notebook(path), path, course.exercises)
        ]
    except CourseError as problem:
        if any(fault.message in str(problem) for fault in course.exercises.faults):
            raise  # A file of exercises that is broken says so, and what to do.
        raise CourseError(
            f"{problem} Put back the notebook that students have, or the exercise: its file in "
            "exercises/, or the course-bp that has it."
        ) from None


def mark(cell: Any) -> Mapping[str, Any]:
    """nbgrader's metadata of a cell; empty where it has none."""
    found: Mapping[str, Any] = cell.metadata.get("nbgrader", {})
    return found


def is_test(cell_type: str, nbgrader: Mapping[str, Any]) -> bool:
    """Whether a cell is code that decides on points, rather than an answer that earns them."""
    return cell_type == "code" and bool(nbgrader.get("grade")) and not nbgrader.get("solution")


def is_for_a_person(cell_type: str, nbgrader: Mapping[str, Any]) -> bool:
    """Whether a person gives a cell's points: an essay, a manually graded answer, or a task."""
    graded = bool(nbgrader.get("grade")) and not is_test(cell_type, nbgrader)
    return graded or bool(nbgrader.get("task"))


def _calls_check(source: str) -> bool:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "check"
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        for node in ast.walk(tree)
    )
