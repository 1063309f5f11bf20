"""Which assumption does a loss stand for? Four questions, and a reason for every answer.

Source: D2, the matching quiz (losses against maximum likelihood, prior and margin).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...network.losses import binary_cross_entropy_with_logits, hinge
from ..stage.plot import Axes, note
from ..stage.scene import Frame, Question, Scene, View
from ..stage.svg import picture

if TYPE_CHECKING:
    from ..stage.player import Player

ASSUMPTIONS = (
    "The target is the output plus Gaussian noise; the weights are the most likely ones",
    "Gaussian noise on the target, and weights Gaussian around 0; these are the most probable ones",
    "The target is 1 with the probability that the output says; the weights are the most likely",
    "No probability: every example is to lie beyond a margin on its side of the boundary",
)
GAUSSIAN, PRIOR, BERNOULLI, MARGIN = ASSUMPTIONS
# The losses come in the order of the assumptions, which would give the answers away.
OFFERED = (2, 3, 1, 0)


class _Pairing:
    """A loss, its assumption, and why each of the four assumptions fits or does not."""

    def __init__(self, loss: str, formula: str, answer: str, curve: str, *reasons: str) -> None:
        self.loss, self.formula, self.answer, self.curve = loss, formula, answer, curve
        self.reasons = reasons


PAIRINGS = (
    _Pairing(
        "the sum of squared errors",
        "Σ (y − t)²",
        GAUSSIAN,
        "squared",
        "−log of a Gaussian density of t around y is (t − y)²/2σ² plus a constant: minimising the "
        "sum is maximising the likelihood.",
        "A prior on the weights would add a term in ‖w‖², and there is none.",
        "−log of a Bernoulli probability is −t log y − (1 − t) log(1 − y), no square.",
        "An example far on the right side costs much here; a margin would let it go free.",
    ),
    _Pairing(
        "the sum of squared errors plus ‖w‖²",
        "Σ (y − t)² + λ ‖w‖²",
        PRIOR,
        "squared",
        "That explains the first term; where does ‖w‖² come from?",
        "−log of a Gaussian prior around 0 is ‖w‖²/2τ² plus a constant: Bayes' rule adds it to the "
        "−log likelihood, and λ = σ²/τ².",
        "Neither term is the −log of a Bernoulli probability.",
        "A large margin has a ‖w‖² as well, but with the hinge loss, which is 0 beyond the margin.",
    ),
    _Pairing(
        "the cross-entropy",
        "−Σ t log y + (1 − t) log(1 − y)",
        BERNOULLI,
        "cross",
        "−log of a Gaussian density is a square; there is a logarithm of the output here.",
        "There is no term of the weights alone.",
        "The probability of t is yᵗ (1 − y)¹⁻ᵗ, and −log of it is exactly one term of this sum.",
        "The cross-entropy of a right answer is small but never 0; a margin makes it 0.",
    ),
    _Pairing(
        "the hinge loss",
        "Σ max(0, 1 − t·s), t = ±1",
        MARGIN,
        "hinge",
        "A square would punish scores beyond the target; the hinge loss is 0 there.",
        "There is no term of the weights alone, and no square.",
        "The hinge loss is the −log of no probability: it is not smooth at the margin.",
        "It is 0 as soon as t·s ≥ 1: what counts is being on the right side with room to spare.",
    ),
)
COLOURS = {"squared": ("orange", None), "cross": ("blue", "8 4"), "hinge": ("green", "2 4")}


def loss_quiz() -> Player:
    """Match four losses with what they assume; every answer is explained.

    Source: D2, the matching quiz.
    """
    from ..stage.player import Player

    scene = loss_quiz_scene()
    return Player(lambda values: scene)


def loss_quiz_scene() -> Scene:
    """The scene: a question for each loss."""
    scores = np.linspace(-3.0, 3.0, 121)
    curves = {
        "squared": [float((s - 1.0) ** 2) for s in scores],
        "cross": [
            float(binary_cross_entropy_with_logits(np.array([[s]]), np.array([[1.0]])))
            for s in scores
        ],
        "hinge": [float(hinge(np.array([[s]]), np.array([[1.0]]))) for s in scores],
    }
    axes = Axes(
        0,
        0,
        560,
        320,
        (-3, 3),
        (0, 5),
        "loss of one example whose target is 1",
        "score s that leaves the network",
        "",
    )
    words = {"squared": "squared error, y = s", "cross": "cross-entropy, y = sigmoid(s)",
             "hinge": "hinge"}  # fmt: skip
    drawn = axes.frame()
    for i, (name, (colour, dashes)) in enumerate(COLOURS.items()):
        values = [y if y <= 5 else float("nan") for y in curves[name]]
        drawn.append(axes.curve(scores.tolist(), values, colour, name, dashes))
        drawn.append(note(words[name], 80, 340 + 18 * i, colour, dashes))
    frames = [Frame("Four losses, four assumptions: which belongs to which? Step to begin.")]
    for pairing in PAIRINGS:
        reason = pairing.reasons[ASSUMPTIONS.index(pairing.answer)]
        frames.append(
            Frame(
                f"Minimising {pairing.loss}: {pairing.answer}. {reason}",
                pairing.formula,
                (pairing.curve,),
                question=Question(
                    f"Minimising {pairing.loss}: what does it assume?",
                    pairing.answer,
                    tuple(ASSUMPTIONS[i] for i in OFFERED),
                    tuple(pairing.reasons[i] for i in OFFERED),
                    pairing.formula,
                ),
                row=(pairing.loss, pairing.answer, reason),
            )
        )
    title = "Losses and what they assume"
    description = (
        "Three losses of one example with target 1 against the score s: the squared error is a "
        "parabola with its bottom at s = 1, the cross-entropy falls for ever, and the hinge loss "
        "falls in a straight line to 0 at s = 1 and stays there."
    )
    return Scene(
        title,
        description,
        (View("curves", picture(560, 390, title, description, *drawn)),),
        tuple(frames),
        ("loss", "assumption", "because"),
        legend=("solid: squared error; dashed: cross-entropy; dotted: hinge",),
        predict=True,
    )
