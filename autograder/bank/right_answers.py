"""The right answers of an exercise as texts: the notebook's own solution, and the variants."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.bank.running import RightAnswer
from autograder.course.folder import Course
from autograder.course.graded_cells import mark
from autograder.course.marks import grade_id
from autograder.course.sources import source_notebook
from autograder.derived.texts import function_name, solution_cell
from autograder.exercise import Exercise
from autograder.runner.job import answer_expression


def right_answers(course: Course, exercise: Exercise) -> list[RightAnswer]:
    """All right answers whose text is at hand.

    Args:
        course: the folder with the texts of the units.
        exercise: what is asked.

    Returns:
        The solution of the unit's text first, then the variants. Of a derived exercise that no
        unit checks yet it is the solution that its cells would have.
    """
    derived = exercise.derived_from is not None and not exercise.unit
    printed = _derived(exercise) if derived else _solution(course, exercise)
    return [printed, *_variants(exercise)]


def _derived(exercise: Exercise) -> RightAnswer:
    """The solution that is printed for an exercise which no unit checks yet."""
    return RightAnswer(function_name(exercise), solution_cell(exercise), {"np": np})


def _solution(course: Course, exercise: Exercise) -> RightAnswer:
    before: dict[str, Any] = {"__name__": "__main__"}
    text = ""
    cells: list[str] = []
    for cell in source_notebook(course, exercise.unit).cells:
        id = mark(cell).get("grade_id", "")
        if cell.cell_type != "code" or not id:
            continue
        if id == f"{grade_id(exercise.id)}-check":
            name = answer_expression(cell.source)[1]
            return RightAnswer(name, text, before, cells=tuple(cells))
        if id == grade_id(exercise.id):
            text = cell.source
        elif not id.endswith("-check"):
            exec(cell.source, before)
            cells.append(cell.source)
    raise ValueError(f"the text of {exercise.unit} does not check {exercise.id}")


def _variants(exercise: Exercise) -> Iterator[RightAnswer]:
    for variant in exercise.variants.values():
        function = _written_out(variant)
        # A function made by another one cannot be run from its own text.
        if function is not None and not function.__code__.co_freevars:
            text = textwrap.dedent(inspect.getsource(function))
            yield RightAnswer(function.__name__, text, dict(vars(inspect.getmodule(function))))


def _written_out(variant: Callable[..., Any]) -> Any:
    """The function with a name that a variant is, or that it passes its inputs on to."""
    if variant.__name__ != "<lambda>":
        return variant
    code = variant.__code__
    called = variant.__globals__.get(code.co_names[0]) if len(code.co_names) == 1 else None
    if not inspect.isfunction(called):
        return None
    # One that takes another number of inputs is a helper.
    same = code.co_argcount in (0, called.__code__.co_argcount)
    return called if same else None
