"""Reads the numbers that a learner gives by hand; what cannot be read is said in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.exercise import Exercise

# The kinds of NumPy's types that hold real numbers: bool, integers, floats, and any objects.
_REAL = "biufO"
_KINDS: dict[type, str] = {
    type(None): "None",
    str: "text",
    bytes: "text",
    complex: "a complex number",
    dict: "a dict",
    set: "a set",
}


class NotAsked(ValueError):
    """Numbers that cannot be judged; says what to do."""


def read_given(
    exercise: Exercise, right: Mapping[str, Any], given: Mapping[str, Any], unnamed: Sequence[Any]
) -> dict[str, Any]:
    """The numbers that were given, in the order of computation.

    Args:
        exercise: a derived one.
        right: the right values by name, for their shapes.
        given: number or array by name, such as {"da": 1.3}.
        unnamed: what was given without a name.

    Returns:
        A float or an array by name.

    Raises:
        NotAsked: if there are none, a name is unknown, or a value is not made of numbers.
    """
    asked = [part.name for part in exercise.parts]
    call = f"answer({', '.join(blank(name, right[name]) for name in asked)})"
    if unnamed:
        raise NotAsked(f"Say which number is which: {call}.")
    if not given:
        raise NotAsked(f"Give at least one number by its name: {call}.")
    known = [name for name in exercise.steps if not name.startswith("_")]
    for name in given:
        if name not in known:
            meant = f"d{name}"
            asks = f"This task asks for {', '.join(asked)}."
            raise NotAsked(
                f"There is no {name} here. {f'Did you mean {meant}?' if meant in asked else asks}"
            )
    return {name: _number(name, given[name], right[name]) for name in known if name in given}


def how_to_give(name: str, right: Any) -> str:
    """How a quantity is given: as one number, or as lists.

    Args:
        name: the quantity.
        right: its right value, for the shape.
    """
    shape = np.shape(right)
    if not shape:
        return f"one number, such as {name}=-1.3"
    return f"{' × '.join(map(str, shape))} numbers in lists, {blank(name, right)}"


def blank(name: str, right: Any) -> str:
    """An argument with dots for its numbers: "dx=…", "dW1=[[…, …], […, …]]".

    Args:
        name: the quantity.
        right: its right value, for the shape.
    """
    shape = np.shape(right)
    if not shape:
        return f"{name}=…"
    row = f"[{', '.join(['…'] * shape[-1])}]"
    return f"{name}={row}" if len(shape) == 1 else f"{name}=[{', '.join([row] * shape[0])}]"


def _number(name: str, value: Any, right: Any) -> Any:
    try:
        array = np.asarray(value)
        if array.dtype.kind not in _REAL or _holds_none(array):
            raise TypeError
        found = array.astype(float)
    except Exception:
        fault = _fault(name, value)
    else:
        if found.shape == np.shape(right) and np.isfinite(found).all():
            return found if found.ndim else float(found)
        fault = f"You gave {_size(found)} for {name}."
        if found.shape == np.shape(right):
            fault = f"{name} is not finite."
    raise NotAsked(f"{fault} Give {how_to_give(name, right)}.")


def _holds_none(array: Any) -> bool:
    """Whether there is a None, which NumPy takes for nan."""
    return array.dtype.kind == "O" and any(one is None for one in array.flat)


def _fault(name: str, value: Any) -> str:
    if isinstance(value, Sequence | np.ndarray) and not isinstance(value, str | bytes):
        return f"{name} must hold only numbers, in rows of the same length."
    other = "a function" if callable(value) else "something other than a number"
    kind = _KINDS.get(type(value), other)
    return f"You gave {kind} for {name}."


def _size(value: Any) -> str:
    """How many numbers an array holds."""
    if value.ndim == 0:
        return "one number"
    return f"a list of {' × '.join(map(str, value.shape))} numbers" if value.size > 1 else "a list"
