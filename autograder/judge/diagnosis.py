"""Which mistake explains a wrong part: the candidates are run on the same inputs and compared.

A mistake is named only when it, and nothing else, reproduces the student's numbers on every
probe. Otherwise the finding says what is known, and that we cannot tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from autograder.exercise import Mistake, Part
from autograder.inside.lent import Lent
from autograder.judge.any_exercise import general_explanations
from autograder.judge.approximations import APPROXIMATE, numeric_explanation
from autograder.judge.catalogue import CATALOGUE
from autograder.judge.clues import clues_of
from autograder.judge.compare import close, form_fault
from autograder.judge.context import Context
from autograder.judge.less_likely import explains_everything
from autograder.judge.matches import is_same, matches, same
from autograder.judge.slips import Explanation
from autograder.judge.swapped import swapped_outputs


@dataclass(frozen=True)
class Finding:
    """What is known about a wrong part.

    Args:
        id: the catalogue's row, such as "M15", or "" when it has none.
        slug: the mistake's short name, or "" when we cannot tell.
        mistake: the exercise's own mistake, if it is one of those.
        explanation: the generic mistake, if it is one of those.
        rivals: names of several mistakes that explain the value equally well.
        follows: whether the value is what comes of the student's own earlier parts, which are
            too odd to earn anything by.
        clues: what else is known, a sentence each, when no mistake fits.
        everywhere: whether it shows on ordinary inputs too, not in special cases only.
        fix_first: whether the last clue is that an input was changed in place, which may be the
            whole reason.
    """

    id: str = ""
    slug: str = ""
    mistake: Mistake | None = None
    explanation: Explanation | None = None
    rivals: tuple[str, ...] = ()
    follows: bool = False
    clues: tuple[str, ...] = ()
    everywhere: bool = True
    fix_first: bool = False

    @property
    def source(self) -> Mistake | Explanation | None:
        """What gives the finding its words."""
        return self.mistake or self.explanation

    @property
    def name(self) -> str:
        """The mistake's name as it is counted, or "" when we cannot tell."""
        if self.source is None:
            return ""
        return self.source.name or CATALOGUE[self.source.id].name

    @property
    def spoken(self) -> str:
        """The mistake's name as feedback shows it, or "" when we cannot tell."""
        return (self.mistake.here if self.mistake else "") or self.name


def diagnose(context: Context, values: Sequence[Any], ties: Sequence[Any]) -> Finding:
    """Finds the one mistake that reproduces a wrong part on every probe.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
        ties: what was returned on the probes that are there to tell rivals apart.

    Returns:
        The finding; its slug is "" when no mistake, or more than one, explains the value.
    """
    if context.part.accept is None and context.follows(values):
        return Finding(follows=True)
    mistakes = [
        mistake
        for mistake in context.case.exercise.mistakes
        if context.reproduces(mistake, values, partial(is_same, context))
        and (not mistake.together or _shows_in_all(context, mistake))
    ]
    whole = [mistake for mistake in mistakes if _explains_all(context, mistake)]
    if not whole and (joint := explains_everything(context)):
        return _only([Finding(e.id, e.slug, explanation=e) for e in joint])
    # A mistake from afar would show in the parts in between; they are right, or it has been named.
    mistakes = (
        whole
        or [mistake for mistake in mistakes if context.part.name in mistake.wrong]
        or [mistake for mistake in mistakes if not _contradicted(context, mistake)]
    )
    mistakes = [mistake for mistake in mistakes if mistake.together] or mistakes
    if context.part.accept is not None:
        mistakes = [mistake for mistake in mistakes if _is_made_elsewhere(context, mistake)]
    told = [mistake for mistake in mistakes if _fits_ties(mistake, context, ties)]
    if not told and (context.rests_on_own or not _can_break_ties(context, ties)):
        told = mistakes
    known = whole or any(mistake.together for mistake in told)
    swapped = [] if known else swapped_outputs(context, values)
    if swapped:
        return _only([Finding(e.id, e.slug, explanation=e) for e in swapped])
    if told:
        return _only([Finding(mistake.id, mistake.slug, mistake) for mistake in told])
    if context.part.accept is not None:
        return Finding()
    if explained := general_explanations(context, values):
        # What shows in a special case only is not said of every input.
        everywhere = not context.only_special(values)
        return _only(
            [Finding(e.id, e.slug, explanation=e, everywhere=everywhere) for e in explained]
        )
    for base in context.bases():
        numeric = numeric_explanation(context.case.exercise, context.part, values, base)
        if numeric and not (numeric is APPROXIMATE and _is_measured(context)):
            return Finding(numeric.id, numeric.slug, explanation=numeric)
    if context.rests_on_own and matches(context, list(context.bases())[-1], values):
        # It is what comes of own values on which too little was left to get wrong.
        return Finding(follows=True)
    return Finding(clues=clues_of(context, values))


