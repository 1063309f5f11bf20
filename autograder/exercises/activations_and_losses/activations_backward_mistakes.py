"""Further ways in which people go back through an activation wrongly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activations_and_losses.formulas import quiet, sigmoid, softplus
from autograder.exercises.several_ways import several_ways


def _sigmoid_slope(z: Any) -> Any:
    return sigmoid(z) * sigmoid(-z)


def _tanh_slope(z: Any) -> Any:
    return 1 - np.tanh(z) ** 2


def _mixed_up(part: str, slope: Callable[[Any], Any]) -> tuple[Mistake, ...]:
    """The gradient from above where z belongs, or joined to the slope in a wrong way."""
    return (
        *several_ways(
            "M6",
            "the incoming gradient inside the activation",
            "At which number is the slope to be taken: at z, or at the gradient from above?",
            (
                f"the slope at the gradient in {part}",
                {part: lambda v: slope(v.upstream)},
                "your {part} takes the slope at the gradient from above, not at z.",
            ),
            (
                f"the slope at the gradient times it in {part}",
                {part: lambda v: v.upstream * slope(v.upstream)},
                "your {part} takes the slope at the gradient from above, not at z.",
            ),
            (
                f"the slope at the product in {part}",
                {part: lambda v: slope(v.upstream * v.z)},
                "your {part} takes the slope at the gradient from above times z.",
            ),
        ),
        Mistake(
            "M9",
            f"added in {part}",
            {part: lambda v: v.upstream + slope(v.z)},
            "your {part} is the gradient from above plus the slope.",
            name="a sum where the chain rule has a product",
            question="If the gradient from above is 0, what should be passed back?",
        ),
        Mistake(
            "M9",
            f"summed gradient in {part}",
            {part: lambda v: np.sum(v.upstream) * slope(v.z)},
            "your {part} multiplies every slope by the sum of all gradients from above.",
            name="the sum of the incoming gradients instead of each entry's own",
            question="Which output does one entry of z affect?",
        ),
    )


SIGMOID = (
    *_mixed_up("dsigmoid", _sigmoid_slope),
    Mistake(
        "M25",
        "the form with e^z",
        {"dsigmoid": quiet(lambda v: v.upstream * np.exp(v.z) / (1 + np.exp(v.z)) ** 2)},
        "your {part} is right for ordinary z, but nan at 800.",
        name="infinity over infinity in σ′",
        question="What are exp(z) and its square at z = 800?",
    ),
    *several_ways(
        "M8",
        "the square in the derivative of the sigmoid is missing",
        "How steep is the sigmoid at 0, and what does your line give there?",
        (
            "e^−|z| over 1 + e^−|z|",
            {"dsigmoid": lambda v: v.upstream * sigmoid(-np.abs(v.z))},
            "your {part} is e^−|z| over 1 + e^−|z|, without a square below the fraction bar.",
        ),
    ),
    *several_ways(
        "M12",
        "a missing pair of brackets",
        "In u·a − b, what does u multiply?",
        (
            "brackets in the sigmoid",
            {"dsigmoid": lambda v: v.upstream * sigmoid(v.z) - sigmoid(v.z)},
            "in your {part}, the gradient from above multiplies the first term only.",
        ),
        (
            "brackets in the sigmoid, with a square",
            {"dsigmoid": lambda v: v.upstream * sigmoid(v.z) - sigmoid(v.z) ** 2},
            "in your {part}, the gradient from above multiplies the first term only.",
        ),
        (
            "brackets in tanh",
            {"dtanh": lambda v: v.upstream - np.tanh(v.z) ** 2},
            "in your {part}, the gradient from above multiplies the first term only.",
        ),
        (
            "the square over everything in tanh",
            {"dtanh": lambda v: v.upstream - (v.upstream * np.tanh(v.z)) ** 2},
            "in your {part}, the gradient from above is squared in the second term.",
        ),
    ),
    *several_ways(
        "M6",
        "activation and pre-activation in one product",
        "Are the two factors of your slope made from the same number?",
        (
            "σ(z)(1 − z)",
            {"dsigmoid": lambda v: v.upstream * sigmoid(v.z) * (1 - v.z)},
            "your {part} multiplies σ(z) by 1 − z.",
        ),
        (
            "z(1 − σ(z))",
            {"dsigmoid": lambda v: v.upstream * v.z * (1 - sigmoid(v.z))},
            "your {part} multiplies z by 1 − σ(z).",
        ),
    ),
    *several_ways(
        "M6",
        "the incoming gradient instead of the activation",
        "Which number goes into the formula a(1 − a)?",
        (
            "u(1 − u)",
            {"dsigmoid": lambda v: v.upstream * (1 - v.upstream)},
            "your {part} is u(1 − u), where u is the gradient from above.",
        ),
        (
            "1 − u²",
            {"dtanh": lambda v: 1 - v.upstream**2},
            "your {part} is 1 − u², where u is the gradient from above.",
        ),
        (
            "u(1 − u²)",
            {"dtanh": lambda v: v.upstream * (1 - v.upstream**2)},
            "your {part} is u(1 − u²), where u is the gradient from above.",
        ),
    ),
)
TANH = (
    *_mixed_up("dtanh", _tanh_slope),
    *several_ways(
        "M8",
        "a wrong formula for the derivative of tanh",
        "How steep is tanh at 0 and at 800, and what does your line give there?",
        (
            "1/cosh without its square",
            {"dtanh": quiet(lambda v: v.upstream / np.cosh(v.z))},
            "your {part} divides by cosh z only once.",
        ),
        (
            "tanh of z²",
            {"dtanh": lambda v: v.upstream * (1 - np.tanh(v.z**2))},
            "your {part} takes tanh of a square instead of the square of tanh.",
        ),
        (
            "1/cos²",
            {"dtanh": lambda v: v.upstream / np.cos(v.z) ** 2},
            "your {part} is the derivative of tan, not of tanh.",
        ),
        (
            "1 − σ²",
            {"dtanh": lambda v: v.upstream * (1 - sigmoid(v.z) ** 2)},
            "your {part} uses the sigmoid where tanh belongs.",
        ),
    ),
)
RELU = (
    *several_ways(
        "M10",
        "the slope of a leaky ReLU",
        "How much of the gradient passes a unit that is switched off?",
        *(
            (
                f"leaky with {slope}",
                {"drelu": lambda v, slope=slope: v.upstream * np.where(v.z > 0, 1.0, slope)},
                f"your {{part}} lets {slope} of the gradient through where z is negative.",
            )
            for slope in (0.01, 0.1)
        ),
    ),
    *several_ways(
        "M10",
        "something other than 0 where the unit is off",
        "How much of the gradient passes a unit that is switched off?",
        (
            "the sign of z",
            {"drelu": lambda v: v.upstream * np.sign(v.z)},
            "your {part} has the gradient from above with the opposite sign where z is negative.",
        ),
        (
            "minus the gradient",
            {"drelu": lambda v: np.where(v.z > 0, v.upstream, -v.upstream)},
            "your {part} has the gradient from above with the opposite sign where z is not "
            "positive.",
        ),
        (
            "z where it is off",
            {"drelu": lambda v: np.where(v.z > 0, v.upstream, v.z)},
            "your {part} holds z itself where z is negative.",
        ),
        (
            "1 where it is off",
            {"drelu": lambda v: np.where(v.z > 0, v.upstream, 1.0)},
            "your {part} holds 1 where z is not positive.",
        ),
    ),
    *several_ways(
        "M10",
        "the ReLU is applied to the gradient",
        "Take z = 1 and an incoming gradient of −2. The unit is on. What is passed back?",
        (
            "the ReLU of the product",
            {"drelu": lambda v: np.maximum(v.upstream * v.z, 0)},
            "your {part} is the ReLU of the gradient from above times z.",
        ),
        (
            "the mask of the gradient",
            {"drelu": lambda v: (v.upstream > 0) * 1.0},
            "your {part} is 1 where the gradient from above is positive.",
        ),
        (
            "the larger of z and the gradient",
            {"drelu": lambda v: np.maximum(v.upstream, v.z)},
            "your {part} is the larger of z and the gradient from above.",
        ),
    ),
    Mistake(
        "M10",
        "open above 1",
        {"drelu": lambda v: v.upstream * (v.z > 1)},
        "your {part} lets the gradient through only where z is above 1.",
        name="a mask with the wrong bound",
        question="From which z on does the ReLU rise?",
    ),
)
SOFTPLUS = (
    *_mixed_up("dsoftplus", sigmoid),
    *several_ways(
        "M8",
        "a formula made from the value of the softplus",
        "Which functions have a slope that is short in terms of their own value? Is the softplus "
        "one of the two in the text?",
        (
            "the softplus itself",
            {"dsoftplus": lambda v: v.upstream * softplus(v.z)},
            "your {part} is the gradient from above times the softplus itself.",
        ),
        (
            "s(1 − s) of the softplus",
            {"dsoftplus": lambda v: v.upstream * softplus(v.z) * (1 - softplus(v.z))},
            "your {part} uses s(1 − s), where s is the value of the softplus.",
        ),
        (
            "1 − s of the softplus",
            {"dsoftplus": lambda v: v.upstream * (1 - softplus(v.z))},
            "your {part} uses 1 − s, where s is the value of the softplus.",
        ),
        (
            "σ of the softplus",
            {"dsoftplus": lambda v: v.upstream * sigmoid(softplus(v.z))},
            "your {part} evaluates the slope at the value of the softplus instead of at z.",
        ),
        (
            "the softplus of the gradient",
            {"dsoftplus": lambda v: softplus(v.upstream)},
            "your {part} is the softplus of the gradient from above.",
        ),
    ),
    *several_ways(
        "M8",
        "the derivative of a different function",
        "How steep is the softplus far below 0 and far above it, and what does your line give?",
        (
            "−σ(−z)",
            {"dsoftplus": lambda v: -v.upstream * sigmoid(-v.z)},
            "your {part} uses a slope that is never positive, as if the softplus were falling.",
        ),
        (
            "tanh for the slope of the softplus",
            {"dsoftplus": lambda v: v.upstream * np.tanh(v.z)},
            "your {part} uses tanh as the slope.",
        ),
    ),
)
FURTHER = (*SIGMOID, *TANH, *RELU, *SOFTPLUS)
