"""The slip in which the softmax is kept in range by the largest size instead of the maximum."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.activations_and_losses.formulas import quiet


def softmax_by_the_largest_size(b: Any) -> Any:
    """The softmax of logits minus the largest of their absolute values, along the last axis.

    Args:
        b: logits, shape (…, K).
    """
    e = np.exp(b - np.abs(b).max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def largest_size_subtracted(**wrong: Step) -> Mistake:
    """Logits far below 0 lose all their exponentials.

    Args:
        **wrong: the steps that are made with such a softmax.

    Returns:
        The mistake.
    """
    return Mistake(
        "M25",
        "the largest size subtracted",
        {name: quiet(step) for name, step in wrong.items()},
        "your {part} is right for ordinary logits, but nan if all logits are far below 0.",
        name="the largest absolute value is subtracted instead of the maximum",
        question="For the logits −800 and −801, what do you subtract, and what is left?",
    )
