"""What a check shows where the reference stays with the grader: the form, and no score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.exercises.described import Described, DescribedPart
from autograder.feedback.layout import Feedback
from autograder.inside.asking import Response
from autograder.judge.compare import form_fault

ONLY_THE_FORM = (
    "This check looks only at the form: names, shapes and kinds of numbers. Whether the values are "
    "right is found out when your work is graded, so there is no score yet."
)
NOT_CALLED = "This exercise is looked at only when your work is graded. There is no score yet."


class FormResult:
    """The result of a check of the form: HTML for a person, text in a terminal; it has no score.

    Args:
        described: the exercise.
        response: what came back on the example; None if the answer was not called.
    """

    score = None

    def __init__(self, described: Described, response: Response | None) -> None:
        self.faults = _faults(described, response)
        self.fits = response is not None and not response.fault and not any(self.faults.values())
        rows: list[tuple[str, str, str]] = []
        if response is not None and not response.fault:
            rows = [
                ("✗" if fault else "–", part.spoken, fault or "has the form that was asked for")
                for part, fault in zip(described.parts, self.faults.values(), strict=True)
            ]
        said = [response.message] if response is not None and response.fault else []
        if response is not None and response.others:
            said.append(f"Not asked for: {', '.join(response.others)}.")
        said.append(NOT_CALLED if response is None else ONLY_THE_FORM)
        headline = f"{described.id}: {described.title} (score unknown)"
        self._feedback = Feedback(headline, tuple(rows), tuple(said))

    def __str__(self) -> str:
        return self._feedback.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self._feedback.html


def _faults(described: Described, response: Response | None) -> dict[str, str]:
    values: Mapping[str, Any] = response.values if response else {}
    return {part.name: _fault(part, values) for part in described.parts}


def _fault(part: DescribedPart, values: Mapping[str, Any]) -> str:
    if part.name not in values:
        return "is missing"
    if part.shape is None:
        return ""
    fault = form_fault(values[part.name], np.zeros(part.shape)[()])
    return fault.message if fault else ""
