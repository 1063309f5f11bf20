"""Further ways in which people get the gradients of the twenty lines wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercises.layers_and_batches.formulas import sigmoid, slope
from autograder.exercises.several_ways import several_ways


def _gap(v: SimpleNamespace) -> Any:
    return v.y_pred - v.y


FURTHER = (
    *several_ways(
        "M31",
        "something other than a sum of squares",
        "With errors of 3 and −1, what should the loss be, and what is yours?",
        (
            "the square of the sum",
            {"loss": lambda v: _gap(v).sum() ** 2},
            "your {part} adds up the errors first, and squares the sum.",
        ),
        (
            "the squares of sums over the outputs",
            {"loss": lambda v: (_gap(v).sum(axis=1) ** 2).sum()},
            "your {part} adds up the errors of each example first, and squares the sums.",
        ),
        (
            "the squares of sums over the examples",
            {"loss": lambda v: (_gap(v).sum(axis=0) ** 2).sum()},
            "your {part} adds up the errors of each output first, and squares the sums.",
        ),
        (
            "absolute errors",
            {"loss": lambda v: np.abs(_gap(v)).sum()},
            "your {part} is made from absolute errors.",
        ),
        (
            "the norm",
            {"loss": lambda v: np.linalg.norm(_gap(v))},
            "your {part} is the square root of the sum.",
        ),
        (
            "a difference of squares",
            {"loss": lambda v: (v.y_pred**2 - v.y**2).sum()},
            "your {part} squares y_pred and y before it subtracts.",
        ),
    ),
    *several_ways(
        "M6",
        "an activation that is missing or too many in the forward pass",
        "Which of the two sums is followed by a sigmoid?",
        (
            "no hidden sigmoid",
            {"h": lambda v: v.z},
            "your {part} comes from a forward pass without the hidden sigmoid.",
        ),
        (
            "a sigmoid at the output",
            {"y_pred": lambda v: sigmoid(v.h @ v.w2 + v.b2)},
            "your {part} comes from a forward pass with a sigmoid at the output.",
        ),
        (
            "tanh in the hidden layer",
            {"h": lambda v: np.tanh(v.z)},
            "your {part} comes from a forward pass with tanh in the hidden layer.",
        ),
        (
            "ReLU in the hidden layer",
            {"h": lambda v: np.maximum(v.z, 0.0)},
            "your {part} comes from a forward pass with a ReLU in the hidden layer.",
        ),
    ),
    *several_ways(
        "M13",
        "a bias that is added on the other side of the sigmoid",
        "Is b1 added before the sigmoid of the hidden layer or after it?",
        (
            "b1 after the sigmoid",
            {
                "h": lambda v: sigmoid(v.x @ v.w1) + v.b1,
                "grad_z": lambda v: v.grad_h * slope(v.h - v.b1),
                "grad_b1": lambda v: v.grad_h.sum(axis=0),
            },
            "your {part} comes from a forward pass that adds b1 after the sigmoid.",
        ),
    ),
    *several_ways(
        "M3",
        "a mean over all entries where the loss has a sum",
        "Does this loss divide by anything?",
        (
            "over all entries",
            {"grad_y_pred": lambda v: 2.0 * _gap(v) / v.y.size},
            "your {part} is divided by the number of entries of y.",
        ),
        (
            "over the outputs",
            {"grad_y_pred": lambda v: 2.0 * _gap(v) / v.y.shape[1]},
            "your {part} is divided by the number of outputs.",
        ),
    ),
    *several_ways(
        "M13",
        "the loss instead of its derivative",
        "What is the derivative of u²?",
        (
            "the squares",
            {"grad_y_pred": lambda v: _gap(v) ** 2},
            "your {part} holds the squares of the errors.",
        ),
        (
            "twice the squares",
            {"grad_y_pred": lambda v: 2.0 * _gap(v) ** 2},
            "your {part} holds twice the squares of the errors.",
        ),
    ),
    *several_ways(
        "M12",
        "a missing pair of brackets",
        "In 2·u − v, what does the 2 multiply?",
        (
            "2 y_pred − y",
            {"grad_y_pred": lambda v: 2.0 * v.y_pred - v.y},
            "in your {part}, the 2 multiplies y_pred only.",
        ),
    ),
    *several_ways(
        "M11",
        "a reshape that puts numbers in the wrong places",
        "A reshape keeps the order of the numbers. Which of them stand in your first row?",
        (
            "grad_w2 reshaped",
            {"grad_w2": lambda v: (v.grad_y_pred.T @ v.h).reshape(v.w2.shape)},
            "your {part} has the right numbers in the wrong places.",
        ),
        (
            "grad_w1 reshaped",
            {"grad_w1": lambda v: (v.grad_z.T @ v.x).reshape(v.w1.shape)},
            "your {part} has the right numbers in the wrong places.",
        ),
        (
            "h reshaped",
            {"grad_w2": lambda v: v.h.reshape(v.h.shape[::-1]) @ v.grad_y_pred},
            "your {part} reads the hidden values in a different order, as a reshape does.",
        ),
        (
            "x reshaped",
            {"grad_w1": lambda v: v.x.reshape(v.x.shape[::-1]) @ v.grad_z},
            "your {part} reads the inputs in a different order, as a reshape does.",
        ),
    ),
    *several_ways(
        "M11",
        "a missing transpose on the way back",
        "Which row or column of w2 contains the weights of one hidden unit?",
        (
            "w2 reshaped",
            {"grad_h": lambda v: v.grad_y_pred @ v.w2.reshape(v.w2.shape[::-1])},
            "your {part} reads the weights in a different order, as a reshape does.",
        ),
    ),
    *several_ways(
        "M20",
        "the bias in the way back to the hidden layer",
        "By how much does y_pred grow when h grows by 1? Does b2 play a part in it?",
        (
            "w2 + b2",
            {"grad_h": lambda v: v.grad_y_pred @ (v.w2 + v.b2).T},
            "your {part} goes back through w2 with b2 added to it.",
        ),
        (
            "b2 added",
            {"grad_h": lambda v: v.grad_y_pred @ v.w2.T + v.grad_y_pred @ v.b2[:, None]},
            "your {part} goes back through w2 with b2 added to it.",
        ),
    ),
    *several_ways(
        "M29",
        "the examples or the outputs are summed before they are paired",
        "Two examples have the inputs 1 and 5. Which row of errors belongs with which?",
        (
            "outer product of sums in grad_w2",
            {"grad_w2": lambda v: np.outer(v.h.sum(axis=0), v.grad_y_pred.sum(axis=0))},
            "your {part} adds up the inputs and the errors first, and then multiplies the sums.",
        ),
        (
            "outer product of sums in grad_w1",
            {"grad_w1": lambda v: np.outer(v.x.sum(axis=0), v.grad_z.sum(axis=0))},
            "your {part} adds up the inputs and the errors first, and then multiplies the sums.",
        ),
        (
            "sums in grad_h",
            {"grad_h": lambda v: np.outer(v.grad_y_pred.sum(axis=1), v.w2.sum(axis=1))},
            "your {part} adds up the weights and the errors first, and then multiplies the sums.",
        ),
    ),
    *several_ways(
        "M6",
        "the slope of the hidden layer, at the wrong number",
        "At which number is the slope of this sigmoid to be taken?",
        (
            "without b1",
            {"grad_z": lambda v: v.grad_h * slope(sigmoid(v.x @ v.w1))},
            "in your {part}, the slope is taken without b1.",
        ),
        (
            "at grad_h",
            {"grad_z": lambda v: v.grad_h * slope(v.grad_h)},
            "in your {part}, grad_h is put into the formula h(1 − h).",
        ),
    ),
    *several_ways(
        "M8",
        "a wrong formula for the slope of the sigmoid",
        "How steep is a sigmoid at 0 and far from 0, and what does your line give there?",
        (
            "the mask of a ReLU",
            {"grad_z": lambda v: v.grad_h * (v.z > 0)},
            "in your {part}, the slope is that of a ReLU.",
        ),
    ),
    *several_ways(
        "M20",
        "",
        "",
        (
            "last example in grad_b2",
            {"grad_b2": lambda v: v.grad_y_pred[-1]},
            "your {part} is only the contribution of the last example.",
        ),
        (
            "last example in grad_b1",
            {"grad_b1": lambda v: v.grad_z[-1]},
            "your {part} is only the contribution of the last example.",
        ),
        (
            "the inputs in grad_b1",
            {"grad_b1": lambda v: v.x.sum(axis=1) @ v.grad_z},
            "your {part} contains the inputs, but a bias is multiplied only by 1.",
        ),
        (
            "h in grad_b2",
            {"grad_b2": lambda v: v.h.sum(axis=1) @ v.grad_y_pred},
            "your {part} contains the hidden values, but a bias is multiplied only by 1.",
        ),
    ),
    *several_ways(
        "M20",
        "a sum over the units as well as the examples",
        "How many biases does the layer have, and which unit does each of them affect?",
        (
            "one sum in grad_b2",
            {"grad_b2": lambda v: np.full(len(v.b2), v.grad_y_pred.sum())},
            "all entries of your {part} are equal.",
        ),
        (
            "one sum in grad_b1",
            {"grad_b1": lambda v: np.full(len(v.b1), v.grad_z.sum())},
            "all entries of your {part} are equal.",
        ),
    ),
    *several_ways(
        "M5",
        "",
        "What lies between x·w1 + b1 and h?",
        (
            "σ′ left out of grad_b1",
            {"grad_b1": lambda v: v.grad_h.sum(axis=0)},
            "your {part} is made from grad_h; the step through the sigmoid is missing.",
        ),
        (
            "σ′ left out of grad_w1",
            {"grad_w1": lambda v: v.x.T @ v.grad_h},
            "your {part} is made from grad_h; the step through the sigmoid is missing.",
        ),
    ),
)
