"""Which mistake explains a wrong part: the candidates are run on the same inputs and compared.

A mistake is named only when it, and nothing else, reproduces the student's numbers on every
probe. Otherwise the finding says that we cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Part, Step
from autograder.values import close

Transform = Callable[[Any, Inputs], Any]

# A value this near to the right one was rounded, or approximated by a finite difference.
APPROXIMATE = 1e-4


@dataclass(frozen=True)
class Case:
    """What was asked on which inputs.

    Args:
        exercise: what was asked.
        probes: the names of the probes.
        drawn: the inputs, one dict a probe.
        truth: all right values, one namespace a probe.
    """

    exercise: Exercise
    probes: Sequence[str]
    drawn: Sequence[Inputs]
    truth: Sequence[SimpleNamespace]


@dataclass(frozen=True)
class Context:
    """What one part's value may rest on.

    Args:
        case: what was asked on which inputs.
        part: the part looked at.
        own: the student's own earlier wrong parts, one dict a probe.
        adopted: ungraded steps as mistakes found earlier compute them.
    """

    case: Case
    part: Part
    own: Sequence[Mapping[str, Any]]
    adopted: Mapping[str, Step]

    @property
    def right(self) -> list[Any]:
        """The part's right value on each probe."""
        return [getattr(values, self.part.name) for values in self.case.truth]

    def expected(self, wrong: Mapping[str, Step] | None = None) -> list[Any]:
        """The part's value on each probe, from the student's own earlier parts."""
        steps = {**self.adopted, **(wrong or {})}
        return [
            getattr(self.case.exercise.solve(inputs, steps, mine), self.part.name)
            for inputs, mine in zip(self.case.drawn, self.own, strict=True)
        ]

    def afresh(self, wrong: Mapping[str, Step]) -> list[Any]:
        """The part's value on each probe, from the right earlier parts."""
        return [
            getattr(self.case.exercise.solve(inputs, wrong), self.part.name)
            for inputs in self.case.drawn
        ]


@dataclass(frozen=True)
class Finding:
    """What is known about a wrong part.

    Args:
        id: the catalogue's row, such as "M15", or "" when it has none.
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
        for mistake in context.case.exercise.mistakes
        if _explains(context, mistake, values)
    ]
    if specific:
        return _only(specific)
    if context.part.accept is not None:
        return Finding()
    if generic := _generic(context, values):
        return _only(generic)
    if _approximates(context, values):
        return Finding("", "approximate")
    return Finding()


def _explains(context: Context, mistake: Mistake, values: Sequence[Any]) -> bool:
    # Other graded parts have verdicts of their own; only ungraded steps work from afar.
    graded = {part.name for part in context.case.exercise.parts} - {context.part.name}
    wrong = {name: step for name, step in mistake.wrong.items() if name not in graded}
    return bool(wrong) and any(
        _matches(context, candidate, values) for candidate in _candidates(context, wrong)
    )


def _candidates(context: Context, wrong: Mapping[str, Step]) -> Iterator[list[Any]]:
    for way in (context.afresh, context.expected):
        try:
            yield way(wrong)
        except Exception:
            # Some mistakes cannot be carried through on layers of different sizes.
            continue


def _matches(context: Context, candidate: Sequence[Any], values: Sequence[Any]) -> bool:
    if context.part.accept is not None:
        return all(_same(c, v) for c, v in zip(candidate, values, strict=True))
    tolerance = context.case.exercise.tolerance
    return all(close(v, c, tolerance, True) for c, v in zip(candidate, values, strict=True))


def _same(candidate: Any, value: Any) -> bool:
    try:
        return type(candidate) is type(value) and bool(candidate == value)
    except Exception:
        return False


def _generic(context: Context, values: Sequence[Any]) -> list[Finding]:
    bases = list(_candidates(context, {}))
    found = {
        slug: Finding(id, slug)
        for (id, slug), transform in _transforms(context.case.exercise).items()
        for base in bases
        if _matches(
            context,
            [
                transform(np.asarray(right), inputs)
                for right, inputs in zip(base, context.case.drawn, strict=True)
            ],
            values,
        )
    }
    return list(found.values())


def _transforms(exercise: Exercise) -> dict[tuple[str, str], Transform]:
    transforms: dict[tuple[str, str], Transform] = {
        ("M1", "sign"): lambda right, _: -right,
        ("M2", "doubled"): lambda right, _: 2 * right,
        ("M2", "halved"): lambda right, _: right / 2,
        ("M11", "transposed"): lambda right, _: right.T,
        ("M18", "zeros"): lambda right, _: np.zeros(right.shape),
    }
    if exercise.batch:
        batch = exercise.batch
        transforms["M3", "sum for mean"] = lambda right, drawn: right * len(drawn[batch])
        transforms["M3", "mean for sum"] = lambda right, drawn: right / len(drawn[batch])
    return transforms


def _approximates(context: Context, values: Sequence[Any]) -> bool:
    return any(
        all(close(v, c, APPROXIMATE) for c, v in zip(base, values, strict=True))
        for base in _candidates(context, {})
    )


def _only(findings: Sequence[Finding]) -> Finding:
    if len({finding.id for finding in findings}) == 1:
        return findings[0]
    return Finding(rivals=tuple(finding.slug for finding in findings))
