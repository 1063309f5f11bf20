"""An answer that keeps something from one call to the next: the same inputs give something else.

The first inputs of an exercise are asked once more at the end. Where another value comes back, no
mistake in a formula is to blame, whatever the numbers look like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.exercise import Exercise
from autograder.inside.asking import Response
from autograder.judge.diagnosis import Finding
from autograder.judge.slips import Explanation
from autograder.judge.verdict import PartVerdict

KEPT = Explanation(
    "",
    "kept between calls",
    "when the first inputs were asked for once more, your {part} had another value. A list, a dict "
    "or an array that lives longer than one call would do that, and so would random numbers or "
    "np.empty.",
    "something kept from one call to the next",
    "Which variable of yours is made outside the function, or as the default of an argument?",
)


def told_of_calls(
    exercise: Exercise, verdicts: Sequence[PartVerdict], responses: Sequence[Response]
) -> tuple[PartVerdict, ...]:
    """Says of parts that changed between two calls with the same inputs that they did.

    Args:
        exercise: what was asked.
        verdicts: the verdicts on its parts.
        responses: what came back, one for each probe.

    Returns:
        The verdicts. Points stay as they are, and so does a mistake of the exercise's own.
    """
    repeats = [i for i, probe in enumerate(exercise.probes) if probe.repeats]
    if not repeats or responses[0].fault or responses[repeats[0]].fault:
        return tuple(verdicts)
    first, again = responses[0].values, responses[repeats[0]].values
    return tuple(
        replace(verdict, finding=Finding("", KEPT.slug, explanation=KEPT))
        if verdict.is_open and _differs(first.get(verdict.part.name), again.get(verdict.part.name))
        else verdict
        for verdict in verdicts
    )


def _differs(first: Any, again: Any) -> bool:
    if first is None or again is None:
        return False
    try:
        return not np.array_equal(first, again, equal_nan=True)
    except Exception:
        return bool(repr(first) != repr(again))
