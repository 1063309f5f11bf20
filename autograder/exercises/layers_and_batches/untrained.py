"""The slip in which a training loop changes none of its parameters."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.exercise import Mistake, Step


def nothing_trained(parameter: str, wrong: Mapping[str, Step]) -> Mistake:
    """A loop that gives new numbers to names that nobody reads.

    Args:
        parameter: the name of one parameter, for the question.
        wrong: what the parts are then.

    Returns:
        The mistake, with its own hints.
    """
    look = f"Print {parameter} before and after your loop. Which line should change it?"
    return Mistake(
        "M28",
        "nothing trained",
        wrong,
        "your {part} belongs to a network whose parameters never change.",
        name="parameters that are never changed",
        question=look,
        hints=(
            look,
            "A new number needs a name that the next round of the loop reads. Which name does "
            "your step give it to?",
            "The statement p = p − 0.1·g gives a new number to the name p. If p came out of a "
            "tuple or a dict, as in “for p in (u, v):”, then u and v still hold their old "
            "numbers, and the next round begins with those. Write u = u − 0.1·g for each "
            "parameter, or put the new number back into the dict: theta[name] = theta[name] − "
            "0.1·g[name]. Then print one parameter in every round of the loop. It should be "
            "another number each time, and the loss should change with it.",
        ),
    )
