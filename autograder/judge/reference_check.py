"""Is the exercise's own reference right? It is compared with finite differences."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs
from course_bp.finite_differences import finite_difference


class ReferenceDisagrees(Exception):
    """The exercise's own reference is not the derivative of its output: a fault of the course."""


def check_reference(exercise: Exercise, inputs: Inputs) -> None:
    """Compares the reference with central differences of the exercise's output.

    Args:
        exercise: an exercise with `output` and `leaves`; others pass.
        inputs: where to compare.

    Raises:
        ReferenceDisagrees: if a leaf's reference is not the output's derivative.
    """
    right = exercise.solve(inputs)
    for name, leaf in exercise.leaves.items():

        def output(value: Any, leaf: str = leaf) -> Any:
            return getattr(exercise.solve({**inputs, leaf: value}), exercise.output)

        numeric = np.asarray(finite_difference(output)(inputs[leaf]))
        exact = np.asarray(getattr(right, name))
        scale = max(1e-300, float(np.abs(exact).max()))
        if numeric.shape != exact.shape or np.abs(numeric - exact).max() > 1e-6 * scale:
            raise ReferenceDisagrees(
                f"{exercise.id}: the reference for {name} differs from central differences; "
                "this is a fault of the course, not of the answer. Please tell your instructor."
            )