def _is_measured(context: Context) -> bool:
    """Whether a function comes in that is to be measured, so that the answer approximates."""
    return any(isinstance(value, Lent) for value in context.case.drawn[0].values())


def _contradicted(context: Context, mistake: Mistake) -> bool:
    """Whether an earlier part is right that the mistake would have changed."""
    key, tolerance = context.case.key, context.case.exercise.tolerance
    for part in context.case.exercise.parts:
        if part.name == context.part.name:
            return False
        if part.accept is not None:
            continue
        for i, value in zip(context.case.asked, context.given.get(part.name, ()), strict=False):
            right, worked = getattr(key.right(i), part.name), key.wrong(i, mistake)
            if worked is None or form_fault(value, right) or not close(value, right, tolerance):
                break
            if not close(getattr(worked, part.name), right, tolerance, True):
                return True
    return False


def _is_made_elsewhere(context: Context, mistake: Mistake) -> bool:
    """Whether a mistake shows in all parts in which it would, of those that are not numbers."""
    return all(
        _agrees(context, mistake, part)
        for part in context.case.exercise.parts
        if part.name in mistake.wrong and part.accept is not None
    )


def _shows_in_all(context: Context, mistake: Mistake) -> bool:
    """Whether all the parts that a mistake changes are as it has them."""
    return all(
        _agrees(context, mistake, part)
        for part in context.case.exercise.parts
        if part.name in mistake.wrong
    )


def _explains_all(context: Context, mistake: Mistake) -> bool:
    """Whether a mistake gives every part as the student has it."""
    return all(_agrees(context, mistake, part) for part in context.case.exercise.parts)


def _agrees(context: Context, mistake: Mistake, part: Part) -> bool:
    given = context.given.get(part.name)
    if given is None:
        return True
    tolerance = context.case.exercise.tolerance
    for i, value in zip(context.case.asked, given, strict=True):
        worked = context.case.key.wrong(i, mistake)
        if worked is None:
            return False
        candidate = getattr(worked, part.name)
        if part.accept is not None:
            made_here = part.name in mistake.wrong
            right = context.case.key.right(i)
            if not (same(candidate, value) if made_here else part.accepts(value, right)):
                return False
        elif not _is_comparable(value, candidate) or not close(value, candidate, tolerance, True):
            return False
    return True


def _only(findings: Sequence[Finding]) -> Finding:
    """The one name that fits, the most specific mistake of that name; or the rivals."""
    names = tuple(dict.fromkeys(finding.name for finding in findings))
    if len(names) == 1:
        return findings[0]
    ids = {finding.id for finding in findings}
    spoken = {finding.name: finding.spoken for finding in reversed(findings)}
    return Finding(ids.pop() if len(ids) == 1 else "", rivals=tuple(spoken[name] for name in names))


def _is_comparable(value: Any, candidate: Any) -> bool:
    fault = form_fault(value, candidate)
    return fault is None or fault.kind in ("shape", "nonfinite")


def _can_break_ties(context: Context, ties: Sequence[Any]) -> bool:
    """Whether what came back there is of the right form; what rests on own values differs."""
    key = context.case.key
    numbers = [i for i, probe in enumerate(key.exercise.probes) if probe.ties]
    right = [getattr(key.right(i), context.part.name) for i in numbers]
    return context.part.accept is None and not any(map(form_fault, ties, right))


def _fits_ties(mistake: Mistake, context: Context, ties: Sequence[Any]) -> bool:
    """Whether a mistake explains what came back on the probes that are kept for ties too."""
    key = context.case.key
    numbers = [i for i, probe in enumerate(key.exercise.probes) if probe.ties]
    for i, value in zip(numbers, ties, strict=True):
        worked = key.wrong(i, mistake)
        if worked is None:
            return False
        candidate = getattr(worked, context.part.name)
        if context.part.accept is None and not _is_comparable(value, candidate):
            return False
        if not matches(context, [candidate], [value]):
            return False
    return True
