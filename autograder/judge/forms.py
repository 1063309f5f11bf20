"""Right numbers in another form than the one that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Part
from autograder.judge.compare import FormFault, close
from autograder.judge.verdict import PartVerdict, Status

# What single precision leaves of a number after a few operations.
_COARSE = 1e-4


def right_numbers(
    exercise: Exercise,
    part: Part,
    values: Sequence[Any],
    rights: Sequence[Any],
    faults: Sequence[FormFault | None],
) -> PartVerdict | None:
    """The verdict on a part of which only the form is not what was asked for.

    Lists, whole numbers, an axis of length 1 too many or too few, and single precision are such
    forms. In single precision, a finite difference looks like a derivative, so a derivative in
    this form earns what a finite difference does.

    Args:
        exercise: what was asked.
        part: the part looked at.
        values: what came back, one value per probe.
        rights: the right values.
        faults: what is wrong with the form of each, if anything.

    Returns:
        The verdict, or None if the numbers are wrong too.
    """
    fault = next((one for one in faults if one), None)
    # A form that comes on some of the inputs only is a mistake of its own, such as np.squeeze.
    pairs = list(zip(map(_as_numbers, values), rights, strict=True))
    if fault is None or any(one is None and np.size(right) for one, right in zip(faults, rights)):
        return None
    if any(array is None or not _is_right(array, right, exercise) for array, right in pairs):
        return None
    coarse = any(_is_coarse(array) for array, _ in pairs)
    hidden = coarse and part.name in exercise.derivatives
    status = Status.NUMERIC if hidden else Status.FORM
    cost = "half" if hidden else "a tenth"
    message = f"its numbers are right, but {fault.message} This costs {cost} of its points."
    return PartVerdict(part, status, message=message, kind=fault.kind)


def _as_numbers(value: Any) -> Any:
    """A value as an array of real numbers, or None if it is none."""
    if type(value) not in (list, tuple, np.ndarray, int, float) and not isinstance(
        value, np.generic
    ):
        return None
    try:
        array = np.asarray(value)
    except Exception:  # Lists of different lengths.
        return None
    return array if array.dtype.kind in "iuf" else None


def _is_coarse(array: Any) -> bool:
    return bool(array.dtype.kind == "f" and array.dtype.itemsize < 8)


def _is_right(array: Any, right: Any, exercise: Exercise) -> bool:
    wanted = np.asarray(right, dtype=float)
    if _without_ones(array.shape) != _without_ones(wanted.shape):
        return False
    numbers = array.reshape(wanted.shape).astype(float)
    tolerance = max(exercise.tolerance, _COARSE) if _is_coarse(array) else exercise.tolerance
    # Entries that are small beside the largest one have lost more digits.
    floor = _COARSE * np.abs(wanted).max(initial=0) if _is_coarse(array) else 0.0
    return close(numbers, wanted, tolerance) or bool(
        floor and np.isfinite(numbers).all() and (np.abs(numbers - wanted) <= floor).all()
    )


def _without_ones(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(length for length in shape if length != 1)
