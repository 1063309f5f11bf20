"""Judges numbers that were worked out by hand at one point, to about three digits.

A number is right if it agrees with the reference, or if it follows from the learner's own earlier
numbers. A wrong one is named only when the numbers of exactly one mistake fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Part
from autograder.judge.diagnosis import Finding
from autograder.judge.verdict import PartVerdict, Status, Verdict

# Three digits, of which the last may be off by what was rounded on the way.
ROUNDING = 0.01
# Of an array, small entries are as exact as this share of the largest.
_OF_THE_LARGEST = 1e-3

_RIVALS = "more than one mistake would give {numbers} here: {names}. So we cannot tell which it is."
_UNKNOWN = (
    "it does not match any mistake that we know. Go through its line of the backward pass term by "
    "term."
)


class NotAsked(ValueError):
    """A number has a name that the question does not have, or is not a number; says which."""


def can_be_given(exercise: Exercise) -> list[str]:
    """The quantities that may be given by hand, in the order of computation.

    Args:
        exercise: a derived one.
    """
    return [name for name in exercise.steps if not name.startswith("_")]


def judge_numbers(exercise: Exercise, inputs: Inputs, given: Mapping[str, Any]) -> Verdict:
    """Judges the numbers that were given.

    Args:
        exercise: a derived one.
        inputs: the point.
        given: number or array by name, such as {"da": 1.3}.

    Returns:
        A verdict whose parts are those that were given.

    Raises:
        NotAsked: if a name is unknown, or a value is not made of numbers.
    """
    numbers = _read(exercise, given)
    right = exercise.solve(inputs)
    labels = {part.name: part for part in exercise.parts}
    parts = [labels.get(name, Part(name, 1.0)) for name in numbers]
    own: dict[str, Any] = {}
    verdicts = []
    whole = _explaining_all(exercise, inputs, numbers)
    for part in parts:
        value, expected = numbers[part.name], getattr(right, part.name)
        verdicts.append(_verdict(exercise, inputs, part, value, expected, own, whole))
        if np.shape(value) == np.shape(getattr(right, part.name)):
            own[part.name] = value
    return Verdict(replace(exercise, parts=tuple(parts)), tuple(verdicts))


def close(value: Any, right: Any) -> bool:
    """Whether a number or array agrees with another to about three digits.

    Args:
        value: what was given.
        right: what it is compared with.
    """
    size = np.abs(np.asarray(right, dtype=float))
    if np.shape(value) != np.shape(right) or not np.isfinite(size).all():
        return False
    slack = np.maximum(ROUNDING * size, _OF_THE_LARGEST * size.max(initial=0.0))
    return bool((np.abs(np.subtract(value, right)) <= slack + 1e-12).all())


def fitting(
    exercise: Exercise, inputs: Inputs, part: str, value: Any, own: Mapping[str, Any]
) -> list[Mistake]:
    """The mistakes that give a number, one per name.

    Args:
        exercise: a derived one.
        inputs: the point.
        part: the quantity.
        value: what was given for it.
        own: what was given for earlier ones.
    """
    found: dict[str, Mistake] = {}
    for mistake in exercise.mistakes:
        try:
            made = exercise.solve(inputs, mistake.wrong, own)
        except Exception:
            continue  # Its numbers do not fit the shapes here.
        if close(value, getattr(made, part)):
            found.setdefault(mistake.name, mistake)
    return list(found.values())


def _explaining_all(
    exercise: Exercise, inputs: Inputs, numbers: Mapping[str, Any]
) -> list[Mistake]:
    """The mistakes that give every number, one per name: they go before those that give one."""
    found: dict[str, Mistake] = {}
    for mistake in exercise.mistakes:
        try:
            made = exercise.solve(inputs, mistake.wrong)
        except Exception:
            continue  # Its numbers do not fit the shapes here.
        if all(close(value, getattr(made, name)) for name, value in numbers.items()):
            found.setdefault(mistake.name, mistake)
    return list(found.values())


def _verdict(
    exercise: Exercise,
    inputs: Inputs,
    part: Part,
    value: Any,
    right: Any,
    own: Mapping[str, Any],
    whole: list[Mistake],
) -> PartVerdict:
    if np.shape(value) != np.shape(right):
        message = f"it has the shape {np.shape(value)}, and {part.name} has {np.shape(right)}."
        return PartVerdict(part, Status.MALFORMED, message=message, kind="shape")
    if close(value, right):
        return PartVerdict(part, Status.RIGHT)
    if close(value, getattr(exercise.solve(inputs, own=own), part.name)):
        return PartVerdict(part, Status.FOLLOWS)
    found = whole or fitting(exercise, inputs, part.name, value, own)
    if len(found) == 1:
        mistake = found[0]
        finding = Finding(mistake.id, mistake.slug, mistake, everywhere=False)
        return PartVerdict(part, Status.WRONG, finding)
    names = [mistake.name for mistake in found]
    numbers = "these numbers" if np.ndim(value) else "this number"
    message = _RIVALS.format(numbers=numbers, names=_either(names)) if names else _UNKNOWN
    return PartVerdict(part, Status.WRONG, message=message)


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:3])}{' and others' if len(names) > 3 else ''}"


def _read(exercise: Exercise, given: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers in the order of computation."""
    known = can_be_given(exercise)
    for name in given:
        if name not in known:
            raise NotAsked(f"There is no {name} here. You can give: {', '.join(known)}.")
    found: dict[str, Any] = {}
    for name in known:
        if name not in given:
            continue
        try:
            value = np.asarray(given[name], dtype=float)
        except (TypeError, ValueError):
            raise NotAsked(f"{name} is not a number or an array of numbers.") from None
        if not np.isfinite(value).all():
            raise NotAsked(f"{name} is not finite.")
        found[name] = value if value.ndim else float(value)
    return found
