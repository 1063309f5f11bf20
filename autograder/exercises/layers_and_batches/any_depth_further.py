"""Further ways in which people get the five-step algorithm wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Step
from autograder.exercises.layers_and_batches.any_depth_mistakes import back, weights
from autograder.exercises.layers_and_batches.deep import (
    carried_down,
    feedforward,
    in_each_layer,
    layers,
    lowest_left_out,
)
from autograder.exercises.layers_and_batches.formulas import sigmoid, slope
from autograder.exercises.several_ways import several_ways


def _affine(W: Any, a: Any, b: Any) -> Any:
    return W @ a + b


def _above(v: SimpleNamespace, layer: int) -> Any:
    return layers(v)[0][layer + 1]


def _gap(v: SimpleNamespace) -> Any:
    return v.f.out - v.y


def _back_by(rule: Any) -> Step:
    """BP2 by a rule of the weights above, the error there, and what the layer put out."""
    return lambda v: lambda layer, error: rule(_above(v, layer), error, v.f.a[layer])


FURTHER = (
    *lowest_left_out("db"),
    *several_ways(
        "M11",
        "a missing transpose on the way back",
        "Which row or column of W contains the weights that unit k meets?",
        (
            "W reshaped",
            {"back": _back_by(lambda W, error, a: (W.reshape(W.shape[::-1]) @ error) * slope(a))},
            "your {part} comes down through weights in a different order, as a reshape has them.",
        ),
    ),
    *several_ways(
        "M11",
        "a reshape that puts numbers in the wrong places",
        "A reshape keeps the order of the numbers. Which of them stand in your first row?",
        (
            "dW reshaped",
            in_each_layer(
                "dW",
                "db",
                lambda v, layer, d: np.outer(v.f.a[layer - 1], d).reshape(
                    len(d), len(v.f.a[layer - 1])
                ),
            ),
            "your {part} has the right numbers in the wrong places.",
        ),
        once=True,
    ),
    *several_ways(
        "M27",
        "the stored output was changed in place",
        "After error = a[L] and error -= y, what does a[L] hold?",
        (
            "(a − y) in the slope",
            {"at_output": lambda v: _gap(v) * slope(_gap(v))},
            "your {part} uses the slope formula with a − y instead of a.",
        ),
    ),
    *several_ways(
        "M6",
        "",
        "",
        (
            "σ′ at a at the output",
            {"at_output": lambda v: _gap(v) * slope(sigmoid(v.f.out))},
            "your {part} evaluates σ′ at a[L], which is already the output of a sigmoid.",
        ),
        (
            "z(1 − z) at the output",
            {"at_output": lambda v: _gap(v) * slope(v.f.z[layers(v)[2]])},
            "your {part} uses z(1 − z) with the values before the sigmoid.",
        ),
        (
            "σ′ at a everywhere",
            {
                "at_output": lambda v: _gap(v) * slope(sigmoid(v.f.out)),
                "back": _back_by(lambda W, error, a: (W.T @ error) * slope(sigmoid(a))),
            },
            "your {part} evaluates σ′ at a, which is already the output of a sigmoid.",
        ),
    ),
    *several_ways(
        "M7",
        "an extra σ′",
        "How many sigmoids lie between z of the output layer and the cost?",
        (
            "σ′ twice at the output",
            {"at_output": lambda v: _gap(v) * slope(v.f.out) ** 2},
            "your {part} contains the slope of the output layer twice.",
        ),
    ),
    *several_ways(
        "M8",
        "the derivative of tanh is used for a sigmoid",
        "How steep is a sigmoid at 0, and what does your line give there?",
        (
            "1 − a² everywhere",
            {
                "at_output": lambda v: _gap(v) * (1 - v.f.out**2),
                "back": _back_by(lambda W, error, a: (W.T @ error) * (1 - a**2)),
            },
            "your {part} uses 1 − a².",
        ),
        (
            "1 − a² at the output",
            {"at_output": lambda v: _gap(v) * (1 - v.f.out**2)},
            "your {part} uses 1 − a².",
        ),
        (
            "1 − a² below",
            {"back": _back_by(lambda W, error, a: (W.T @ error) * (1 - a**2))},
            "your {part} uses 1 − a².",
        ),
    ),
    *several_ways(
        "M5",
        "the derivative σ′ of the activation is left out",
        "",
        (
            "σ′ left out everywhere",
            {
                "at_output": _gap,
                "back": _back_by(lambda W, error, a: W.T @ error),
            },
            "your {part} has no slope of any sigmoid in it.",
        ),
    ),
    *several_ways(
        "M15",
        "",
        "How many units above does each unit feed, and does your line use = or += ?",
        (
            "only the last unit above",
            {"back": _back_by(lambda W, error, a: W[-1] * error[-1] * slope(a))},
            "your {part} holds only the contribution of the last unit of the layer above.",
        ),
    ),
    *several_ways(
        "M29",
        "",
        "",
        (
            "sums first",
            {"back": _back_by(lambda W, error, a: W.sum(axis=0) * error.sum() * slope(a))},
            "your {part} adds up the weights and the errors first, and then multiplies the sums.",
        ),
    ),
    *several_ways(
        "M6",
        "activation and pre-activation are mixed up in the forward pass",
        "What comes into layer 2, and what comes into layer 3?",
        (
            "σ(x) into the first weights",
            {"f": lambda v: feedforward(v, sigmoid(v.x), _affine)},
            "your {part} comes from a forward pass that sends x through a sigmoid.",
        ),
    ),
    *several_ways(
        "M13",
        "the error of the output layer in every layer",
        "Which error goes through W of layer l + 1?",
        (
            "the output's error",
            {"back": lambda v: lambda layer, error: back(v)(layer, v.at_output)},
            "your {part} comes from the error of the output layer, which runs only where the "
            "sizes fit.",
        ),
    ),
    *several_ways(
        "M20",
        "",
        "",
        (
            "one number for the biases of the output",
            {"db_L": lambda v: np.full(len(v.y), v.at_output.sum()), **carried_down("db")},
            "all entries of your {part} are equal.",
        ),
    ),
    *several_ways(
        "M9",
        "the error is left out of the weights' gradient",
        "Which two factors does the derivative with respect to a weight have?",
        (
            "inputs alone",
            in_each_layer("dW", "db", lambda v, layer, d: weights(v, layer, np.ones(len(d)))),
            "all rows of your {part} are the inputs of the layer.",
        ),
        once=True,
    ),
)
