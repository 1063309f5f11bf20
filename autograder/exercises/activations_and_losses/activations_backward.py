"""Back through four activations, as far out as |z| = 800, and at the ReLU's kink."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.draws import by_columns, with_changes
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe, Step
from autograder.exercises.activations_and_losses.activations import extreme, layer, spread
from autograder.exercises.activations_and_losses.activations_backward_mistakes import FURTHER
from autograder.exercises.activations_and_losses.formulas import UNIT, quiet, sigmoid


def _with_upstream(draw: Callable[[np.random.Generator], Inputs]) -> Any:
    def drawn(rng: np.random.Generator) -> Inputs:
        z = draw(rng)["z"]
        sign = rng.choice([-1.0, 1.0], size=z.shape)
        return {"z": z, "upstream": sign * rng.uniform(0.5, 2.0, size=z.shape)}

    return drawn


def _at_zero(rng: np.random.Generator) -> Inputs:
    return {"z": np.array([0.0, *rng.uniform(-1, 1, size=2), 0.0])}


def _slope(name: str, slope: Any) -> dict[str, Step]:
    return {name: quiet(lambda v: v.upstream * slope(v.z))}


def _upstream_dropped(name: str, slope: Any) -> Mistake:
    return Mistake(
        "M9",
        f"upstream dropped in {name}",
        {name: lambda v: slope(v.z)},
        "your {part} does not change when the gradient from above doubles.",
        name="the incoming gradient is dropped",
        once=True,
    )


def _sigmoid_slope(z: Any) -> Any:
    return sigmoid(z) * sigmoid(-z)


_KINK_HINTS = (
    "Which slope does the text choose at z = 0?",
    "Print your slope at z = −1, 0 and 1, and compare it with what the text says about each of "
    "them.",
    "A function with a corner has two slopes there, one on each side, and no derivative. For "
    "learning, it hardly matters which number a program uses at the corner, because an input of "
    "exactly 0 is rare. But programs that we want to compare must use the same number, so a text "
    "has to choose one, and this one does. Take |u|, which is not in this exercise: its slope is "
    "−1 on the left and 1 on the right, and if 0 is used at the corner, the slope is np.sign(u). "
    "A comparison such as u >= 0 would have given 1 there, and u > 0 would have given −1. So "
    "what decides is the sign of your comparison, or the value of your function at the boundary. "
    "Look up what the text chooses at z = 0, and see what your line gives there.",
)


ACTIVATIONS_BACKWARD_EXERCISE = Exercise(
    id="activations.backward",
    unit=UNIT,
    title="Back through an activation",
    objectives=("O4",),
    deck="D0, Derivative of a Sigmoid; D1, σ′; D2, Activation Functions; D4, upstream × local",
    steps={
        **_slope("dsigmoid", _sigmoid_slope),
        "dtanh": lambda v: v.upstream * (1 - np.tanh(v.z)) * (1 + np.tanh(v.z)),
        "drelu": lambda v: v.upstream * (v.z > 0),
        **_slope("dsoftplus", sigmoid),
    },
    parts=(
        Part("dsigmoid", 1, "through σ"),
        Part("dtanh", 0.75, "through tanh"),
        Part("drelu", 1, "through the ReLU"),
        Part("dsoftplus", 0.75, "through softplus"),
    ),
    probes=(
        Probe("seven numbers between −3 and 3", _with_upstream(spread)),
        Probe("a layer of 3 by 5", _with_upstream(layer)),
        Probe("|z| up to 800 and more", _with_upstream(extreme), special=True),
        Probe("z = 0", _with_upstream(_at_zero), special=True),
        *(
            Probe(f"a layer, {words}", with_changes(_with_upstream(layer), **changes), corner=True)
            for words, changes in (
                ("transposed", {"z": by_columns, "upstream": by_columns}),
                ("with a transposed upstream", {"upstream": by_columns}),
            )
        ),
        *corners(z=Real("n", largest=8.0), upstream=Real("n")),
        *corners(z=Real("k", "n", "m", largest=8.0), upstream=Real("k", "n", "m")),
    ),
    tolerance=1e-7,
    why_tolerance="1 − s and 1 − tanh² lose digits where the activation saturates",
    derivatives=("dsigmoid", "dtanh", "drelu", "dsoftplus"),
    mistakes=(
        Mistake(
            "M6",
            "σ′ of the output",
            {"dsigmoid": lambda v: v.upstream * _sigmoid_slope(sigmoid(v.z))},
            "your {part} applies the sigmoid again to the output of the sigmoid.",
        ),
        Mistake(
            "M6",
            "z(1 − z)",
            {"dsigmoid": lambda v: v.upstream * v.z * (1 - v.z)},
            "your {part} uses z(1 − z), with the number before the sigmoid.",
        ),
        Mistake(
            "M25",
            "the slide's first form of σ′",
            _slope("dsigmoid", lambda z: np.exp(-z) / (np.exp(-z) + 1) ** 2),
            "your {part} is right for ordinary z, but nan at −800.",
            name="infinity over infinity in σ′",
            question="What are exp(−z) and its square at z = −800?",
        ),
        Mistake(
            "M8",
            "σ left without its second factor",
            {"dsigmoid": lambda v: v.upstream * sigmoid(v.z)},
            "your {part} is equal to the activation itself.",
            name="the activation instead of its derivative",
            question="How steep is the sigmoid where it is nearly 1?",
        ),
        Mistake(
            "M8",
            "1 − a² for the sigmoid",
            {"dsigmoid": lambda v: v.upstream * (1 - sigmoid(v.z) ** 2)},
            "your {part} is the formula of a different activation.",
        ),
        Mistake(
            "M8",
            "a(1 − a) for tanh",
            {"dtanh": lambda v: v.upstream * np.tanh(v.z) * (1 - np.tanh(v.z))},
            "your {part} is the formula of a different activation.",
            question="How steep is tanh at 0, and what does your line give there?",
        ),
        Mistake(
            "M8",
            "−a² for tanh",
            {"dtanh": lambda v: v.upstream * -(np.tanh(v.z) ** 2)},
            "your {part} uses a slope that is never positive, as if tanh were falling.",
            name="a missing 1 in the derivative of tanh",
            question="How steep is tanh at 0, and what does your line give there?",
        ),
        Mistake(
            "M8",
            "1 + a² for tanh",
            {"dtanh": lambda v: v.upstream * (1 + np.tanh(v.z) ** 2)},
            "your {part} uses a slope that is largest where tanh is flat.",
            name="the wrong sign in the derivative of tanh",
            question="How steep is tanh at 800, and what does your line give there?",
        ),
        Mistake(
            "M6",
            "1 − z² for tanh",
            {"dtanh": lambda v: v.upstream * (1 - v.z**2)},
            "your {part} uses the number before the activation, but it needs the one after it.",
            question="Which number does 1 − a² need: the one before tanh or the one after it?",
        ),
        Mistake(
            "M10",
            "mask from the gradient",
            {"drelu": lambda v: np.maximum(v.upstream, 0)},
            "your {part} sets the negative gradients to 0, whatever z was.",
            name="the ReLU is applied to the gradient",
            question=(
                "Take z = 1 and an incoming gradient of −2. The unit is on. What is passed back?"
            ),
        ),
        Mistake(
            "M10",
            "clipped to the interval from 0 to 1",
            {"drelu": lambda v: np.clip(v.upstream, 0, 1) * (v.z > 0)},
            "your {part} clips the incoming gradient to the interval from 0 to 1.",
            name="a clipped gradient instead of a masked one",
            question="Where the unit is on, its slope is 1. What should happen to a −2 there?",
        ),
        Mistake(
            "M10",
            "no mask",
            {"drelu": lambda v: v.upstream * 1.0},
            "your {part} lets everything through.",
        ),
        Mistake(
            "M10",
            "open at 0",
            {"drelu": lambda v: v.upstream * (v.z >= 0)},
            "your {part} lets the gradient through where z is exactly 0.",
            name="the other choice at the ReLU's kink",
            question=_KINK_HINTS[0],
            hints=_KINK_HINTS,
        ),
        Mistake(
            "M10",
            "half open at 0",
            {"drelu": lambda v: v.upstream * np.heaviside(v.z, 0.5)},
            "your {part} lets half of the gradient through where z is exactly 0.",
            name="the other choice at the ReLU's kink",
            question=_KINK_HINTS[0],
            hints=_KINK_HINTS,
        ),
        Mistake(
            "M8",
            "softplus differentiated without its inner derivative",
            {"dsoftplus": lambda v: v.upstream * sigmoid(-v.z)},
            "your {part} multiplies by 1/(1 + eᶻ), which falls as z grows.",
            name="1/(1 + eᶻ) as the slope of softplus",
            question="How steep is softplus for large z, and what does your line give there?",
        ),
        Mistake(
            "M10",
            "the ReLU's slope for softplus",
            {"dsoftplus": lambda v: v.upstream * (v.z > 0)},
            "your {part} jumps from 0 to 1.",
            name="the ReLU's slope instead of the softplus's",
            question="The softplus is smooth. How steep is it at 0?",
        ),
        Mistake(
            "M25",
            "overflow in the softplus's slope",
            _slope("dsoftplus", lambda z: np.exp(z) / (1 + np.exp(z))),
            "your {part} is right for ordinary z, but nan at 800.",
            name="infinity over infinity in the softplus's slope",
            question="What is exp(800) in floating point, and what is that over one plus that?",
        ),
        _upstream_dropped("dsigmoid", _sigmoid_slope),
        _upstream_dropped("dtanh", lambda z: 1 - np.tanh(z) ** 2),
        _upstream_dropped("drelu", lambda z: (z > 0) * 1.0),
        _upstream_dropped("dsoftplus", sigmoid),
        *FURTHER,
    ),
    variants={
        "from the outputs": lambda z, upstream: {
            "dsigmoid": upstream * sigmoid(z) * (1 - sigmoid(z)),
            "dtanh": upstream * (1 - np.tanh(z) ** 2),
            "drelu": np.where(np.maximum(z, 0) > 0, upstream, 0.0),
            "dsoftplus": upstream * (1 - np.exp(-np.logaddexp(0, z))),
        },
        "from hyperbolic functions": lambda z, upstream: {
            "dsigmoid": upstream / 4 * (1 - np.tanh(z / 2) ** 2),
            "dtanh": upstream / np.cosh(np.clip(z, -350, 350)) ** 2,
            "drelu": upstream * (np.sign(z) + 1) * (z != 0) / 2,
            "dsoftplus": upstream * np.exp(z - np.logaddexp(z, 0)),
        },
    },
    hints=(
        "Every line is upstream × local. Check each local derivative at 0, and at 800 and −800.",
        "For σ and tanh, the slope is short when you write it in terms of the activation's own "
        "value. For the ReLU it is a mask, made from z, with 0 at z = 0. The slope of the "
        "softplus is a function that you have already met.",
        "For u = arctan(z) the lines would be: local = 1 / (1 + z²), result = upstream * local. "
        "At z = 0 the local derivative is 1, at z = 800 it is nearly 0, and no exponential "
        "occurs. Do the same for log(1 + eᶻ): differentiate the outside, then the inside, then "
        "simplify.",
    ),
)


EXERCISES = (ACTIVATIONS_BACKWARD_EXERCISE,)
