"""All exercises of the course: one package per unit, and in it each module that names `EXERCISES`.

They are found, not listed: a new module is one file. The order in which students meet them is the
notebook's.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from pkgutil import walk_packages

from autograder.exercise import Exercise


def _found() -> dict[str, Exercise]:
    modules = [import_module(found.name) for found in walk_packages(__path__, f"{__name__}.")]
    exercises = [each for module in modules for each in getattr(module, "EXERCISES", ())]
    return {each.id: each for each in sorted(exercises, key=lambda each: (each.unit, each.id))}


EXERCISES = _found()


def find(exercise_id: str) -> Exercise:
    """Looks up an exercise.

    Args:
        exercise_id: such as "quiz1.backward".

    Returns:
        The exercise.

    Raises:
        ValueError: if there is none of this name; the message lists what is near.
    """
    if exercise := EXERCISES.get(exercise_id):
        return exercise
    near = get_close_matches(str(exercise_id), EXERCISES, n=1, cutoff=0.5)
    advice = f"Did you mean {near[0]!r}?" if near else f"The exercises are: {', '.join(EXERCISES)}."
    raise ValueError(f"There is no exercise {exercise_id!r}. {advice}")


def of_unit(unit: str) -> list[Exercise]:
    """The exercises of one unit, by id.

    Args:
        unit: such as "02-computation-graphs".

    Returns:
        The exercises; an empty list for a unit without any.
    """
    return [exercise for exercise in EXERCISES.values() if exercise.unit == unit]


def building_on(exercise_id: str) -> list[Exercise]:
    """The exercises that begin with what was computed in one before.

    Args:
        exercise_id: the one before, such as "quiz1.forward".

    Returns:
        The exercises; its answer is asked for their inputs too.
    """
    return [exercise for exercise in EXERCISES.values() if exercise.builds_on == exercise_id]
