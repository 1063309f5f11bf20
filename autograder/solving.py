"""Working out the steps of an exercise, rightly or wrongly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

Step = Callable[[SimpleNamespace], Any]


def solve_steps(
    steps: Mapping[str, Step],
    inputs: Mapping[str, Any],
    wrong: Mapping[str, Step] | None = None,
    own: Mapping[str, Any] | None = None,
    last: str = "",
) -> SimpleNamespace:
    """Computes steps, each from the inputs and the steps before it.

    Args:
        steps: by name, in the order of computation.
        inputs: floats and arrays by name.
        wrong: steps to compute in another way, such as a mistake's.
        own: values to take as they are instead of computing their step (a student's own).
        last: the step after which nothing more is needed (default: the last of all).

    Returns:
        A namespace of the inputs and the steps.
    """
    wrong, own = wrong or {}, own or {}
    values = SimpleNamespace(**inputs)
    # Mistakes and a student's own values may overflow; what follows from it is for the judge.
    with np.errstate(all="ignore"):
        for name, step in steps.items():
            value = own[name] if name in own else wrong.get(name, step)(values)
            setattr(values, name, value)
            if name == last:
                break
    return values
