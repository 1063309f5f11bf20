"""One slip that shows in several ways, each with numbers of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.exercise import Mistake, Step

# A short name, the wrong steps, and what the numbers show.
Way = tuple[str, Mapping[str, Step], str]
# A short name → the part, how it is computed wrongly, and what the numbers show.
Terms = Mapping[str, tuple[str, Step, str]]


def several_ways(
    id: str,
    name: str,
    question: str,
    *ways: Way,
    once: bool = False,
    hints: tuple[str, str, str] | None = None,
) -> tuple[Mistake, ...]:
    """Mistakes that are one thought.

    Args:
        id: the row of the catalogue.
        name: as feedback says it; an empty one is the catalogue's.
        question: the question that leads on; an empty one is the catalogue's first hint.
        *ways: a slug, the wrong steps and the evidence of each.
        once: whether they cost points only in the first part that shows one of them.
        hints: the three hints, if the catalogue's do not fit.

    Returns:
        One mistake for each way.
    """
    return tuple(
        Mistake(id, slug, wrong, evidence, name=name, question=question, once=once, hints=hints)
        for slug, wrong, evidence in ways
    )


def wrong_terms(
    id: str,
    name: str,
    question: str,
    terms: Terms,
    hints: tuple[str, str, str] | None = None,
) -> tuple[Mistake, ...]:
    """Mistakes that are one thought, each in one step, as the terms of a formula are.

    Args:
        id: the row of the catalogue.
        name: as feedback says it.
        question: the question that leads on.
        terms: slug → the step, how it is computed wrongly, and the evidence.
        hints: the three hints, if the catalogue's do not fit.

    Returns:
        One mistake for each term.
    """
    ways = ((slug, {part: step}, evidence) for slug, (part, step, evidence) in terms.items())
    return several_ways(id, name, question, *ways, hints=hints)


def in_one_step(*rows: tuple[Any, ...]) -> tuple[Mistake, ...]:
    """Mistakes in one step each, as a table.

    Args:
        *rows: for each the row of the catalogue, a slug, the part, how it is computed wrongly, the
            evidence without "your {part}" and full stop, the name, the question, and where the
            catalogue's do not fit the three hints. An empty name or question is the catalogue's.
    """
    return tuple(
        Mistake(
            id,
            slug,
            {part: step},
            f"your {{part}} {words}.",
            name=name,
            question=question,
            hints=hints[0] if hints else None,
        )
        for id, slug, part, step, words, name, question, *hints in rows
    )
