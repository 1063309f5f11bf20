"""What a check shows where the reference stays with the grader: the form, and no score."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.exercises.described import Described, DescribedPart
from autograder.feedback.layout import Feedback
from autograder.feedback.own_forward import FITS, compared
from autograder.inside.asking import Response
from autograder.judge.compare import form_fault

ONLY_THE_FORM = (
    "This check looks only at the form: names, shapes and kinds of numbers. Whether the values are "
    "right is found out when your work is graded, so there is no score yet."
)
ONLY_TWO_PASSES = (
    "This check compares your two passes with each other. If the forward pass is wrong, a backward "
    "pass that agrees with it is wrong too. Your work is scored when it is graded."
)
NOT_CALLED = "This exercise is looked at only when your work is graded. There is no score yet."


class FormResult:
    """The result of a check of the form: HTML for a person, text in a terminal; it has no score.

    Args:
        described: the exercise.
        response: what came back on the example; None if the answer was not called.
        forward: the student's own forward pass, if it was given.
    """

    score = None

    def __init__(
        self,
        described: Described,
        response: Response | None,
        forward: Callable[..., Any] | None = None,
    ) -> None:
        self.faults = _faults(described, response)
        self.fits = response is not None and not response.fault and not any(self.faults.values())
        rows: list[tuple[str, str, str]] = []
        beside: Mapping[str, str] = {}
        if response is not None and not response.fault:
            well_formed = {k: v for k, v in response.values.items() if not self.faults.get(k, "x")}
            beside = compared(described, well_formed, forward) if forward else {}
            rows = [
                _row(part, self.faults[part.name], beside.get(part.name, ""))
                for part in described.parts
            ]
            self.fits &= all(words == FITS for words in beside.values())
        said = [response.message] if response is not None and response.fault else []
        if response is not None and response.others:
            said.append(f"Not asked for: {', '.join(response.others)}.")
        limits = ONLY_TWO_PASSES if beside else ONLY_THE_FORM
        said.append(NOT_CALLED if response is None else limits)
        headline = f"{described.id}: {described.title} (score unknown)"
        self._feedback = Feedback(headline, tuple(rows), tuple(said))

    def __str__(self) -> str:
        return self._feedback.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self._feedback.html


def _row(part: DescribedPart, fault: str, beside: str) -> tuple[str, str, str]:
    words = fault or beside or "has the form that was asked for"
    return "–" if not fault and beside in ("", FITS) else "✗", part.spoken, words


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
