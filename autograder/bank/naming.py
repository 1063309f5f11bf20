"""What a student would read about a refused answer: a name, a clue, or only that it is wrong."""

from __future__ import annotations

from enum import Enum

from autograder.feedback.words import named_mistakes
from autograder.judge.clues import SIZES
from autograder.judge.verdict import PartVerdict, Status, Verdict


class Told(Enum):
    """How much feedback says about what went wrong."""

    NAMED = "named"
    FORM = "form"
    CLUE = "clue"
    NEITHER = "neither"


def told(verdict: Verdict) -> Told:
    """How much is said about an answer that lost points.

    Args:
        verdict: what the judge found.

    Returns:
        NAMED when a mistake has a name. FORM when the answer stops, changes its inputs, or gives
        something that cannot be compared, which the words say. CLUE when the first wrong part
        has a clue that says where to look, or several names of which one is right. NEITHER when
        there is nothing, or nothing but a size.
    """
    if verdict.fault:
        return Told.FORM
    if named_mistakes(verdict):
        return Told.NAMED
    wrong = verdict.first_wrong
    if wrong is None or wrong.message or wrong.status is Status.MISSING:
        return Told.FORM if wrong is None or wrong.status is not Status.WRONG else Told.CLUE
    return Told.CLUE if _says_where(wrong) else Told.NEITHER


def _says_where(wrong: PartVerdict) -> bool:
    finding = wrong.finding
    if finding is None:
        return False
    return bool(finding.rivals or finding.follows or set(finding.clues) - SIZES)
