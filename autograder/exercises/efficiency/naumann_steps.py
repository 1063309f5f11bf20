"""The local derivatives and the Jacobian of Naumann's example, right or with a slip."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Step


def local(**other: Step) -> Step:
    """The seven local derivatives, some of them computed otherwise.

    Args:
        **other: those, by name.
    """
    steps: dict[str, Step] = {
        "c1": lambda v: v.x2,
        "c2": lambda v: v.x1,
        "c3": lambda v: v.v2,
        "c4": lambda v: np.cos(v.v1),
        "c5": lambda v: v.v1,
        "c6": lambda v: -np.sin(v.v3),
        "c7": lambda v: np.exp(v.v3),
        **other,
    }
    return lambda v: np.array([step(v) for step in steps.values()])


def jacobian(r: Step) -> Step:
    """The Jacobian in its factored form.

    Args:
        r: the derivative of v3 with respect to v1.
    """
    return lambda v: np.outer(v.c[5:], r(v) * v.c[:2])
