"""What a practice answer shows: always its words, as nobody counts its points."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.feedback.next_hint import Hint
from autograder.feedback.result import CheckResult
from autograder.judge.verdict import PartVerdict, Status, Verdict


class Judged(CheckResult):
    """The result of an answer; a terminal shows its words without `print`."""

    def __repr__(self) -> str:
        return str(self)


class Unread(Judged):
    """The result of an answer that cannot be read: one sentence that says what to do.

    Args:
        exercise: what was asked.
        problem: the sentence.
    """

    def __init__(self, exercise: Exercise, problem: str) -> None:
        super().__init__(nothing_judged(exercise, problem))
        self._problem = problem

    def __str__(self) -> str:
        return self._problem

    def _repr_html_(self) -> str:
        return Hint(self._problem)._repr_html_()


def nothing_judged(exercise: Exercise, why: str) -> Verdict:
    """The verdict on an answer that has not been looked at.

    Args:
        exercise: what was asked.
        why: a sentence.
    """
    parts = tuple(PartVerdict(part, Status.NOT_ASKED) for part in exercise.parts)
    return Verdict(exercise, parts, "call", why)
