"""Names of mistakes that hold in every function: without the names of its variables."""

from __future__ import annotations

import re
from dataclasses import replace

from autograder.exercise import Exercise, Mistake

_GENERAL = {
    re.compile(r" at the fan-out of \w+$"): " at a fan-out",
    re.compile(r"^the gradient of \w+ (passed on before it is complete)$"): r"a gradient \1",
    re.compile(r"^the variable \w+ (treated as a constant)$"): r"a variable \1",
    re.compile(r"^the variables \w+ and \w+ (treated as constants)$"): r"variables \1",
}


def general_name(name: str) -> str:
    """A mistake's name without the variable at which it was made.

    Args:
        name: such as "a path missing at the fan-out of c".

    Returns:
        Such as "a path missing at a fan-out"; other names as they are.
    """
    for pattern, general in _GENERAL.items():
        name = pattern.sub(general, name)
    return name


def without_variables(exercise: Exercise) -> Exercise:
    """The same exercise, its mistakes named as in every other function.

    Args:
        exercise: a derived one. What a person reads keeps the variables.
    """
    return replace(exercise, mistakes=tuple(map(_general, exercise.mistakes)))


def _general(mistake: Mistake) -> Mistake:
    return replace(mistake, name=general_name(mistake.name), here=mistake.here or mistake.name)
