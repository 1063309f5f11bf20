"""Further ways in which people get BP1 and BP2 wrong."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.layers_and_batches.formulas import sigmoid, slope
from autograder.exercises.several_ways import several_ways


def _slopes(part: str) -> tuple[Mistake, ...]:
    """Wrong slopes between a and z."""
    return (
        *several_ways(
            "M8",
            "a wrong formula for the slope of the sigmoid",
            "How steep is a sigmoid at 0 and far from 0, and what does your line give there?",
            (
                "a quarter for the slope",
                {part: lambda v: v.nabla / 4},
                "your {part} uses a slope of a quarter everywhere.",
            ),
        ),
        *several_ways(
            "M6",
            "the slope at a wrong number",
            "At which number is the slope to be taken?",
            (
                "the slope at ∂C/∂a",
                {part: lambda v: v.nabla * slope(v.nabla)},
                "your {part} puts ∂C/∂a into the formula a(1 − a).",
            ),
            (
                "the slope at σ(∂C/∂a)",
                {part: lambda v: v.nabla * slope(sigmoid(v.nabla))},
                "your {part} takes the slope of the sigmoid at ∂C/∂a.",
            ),
        ),
        *several_ways(
            "M12",
            "a missing pair of brackets",
            "In u·a − b, what does u multiply?",
            (
                "brackets left out, with a square",
                {part: lambda v: v.nabla * v.a - v.a**2},
                "in your {part}, ∂C/∂a multiplies the first term only.",
            ),
            (
                "brackets left out",
                {part: lambda v: v.nabla * v.a - v.a},
                "in your {part}, ∂C/∂a multiplies the first term only.",
            ),
        ),
        *several_ways(
            "M9",
            "a sum where the chain rule has a product",
            "If ∂C/∂a is 0, what should δ be?",
            (
                "∂C/∂a plus the slope",
                {part: lambda v: v.nabla + slope(v.a)},
                "your {part} adds the slope to ∂C/∂a.",
            ),
        ),
        *several_ways(
            "M12",
            "the entries of ∂C/∂a are added up",
            "Which a does one entry of z affect?",
            (
                "the sum of ∂C/∂a",
                {part: lambda v: v.nabla.sum() * slope(v.a)},
                "your {part} multiplies every slope by the sum of ∂C/∂a.",
            ),
        ),
    )


OUTPUT = (
    *_slopes("delta"),
    *several_ways(
        "M31",
        "the cost instead of its derivative",
        "What is the derivative of ½u²?",
        (
            "the squares",
            {"nabla": lambda v: (v.a - v.y) ** 2},
            "your {part} holds the squares of a − y.",
        ),
        (
            "half the squares",
            {"nabla": lambda v: (v.a - v.y) ** 2 / 2},
            "your {part} holds half the squares of a − y.",
        ),
    ),
    *several_ways(
        "M7",
        "the derivative of a cross-entropy",
        "Which cost does the text give, and where would a quotient come from?",
        (
            "cross-entropy",
            {"nabla": lambda v: -v.y / v.a + (1 - v.y) / (1 - v.a)},
            "your {part} belongs to the cross-entropy.",
        ),
        (
            "(a − y) over the slope",
            {"nabla": lambda v: (v.a - v.y) / slope(v.a)},
            "your {part} belongs to the cross-entropy.",
        ),
        (
            "−y/a",
            {"nabla": lambda v: -v.y / v.a},
            "your {part} belongs to the cross-entropy.",
        ),
    ),
    *several_ways(
        "M6",
        "one sigmoid too many",
        "How many sigmoids lie between z and the cost?",
        (
            "σ(a) − y",
            {"nabla": lambda v: sigmoid(v.a) - v.y},
            "your {part} sends a through the sigmoid once more.",
        ),
        (
            "a − σ(y)",
            {"nabla": lambda v: v.a - sigmoid(v.y)},
            "your {part} sends the targets through a sigmoid.",
        ),
    ),
    *several_ways(
        "M31",
        "only the sign or the size of the error",
        "How does ½u² change where u is −3, and where it is 0.1?",
        (
            "absolute values",
            {"nabla": lambda v: np.abs(v.a - v.y)},
            "no entry of your {part} is negative.",
        ),
        (
            "signs",
            {"nabla": lambda v: np.sign(v.a - v.y)},
            "your {part} holds only −1 and 1.",
        ),
    ),
    *several_ways(
        "M12",
        "the errors of all outputs are added up",
        "Which output does one entry of ∇_a C belong to?",
        (
            "the sum in every entry",
            {"nabla": lambda v: np.full(len(v.y), (v.a - v.y).sum())},
            "all entries of your {part} are equal.",
        ),
    ),
    *several_ways(
        "M6",
        "the slope at a wrong number",
        "At which number is the slope to be taken?",
        (
            "y(1 − y)",
            {"delta": lambda v: v.nabla * slope(v.y)},
            "your {part} puts the targets into the formula a(1 − a).",
        ),
    ),
)
HIDDEN = (
    *_slopes("delta"),
    *several_ways(
        "M11",
        "a missing transpose on the way back",
        "Which row or column of W contains the weights that unit k meets?",
        (
            "W reshaped",
            {"nabla": lambda v: v.W_next.reshape(v.W_next.shape[::-1]) @ v.delta_next},
            "your {part} reads the weights in a different order, as a reshape does.",
        ),
    ),
    *several_ways(
        "M29",
        "the errors are not paired with their weights",
        "Each term of the sum over the units above is a product. Which two factors does it have?",
        (
            "sum of the weights with the mean error",
            {"nabla": lambda v: v.W_next.sum(axis=0) * v.delta_next.mean()},
            "your {part} adds up the weights without pairing each with the error of its unit.",
        ),
        (
            "mean of the weights with the sum of the errors",
            {"nabla": lambda v: v.W_next.mean(axis=0) * v.delta_next.mean()},
            "your {part} multiplies a mean of the weights by a mean of the errors.",
        ),
        (
            "the sum of the errors",
            {"nabla": lambda v: np.full(len(v.z), v.delta_next.sum())},
            "all entries of your {part} are the sum of the errors above.",
        ),
        (
            "everything summed",
            {"nabla": lambda v: np.full(len(v.z), (v.W_next.T @ v.delta_next).sum())},
            "all entries of your {part} are equal.",
        ),
    ),
    *several_ways(
        "M15",
        "",
        "How many units above does each unit feed, and does your line use = or += ?",
        (
            "only the first unit above",
            {"nabla": lambda v: v.W_next[0] * v.delta_next[0]},
            "your {part} holds only the contribution of the first unit of the layer above.",
        ),
    ),
    *several_ways(
        "M31",
        "the inputs of W instead of its errors",
        "What goes back through W: activations or errors?",
        (
            "W times a",
            {"nabla": lambda v: v.W_next.T @ (v.W_next @ v.a)},
            "your {part} sends back what W gives in the forward pass.",
        ),
        (
            "W for the errors",
            {"nabla": lambda v: (v.W_next**2).T @ v.delta_next},
            "your {part} has the squares of the weights.",
        ),
    ),
    *several_ways(
        "M31",
        "the weights are left out on the way back",
        "By how much does z above change when a grows by 1?",
        (
            "the errors themselves",
            {"delta": lambda v: v.delta_next * slope(v.a)},
            "your {part} has the errors above without their weights, which runs only if both "
            "layers have the same size.",
        ),
    ),
)
