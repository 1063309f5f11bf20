"""Further ways in which people get the quiz's objectives and probabilities wrong.

As in `matching`, each stands as its gradient.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activations_and_losses.class_gradients import (
    margin,
    residual,
)
from autograder.exercises.activations_and_losses.formulas import sigmoid
from autograder.exercises.several_ways import several_ways


def _ratio(v: SimpleNamespace) -> Any:
    """The right ratio, whatever the two gradients are."""
    return 1 / (2 * v.sigma**2)


def _product_of_densities(v: SimpleNamespace) -> Any:
    density = np.exp(-(residual(v) ** 2) / (2 * v.sigma**2)) / (v.sigma * np.sqrt(2 * np.pi))
    return np.prod(density)


def _product_of_probabilities(v: SimpleNamespace) -> Any:
    return np.prod(sigmoid(margin(v)))


SQUARES = (
    *several_ways(
        "M31",
        "something other than a sum of squares",
        "With errors of 3 and −1, what should the objective be, and what is yours?",
        (
            "absolute errors",
            {"ratio": _ratio, "squared_error": lambda v: -v.X.T @ np.sign(residual(v))},
            "your {part} is made from absolute errors.",
        ),
        (
            "root of the sum",
            {"squared_error": lambda v: -v.X.T @ residual(v) / np.linalg.norm(residual(v))},
            "your {part} is the square root of the sum.",
        ),
        (
            "root of the mean",
            {
                "squared_error": lambda v: (
                    -v.X.T @ residual(v) / np.linalg.norm(residual(v)) / np.sqrt(len(v.X))
                )
            },
            "your {part} is the square root of the mean.",
        ),
        (
            "the square of the sum",
            {"ratio": _ratio, "squared_error": lambda v: -2 * v.X.sum(axis=0) * residual(v).sum()},
            "your {part} adds up the errors first and squares the sum.",
        ),
        (
            "y + s",
            {"ratio": _ratio, "squared_error": lambda v: 2 * v.X.T @ (v.y + v.X @ v.w)},
            "your {part} squares a sum where the difference belongs.",
        ),
    ),
    Mistake(
        "M3",
        "half the mean of the squares",
        {"squared_error": lambda v: -v.X.T @ residual(v) / len(v.X)},
        "the gradient of your {part} is divided by twice the number of examples.",
        name="half the mean of the squares",
    ),
    Mistake(
        "M31",
        "the density itself",
        {"gaussian": lambda v: -v.X.T @ residual(v) / v.sigma**2 * _product_of_densities(v)},
        "your {part} is minus the product of the densities.",
        name="the logarithm is left out",
        question="What turns the product over the examples into a sum?",
    ),
    Mistake(
        "M31",
        "absolute errors in the Gaussian",
        {"ratio": _ratio, "gaussian": lambda v: -v.X.T @ np.sign(residual(v)) / v.sigma},
        "your {part} is made from absolute errors.",
        name="Laplace noise instead of Gaussian noise",
        question="In the density of a Gaussian, what stands in the exponent?",
    ),
    Mistake(
        "M31",
        "errors without a square in the Gaussian",
        {"ratio": _ratio, "gaussian": lambda v: -v.X.sum(axis=0) / (2 * v.sigma**2)},
        "your {part} is made from the errors without their squares.",
        name="the square is left out of the Gaussian",
        question="In the density of a Gaussian, what stands in the exponent?",
    ),
    *several_ways(
        "M2",
        "the standard deviation instead of the variance",
        "In the density of a Gaussian, what is (y − s)² divided by?",
        (
            "standard deviation, and no 2",
            {"gaussian": lambda v: -2 * v.X.T @ residual(v) / v.sigma},
            "the gradient of your {part} divides by σ only once, and not by 2.",
        ),
    ),
)
RATIO = (
    *several_ways(
        "M30",
        "a ratio that is upside down",
        "If σ is small, which of the two gradients is larger?",
        (
            "ratio upside down, without the 2",
            {"ratio": lambda v: v.sigma**2},
            "your {part} gets larger when σ does.",
        ),
        (
            "ratio upside down, halved",
            {"ratio": lambda v: v.sigma**2 / 2},
            "your {part} gets larger when σ does.",
        ),
    ),
    Mistake(
        "M2",
        "ratio with σ for σ²",
        {"ratio": lambda v: 1 / v.sigma},
        "your {part} divides by σ only once.",
        name="the standard deviation instead of the variance",
        question="In the density of a Gaussian, what is (y − s)² divided by?",
    ),
    Mistake(
        "M13",
        "a ratio of values",
        {"ratio": lambda v: -np.log(_product_of_densities(v)) / (residual(v) @ residual(v))},
        "your {part} divides the objectives themselves, with the constants of the density.",
        name="a ratio of the objectives instead of their gradients",
        question="Which constants vanish when you take a derivative with respect to w?",
    ),
)
LAMBDA = (
    *several_ways(
        "M30",
        "λ is upside down",
        "A wide prior says little about the weights. Should λ be large or small then?",
        ("τ/σ", {"lam": lambda v: v.tau / v.sigma}, "your {part} gets larger when τ does."),
        (
            "half of it upside down",
            {"lam": lambda v: v.tau**2 / (2 * v.sigma**2)},
            "your {part} gets larger when τ does.",
        ),
        (
            "τ² over 2",
            {"lam": lambda v: v.tau**2 / 2},
            "your {part} gets larger when τ does.",
        ),
        ("τ²", {"lam": lambda v: v.tau**2}, "your {part} gets larger when τ does."),
    ),
    *several_ways(
        "M22",
        "a λ that ignores the noise",
        "What did you divide the log-posterior by to reach objective 2? Did you divide the prior's "
        "term too?",
        ("1/τ", {"lam": lambda v: 1 / v.tau}, "your {part} does not depend on σ."),
        ("2/τ²", {"lam": lambda v: 2 / v.tau**2}, "your {part} does not depend on σ."),
    ),
    *several_ways(
        "M22",
        "a λ that ignores the prior",
        "If the prior becomes narrower, how should λ change?",
        ("1/σ²", {"lam": lambda v: 1 / v.sigma**2}, "your {part} does not depend on τ."),
        ("1/(2σ²)", {"lam": lambda v: 1 / (2 * v.sigma**2)}, "your {part} does not depend on τ."),
    ),
    *several_ways(
        "M22",
        "a λ that gets smaller when there is more noise",
        "With very noisy targets, should the prior count more or less?",
        (
            "1/(2σ²τ²)",
            {"lam": lambda v: 1 / (2 * v.sigma**2 * v.tau**2)},
            "your {part} divides by both variances.",
        ),
        (
            "1/(4σ²τ²)",
            {"lam": lambda v: 1 / (4 * v.sigma**2 * v.tau**2)},
            "your {part} divides by both variances.",
        ),
    ),
)
FURTHER = (*SQUARES, *RATIO, *LAMBDA)
