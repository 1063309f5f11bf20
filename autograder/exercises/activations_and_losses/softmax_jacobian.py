"""The Jacobian of the softmax and its product with the upstream gradient.

Notation of deck D2: `b` before the softmax, `y` after it, both of shape (K,) for one example.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.activations_and_losses.formulas import UNIT, quiet, softmax
from autograder.exercises.activations_and_losses.largest_size import (
    largest_size_subtracted,
    softmax_by_the_largest_size,
)
from autograder.exercises.activations_and_losses.softmax_jacobian_mistakes import FURTHER


def _by_raw_exponentials(b: Any) -> Any:
    return np.exp(b) / np.exp(b).sum()


def _jacobian(y: Any) -> Any:
    return np.diag(y) - np.outer(y, y)


def _logits(classes: int, shift: float = 0.0) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {"b": shift + rng.normal(size=classes), "upstream": rng.normal(size=classes)}

    return draw


def _far_apart(rng: np.random.Generator) -> Inputs:
    b = rng.permutation([1.0, 1.0, -1.0, -1.0]) * 899.0 + rng.uniform(-1, 1, 4)
    return {"b": b, "upstream": rng.normal(size=4)}


SOFTMAX_JACOBIAN_EXERCISE = Exercise(
    id="softmax.jacobian",
    unit=UNIT,
    title="The Jacobian of the softmax",
    objectives=("O4",),
    deck="D2, Multi-Class Output; D0, Chain Rule (vector to vector)",
    steps={
        "y": lambda v: softmax(v.b),
        "jacobian": lambda v: _jacobian(v.y),
        "db": lambda v: v.upstream @ v.jacobian,
    },
    parts=(
        Part("jacobian", 1, "∂y_k/∂b_l"),
        Part("db", 1, "upstream × Jacobian"),
    ),
    probes=(
        Probe("5 classes", _logits(5)),
        Probe("3 classes", _logits(3)),
        Probe("logits near 800", _logits(3, 800.0), special=True),
        Probe("logits near −800", _logits(3, -800.0), special=True),
        Probe("logits of 900 and −900 in one example", _far_apart, corner=True),
        *corners(b=Real("K", largest=4.0), upstream=Real("K")),
    ),
    tolerance=1e-9,
    why_tolerance="logits of 800 carry an absolute round-off of 1e-13",
    derivatives=("jacobian", "db"),
    mistakes=(
        Mistake(
            "M23",
            "diagonal only",
            {"jacobian": lambda v: np.diag(v.y * (1 - v.y))},
            "your {part} is zero off the diagonal, as if raising one logit left all the other "
            "probabilities unchanged.",
        ),
        Mistake(
            "M23",
            "only y on the diagonal",
            {"jacobian": lambda v: np.diag(v.y)},
            "your {part} has y on the diagonal and nothing else, as if the softmax did not divide "
            "by its sum.",
        ),
        Mistake(
            "M1",
            "the outer product added",
            {"jacobian": lambda v: np.diag(v.y) + np.outer(v.y, v.y)},
            "in your {part}, the outer product of y with itself is added.",
            name="the wrong sign on the outer product",
            question="The probabilities add up to 1. What do the entries of a column add up to?",
        ),
        Mistake(
            "M23",
            "off-diagonal without the diagonal",
            {"jacobian": lambda v: -np.outer(v.y, v.y)},
            "every entry of your {part} is negative, even those on the diagonal.",
            name="the extra term on the diagonal is left out",
            question="If its own logit rises, does a probability rise or fall?",
        ),
        Mistake(
            "M1",
            "sign off the diagonal",
            {"jacobian": lambda v: np.outer(v.y, v.y) + np.diag(v.y * (1 - 2 * v.y))},
            "your {part} is right on the diagonal, but has the opposite sign off the diagonal.",
            name="the wrong sign off the diagonal",
            question="The probabilities add up to 1. If one rises, what do the others do?",
        ),
        Mistake(
            "M13",
            "logits for probabilities",
            {"jacobian": lambda v: np.diag(v.b) - np.outer(v.b, v.b)},
            "your {part} is built from the logits b.",
            name="logits instead of probabilities",
            question="Are the entries of your Jacobian made from numbers between 0 and 1?",
        ),
        Mistake(
            "M23",
            "diagonal only in the product",
            {"db": lambda v: v.upstream * v.y * (1 - v.y)},
            "your {part} has one term per entry, as if the Jacobian were diagonal.",
        ),
        Mistake(
            "M12",
            "elementwise product with the Jacobian's row sums",
            {"db": lambda v: v.upstream * v.y},
            "your {part} multiplies y entry by entry, and nothing is subtracted.",
            name="the sum over all classes is left out",
            question=(
                "If all entries of upstream are equal, they weight probabilities that always add "
                "up to 1. Can a logit change that sum, and what does your line give then?"
            ),
        ),
        Mistake(
            "M1",
            "sign of the sum",
            {"db": lambda v: v.y * (v.upstream + v.upstream @ v.y)},
            "in your {part}, the sum over the classes is added, but it should be subtracted.",
            name="the wrong sign on the sum over the classes",
            question="What does your line give when all entries of upstream are 1?",
        ),
        Mistake(
            "M9",
            "upstream dropped",
            {"db": lambda v: v.y * (1 - v.y)},
            "your {part} does not depend on the gradient from above.",
        ),
        Mistake(
            "M25",
            "exponentials of raw logits",
            {
                "jacobian": quiet(lambda v: _jacobian(_by_raw_exponentials(v.b))),
                "db": quiet(lambda v: v.upstream @ _jacobian(_by_raw_exponentials(v.b))),
            },
            "your {part} is right for ordinary logits, but nan for logits near 800 and −800.",
            name="an overflow in the softmax",
        ),
        largest_size_subtracted(
            jacobian=lambda v: _jacobian(softmax_by_the_largest_size(v.b)),
            db=lambda v: v.upstream @ _jacobian(softmax_by_the_largest_size(v.b)),
        ),
        Mistake(
            "M3",
            "plain mean over the classes",
            {"db": lambda v: v.y * (v.upstream - v.upstream.mean())},
            "in your {part}, all classes count equally in the sum.",
            name="a plain mean instead of a weighted one",
            question="What is the weight of each class in the sum over the classes?",
        ),
        Mistake(
            "M5",
            "softmax stepped over",
            {"db": lambda v: v.upstream * 1.0},
            "your {part} is the upstream gradient, unchanged.",
            name="the softmax is skipped",
            question="What lies between b and y?",
        ),
        *FURTHER,
    ),
    variants={
        "entry by entry": lambda b, upstream: _jacobian_by_entries(b, upstream),
        "by broadcasting": lambda b, upstream: _jacobian_by_broadcasting(b, upstream),
    },
    hints=(
        "Raise one logit. Which probabilities move, and in which direction?",
        "Use the quotient rule twice: for the entry whose own logit moves, and for any other "
        "entry. Write both in terms of y only.",
        "With K = 2, the first probability is e^b₁/(e^b₁ + e^b₂) = σ(b₁ − b₂). So ∂y₁/∂b₁ is σ′ "
        "and ∂y₁/∂b₂ is −σ′: each row of the Jacobian adds up to 0. Check that yours does. For "
        "db, entry l is the sum over k of upstream_k times ∂y_k/∂b_l; write it out and factor "
        "out y_l.",
    ),
)


def _jacobian_by_entries(b: Any, upstream: Any) -> dict[str, Any]:
    y = softmax(b)
    K = len(b)
    jacobian = np.zeros((K, K))
    for k in range(K):
        for m in range(K):
            jacobian[k, m] = y[k] * ((k == m) - y[m])
    return {"jacobian": jacobian, "db": jacobian.T @ upstream}


def _jacobian_by_broadcasting(b: Any, upstream: Any) -> dict[str, Any]:
    y = np.exp(b - np.logaddexp.reduce(b))
    jacobian = (np.eye(len(y)) - y) * y[:, None]
    return {"jacobian": jacobian, "db": np.einsum("k,kl->l", upstream, jacobian)}


EXERCISES = (SOFTMAX_JACOBIAN_EXERCISE,)
