"""The exercise that asks for the backward pass of a program."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from autograder.derived.author import exercise
from autograder.derived.general_names import without_variables
from autograder.exercise import Exercise
from autograder.random_functions.program import Program


def derived_program(id: str, program: Program, title: str, **more: Any) -> Exercise:
    """Derives an exercise from a program.

    Args:
        id: such as "quiz1.variant".
        program: the forward function.
        title: what a person calls it.
        **more: further fields of `Exercise`.

    Returns:
        An exercise that asks for the adjoints that the program asks for. Its mistakes have the
        same names in every program: they do not name a variable.
    """
    asked = program.asked or tuple(program.leaves)
    made = exercise(
        id,
        program.forward,
        inputs=program.inputs,
        points={f"d{name}": 1.0 for name in asked},
        title=title,
    )
    return replace(without_variables(made), **more)
