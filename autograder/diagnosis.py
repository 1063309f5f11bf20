"""Which mistake explains a wrong part: the candidates are run on the same inputs and compared.

A mistake is named only when it, and nothing else, reproduces the student's numbers on every
probe. Otherwise the finding says that we cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Part, Step
from autograder.values import close

Transform = Callable[[Any, Inputs], Any]


@dataclass(frozen=True)
class Context:
    """What a part's value may rest on.

    Args:
        exercise: what was asked.
        part: the part looked at.
        drawn: the inputs, one dict a probe.
        truth: all right values, one namespace a probe.
        own: the student's own earlier wrong parts, one dict a probe, or None when they are not
            to be built on.
        adopted: ungraded steps as mistakes found earlier compute them.
    """

    exercise: Exercise
    part: Part
    drawn: Sequence[Inputs]
    truth: Sequence[SimpleNamespace]
    own: Sequence[Mapping[str, Any]] | None
    adopted: Mapping[str, Step]

    def expected(self, wrong: Mapping[str, Step] | None = None) -> list[Any]:
        """The part's value on each probe, from the student's own earlier parts."""
        steps = {**self.adopted, **(wrong or {})}
        own = self.own if self.own is not None else [{}] * len(self.drawn)
        return [
            getattr(self.exercise.solve(inputs, steps, mine), self.part.name)
            for inputs, mine in zip(self.drawn, own, strict=True)
        ]

    def expected_afresh(self, wrong: Mapping[str, Step]) -> list[Any]:
        """The part's value on each probe, from the right earlier parts."""
        return [
            getattr(self.exercise.solve(inputs, wrong), self.part.name) for inputs in self.drawn
        ]


@dataclass(frozen=True)
class Finding:
    """What is known about a wrong part.

    Args:
        id: the catalogue's row, such as "M15", or "" when we cannot tell.
        slug: the mistake's short name, or "" when we cannot tell.
        mistake: the exercise's own mistake, if it is one of those.
        rivals: slugs of several mistakes that explain the value equally well.
    """

    id: str = ""
    slug: str = ""
    mistake: Mistake | None = None
    rivals: tuple[str, ...] = ()


def diagnose(context: Context, values: Sequence[Any]) -> Finding:
    """Finds the one mistake that reproduces a wrong part on every probe.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value a probe.

    Returns:
        The finding; its slug is "" when no mistake, or more than one, explains the value.
    """
    specific = [
        Finding(mistake.id, mistake.slug, mistake)
        for mistake in context.exercise.mistakes
        if _explains(context, mistake, values)
    ]
    if specific:
        return _only(specific)
    if context.part.accept is not None:
        return Finding()
    return _only(_generic(context, values))


def _explains(context: Context, mistake: Mistake, values: Sequence[Any]) -> bool:
    # Other graded parts have verdicts of their own; only ungraded steps work from afar.
    graded = {part.name for part in context.exercise.parts} - {context.part.name}
    wrong = {name: step for name, step in mistake.wrong.items() if name not in graded}
    if not wrong:
        return False
    candidates = [context.expected_afresh(wrong)]
    if context.own is not None:
        candidates.append(context.expected(wrong))
    return any(_matches(context, candidate, values) for candidate in candidates)


def _matches(context: Context, candidate: Sequence[Any], values: Sequence[Any]) -> bool:
    if context.part.accept is not None:
        return all(_same(c, v) for c, v in zip(candidate, values, strict=True))
    tolerance = context.exercise.tolerance
    return all(close(v, c, tolerance, True) for c, v in zip(candidate, values, strict=True))


def _same(candidate: Any, value: Any) -> bool:
    return type(candidate) is type(value) and bool(candidate == value)


def _generic(context: Context, values: Sequence[Any]) -> list[Finding]:
    bases = [context.expected_afresh({})]
    if context.own is not None:
        bases.append(context.expected())
    found = {
        slug: Finding(id, slug)
        for (id, slug), transform in _transforms(context.exercise).items()
        for base in bases
        if _matches(
            context,
            [transform(right, inputs) for right, inputs in zip(base, context.drawn, strict=True)],
            values,
        )
    }
    return list(found.values())


def _transforms(exercise: Exercise) -> dict[tuple[str, str], Transform]:
    transforms: dict[tuple[str, str], Transform] = {
        ("M1", "sign"): lambda right, _: -np.asarray(right),
        ("M2", "doubled"): lambda right, _: 2 * np.asarray(right),
        ("M2", "halved"): lambda right, _: np.asarray(right) / 2,
        ("M11", "transposed"): lambda right, _: np.asarray(right).T,
        ("M18", "zeros"): lambda right, _: np.zeros(np.shape(right)),
    }
    if exercise.batch:
        batch = exercise.batch
        transforms["M3", "sum for mean"] = lambda right, drawn: right * len(drawn[batch])
        transforms["M3", "mean for sum"] = lambda right, drawn: right / len(drawn[batch])
    return transforms


def _only(findings: Sequence[Finding]) -> Finding:
    if len({finding.id for finding in findings}) == 1:
        return findings[0]
    return Finding(rivals=tuple(finding.slug for finding in findings))
