"""A backward pass beside finite differences of the student's own forward pass.

Where the reference stays with the grader, this is what a student can know before grading: whether
the two passes fit together. If the forward pass is wrong, a backward pass that fits it is wrong
too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.exercises.described import Described
from course_bp.finite_differences import finite_difference

# A central difference has about ten digits.
_AGREES = 1e-6
UPSTREAM = "upstream"
FITS = "agrees with finite differences of your forward pass"
DIFFERS = "differs from finite differences of your forward pass"


def compared(
    described: Described, values: Mapping[str, Any], forward: Callable[..., Any]
) -> dict[str, str]:
    """Compares derivatives with finite differences.

    Args:
        described: the exercise.
        values: what the student returned on its example, by part, of the right form.
        forward: the student's forward pass: it takes the inputs without `upstream`, and returns
            the result.

    Returns:
        Part → what is said of it; parts that are no derivative are left out.
    """
    example = described.example() or {}
    upstream = example.pop(UPSTREAM, 1.0)
    found: dict[str, str] = {}
    for part in described.parts:
        leaf = part.with_respect_to
        if leaf not in example or part.name not in values:
            continue

        def objective(value: Any, leaf: str = leaf) -> float:
            given = {name: np.copy(x) if np.ndim(x) else x for name, x in example.items()}
            result = forward(*{**given, leaf: value}.values())
            return float(np.sum(np.asarray(result, dtype=float) * upstream))

        try:
            numeric = np.asarray(finite_difference(objective)(example[leaf]), dtype=float)
        except Exception as error:
            found[part.name] = f"your forward pass stops with {type(error).__name__}: {error}"
            continue
        found[part.name] = _said(np.asarray(values[part.name], dtype=float), numeric)
    return found


def _said(value: Any, numeric: Any) -> str:
    if value.shape != numeric.shape:
        return DIFFERS
    scale = max(float(np.abs(numeric).max(initial=0.0)), 1e-8)
    wrong = np.abs(value - numeric) > _AGREES * scale
    if not wrong.any():
        return FITS
    if wrong.ndim == 0 or wrong.all():
        return DIFFERS
    place = ", ".join(str(int(i)) for i in np.argwhere(wrong)[0])
    return f"{DIFFERS} in {int(wrong.sum())} of {wrong.size} entries, the first at [{place}]"
