"""All exercises of the course, one module a unit."""

from __future__ import annotations

from difflib import get_close_matches

from autograder.exercise import Exercise
from autograder.exercises import (
    activations_and_losses,
    autograd_engine,
    bug_hunt,
    chain_rule,
    computation_graphs,
    efficiency,
    electives,
    four_ways,
    layers_and_batches,
    logistic_to_network,
    training,
)

UNIT_MODULES = (
    chain_rule,
    computation_graphs,
    four_ways,
    autograd_engine,
    activations_and_losses,
    logistic_to_network,
    layers_and_batches,
    training,
    efficiency,
    bug_hunt,
    electives,
)

EXERCISES: dict[str, Exercise] = {
    exercise.id: exercise for module in UNIT_MODULES for exercise in module.EXERCISES
}


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
    """The exercises of one unit, in the order of its notebook.

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
