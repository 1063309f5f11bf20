"""Judges numbers that were worked out by hand at one point, to about three digits.

A number is right if it agrees with the reference, or if it follows from the learner's own earlier
numbers. A wrong one is named only when the numbers of exactly one mistake fit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.derived.statement import DerivedFrom
from autograder.exercise import Exercise, Inputs, Mistake, Part
from autograder.judge.diagnosis import Finding
from autograder.judge.verdict import PartVerdict, Status, Verdict
from autograder.practice.explained import explanations, made_by
from autograder.practice.given import read_given
from autograder.practice.rounding import close, has_two_digits, rounds_to

_RIVALS = "more than one mistake would give {numbers} here: {names}. So we cannot tell which it is."
_UNKNOWN = (
    "it does not match any mistake that we know. Go through its line of the {which} pass term by "
    "term."
)
_TOO_FEW = "it is right as far as it goes, but give three significant digits."
_TOO_FEW_TO_TELL = (
    "it has too few digits to tell what went wrong. Give three significant digits, and carry four "
    "on the way."
)
# The kind of fault of a number that is right as far as it goes.
DIGITS = "digits"


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
    parts = tuple(labels.get(name, Part(name, 1.0)) for name in numbers)
    own: dict[str, Any] = {}
    right_parts: dict[str, Status] = {}
    wrong: dict[str, dict[str, Any]] = {}
    for name, value in numbers.items():
        if close(value, getattr(right, name)):
            right_parts[name] = Status.RIGHT
        elif close(value, getattr(exercise.solve(inputs, own=own), name)):
            right_parts[name] = Status.FOLLOWS
        else:
            wrong[name] = dict(own)
        own[name] = value
    really = [name for name, status in right_parts.items() if status is Status.RIGHT]
    found = explanations(exercise, inputs, numbers, really, wrong) if wrong else {}
    verdicts = tuple(
        _wrong(exercise, inputs, part, numbers[part.name], wrong[part.name], found[part.name])
        if part.name in wrong
        else PartVerdict(part, right_parts[part.name])
        for part in parts
    )
    return Verdict(replace(exercise, parts=parts), verdicts)


def _wrong(
    exercise: Exercise,
    inputs: Inputs,
    part: Part,
    value: Any,
    own: Mapping[str, Any],
    found: Sequence[Mistake],
) -> PartVerdict:
    """The verdict on a part that is not right.

    Args:
        exercise: a derived one.
        inputs: the point.
        part: the part.
        value: what was given for it.
        own: what was given for earlier ones.
        found: the mistakes that give it.
    """
    asked = [getattr(exercise.solve(inputs, own=taken), part.name) for taken in ({}, own)]
    # A single digit may as well be what a mistake gives.
    if any(rounds_to(value, one) for one in asked) and (has_two_digits(value) or not found):
        return PartVerdict(part, Status.WRONG, message=_TOO_FEW, kind=DIGITS)
    if len({mistake.name for mistake in found}) == 1:
        mistake = found[0] if len(found) == 1 else _at_one_of_several_places(found)
        finding = Finding(mistake.id, mistake.slug, mistake, everywhere=False)
        return PartVerdict(part, Status.WRONG, finding)
    if found:
        numbers = "these numbers" if np.ndim(value) else "this number"
        names = _either([mistake.here for mistake in found])
        message = _RIVALS.format(numbers=numbers, names=names)
    elif _rounds_to_a_mistake(exercise, inputs, part.name, value, own):
        message = _TOO_FEW_TO_TELL
    else:
        which = "forward" if part.name in _forward(exercise) else "backward"
        message = _UNKNOWN.format(which=which)
    return PartVerdict(part, Status.WRONG, message=message)


def _at_one_of_several_places(found: Sequence[Mistake]) -> Mistake:
    """What is known of a mistake that fits at several places of the function."""
    return replace(
        found[0],
        here=" or ".join(dict.fromkeys(mistake.here for mistake in found)),
        evidence="it would give your {part} at more than one place, so we cannot tell where.",
        question="",
        hints=None,
    )


def _rounds_to_a_mistake(
    exercise: Exercise, inputs: Inputs, name: str, value: Any, own: Mapping[str, Any]
) -> bool:
    made = (made_by(exercise, inputs, mistake, own) for mistake in exercise.mistakes)
    return any(one and rounds_to(value, getattr(one, name)) for one in made)


def _forward(exercise: Exercise) -> Collection[str]:
    """The lines of the forward pass."""
    about = exercise.derived_from
    assert isinstance(about, DerivedFrom)
    return about.derivation.example.blocks


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:3])}{' and others' if len(names) > 3 else ''}"
