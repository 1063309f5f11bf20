"""Whether what a student returned is what a candidate gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.judge.compare import close
from autograder.judge.context import Context


def matches(context: Context, candidate: Sequence[Any], values: Sequence[Any]) -> bool:
    """Whether all values are the candidate's.

    Args:
        context: the part.
        candidate: a value per probe.
        values: what the student returned, one per probe.
    """
    return all(is_same(context, c, v) for c, v in zip(candidate, values, strict=True))


def is_same(context: Context, candidate: Any, value: Any) -> bool:
    """Whether one value is the candidate's, as far as the exercise's tolerance goes.

    Args:
        context: the part.
        candidate: a value.
        value: what the student returned.
    """
    if context.part.accept is not None:
        return same(candidate, value)
    return close(value, candidate, context.case.exercise.tolerance, True)


def same(candidate: Any, value: Any) -> bool:
    """Whether two values that are not compared as numbers are equal and of one type.

    Args:
        candidate: a value.
        value: what the student returned.
    """
    try:
        # np.float64 is a float and np.True_ is True, but True is no 1.
        alike = type(candidate) is type(value) or any(
            isinstance(candidate, kind) and isinstance(value, kind)
            for kind in (float, bool | np.bool_)
        )
        return alike and bool(candidate == value)
    except Exception:
        return False
