"""The objectives of the loss-matching quiz, written in two other ways that are right."""

from __future__ import annotations

from typing import Any

import numpy as np


def by_loops(w: Any, X: Any, y: Any, t: Any, sigma: float, tau: float) -> dict[str, Any]:
    """One example after the other."""
    squares = cross = hinge = 0.0
    for row, real, label in zip(X, y, t, strict=True):
        s = sum(w * row)
        squares += (s - real) ** 2
        cross += np.log(1 + np.exp(-s)) if label else np.log(1 + np.exp(s))
        hinge += max(0.0, 1 - s if label else 1 + s)
    norm = sum(entry * entry for entry in w)
    lam = (sigma / tau) ** 2
    return {
        "squared_error": squares,
        "penalised": squares + lam * norm,
        "cross_entropy": cross,
        "hinge": hinge,
        "gaussian": squares / (2 * sigma**2),
        "bernoulli": cross,
        "posterior": squares / (2 * sigma**2) + norm / (2 * tau**2),
        "ratio": 0.5 / sigma**2,
        "lam": lam,
        "choice": "E",
    }


def by_densities(w: Any, X: Any, y: Any, t: Any, sigma: float, tau: float) -> dict[str, Any]:
    """Densities with all their constants, and the logarithm of their product."""
    s, signs = X.dot(w), np.where(t == 1, 1.0, -1.0)
    p = 1 / (1 + np.exp(-s))
    likelihood = np.exp(-((y - s) ** 2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2)
    prior = np.exp(-(w**2) / (2 * tau**2)) / np.sqrt(2 * np.pi * tau**2)
    return {
        "squared_error": ((y - s) ** 2).sum(),
        "penalised": ((y - s) ** 2).sum() + sigma**2 / tau**2 * (w @ w),
        "cross_entropy": -(t * np.log(p) + (1 - t) * np.log(1 - p)).sum(),
        "hinge": np.clip(1 - signs * s, 0, None).sum(),
        "gaussian": -np.log(likelihood).sum(),
        "bernoulli": -np.log(np.prod(p**t * (1 - p) ** (1 - t))),
        "posterior": -np.log(likelihood).sum() - np.log(prior).sum(),
        "ratio": 1 / (2 * sigma**2),
        "lam": sigma**2 / tau**2,
        "choice": "E",
    }
