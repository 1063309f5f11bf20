"""The regulariser and its gradient, from which right answers and mistakes are made."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step

WEIGHTS = ("W1", "W2", "W3")
BIASES = ("b1", "b2", "b3")


def gradient(name: str, weight: float) -> Step:
    """The data's gradient plus `weight` times λ times the parameter.

    Args:
        name: the parameter.
        weight: the factor.
    """
    return lambda v: v.gradients[name] + weight * v.lam * v.parameters[name]


def each(names: tuple[str, ...], weight: float) -> dict[str, Step]:
    """The gradients of several parameters, each as `gradient` has it.

    Args:
        names: the parameters.
        weight: the factor.
    """
    return {f"d{name}": gradient(name, weight) for name in names}


def squares(v: SimpleNamespace, names: tuple[str, ...]) -> Any:
    """The sum of the squares of all entries of some parameters.

    Args:
        v: the inputs.
        names: the parameters.
    """
    return sum(np.sum(v.parameters[name] ** 2) for name in names)
