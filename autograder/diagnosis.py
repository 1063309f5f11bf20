"""Which mistake explains a wrong part: the candidates are run on the same inputs and compared.

A mistake is named only when it, and nothing else, reproduces the student's numbers on every
probe. Otherwise the finding says that we cannot tell.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.answer_key import AnswerKey
from autograder.exercise import Exercise, Inputs, Mistake, Part, Step
from autograder.values import close

Transform = Callable[[Any, Inputs], Any]

# A value this near to the right one was rounded, or approximated by a finite difference.
APPROXIMATE = 1e-4


@dataclass(frozen=True)
class Case:
    """What was asked on which inputs.

    Args:
        key: what was asked, worked out on all inputs.
        asked: the numbers of the probes that were answered.
    """

    key: AnswerKey
    asked: Sequence[int]

    @property
    def exercise(self) -> Exercise:
        """What was asked."""
        return self.key.exercise

    @property
    def probes(self) -> list[str]:
        """The names of the probes that were answered."""
        return [self.exercise.probes[i].name for i in self.asked]

    @property
    def drawn(self) -> list[Inputs]:
        """The inputs of those probes."""
        return [self.key.drawn[i] for i in self.asked]

    @property
    def truth(self) -> list[SimpleNamespace]:
        """All right values on those probes."""
        return [self.key.right(i) for i in self.asked]


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

    @property
    def rests_on_own(self) -> bool:
        """Whether anything of the student's own differs from the right earlier values."""
        return bool(self.adopted) or any(self.own)

    def expected(self, wrong: Mapping[str, Step] | None = None) -> list[Any]:
        """The part's value on each probe, from the student's own earlier parts."""
        if not wrong and not self.rests_on_own:
            return self.right
        steps = {**self.adopted, **(wrong or {})}
        return [
            getattr(self.case.exercise.solve(inputs, steps, mine), self.part.name)
            for inputs, mine in zip(self.case.drawn, self.own, strict=True)
        ]

    def candidates(self, mistake: Mistake) -> Iterator[list[Any]]:
        """The part's value on each probe as a mistake has it, from right and from own values.

        Other graded parts have verdicts of their own; only ungraded steps work from afar.
        """
        graded = {part.name for part in self.case.exercise.parts} - {self.part.name}
        steps = [name for name in mistake.wrong if name not in graded]
        if not steps:
            return
        worked = [self.case.key.wrong(i, mistake, steps) for i in self.case.asked]
        afresh = [getattr(values, self.part.name) for values in worked if values is not None]
        if len(afresh) == len(worked):
            yield afresh
        if self.rests_on_own:
            with contextlib.suppress(Exception):
                yield self.expected({name: mistake.wrong[name] for name in steps})

    def bases(self) -> Iterator[list[Any]]:
        """What a slip at the end may start from: the right value, or what follows from own ones."""
        yield self.right
        if self.rests_on_own:
            with contextlib.suppress(Exception):
                yield self.expected()


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
        if any(_matches(context, found, values) for found in context.candidates(mistake))
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
    bases = list(context.bases())
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
        for base in context.bases()
    )


def _only(findings: Sequence[Finding]) -> Finding:
    if len({finding.id for finding in findings}) == 1:
        return findings[0]
    return Finding(rivals=tuple(finding.slug for finding in findings))
