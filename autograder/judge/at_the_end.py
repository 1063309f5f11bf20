"""A value that belongs to the parameters at the end of training instead of those at its start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.exercise import Inputs
from autograder.judge.context import Context
from autograder.judge.quantities import turns_into
from autograder.judge.slips import Explanation


def at_the_end(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """Whether a value is what the exercise asks for, but with parameters that were returned.

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
        made = _with_returned(context, returned)
        if turns_into(values, context.right, case.exercise.tolerance, made):
            return [
                Explanation(
                    "M28",
                    "parameters at the end",
                    f"your {{part}} belongs to the parameters that you return as {other.name}, not "
                    "to those that you were given.",
                    "the parameters after training instead of those before it",
                    "Which of your lines comes first: the one that computes this, or the loop "
                    "that trains?",
                    once=True,
                )
            ]
    return []


def _with_returned(context: Context, returned: Sequence[Any]) -> Iterator[Any]:
    """The part on each input, with the parameters that came back where they were given."""
    name = context.part.name
    for inputs, one in zip(context.case.drawn, returned, strict=True):
        moved = _moved(inputs, one) if isinstance(one, Mapping) else {}
        try:
            solved = context.case.exercise.solve({**inputs, **moved}, last=name)
            yield getattr(solved, name) if moved else None
        except Exception:
            yield None


def _moved(inputs: Inputs, returned: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that are inputs too, as arrays of their shape."""
    return {
        name: np.asarray(value, dtype=float)
        for name, value in returned.items()
        if name in inputs and np.shape(value) == np.shape(inputs[name])
    }
