"""What a check shows: HTML for a person, text in a terminal, a number and data for programs."""

from __future__ import annotations

from typing import Any

from autograder.feedback.words import feedback, format_points, named_mistakes, summary
from autograder.judge.verdict import Verdict

VERDICT_MIME = "application/vnd.course-bp.verdict+json"


def verdict_data(verdict: Verdict, worth: float | None = None) -> dict[str, Any]:
    """A verdict as plain data, with what went wrong in a few words each under "summary".

    Args:
        worth: the points of the exercise where it is asked, if they are not its own.
    """
    told = verdict.as_data()
    of_each = told["points"] if worth is None else worth
    for one in (told, *told["parts"]) if of_each != told["points"] else ():
        one |= {
            name: round(one[name] * of_each / verdict.exercise.points, 6)
            for name in ("score", "points")
            if name in one
        }
    return {
        **told,
        "mistakes": list(named_mistakes(verdict)),
        "summary": list(summary(verdict)),
    }


class CheckResult:
    """The result of a check: HTML for a person, text in a terminal, a number for nbgrader.

    Args:
        verdict: what the judge found.
        worth: the points of the exercise where it is asked, if they are not its own. The exercise
            says which share of them is earned.
        next_hint: what to call for the next hint (default: `hint` with the exercise's id).
    """

    def __init__(self, verdict: Verdict, worth: float | None = None, next_hint: str = "") -> None:
        self.verdict = verdict
        self._worth = verdict.exercise.points if worth is None else worth
        self._feedback = feedback(verdict, self._worth, next_hint)

    @property
    def score(self) -> float:
        """Points earned."""
        return round(self.verdict.score * (self._worth / self.verdict.exercise.points), 6)

    def __float__(self) -> float:
        return self.score

    def __str__(self) -> str:
        return self._feedback.text

    def __repr__(self) -> str:
        return format_points(self.score)

    def _repr_html_(self) -> str:
        return self._feedback.html

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {VERDICT_MIME: verdict_data(self.verdict, self._worth)}
