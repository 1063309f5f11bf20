"""What people get wrong about the layer that trusts a synthetic gradient."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.layers_and_batches.forward_slips import bias_left_out, no_activation

LAYER_MISTAKES = (
    Mistake(
        "M11",
        "A transposed",
        {"guess": lambda v: v.h @ v.A.T + v.c},
        "your {part} multiplies by the transposed matrix.",
        question="In h A, does h meet the rows or the columns of A?",
    ),
    Mistake(
        "M5",
        "tanh′ left out",
        {"dW": lambda v: v.x.T @ v.guess},
        "your {part} skips the tanh.",
        name="the derivative of tanh is left out",
    ),
    Mistake(
        "M28",
        "true gradient used",
        {"dW": lambda v: v.x.T @ (v.true_dh * (1 - v.h**2))},
        "your {part} waits for the true gradient instead of using the guess.",
        name="the true gradient instead of the synthetic one",
        question="Which of the two is already there when the layer wants to take its step?",
        hints=(
            "Which of the two is already there when the layer wants to take its step?",
            "Follow every factor of your line back to where it comes from. Which of them is "
            "known only after the layers above have run?",
            "Two clerks work side by side. The second needs a figure from the first for a "
            "letter, but the first is slow. So the second writes the letter with an "
            "estimate. When the figure comes, it is used for one thing only: to make the "
            "next estimate better. There are now two errors, and they must be kept apart: "
            "the error in the letter, which was written with the estimate, and the error of "
            "the estimate, which is found with the figure. For each result of this exercise, "
            "write down which of the two numbers it may use.",
        ),
    ),
    bias_left_out("c", guess=lambda v: v.h @ v.A),
    no_activation("tanh", h=lambda v: v.x @ v.W),
    Mistake(
        "M8",
        "sigmoid for tanh",
        {"h": lambda v: 1 / (1 + np.exp(-(v.x @ v.W)))},
        "your {part} comes from a hidden layer of sigmoids.",
        name="the sigmoid is used instead of tanh",
        question="Which activation does this layer have?",
    ),
    *(
        Mistake(
            id,
            slug,
            {"dW": dW},
            f"your {{part}} {words}.",
            name=name,
            question=question,
        )
        for id, slug, dW, words, name, question in (
            (
                "M8",
                "h(1 − h) for tanh",
                lambda v: v.x.T @ (v.guess * v.h * (1 - v.h)),
                "multiplies by h(1 − h), which belongs to the sigmoid",
                "the sigmoid's slope is used for tanh",
                "Which activation does this layer have, and what is its derivative?",
            ),
            (
                "M8",
                "1 − h for tanh",
                lambda v: v.x.T @ (v.guess * (1 - v.h)),
                "multiplies by 1 − h, without a square",
                "the slope of tanh is written wrongly",
                "What is the derivative of tanh, written with its value h?",
            ),
            (
                "M6",
                "tanh′ at h",
                lambda v: v.x.T @ (v.guess * (1 - np.tanh(v.h) ** 2)),
                "applies tanh to h once more",
                "tanh is applied once more in its own slope",
                "Is h the number before tanh or after it?",
            ),
            (
                "M6",
                "tanh′ with the number before it",
                lambda v: v.x.T @ (v.guess * (1 - (v.x @ v.W) ** 2)),
                "multiplies by 1 − (xW)²",
                "the slope of tanh is written with the number before it",
                "In 1 − (…)², which number belongs in the brackets: before tanh or after it?",
            ),
            (
                "M6",
                "tanh′ at the guess",
                lambda v: v.x.T @ (v.guess * (1 - v.guess**2)),
                "takes the slope of tanh at the guess",
                "the slope at the guess instead of at h",
                "Which number came out of the tanh?",
            ),
            (
                "M13",
                "error of the predictor for the guess",
                lambda v: v.x.T @ ((v.guess - v.true_dh) * (1 - v.h**2)),
                "sends back the error of the predictor, not the guess",
                "the error of the guess where the guess belongs",
                "Which of the two losses should the layer make smaller?",
            ),
            (
                "M13",
                "predictor's loss sent back",
                lambda v: v.x.T @ (((v.guess - v.true_dh) @ v.A.T) * (1 - v.h**2)),
                "is the gradient of the predictor's loss, sent back through A",
                "the predictor's loss goes back into the layer",
                "Should the layer change so that its gradient is easier to guess?",
            ),
            (
                "M13",
                "predictor's loss sent back, as a mean",
                lambda v: v.x.T @ (((v.guess - v.true_dh) @ v.A.T) * (1 - v.h**2)) / len(v.x),
                "is the gradient of the predictor's loss, sent back through A",
                "the predictor's loss goes back into the layer",
                "Should the layer change so that its gradient is easier to guess?",
            ),
            (
                "M31",
                "guess and predictor's loss",
                lambda v: (
                    v.x.T @ ((v.guess + (v.guess - v.true_dh) @ v.A.T / len(v.x)) * (1 - v.h**2))
                ),
                "contains the gradient of the predictor's loss besides the guess",
                "the predictor's loss goes back into the layer as well",
                "Should the layer change so that its gradient is easier to guess?",
            ),
            (
                "M31",
                "guess and predictor's loss, as a sum",
                lambda v: v.x.T @ ((v.guess + (v.guess - v.true_dh) @ v.A.T) * (1 - v.h**2)),
                "contains the gradient of the predictor's loss besides the guess",
                "the predictor's loss goes back into the layer as well",
                "Should the layer change so that its gradient is easier to guess?",
            ),
            (
                "M36",
                "guess sent through A",
                lambda v: v.x.T @ ((v.guess @ v.A.T) * (1 - v.h**2)),
                "multiplies the guess by A once more on the way back",
                "the guess goes back through the predictor",
                "With respect to which quantity is the guess a derivative?",
            ),
            (
                "M13",
                "h for x",
                lambda v: v.h.T @ (v.guess * (1 - v.h**2)),
                "pairs the errors with h, not with the inputs of W",
                "h where x belongs",
                "Which quantity does W multiply?",
            ),
            (
                "M9",
                "guess dropped",
                lambda v: v.x.T @ (1 - v.h**2),
                "does not depend on the guess",
                "",
                "What should dW be when the guess is 0?",
            ),
        )
    ),
)
