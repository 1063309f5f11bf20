"""Further ways in which people get the quiz's objectives for two classes wrong, as gradients."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activations_and_losses.class_gradients import (
    class_0,
    class_1,
    hinge,
    margin,
    residual,
    sides,
    slopes,
)
from autograder.exercises.activations_and_losses.formulas import (
    sigmoid,
)
from autograder.exercises.several_ways import several_ways


def _product_of_densities(v: SimpleNamespace) -> Any:
    density = np.exp(-(residual(v) ** 2) / (2 * v.sigma**2)) / (v.sigma * np.sqrt(2 * np.pi))
    return np.prod(density)


def _product_of_probabilities(v: SimpleNamespace) -> Any:
    return np.prod(sigmoid(margin(v)))


def _of_classes(part: str) -> tuple[Mistake, ...]:
    """Two terms, one for each class, that are joined wrongly."""
    question = "What does your sum contain for an example with t = 0, and what for t = 1?"
    only_1 = (
        f"{part}: only class 1",
        {part: class_1},
        "your {part} does not change when an example of class 0 does.",
    )
    only_0 = (
        f"{part}: only class 0",
        {part: class_0},
        "your {part} does not change when an example of class 1 does.",
    )
    # The exercise itself has the first of them for the cross-entropy.
    known = part == "cross_entropy"
    return (
        *several_ways(
            "M31",
            "the term of one class is left out",
            question,
            *((only_0,) if known else (only_1, only_0)),
        ),
        *several_ways(
            "M1",
            "the minus reaches only one of the two terms",
            "Does the minus belong to both logarithms? Are there brackets around them?",
            (
                f"{part}: minus before the first term",
                {part: lambda v: class_1(v) - class_0(v)},
                "your {part} is right for class 1 and has the opposite sign for class 0.",
            ),
            (
                f"{part}: minus before the second term",
                {part: lambda v: class_0(v) - class_1(v)},
                "your {part} is right for class 0 and has the opposite sign for class 1.",
            ),
        ),
        *several_ways(
            "M36",
            "squared errors instead of logarithms",
            "Where is the logarithm in your line?",
            (
                f"{part}: squares of t − p",
                {part: lambda v: -2 * v.X.T @ ((v.t - sigmoid(v.X @ v.w)) * slopes(v))},
                "your {part} is made from the squares of t − p.",
            ),
            (
                f"{part}: half the squares of t − p",
                {part: lambda v: -v.X.T @ ((v.t - sigmoid(v.X @ v.w)) * slopes(v))},
                "your {part} is made from half the squares of t − p.",
            ),
        ),
        Mistake(
            "M21",
            f"{part}: targets −1 and +1",
            {part: lambda v: v.X.T @ (sigmoid(v.X @ v.w) - sides(v))},
            "your {part} is what you get with targets of −1 and +1 instead of t.",
            name="targets −1 and +1 where 0 and 1 were meant",
            question="What is 1 − t for an example of the first class?",
            hints=(
                "What is 1 − t for an example of the first class?",
                "A formula with t and 1 − t keeps one of its two terms. For which values of t?",
                "Write t·u + (1 − t)·v for t = 1 and for t = 0. Each time, only one of the two "
                "terms is left. For t = −1 both are left: −u and 2v.",
            ),
        ),
    )


BERNOULLI = (
    *several_ways(
        "M31",
        "the logarithm is left out",
        "What turns the product over the examples into a sum?",
        (
            "minus the product of the probabilities",
            {"bernoulli": lambda v: (class_1(v) + class_0(v)) * _product_of_probabilities(v)},
            "your {part} is minus the product of the probabilities.",
        ),
        (
            "the product of the probabilities",
            {"bernoulli": lambda v: -(class_1(v) + class_0(v)) * _product_of_probabilities(v)},
            "your {part} is the product of the probabilities.",
        ),
        (
            "minus the sum of the probabilities",
            {"bernoulli": lambda v: -v.X.T @ (sides(v) * slopes(v))},
            "your {part} is minus the sum of the probabilities.",
        ),
    ),
    Mistake(
        "M6",
        "the Gaussian for classes",
        {"bernoulli": lambda v: -v.X.T @ (v.t - v.X @ v.w) / v.sigma**2},
        "your {part} treats the classes as if they had Gaussian noise.",
        name="Gaussian noise on the classes",
        question="Which values can t take, and what is the probability of each?",
    ),
)
HINGE = (
    Mistake(
        "M21",
        "hinge with targets 0 and 1",
        {"hinge": lambda v: hinge(v, v.t)},
        "your {part} does not respond to the examples with t = 0.",
        name="targets 0 and 1 where −1 and +1 were meant",
        question="What is 1 − t·s for an example with t = 0?",
        hints=(
            "What is 1 − t·s for an example with t = 0?",
            "The table writes τ, not t. Which values does τ take, and how do you get it from t?",
            "You can write a class with 0 and 1 or with −1 and +1, and each formula is made "
            "for one of the two. With the first, a product such as t·log p keeps a term or "
            "drops it. With the second, a product such as τ·s is positive where the sign is "
            "right and negative where it is wrong, for both classes alike. Take s = 3 and s "
            "= −3 for an example of each class, and write a table of the four products, once "
            "for each way of writing the class. In which of the two tables does every row "
            "tell a good score from a bad one?",
        ),
    ),
    Mistake(
        "M10",
        "hinge without its corner",
        {"hinge": lambda v: -v.X.T @ sides(v)},
        "your {part} still rewards examples that are beyond the margin.",
        name="the hinge without its maximum",
        question="If an example is on the right side by 2, what should it cost?",
    ),
    Mistake(
        "M10",
        "hinge with margin 0",
        {"hinge": lambda v: -v.X.T @ (sides(v) * (margin(v) < 0))},
        "your {part} gives no cost to an example that is right by only a hair.",
        name="the perceptron's loss, a hinge without its margin",
        question="At which score should an example stop costing anything?",
    ),
    *several_ways(
        "M10",
        "a hinge that is squared",
        "What should an example cost whose τ·s is −2?",
        (
            "squared hinge",
            {"hinge": lambda v: -2 * v.X.T @ (sides(v) * np.maximum(0, 1 - margin(v)))},
            "your {part} is made from the squares of the hinge.",
        ),
    ),
    *several_ways(
        "M13",
        "the targets y of the regression in the hinge",
        "Which of y and t says to which class an example belongs?",
        (
            "y in the hinge",
            {"hinge": lambda v: hinge(v, v.y)},
            "your {part} is made from y.",
        ),
        (
            "the sign of y in the hinge",
            {"hinge": lambda v: hinge(v, np.sign(v.y))},
            "your {part} is made from the signs of y.",
        ),
    ),
    Mistake(
        "M13",
        "the prior's τ in the hinge",
        {"hinge": lambda v: hinge(v, v.tau)},
        "your {part} has the prior's standard deviation as the target of every example.",
        name="the τ of the prior instead of the class",
        question="Two things are called τ in this exercise. Which one differs between examples?",
    ),
    Mistake(
        "M6",
        "probabilities in the hinge",
        {"hinge": lambda v: -v.X.T @ (sides(v) * slopes(v))},
        "your {part} is made from p, the output after the sigmoid.",
        name="a sigmoid that is not there",
        question="Which of the objectives contain a sigmoid?",
    ),
    Mistake(
        "M10",
        "the smaller of the two in the hinge",
        {"hinge": lambda v: -v.X.T @ (sides(v) * (margin(v) > 1))},
        "your {part} takes the smaller of 0 and 1 − τs.",
        name="a minimum instead of a maximum",
        question="If an example is on the right side by 2, what should it cost?",
    ),
    Mistake(
        "M10",
        "the maximum after the sum",
        {"hinge": lambda v: -v.X.T @ sides(v) * (np.sum(1 - margin(v)) > 0)},
        "your {part} adds up the examples first and takes the maximum of the sum.",
        name="the maximum is taken after the sum",
        question="Can one example that is far on the right side pay for another that is wrong?",
    ),
)
FURTHER = (
    *_of_classes("cross_entropy"),
    *_of_classes("bernoulli"),
    *BERNOULLI,
    *HINGE,
)
