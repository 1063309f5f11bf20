"""Describes an exercise for students who do not get its reference."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs
from autograder.exercises.described import Described, DescribedPart
from autograder.inside import wire
from autograder.inside.asking import call_with_inputs
from autograder.judge.draw import PUBLIC_SEED, draw_inputs


def described(exercise: Exercise) -> Described:
    """Says what an exercise asks for, on one public example, and nothing about how it is done.

    Args:
        exercise: the exercise.

    Returns:
        Its description.
    """
    inputs = _example(exercise)
    values = vars(exercise.solve(inputs)) if inputs else {}
    parts = tuple(
        DescribedPart(
            part.name,
            part.points,
            part.label,
            None if part.accept else _shape(values.get(part.name)),
            exercise.output if part.name in exercise.leaves else "",
            exercise.leaves.get(part.name, ""),
        )
        for part in exercise.parts
    )
    content = bytearray()
    # A way of asking of the exercise's own is code of the exercise.
    plain = exercise.ask is call_with_inputs and inputs is not None
    written = wire.encode(inputs, content) if plain else None
    if "'object'" in repr(written):  # Something that cannot be written down as data.
        written, content = None, bytearray()
    encoded = base64.b64encode(bytes(content)).decode("ascii")
    return Described(exercise.id, exercise.title, parts, written, encoded, exercise.may_use)


def _example(exercise: Exercise) -> Inputs | None:
    """The inputs of the first probe that draws them: no number of the file is among them."""
    drawn = draw_inputs(exercise, PUBLIC_SEED)
    ordinary = [number for number in exercise.ordinary if not exercise.probes[number].fixed]
    return drawn[ordinary[0]] if ordinary else None


def _shape(value: Any) -> tuple[int, ...] | None:
    array = np.asarray(value) if isinstance(value, np.ndarray | float | np.floating) else None
    return array.shape if array is not None and array.dtype == np.float64 else None
