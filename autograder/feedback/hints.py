"""What leads on from a verdict: one question, and three hints that open one at a time.

A mistake's own words come first, then the catalogue's. These are written twice, for derivatives
and for other quantities, so that nobody is told of gradients who computes a forward value.
"""

from __future__ import annotations

from autograder.judge.catalogue import CATALOGUE, Hints
from autograder.judge.verdict import Verdict


def question_of(verdict: Verdict) -> str:
    """One question that leads on from the earliest wrong part, or "" if there is none to ask."""
    wrong = verdict.first_wrong
    source = wrong.finding.source if wrong and wrong.finding else None
    if source is None or source.question:
        return source.question if source else ""
    hints = _of_the_mistake(verdict)
    return hints[0] if hints else ""


def hints_of(verdict: Verdict) -> Hints:
    """The three hints for the earliest wrong part: its mistake's, or the exercise's."""
    return _of_the_mistake(verdict) or verdict.exercise.hints


def further_hints(verdict: Verdict) -> tuple[str, ...]:
    """The hints that say more than the check has asked: without the nudge where that was it."""
    hints = hints_of(verdict)
    left = hints[1:] if hints[0] == question_of(verdict) else hints
    return tuple(filter(None, left))


def subject_of(verdict: Verdict) -> str:
    """What the hints are about: the earliest wrong part, or the exercise as a whole."""
    wrong = verdict.first_wrong
    return wrong.part.spoken if wrong and _of_the_mistake(verdict) else "the whole exercise"


def _of_the_mistake(verdict: Verdict) -> Hints | None:
    """The hints for the mistake that was found, or None where there are none that fit the part."""
    wrong = verdict.first_wrong
    finding = wrong.finding if wrong else None
    if wrong is None or finding is None or finding.source is None:
        return None
    if finding.mistake and finding.mistake.hints:
        return finding.mistake.hints
    if not finding.id:
        return None
    exercise, part, row = verdict.exercise, wrong.part.name, CATALOGUE[finding.id]
    if not exercise.is_gradient(part):
        hints = row.values
    elif finding.mistake or part in exercise.derivatives:
        hints = row.hints
    else:
        # A slip's hints speak of a backward pass, which not every exercise asks for.
        hints = None
    if hints and finding.source.question:
        # It is nearer to the mistake than the catalogue's nudge, and takes its place.
        return finding.source.question, *hints[1:]
    return hints
