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
from course_bp.gradient_check import GradientCheck, check_gradient

UPSTREAM = "upstream"
FITS = "agrees with finite differences of your forward pass"
DIFFERS = "differs from finite differences of your forward pass"
_WORDS = {
    "right": FITS,
    "kink": "lies between the two slopes of your forward pass, which has a kink at this example",
    "inconclusive": "cannot be told by finite differences of your forward pass at this example",
}


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
        Part → what is said of it; parts that are not derivatives are left out.
    """
    example = described.example() or {}
    upstream = example.pop(UPSTREAM, 1.0)
    found: dict[str, str] = {}
    for part in described.parts:
        leaf = part.with_respect_to
        if leaf not in example or part.name not in values:
            continue

        def objective(value: Any, leaf: str = leaf) -> float:
            asked = {**example, leaf: value}
            result = forward(*(np.copy(x) if np.ndim(x) else x for x in asked.values()))
            return float(np.sum(np.asarray(result, dtype=float) * upstream))

        try:
            checked = check_gradient(objective, values[part.name], example[leaf])
        except Exception as error:
            found[part.name] = f"your forward pass stops with {type(error).__name__}: {error}"
            continue
        found[part.name] = _said(checked)
    return found


def _said(checked: GradientCheck) -> str:
    if checked.verdict != "wrong":
        return _WORDS[checked.verdict]
    (tensor,) = checked.tensors.values()
    wrong = tensor.entries == "wrong"
    if wrong.ndim == 0 or wrong.all():
        return DIFFERS
    place = ", ".join(str(int(i)) for i in np.argwhere(wrong)[0])
    return f"{DIFFERS} in {int(wrong.sum())} of {wrong.size} entries, the first at [{place}]"
