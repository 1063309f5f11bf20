"""A value that belongs to the parameters at the end of training instead of those at its start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.exercise import Inputs
from autograder.judge.context import Context
from autograder.judge.quantities import turns_into
from autograder.judge.slips import Explanation

# Learning rates that people choose, for the last step to be taken back; 0 takes none back.
RATES = (0.0, 0.5, 1.0, 0.1, 0.2, 0.3, 0.05, 0.4, 0.25, 0.01, 0.6, 0.8, 0.7, 0.9, 2.0, 0.001)


def at_the_end(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """Whether a value is what the exercise asks for, but with parameters that were returned.

    A loop may compute it before its last step, so that step is taken back with the gradients that
    were returned.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    case = context.case
    for other in case.exercise.parts:
        returned = context.given.get(other.name, ())
        # Parameters that were chosen, not trained, may make the rest trivial.
        if (
            other.accept is None
            or not returned
            or not all(map(other.accepts, returned, case.truth))
        ):
            continue
        for rate in RATES:
            made = _with_returned(context, returned, rate)
            if not turns_into(values, context.right, case.exercise.tolerance, made):
                continue
            where = "one step before those that" if rate else "that"
            return [
                Explanation(
                    "M28",
                    "parameters at the end",
                    f"your {{part}} belongs to the parameters {where} you return as {other.name}, "
                    "not to those that you were given.",
                    "the parameters after training instead of those before it",
                    "Which of your lines comes first: the one that computes this, or the loop "
                    "that trains?",
                    once=True,
                )
            ]
    return []


def _with_returned(context: Context, returned: Sequence[Any], rate: float) -> Iterator[Any]:
    """The part on each input, with parameters that came back, before a last step of a rate."""
    name = context.part.name
    for i, (inputs, one) in enumerate(zip(context.case.drawn, returned, strict=True)):
        moved = _moved(inputs, one) if isinstance(one, Mapping) else {}
        if rate:
            slopes = {key: context.given.get(f"d{key}", ())[i : i + 1] for key in moved}
            moved = _taken_back(moved, slopes, rate)
        try:
            solved = context.case.exercise.solve({**inputs, **moved}, last=name)
            yield getattr(solved, name) if moved else None
        except Exception:
            yield None


def _taken_back(
    moved: Mapping[str, Any], slopes: Mapping[str, Sequence[Any]], rate: float
) -> dict[str, Any]:
    """The parameters before the step that led to them, if all of their gradients came back."""
    found = {}
    for name, held in slopes.items():
        slope = np.asarray(held[0] if held else None)
        if slope.dtype.kind not in "fi" or slope.shape != np.shape(moved[name]):
            return {}
        found[name] = moved[name] + rate * slope
    return found


def _moved(inputs: Inputs, returned: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that are inputs too, as arrays of their shape."""
    return {
        name: np.asarray(value, dtype=float)
        for name, value in returned.items()
        if name in inputs and np.shape(value) == np.shape(inputs[name])
    }
