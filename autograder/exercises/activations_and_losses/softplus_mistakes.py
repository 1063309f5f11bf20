"""Further ways in which people get the softplus wrong, and both exponentials by clipping."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.activations_and_losses.formulas import (
    quiet,
    sigmoid,
    softplus,
)
from autograder.exercises.several_ways import several_ways


def _clipped(part: str, function: Callable[[Any], Any], *bounds: int) -> tuple[Mistake, ...]:
    """All z that are large cut down to a bound."""

    def cut(bound: int) -> Step:
        return lambda v: function(np.clip(v.z, -bound, bound))

    return several_ways(
        "M25",
        "z is clipped before the exponential",
        "At the largest z that you were given, is your result still right to nine digits?",
        *(
            (
                f"{part} of z cut off at {bound}",
                {part: cut(bound)},
                "in your {part}, all large z become equal, as if they had been cut off.",
            )
            for bound in bounds
        ),
    )


SOFTPLUS = (
    *several_ways(
        "M31",
        "the exponential in the logarithm is left out",
        "What is the logarithm of 1 + eᶻ made of, from the inside outwards?",
        (
            "log(1 + z)",
            {"softplus": quiet(lambda v: np.log1p(v.z))},
            "your {part} is log(1 + z).",
        ),
        (
            "log(1 + |z|)",
            {"softplus": lambda v: np.log1p(np.abs(v.z))},
            "your {part} is log(1 + |z|).",
        ),
    ),
    *several_ways(
        "M25",
        "a rearranged softplus whose terms do not fit together",
        "Put z = 2 and z = −2 into your rearranged formula and into log(1 + eᶻ). Do they agree?",
        (
            "the larger of z and 0 left out",
            {"softplus": lambda v: np.log1p(np.exp(-np.abs(v.z)))},
            "your {part} is log(1 + e^−|z|) alone.",
        ),
        (
            "e^−z with the larger of z and 0",
            {"softplus": quiet(lambda v: np.maximum(v.z, 0) + np.log1p(np.exp(-v.z)))},
            "your {part} is max(z, 0) + log(1 + e^−z), which is right for positive z only.",
        ),
        (
            "e^z with the larger of z and 0",
            {"softplus": quiet(lambda v: np.maximum(v.z, 0) + np.log1p(np.exp(v.z)))},
            "your {part} is max(z, 0) + log(1 + e^z).",
        ),
        (
            "e^|z| with the larger of z and 0",
            {"softplus": quiet(lambda v: np.maximum(v.z, 0) + np.log1p(np.exp(np.abs(v.z))))},
            "your {part} is max(z, 0) + log(1 + e^|z|).",
        ),
        (
            "|z| in front",
            {"softplus": lambda v: np.abs(v.z) + np.log1p(np.exp(-np.abs(v.z)))},
            "your {part} is |z| + log(1 + e^−|z|), which is right for positive z only.",
        ),
        (
            "z in front of e^−|z|",
            {"softplus": lambda v: v.z + np.log1p(np.exp(-np.abs(v.z)))},
            "your {part} is z + log(1 + e^−|z|), which is right for positive z only.",
        ),
    ),
    Mistake(
        "M25",
        "overflow in softplus far below 0",
        {"softplus": quiet(lambda v: v.z + np.log1p(np.exp(-v.z)))},
        "your {part} is right for ordinary z, but infinite where z is far below 0.",
        name="an overflow in the softplus",
        question="Which exponential does your line compute at z = −800?",
    ),
    *several_ways(
        "M31",
        "logaddexp with a wrong first argument, or of a different base",
        "logaddexp(u, v) is log(eᵘ + eᵛ). Which u makes eᵘ equal to 1?",
        (
            "logaddexp(1, z)",
            {"softplus": lambda v: np.logaddexp(1, v.z)},
            "your {part} is log(e + e^z).",
        ),
        (
            "logaddexp2",
            {"softplus": lambda v: np.logaddexp2(0, v.z)},
            "your {part} is log₂(1 + 2^z).",
        ),
    ),
    *several_ways(
        "M1",
        "the logarithm of the sigmoid instead of the softplus",
        "Is the softplus positive or negative?",
        (
            "log σ(z)",
            {"softplus": lambda v: -softplus(-v.z)},
            "your {part} is log σ(z), which is never positive.",
        ),
    ),
    Mistake(
        "M31",
        "1 + z for the softplus",
        {"softplus": lambda v: 1 + v.z},
        "your {part} is 1 + z.",
        name="the logarithm of a sum, taken term by term",
        question="Is log(u + v) the same as log u + log v, or as u + log v?",
    ),
)
FURTHER = (
    *SOFTPLUS,
    *_clipped("sigmoid", sigmoid, 10, 20),
    *_clipped("softplus", softplus, 10, 20, 30, 50, 100, 500, 700),
)
