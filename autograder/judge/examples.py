"""A batch of which not every example counts: only the first, only the last, or one too few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.exercise import Inputs
from autograder.judge.context import Context
from autograder.judge.quantities import is_small, turns_into
from autograder.judge.slips import Explanation

_SOME = (
    ("the first example alone", slice(None, 1)),
    ("the last example alone", slice(-1, None)),
    ("all examples but the first", slice(1, None)),
    ("all examples but the last", slice(None, -1)),
)


def some_examples(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """Which examples of the batch a value is made of, if not of all.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    exercise, drawn = context.case.exercise, context.case.drawn
    if not exercise.batch or not is_small(exercise, drawn):
        return []
    for words, rows in _SOME:
        for share in (1, 0):
            made = _of_some(context, rows, share)
            if turns_into(values, context.right, exercise.tolerance, made):
                return [
                    Explanation(
                        "M20",
                        words,
                        f"your {{part}} is what {words} give{'s' * ('alone' in words)}, on every "
                        "input.",
                        words,
                        "Which examples does this line add up? What happens to the others?",
                    )
                ]
    return []


def _of_some(context: Context, rows: slice, share: int) -> Iterator[Any]:
    """The part of some examples; with a share of 0 it is still divided by the number of all."""
    exercise = context.case.exercise
    for inputs in context.case.drawn:
        count = len(inputs[exercise.batch])
        left = len(range(count)[rows])
        if not left:
            yield None
            continue
        try:
            found = getattr(exercise.solve(_cut(inputs, count, rows)), context.part.name)
        except Exception:
            yield None
            continue
        yield found if share else found * left / count


def _cut(inputs: Inputs, count: int, rows: slice) -> Inputs:
    return {
        name: value[rows] if np.ndim(value) and len(value) == count else value
        for name, value in inputs.items()
    }
