"""Printed solutions of derived exercises with changes in their text, and what is said of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from derived_functions import DERIVED
from judging import verdict_on

from autograder.derived.texts import solution_cell
from autograder.feedback.words import evidence_of, named_mistakes


def changed(id: str, *changes: tuple[str, str]) -> Any:
    """The printed solution with parts of its text exchanged.

    Args:
        id: of the exercise.
        changes: what stands there once, and what is put in its place.
    """
    text = solution_cell(DERIVED[id])
    for before, after in changes:
        assert text.count(before) == 1, (before, text)
        text = text.replace(before, after)
    scope: dict[str, Any] = {"np": np}
    exec(text, scope)
    return scope[id.replace(".", "_")]


def told(id: str, *changes: tuple[str, str]) -> tuple[tuple[str, ...], str]:
    """The names that a changed solution gets, and the sentence on its first wrong part."""
    verdict = verdict_on(DERIVED[id], changed(id, *changes))
    first = verdict.first_wrong
    assert first is not None
    return named_mistakes(verdict), evidence_of(first)
