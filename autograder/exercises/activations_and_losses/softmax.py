"""Softmax with cross-entropy: forward, the Jacobian and its product.

Notation of deck D2: `b` before the softmax, `y` after it, `targets` are one-hot rows. Rows are
examples (N of them), columns are classes (K).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.activations_and_losses.activations import UNIT, quiet


def softmax(b: Any, axis: int = -1) -> Any:
    """The softmax of logits b, shape (N, K), over an axis; the same shape (D2)."""
    e = np.exp(b - b.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(b: Any) -> Any:
    """The logarithm of the softmax of each row of b, shape (N, K), without overflow (D2)."""
    shifted = b - b.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _batch(rows: int, classes: int, scale: float = 1.0) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        b = rng.normal(size=(rows, classes))
        if scale > 1:
            # One row is far above 0 and one far below; the right class is not the likely one.
            b = b + scale * rng.permutation(np.linspace(-1, 1, rows))[:, None]
            b[np.arange(rows), rng.integers(classes, size=rows)] += scale
        return {"b": b, "targets": np.eye(classes)[rng.integers(classes, size=rows)]}

    return draw


PROBES = (
    Probe("5 examples, 3 classes", _batch(5, 3)),
    Probe("3 examples, 3 classes", _batch(3, 3)),
    Probe("logits of 800 and more", _batch(7, 5, scale=800.0), special=True),
)

SOFTMAX_FORWARD_EXERCISE = Exercise(
    id="softmax.forward",
    unit=UNIT,
    title="Softmax and cross-entropy",
    objectives=("O3",),
    deck="D2, Multi-Class Output; D2, Objective Functions for NNs",
    steps={
        "y": lambda v: softmax(v.b),
        "J": lambda v: -(v.targets * log_softmax(v.b)).sum() / len(v.b),
    },
    parts=(
        Part("y", 0.75, "the probabilities"),
        Part("J", 0.75, "the mean cross-entropy"),
    ),
    probes=PROBES,
    tolerance=1e-9,
    why_tolerance="logits of 800 carry an absolute round-off of 1e-13",
    batch="b",
    mistakes=(
        Mistake(
            "M24",
            "softmax over the examples",
            {"y": lambda v: softmax(v.b, axis=0)},
            "in your {part} the columns add up to 1, but the rows do not.",
            name="the softmax taken over the examples",
        ),
        Mistake(
            "M24",
            "softmax over everything",
            {"y": lambda v: softmax(v.b.reshape(1, -1)).reshape(v.b.shape)},
            "your {part} adds up to 1 over the whole batch.",
            name="one softmax over the whole batch",
        ),
        Mistake(
            "M25",
            "exponentials of raw logits",
            {"y": quiet(lambda v: np.exp(v.b) / np.exp(v.b).sum(axis=1, keepdims=True))},
            "your {part} is right for ordinary logits, but nan for logits of 800.",
            name="an overflow in the softmax",
            question="What can you subtract from all logits of a row without changing the result?",
        ),
        Mistake(
            "M25",
            "one maximum for all rows",
            {
                "y": quiet(
                    lambda v: (
                        np.exp(v.b - v.b.max()) / np.exp(v.b - v.b.max()).sum(axis=1, keepdims=True)
                    )
                )
            },
            "your {part} is right for ordinary logits, but not finite if one row is far below "
            "another.",
            name="one maximum subtracted from all rows",
            question=(
                "If the logits of one row are near 800 and those of another are near −800, what "
                "is left of the second row after your subtraction?"
            ),
        ),
        Mistake(
            "M25",
            "logarithm of a probability that is 0",
            {"J": quiet(lambda v: -(np.log(v.y) * v.targets).sum() / len(v.b))},
            "your {part} is right for ordinary logits, but not finite where a probability is so "
            "small that it was rounded to 0.",
            name="the logarithm of a probability that was rounded to 0",
            question="The logarithm undoes the exponential. Must you compute the exponential at "
            "all?",
        ),
        Mistake(
            "M25",
            "a small number added inside the logarithm",
            {"J": lambda v: -(np.log(v.y + 1e-12) * v.targets).sum() / len(v.b)},
            "your {part} is a little off everywhere, and far off where a probability is tiny.",
            name="a small number added inside the logarithm",
            question="The loss of a logit that is 800 too low is about 800. What is yours?",
        ),
        Mistake(
            "M1",
            "the log-likelihood",
            {"J": lambda v: (v.targets * log_softmax(v.b)).sum() / len(v.b)},
            "your {part} is negative: it gets larger as the prediction improves.",
            name="the log-likelihood instead of the loss",
        ),
        Mistake(
            "M3",
            "sum over the examples",
            {"J": lambda v: -(v.targets * log_softmax(v.b)).sum()},
            "your {part} is too large by a factor that equals the number of examples.",
        ),
        Mistake(
            "M3",
            "mean over examples and classes",
            {"J": lambda v: -(v.targets * log_softmax(v.b)).mean()},
            "your {part} is too small by a factor that equals the number of classes.",
            name="a mean over the classes too",
            question="How many entries of a one-hot row contribute, and what do you divide by?",
        ),
        Mistake(
            "M4",
            "averaged twice",
            {"J": lambda v: -(v.targets * log_softmax(v.b)).sum() / len(v.b) ** 2},
            "your {part} is divided by the number of examples twice.",
            question="After a mean over the examples, what is left to divide by?",
        ),
    ),
    variants={
        "logsumexp": lambda b, targets: _forward_by_logsumexp(b, targets),
        "row by row, by class number": lambda b, targets: _forward_by_rows(b, targets),
    },
    hints=(
        "Print the sum of each row of y, and then try logits of 800.",
        "Subtracting one number from all logits of a row changes nothing in y. And you can "
        "compute log y before any exponential is rounded to 0.",
        "Take a row with two logits u > v. Then log y of the second is v − u − log(1 + e^(v−u)). "
        "The difference v − u is negative, so nothing overflows, and if e^(v−u) is rounded to 0 "
        "the result is simply v − u. With more logits, subtract the largest one first, and then "
        "take the logarithm of the sum.",
    ),
)


def _forward_by_logsumexp(b: Any, targets: Any) -> dict[str, Any]:
    log_sums = np.logaddexp.reduce(b, axis=1)
    return {
        "y": np.exp(b - log_sums[:, np.newaxis]),
        "J": float(np.mean(log_sums - (b * targets).sum(axis=1))),
    }


def _forward_by_rows(b: Any, targets: Any) -> dict[str, Any]:
    y, total = np.zeros(b.shape), 0.0
    for i, row in enumerate(b):
        exps = np.exp(row - max(row))
        y[i] = exps / sum(exps)
        total += max(row) + np.log(sum(exps)) - row[int(np.argmax(targets[i]))]
    return {"y": y, "J": total / len(b)}


def _by_raw_exponentials(b: Any) -> Any:
    return np.exp(b) / np.exp(b).sum()


def _jacobian(y: Any) -> Any:
    return np.diag(y) - np.outer(y, y)


def _logits(classes: int, scale: float = 1.0) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        b = rng.normal(size=classes)
        if scale > 1:
            b = b + rng.choice([-scale, scale])
        return {"b": b, "upstream": rng.normal(size=classes)}

    return draw


SOFTMAX_JACOBIAN_EXERCISE = Exercise(
    id="softmax.jacobian",
    unit=UNIT,
    title="The Jacobian of the softmax",
    objectives=("O4",),
    deck="D2, Multi-Class Output; D0, Chain Rule (vector to vector)",
    steps={
        "y": lambda v: softmax(v.b),
        "jacobian": lambda v: _jacobian(v.y),
        "db": lambda v: v.y * (v.upstream - v.upstream @ v.y),
    },
    parts=(
        Part("jacobian", 1, "∂y_k/∂b_l"),
        Part("db", 1, "upstream × Jacobian"),
    ),
    probes=(
        Probe("5 classes", _logits(5)),
        Probe("3 classes", _logits(3)),
        Probe("logits near 800 or −800", _logits(3, scale=800.0), special=True),
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
            "off-diagonal without the diagonal",
            {"jacobian": lambda v: -np.outer(v.y, v.y)},
            "every entry of your {part} is negative, even those on the diagonal.",
            name="the extra term on the diagonal left out",
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
            name="the sum over all classes left out",
            question=(
                "If all entries of upstream are equal, they weight probabilities that always add "
                "up to 1. Can a logit change that sum, and what does your line give then?"
            ),
        ),
        Mistake(
            "M1",
            "sign of the sum",
            {"db": lambda v: v.y * (v.upstream + v.upstream @ v.y)},
            "in your {part} the sum over the classes is added, but it should be subtracted.",
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
            "your {part} is right for ordinary logits, but nan for logits near 800 or −800.",
            name="an overflow in the softmax",
        ),
        Mistake(
            "M3",
            "plain mean over the classes",
            {"db": lambda v: v.y * (v.upstream - v.upstream.mean())},
            "in your {part} all classes count equally in the sum.",
            name="a plain mean instead of a weighted one",
            question="What is the weight of each class in the sum over the classes?",
        ),
        Mistake(
            "M5",
            "softmax stepped over",
            {"db": lambda v: v.upstream * 1.0},
            "your {part} is the upstream gradient, unchanged.",
            name="the softmax skipped",
            question="What lies between b and y?",
        ),
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


EXERCISES = (SOFTMAX_FORWARD_EXERCISE, SOFTMAX_JACOBIAN_EXERCISE)
