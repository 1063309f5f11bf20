"""Training runs that are worked out once for each set of inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step

REMEMBERED = 8


def run_once(mistakes: Sequence[Mistake], step: str, inputs: Sequence[str]) -> tuple[Mistake, ...]:
    """The same mistakes, whose runs are remembered.

    Each part may rest on the student's own values of the parts before it, so a mistake is worked
    out again for each part. A run rests on the inputs alone and comes out the same every time.

    Args:
        mistakes: what may go wrong.
        step: the step that is a run.
        inputs: what it reads.
    """
    return tuple(
        replace(mistake, wrong={**mistake.wrong, step: _remembered(mistake.wrong[step], inputs)})
        if step in mistake.wrong
        else mistake
        for mistake in mistakes
    )


def _remembered(run: Step, inputs: Sequence[str]) -> Step:
    found: dict[tuple[Any, ...], Any] = {}

    def remembered(v: SimpleNamespace) -> Any:
        arrays = [np.asarray(getattr(v, name)) for name in inputs]
        key = tuple((array.shape, array.tobytes()) for array in arrays)
        if key not in found:
            if len(found) == REMEMBERED:
                found.clear()
            found[key] = run(v)
        return found[key]

    return remembered
