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
from autograder.practice.given import read_given

# Three digits, of which the last may be off by what was rounded on the way.
ROUNDING = 0.01
# Of an array, small entries are as exact as this share of the largest.
_OF_THE_LARGEST = 1e-3

_RIVALS = "more than one mistake would give {numbers} here: {names}. So we cannot tell which it is."
_UNKNOWN = (
    "it does not match any mistake that we know. Go through its line of the backward pass term by "
    "term."
)


def judge_numbers(
    exercise: Exercise, inputs: Inputs, given: Mapping[str, Any], unnamed: Sequence[Any] = ()
) -> Verdict:
    """Judges the numbers that were given.

    Args:
        exercise: a derived one.
        inputs: the point.
        given: number or array by name, such as {"da": 1.3}.
        unnamed: what was given without a name.

    Returns:
        A verdict whose parts are those that were given.

    Raises:
        NotAsked: if there are none, a name is unknown, or a value is not made of numbers.
    """
    right = exercise.solve(inputs)
    numbers = read_given(exercise, vars(right), given, unnamed)
    labels = {part.name: part for part in exercise.parts}
    parts = [labels.get(name, Part(name, 1.0)) for name in numbers]
    own: dict[str, Any] = {}
    verdicts = []
    whole = _explaining_all(exercise, inputs, numbers)
    for part in parts:
        value, expected = numbers[part.name], getattr(right, part.name)
        verdicts.append(_verdict(exercise, inputs, part, value, expected, own, whole))
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
