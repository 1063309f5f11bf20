"""One slip that shows in several ways, each with numbers of its own."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.exercise import Mistake, Step

# A short name, the wrong steps, and what the numbers show.
Way = tuple[str, Mapping[str, Step], str]


def several_ways(
    id: str,
    name: str,
    question: str,
    *ways: Way,
    once: bool = False,
) -> tuple[Mistake, ...]:
    """Mistakes that are one thought.

    Args:
        id: the row of the catalogue.
        name: as feedback says it; an empty one is the catalogue's.
        question: the question that leads on; an empty one is the catalogue's first hint.
        *ways: a slug, the wrong steps and the evidence of each.
        once: whether they cost points only in the first part that shows one of them.

    Returns:
        One mistake for each way.
    """
    return tuple(
        Mistake(id, slug, wrong, evidence, name=name, question=question, once=once)
        for slug, wrong, evidence in ways
    )
