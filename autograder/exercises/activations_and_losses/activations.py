"""Four activations, as far out as |z| = 800."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.draws import by_columns, with_changes
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.activations_and_losses.activations_mistakes import FURTHER
from autograder.exercises.activations_and_losses.formulas import UNIT, quiet, sigmoid, softplus


def spread(rng: np.random.Generator) -> Inputs:
    """Seven ordinary numbers."""
    return {"z": rng.uniform(-3, 3, size=7)}


def extreme(rng: np.random.Generator) -> Inputs:
    """Numbers at which exp overflows, and some that are large."""
    far = rng.uniform(720, 880, size=2)
    return {
        "z": np.array([800.0, -800.0, far[0], -far[1], *rng.uniform(20, 40, size=2) * [1, -1], 0.5])
    }


def _beyond_three(rng: np.random.Generator) -> Inputs:
    """Where the softplus is nearly z, and yet not z to nine digits."""
    return {"z": np.linspace(3.5, 15.5, 7) + rng.uniform(-0.4, 0.4, 7)}


def layer(rng: np.random.Generator) -> Inputs:
    """A matrix, one row an example."""
    return {"z": rng.normal(size=(3, 5))}


def _textbook(z: Any) -> dict[str, Any]:
    with np.errstate(over="ignore"):
        logistic = 1 / (1 + np.exp(-z))
    relu = z.copy()
    relu[relu < 0] = 0
    softplus = [max(x, 0.0) + np.log1p(np.exp(-abs(x))) for x in z.ravel()]
    return {
        "sigmoid": logistic,
        "tanh": -np.sign(z) * np.expm1(-2 * np.abs(z)) / (1 + np.exp(-2 * np.abs(z))),
        "relu": relu,
        "softplus": np.array(softplus).reshape(z.shape),
    }


ACTIVATIONS_VALUES_EXERCISE = Exercise(
    id="activations.values",
    unit=UNIT,
    title="Four activations",
    objectives=("O3",),
    deck="D2, Activation Functions; D0, Derivative of a Sigmoid; D1, σ′",
    steps={
        "sigmoid": lambda v: sigmoid(v.z),
        "tanh": lambda v: np.tanh(v.z),
        "relu": lambda v: np.maximum(v.z, 0),
        "softplus": lambda v: softplus(v.z),
    },
    parts=(
        Part("sigmoid", 0.5, "σ(z)"),
        Part("tanh", 0.25),
        Part("relu", 0.25),
        Part("softplus", 0.5),
    ),
    probes=(
        Probe("seven numbers between −3 and 3", spread),
        Probe("a layer of 3 by 5", layer),
        Probe("|z| up to 800 and more", extreme, special=True),
        Probe("z between 3 and 16", _beyond_three, corner=True),
        Probe("one z far below 0", lambda rng: {"z": -rng.uniform(20, 30, 1)}, corner=True),
        Probe("one z further below 0", lambda rng: {"z": -rng.uniform(40, 60, 1)}, corner=True),
        Probe("one z very far below 0", lambda rng: {"z": -rng.uniform(600, 700, 1)}, corner=True),
        # Several, since round-off may happen to be small at one of them.
        Probe("z close to 0", lambda rng: {"z": rng.uniform(1e-9, 1e-8, 6)}, corner=True),
        Probe("a transposed layer", with_changes(layer, z=by_columns), corner=True),
        *corners(z=Real("n", largest=600.0)),
        *corners(z=Real("k", "n", "m", largest=600.0)),
        *corners(z=Real("n", largest=30.0)),
    ),
    tolerance=1e-9,
    why_tolerance="log(1 + x) loses digits where x is small",
    mistakes=(
        Mistake(
            "M8",
            "minus in the denominator, as printed in deck D1",
            {"sigmoid": quiet(lambda v: 1 / (1 - np.exp(-v.z)))},
            "your {part} lies outside the interval from 0 to 1. It is 1/(1 − e^−z).",
            name="the sigmoid with a minus in its denominator",
            question="What should the sigmoid of 0 be, and what does your formula give near 0?",
        ),
        Mistake(
            "M1",
            "sigmoid mirrored",
            {"sigmoid": lambda v: sigmoid(-v.z)},
            "your {part} falls where it should rise.",
            name="the wrong sign for z in the exponential",
            question="For a large positive z, should the sigmoid be near 0 or near 1?",
        ),
        Mistake(
            "M25",
            "exponentials of large numbers in the sigmoid",
            {"sigmoid": quiet(lambda v: np.exp(v.z) / (1 + np.exp(v.z)))},
            "your {part} is right for ordinary z, but nan where z is large.",
            name="infinity over infinity in the sigmoid",
            question="What is exp(800) in floating point, and what is that over one plus that?",
        ),
        Mistake(
            "M25",
            "exponentials of large numbers in tanh",
            {"tanh": quiet(lambda v: (np.exp(v.z) - np.exp(-v.z)) / (np.exp(v.z) + np.exp(-v.z)))},
            "your {part} is right for ordinary z, but nan where |z| is large.",
            name="infinity over infinity in tanh",
            question="Which NumPy function computes this without exp(800)?",
        ),
        Mistake(
            "M8",
            "sigmoid for tanh",
            {"tanh": lambda v: sigmoid(2 * v.z)},
            "your {part} lies between 0 and 1.",
            name="tanh without its shift to the range from −1 to 1",
            question="What is tanh(0)?",
        ),
        Mistake(
            "M10",
            "absolute value for ReLU",
            {"relu": lambda v: np.abs(v.z)},
            "your {part} is positive where z is negative.",
            name="the absolute value instead of the ReLU",
            question="What comes out of a unit that is switched off?",
        ),
        Mistake(
            "M10",
            "ReLU of the other side",
            {"relu": lambda v: np.minimum(v.z, 0)},
            "your {part} keeps the negative numbers and removes the positive ones.",
            name="the ReLU is the wrong way round",
            question="Which of z and 0 should it keep, the larger or the smaller?",
        ),
        Mistake(
            "M25",
            "overflow in softplus",
            {"softplus": quiet(lambda v: np.log1p(np.exp(v.z)))},
            "your {part} is right for ordinary z, but infinite where z is large.",
            name="an overflow in the softplus",
            question=(
                "For z = 800, the softplus agrees with 800 to every digit. What happens to "
                "exp(z) there?"
            ),
        ),
        *FURTHER,
    ),
    variants={
        "where and abs": lambda z: {
            "sigmoid": np.where(z > 0, 1.0, np.exp(-np.abs(z))) / (1 + np.exp(-np.abs(z))),
            "tanh": np.sign(z) * -np.expm1(-2 * np.abs(z)) / (1 + np.exp(-2 * np.abs(z))),
            "relu": z * (z > 0),
            "softplus": np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))),
        },
        "the textbook's sigmoid, whose overflow does no harm": lambda z: _textbook(z),
    },
    hints=(
        "Try your four functions at 800 and at −800, and look for inf and nan.",
        "exp of a large positive number overflows, but exp of a large negative number is a "
        "harmless 0. Rearrange each formula to use only the second kind, or find a NumPy "
        "function.",
        "Take the logarithm of a sum of two exponentials, log(eᵘ + eᵛ), with u larger than v. It "
        "equals u + log(1 + e^(v−u)): the larger one moves to the front, and the exponent that "
        "is left is negative. NumPy calls this function logaddexp. Write the 1 in softplus as e⁰.",
    ),
)


EXERCISES = (ACTIVATIONS_VALUES_EXERCISE,)
