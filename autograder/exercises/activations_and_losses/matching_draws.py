"""Inputs of the loss-matching quiz, in which only those gradients match that have to."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.draws import with_changes
from autograder.exercise import Inputs


def squares_gradient(v: SimpleNamespace) -> Any:
    """The derivative of the sum of squared errors."""
    return -2 * v.X.T @ (v.y - v.X @ v.w)


def logistic_gradient(v: SimpleNamespace) -> Any:
    """The derivative of the sum of cross-entropies."""
    return v.X.T @ (1 / (1 + np.exp(-v.X @ v.w)) - v.t)


def drawn(
    examples: int, weights: int, **changes: Callable[[Any], Any]
) -> Callable[[np.random.Generator], Inputs]:
    """Draws a problem in which the gradients of 1 and 3 are not parallel by chance.

    If they were, the letter would not follow from the gradients.

    Args:
        examples: how many examples.
        weights: how many weights.
        **changes: by name, what to make of an input that was drawn.
    """
    draw_any = with_changes(_any(examples, weights), **changes)

    def draw(rng: np.random.Generator) -> Inputs:
        while True:
            inputs = draw_any(rng)
            v = SimpleNamespace(**inputs)
            first, other = squares_gradient(v), logistic_gradient(v)
            if weights == 1:
                # What is left of terms that cancel has few digits, once it is measured.
                if abs(other[0]) > 0.1 * np.abs(v.X).sum():
                    return inputs
            elif abs(first @ other) < 0.999 * np.linalg.norm(first) * np.linalg.norm(other):
                return inputs

    return draw


def _any(examples: int, weights: int) -> Callable[[np.random.Generator], Inputs]:
    def draw(rng: np.random.Generator) -> Inputs:
        w = rng.choice([-1, 1], size=weights) * rng.uniform(0.5, 1.5, size=weights)
        X = rng.normal(size=(examples, weights))
        # On either side of 0, within the margin and at two distances beyond it: a hinge with
        # another margin differs at one of them. Nobody is near the kink.
        scores = rng.uniform(0.2, 0.7, size=examples) + rng.integers(3, size=examples)
        scores *= rng.choice([-1, 1], size=examples)
        t = rng.integers(2, size=examples).astype(float)
        t[:5] = (1.0, 0.0, 1.0, 0.0, 1.0)[:examples]
        scores[:5] = (2.5, -1.5, 0.85, -0.85, 1.5)[:examples]
        # Each example is moved along w to its score; scaling it could make its entries huge, and
        # objectives that are measured by differences would lose their digits.
        X += np.outer((scores - X @ w) / (w @ w), w)
        return {
            "w": w,
            "X": X,
            "y": rng.normal(size=examples),
            "t": t,
            "sigma": float(rng.uniform(0.5, 0.8)),
            "tau": float(rng.uniform(1.3, 2.0)),
        }

    return draw


def almost_met(rng: np.random.Generator) -> Inputs:
    """A standard deviation of 0.0005, and targets that are no further off than that."""
    inputs = drawn(4, 3)(rng)
    s, sigma = inputs["X"] @ inputs["w"], 5e-4
    return {**inputs, "sigma": sigma, "y": s + sigma * rng.normal(size=len(s))}
