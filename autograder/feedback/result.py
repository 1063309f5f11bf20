"""What a check shows: HTML for a person, text in a terminal, a number and data for programs."""

from __future__ import annotations

from typing import Any

from autograder.feedback.words import feedback, format_points, named_mistakes, summary
from autograder.judge.verdict import Verdict

VERDICT_MIME = "application/vnd.course-bp.verdict+json"


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain data, with what went wrong in a few words each under "summary"."""
    return {
        **verdict.as_data(),
        "mistakes": list(named_mistakes(verdict)),
        "summary": list(summary(verdict)),
    }


class CheckResult:
    """The result of a check: HTML for a person, text in a terminal, a number for nbgrader."""

    def __init__(self, verdict: Verdict, next_hint: str = "") -> None:
        self.verdict = verdict
        self._feedback = feedback(verdict, next_hint)

    @property
    def score(self) -> float:
        """Points earned."""
        return self.verdict.score

    def __float__(self) -> float:
        return self.score

    def __str__(self) -> str:
        return self._feedback.text

    def __repr__(self) -> str:
        return format_points(self.score)

    def _repr_html_(self) -> str:
        return self._feedback.html

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {VERDICT_MIME: verdict_data(self.verdict)}
