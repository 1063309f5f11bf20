"""What people get wrong about the size of the L2 penalty."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.training.regulariser_steps import BIASES, WEIGHTS, squares


def _mean_squares(v: SimpleNamespace) -> Any:
    return sum(np.mean(v.parameters[name] ** 2) for name in WEIGHTS)


def _penalty(term: Callable[[Any], Any], half: float) -> Step:
    """λ times a sum over the matrices of weights of what a function makes of each."""
    return lambda v: half * v.lam * sum(term(v.parameters[name]) for name in WEIGHTS)


def _sum_of_squares(half: float, names: tuple[str, ...]) -> Step:
    return lambda v: half * v.lam * squares(v, names)


PENALTY_MISTAKES = (
    Mistake(
        "M22",
        "½ left out of the penalty",
        {"penalty": lambda v: v.lam * squares(v, WEIGHTS)},
        "your {part} is twice as large as it should be.",
        name="the ½ of the penalty is left out",
        question="What is in front of Σ w² in the definition?",
    ),
    Mistake(
        "M22",
        "biases in the penalty",
        {"penalty": lambda v: 0.5 * v.lam * squares(v, WEIGHTS + BIASES)},
        "your {part} counts the biases too.",
        name="a penalty on the biases",
        question="Which tensors does the regulariser leave alone?",
    ),
    Mistake(
        "M3",
        "mean of the squares",
        {"penalty": lambda v: 0.5 * v.lam * _mean_squares(v)},
        "your {part} takes the mean of the squares in each matrix, but the text adds them up.",
        name="a mean where a sum is needed",
    ),
    Mistake(
        "M22",
        "norm not squared",
        {"penalty": lambda v: 0.5 * v.lam * np.sqrt(squares(v, WEIGHTS))},
        "your {part} uses the length of the weight vector, not the square of the length.",
        name="a norm that is not squared",
        question="What is ‖w‖ for the weights 3 and 4, and what is ‖w‖²?",
    ),
    *(
        Mistake(
            "M22",
            f"penalty of {words}",
            {"penalty": _sum_of_squares(0.5, names)},
            f"your {{part}} counts only {words}.",
            name="not every layer's weights are in the penalty",
            question="Does every matrix change your penalty?",
        )
        for words, names in (
            ("W3", WEIGHTS[-1:]),
            ("W1", WEIGHTS[:1]),
            ("W1 and W2", WEIGHTS[:-1]),
            ("W2 and W3", WEIGHTS[1:]),
        )
    ),
    *(
        Mistake(
            "M22",
            f"{slug}{', without ½' if half == 1 else ''}",
            {"penalty": _penalty(term, half)},
            f"your {{part}} {words}.",
            name=name,
            question=question,
        )
        for slug, term, words, name, question in (
            (
                "norms not squared",
                np.linalg.norm,
                "adds up the lengths of the matrices, not the squares of the lengths",
                "a norm that is not squared",
                "What is ‖w‖ for the weights 3 and 4, and what is ‖w‖²?",
            ),
            (
                "spectral norm squared",
                lambda w: np.linalg.norm(w, 2) ** 2,
                "uses the largest singular value of each matrix, which is what "
                "np.linalg.norm(W, 2) gives for a matrix",
                "the spectral norm of the matrices",
                "What does np.linalg.norm with the argument 2 compute for a matrix?",
            ),
            (
                "spectral norm",
                lambda w: np.linalg.norm(w, 2),
                "uses the largest singular value of each matrix, which is what "
                "np.linalg.norm(W, 2) gives for a matrix",
                "the spectral norm of the matrices",
                "What does np.linalg.norm with the argument 2 compute for a matrix?",
            ),
            (
                "absolute values",
                lambda w: np.sum(np.abs(w)),
                "adds up absolute values, as an L1 regulariser does",
                "an L1 penalty instead of L2",
                "Is a weight of −3 worth 3 or 9 in the sum of this penalty?",
            ),
            (
                "squares of sums",
                lambda w: np.sum(w) ** 2,
                "adds up each matrix before it squares",
                "the square is taken after the sum",
                "What is the sum of the squares of 3 and −3, and what is the square of their sum?",
            ),
            (
                "sums without squares",
                np.sum,
                "adds up the weights themselves, without squares",
                "the square is left out of the penalty",
                "Can the penalty of this exercise be below 0?",
            ),
        )
        for half in (0.5, 1.0)
    ),
    *(
        Mistake(
            "M22",
            slug,
            {"penalty": penalty},
            f"your {{part}} {words}.",
            name=name,
            question=question,
        )
        for slug, penalty, words, name, question in (
            (
                "norm not squared, without ½",
                lambda v: v.lam * np.sqrt(squares(v, WEIGHTS)),
                "uses the length of the weight vector, not the square of the length",
                "a norm that is not squared",
                "What is ‖w‖ for the weights 3 and 4, and what is ‖w‖²?",
            ),
            (
                "biases in the penalty, without ½",
                lambda v: v.lam * squares(v, WEIGHTS + BIASES),
                "counts the biases too, and it has no ½",
                "a penalty on the biases, without the ½",
                "Which tensors does the regulariser leave alone, and what is in front of the sum?",
            ),
            (
                "λ left out of the penalty",
                lambda v: 0.5 * squares(v, WEIGHTS),
                "does not depend on λ",
                "λ is left out of the penalty",
                "What should your penalty be when λ is 0?",
            ),
            (
                "λ and ½ left out of the penalty",
                lambda v: squares(v, WEIGHTS),
                "does not depend on λ",
                "λ is left out of the penalty",
                "What should your penalty be when λ is 0?",
            ),
            (
                "λ squared in the penalty",
                lambda v: 0.5 * v.lam**2 * squares(v, WEIGHTS),
                "contains λ², so λ is squared together with the weights",
                "λ is squared",
                "By what factor should the penalty grow when λ doubles?",
            ),
            (
                "squares of the gradients",
                lambda v: 0.5 * v.lam * sum(np.sum(v.gradients[name] ** 2) for name in WEIGHTS),
                "is made from the gradients, not from the weights",
                "the penalty of the gradients instead of the weights",
                "Which of the two dicts holds what the penalty should keep small?",
            ),
        )
    ),
)
