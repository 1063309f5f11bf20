"""The functions of unit 03, built from numbers.

A function is a dict of "scale" (a float) and "a", "b", "w", "k", "c" (arrays of the shape of x):

    f(x) = scale · (Σ a sin(b x) + ½ (Σ w x)²) + Σ k |x − c|
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.inside.lent import Lent


def lent(coefficients: Mapping[str, Any]) -> Lent:
    """The function that the coefficients describe, as a question lends it."""
    return Lent(build_function, coefficients, axes=3)


def build_function(coefficients: Mapping[str, Any]) -> Callable[[Any], float]:
    """The function that the coefficients describe; it keeps nothing of what it is given."""
    a, b, w, k, c = (np.array(coefficients[name], dtype=float) for name in "abwkc")
    scale = float(coefficients["scale"])

    def f(x: Any) -> float:
        if np.shape(x) != a.shape:
            raise ValueError(f"f needs an x of shape {a.shape}, not {np.shape(x)}")
        curved = (a * np.sin(b * x)).sum() + 0.5 * (w * x).sum() ** 2
        return float(scale * curved + (k * np.abs(x - c)).sum())

    return f
