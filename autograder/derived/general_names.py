"""Names of mistakes that hold in every function: without the names of its variables."""

from __future__ import annotations

import re
from dataclasses import replace

from autograder.exercise import Exercise, Mistake

_FAN_OUT = re.compile(r" at the fan-out of \w+$")
_COMPLETE = re.compile(r"^the gradient of \w+ (passed on before it is complete)$")


def general_name(name: str) -> str:
    """A mistake's name without the variable at which it was made.

    Args:
        name: such as "a path missing at the fan-out of c".

    Returns:
        Such as "a path missing at a fan-out"; other names as they are.
    """
    return _COMPLETE.sub(r"a gradient \1", _FAN_OUT.sub(" at a fan-out", name))


def without_variables(exercise: Exercise) -> Exercise:
    """The same exercise, its mistakes named as in every other function.

    Args:
        exercise: a derived one. Evidence, questions and hints keep the variables.
    """
    return replace(exercise, mistakes=tuple(map(_general, exercise.mistakes)))


def _general(mistake: Mistake) -> Mistake:
    return replace(mistake, name=general_name(mistake.name))
