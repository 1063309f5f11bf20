"""Mistakes of one step that share a name, as the terms of a formula do."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.exercise import Mistake, Step

Terms = Mapping[str, tuple[str, Step, str]]


def wrong_terms(
    id: str,
    name: str,
    question: str,
    terms: Terms,
    hints: tuple[str, str, str] | None = None,
) -> tuple[Mistake, ...]:
    """Mistakes that share a name and a question.

    Args:
        id: the row of the catalogue.
        name: what they are called.
        question: the question that leads on.
        terms: slug → the step, how it is computed wrongly, and the evidence.
        hints: the three hints, where the catalogue's do not fit.

    Returns:
        The mistakes, one per slug.
    """
    return tuple(
        Mistake(id, slug, {part: step}, evidence, name=name, question=question, hints=hints)
        for slug, (part, step, evidence) in terms.items()
    )
