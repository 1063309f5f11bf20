"""What people get wrong in the passes from which the twenty-line network is trained."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.layers_and_batches.formulas import sigmoid
from autograder.exercises.layers_and_batches.forward_slips import bias_left_out
from autograder.exercises.layers_and_batches.twenty_lines_descent import (
    descend,
    right_gradients,
)
from autograder.exercises.layers_and_batches.untrained import nothing_trained


def _with(**wrong: Step) -> Step:
    """Training with some steps of the pass computed otherwise."""
    return lambda v: descend(v, lambda now: right_gradients(now, wrong))


def _with_slope(slope: Step) -> Step:
    return lambda now: now.grad_h * slope(now)


def _still(name: str) -> Step:
    return lambda now: np.zeros(getattr(now, name).shape)


PASS_MISTAKES = (
    bias_left_out("b1", run=_with(z=lambda now: now.x @ now.w1)),
    bias_left_out("b2", run=_with(y_pred=lambda now: now.h @ now.w2)),
    Mistake(
        "M14",
        "w2 updated before grad_h",
        {"run": _with(grad_h=lambda now: now.grad_y_pred @ (now.w2 - now.lr * now.grad_w2).T)},
        "your {part} comes from a loop that changes w2 first and then uses the new w2 for grad_h.",
    ),
    Mistake(
        "M20",
        "biases left alone",
        {
            "run": _with(
                grad_b1=lambda now: np.zeros(now.b1.shape),
                grad_b2=lambda now: np.zeros(now.b2.shape),
            )
        },
        "your {part} comes from a loop that never changes b1 and b2.",
        name="biases that are never trained",
        question="Which of the four parameters change from step to step?",
    ),
    Mistake(
        "M2",
        "2 left out",
        {"run": _with(grad_y_pred=lambda now: now.y_pred - now.y)},
        "your {part} comes from steps that are half as large as they should be. "
        "This loss has no ½.",
    ),
    Mistake(
        "M3",
        "mean for the sum",
        {"run": _with(grad_y_pred=lambda now: 2.0 * (now.y_pred - now.y) / len(now.x))},
        "your {part} comes from steps that are divided by the number of examples, but the "
        "loss on the slide is a sum.",
        name="a mean where a sum is needed",
    ),
    Mistake(
        "M5",
        "σ′ left out",
        {"run": _with(grad_z=lambda now: now.grad_h)},
        "your {part} comes from a backward pass that skips the sigmoid.",
    ),
    Mistake(
        "M13",
        "h for x",
        {"run": _with(grad_w1=lambda now: now.h.T @ now.grad_z)},
        "your {part} comes from a loop that pairs the errors with h, not with the inputs of "
        "w1. That runs only if both have the same size.",
    ),
    *(
        Mistake(
            id,
            f"σ′ as {words}",
            {"run": _with(grad_z=_with_slope(slope))},
            f"your {{part}} comes from a backward pass that multiplies by {words}.",
            name=name,
            question=question,
        )
        for id, words, name, question, slope in (
            (
                "M8",
                "1 − h²",
                "the slope of tanh is used for the sigmoid",
                "Which activation do the hidden units have, and what is its derivative?",
                lambda v: 1 - v.h**2,
            ),
            (
                "M6",
                "σ(h)(1 − σ(h)), although h is already the output of the sigmoid",
                "the sigmoid is applied once more in its own slope",
                "Is h the number before the sigmoid or after it?",
                lambda v: sigmoid(v.h) * (1 - sigmoid(v.h)),
            ),
            (
                "M6",
                "z(1 − z), where z is the number before the sigmoid",
                "the slope of the sigmoid is written with the number before it",
                "In h(1 − h), is h the number before the sigmoid or after it?",
                lambda v: v.z * (1 - v.z),
            ),
            (
                "M8",
                "1 − h",
                "the slope of the sigmoid is written wrongly",
                "What is the derivative of the sigmoid, written with its value h?",
                lambda v: 1 - v.h,
            ),
            (
                "M8",
                "h",
                "the slope of the sigmoid is written wrongly",
                "What is the derivative of the sigmoid, written with its value h?",
                lambda v: v.h,
            ),
            (
                "M10",
                "the mask of a ReLU",
                "the ReLU's slope is used for the sigmoid",
                "Which activation do the hidden units have, and what is its derivative?",
                lambda v: (v.z > 0) * 1.0,
            ),
        )
    ),
    Mistake(
        "M10",
        "ReLU for σ",
        {
            "run": _with(
                h=lambda now: np.maximum(now.z, 0), grad_z=lambda now: now.grad_h * (now.z > 0)
            )
        },
        "your {part} comes from a network whose hidden units are ReLUs.",
        name="the ReLU is used instead of the sigmoid",
        question="Which activation does this network have in its hidden units?",
    ),
    Mistake(
        "M8",
        "tanh for σ",
        {
            "run": _with(
                h=lambda now: np.tanh(now.z), grad_z=lambda now: now.grad_h * (1 - now.h**2)
            )
        },
        "your {part} comes from a network whose hidden units are tanh.",
        name="tanh is used instead of the sigmoid",
        question="Which activation does this network have in its hidden units?",
    ),
    Mistake(
        "M6",
        "σ at the output",
        {"run": _with(y_pred=lambda now: sigmoid(now.h @ now.w2 + now.b2))},
        "your {part} comes from a network that applies the sigmoid to its output as well.",
        name="a sigmoid at the output",
        question="Which of the two layers has a sigmoid on the slide?",
    ),
    *(
        Mistake(
            "M20",
            f"{words} for {' and '.join(wrong)}",
            {"run": _with(**wrong)},
            f"your {{part}} comes from a loop in which a bias follows {words}.",
        )
        for words, wrong in (
            (
                "the mean over the examples",
                {
                    "grad_b1": lambda now: now.grad_z.mean(axis=0),
                    "grad_b2": lambda now: now.grad_y_pred.mean(axis=0),
                },
            ),
            ("the mean over the examples", {"grad_b1": lambda now: now.grad_z.mean(axis=0)}),
            ("the mean over the examples", {"grad_b2": lambda now: now.grad_y_pred.mean(axis=0)}),
            (
                "the sum over all units",
                {
                    "grad_b1": lambda now: np.sum(now.grad_z),
                    "grad_b2": lambda now: np.sum(now.grad_y_pred),
                },
            ),
        )
    ),
    *(
        Mistake(
            id,
            slug,
            {"run": _with(grad_y_pred=error)},
            f"your {{part}} comes from steps {words}.",
            name=name,
            question="Differentiate the loss with respect to one entry of y_pred. Which constants "
            "are in front?",
        )
        for id, slug, error, words, name in (
            (
                "M3",
                "mean over the entries",
                lambda now: 2.0 * (now.y_pred - now.y) / now.y.size,
                "that are divided by the number of entries of y, but the loss on the slide is a "
                "sum",
                "a mean where a sum is needed",
            ),
            (
                "M3",
                "mean, 2 left out",
                lambda now: (now.y_pred - now.y) / len(now.x),
                "without the 2, and divided by the number of examples; the loss on the slide is a "
                "sum",
                "a mean without its 2",
            ),
        )
    ),
    *(
        Mistake(
            "M28",
            f"{' and '.join(names)} left alone",
            {"run": _with(**{f"grad_{name}": _still(name) for name in names})},
            f"your {{part}} comes from a loop that never changes {' and '.join(names)}.",
            name=name,
            question="Which of the four parameters change from step to step?",
            hints=nothing_trained(names[0], {}).hints,
        )
        for names, name in (
            (("w1", "b1"), "a hidden layer that is never trained"),
            (("w2", "b2"), "an output layer that is never trained"),
            (("b1",), "biases that are never trained"),
            (("b2",), "biases that are never trained"),
        )
    ),
)
