"""What people get wrong in the gradient and in the product H v of a Hessian-free step."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.electives.conjugate_gradients import sigmoid
from autograder.exercises.electives.step_mistakes import DAMPING_HINTS


def _with_slope(slope: Step) -> Step:
    return lambda v: (v.x.T * slope(v)) @ v.x / len(v.y)


PRODUCT_MISTAKES = (
    Mistake(
        "M1",
        "y − p",
        {"gradient": lambda v: v.x.T @ (v.y - v.p) / len(v.y)},
        "your {part} is the gradient of the log-likelihood, not of the loss.",
        question="Does the loss fall or rise when p comes closer to y?",
    ),
    Mistake(
        "M5",
        "slope left out of H v",
        {"hessian": lambda v: v.x.T @ v.x / len(v.y)},
        "your {part} is missing the slope of the sigmoid.",
        question="By how much does p change when the number before the sigmoid changes?",
    ),
    Mistake(
        "M3",
        "H v summed",
        {"hessian": lambda v: (v.x.T * (v.p * (1 - v.p))) @ v.x},
        "your {part} uses a sum over the examples, but the exercise asks for the Hessian of "
        "the mean.",
        question="If you gave every example twice, should H v stay the same, or double?",
        name="a sum where a mean is needed",
    ),
    Mistake(
        "M22",
        "damped product",
        {"hv": lambda v: v.hessian @ v.v + v.damping * v.v},
        "your {part} contains the damping, which belongs only to the system that the step solves.",
        name="the damping is in H v as well",
        question="Does the derivative of the gradient in the direction v know of a damping?",
        hints=DAMPING_HINTS,
    ),
    *(
        Mistake(id, slug, {"hv": hv}, f"your {{part}} {words}.", name=name, question=question)
        for id, slug, hv, words, name, question in (
            (
                "M29",
                "sums before pairing",
                lambda v: (v.x.T @ (v.p * (1 - v.p))) * np.mean(v.x @ v.v),
                "adds up the slopes and the x·v of the examples before it multiplies them",
                "sums before pairing",
                "For two examples, which slope belongs to which x·v?",
            ),
            (
                "M12",
                "diagonal only",
                lambda v: np.diag(v.hessian) * v.v,
                "uses only the diagonal of H",
                "only the diagonal of the Hessian",
                "If only the first entry of θ moves, which entries of the gradient change?",
            ),
            (
                "M13",
                "θ for v",
                lambda v: v.hessian @ v.theta,
                "multiplies H by θ",
                "the parameters where the direction belongs",
                "In which direction does the exercise ask for the change of the gradient?",
            ),
            (
                "M13",
                "gradient for v",
                lambda v: v.hessian @ v.gradient,
                "multiplies H by the gradient",
                "the gradient where the direction belongs",
                "In which direction does the exercise ask for the change of the gradient?",
            ),
            (
                "M31",
                "gradient of the moved parameters",
                lambda v: v.x.T @ (sigmoid(v.x @ (v.theta + v.v)) - v.y) / len(v.y),
                "is the gradient at θ + v",
                "the gradient at another place instead of its derivative",
                "What should H v be when v is 0?",
            ),
            (
                "M33",
                "difference of gradients, step 1",
                lambda v: v.x.T @ (sigmoid(v.x @ (v.theta + v.v)) - v.p) / len(v.y),
                "is the difference of the gradients at θ + v and at θ, a whole step apart",
                "a difference of gradients instead of a derivative",
                "If you double v, is your result exactly twice as large?",
            ),
        )
    ),
    *(
        Mistake(
            id,
            f"slope as {words}",
            {"hessian": _with_slope(slope)},
            f"your {{part}} comes from a product in which the slope of the sigmoid is written as "
            f"{words}.",
            name=name,
            question=question,
        )
        for id, words, slope, name, question in (
            (
                "M6",
                "σ(p)(1 − σ(p))",
                lambda v: sigmoid(v.p) * (1 - sigmoid(v.p)),
                "the sigmoid is applied once more in its own slope",
                "Is p the number before the sigmoid or after it?",
            ),
            (
                "M8",
                "p",
                lambda v: v.p,
                "the slope of the sigmoid is written wrongly",
                "What is the derivative of the sigmoid, written with its value p?",
            ),
            (
                "M8",
                "1 − p",
                lambda v: 1 - v.p,
                "the slope of the sigmoid is written wrongly",
                "What is the derivative of the sigmoid, written with its value p?",
            ),
            (
                "M8",
                "1 − p²",
                lambda v: 1 - v.p**2,
                "the slope of tanh is used for the sigmoid",
                "Of which activation is 1 − p² the slope?",
            ),
            (
                "M13",
                "p − y",
                lambda v: v.p - v.y,
                "the error where the slope belongs",
                "What is the derivative of p − y with respect to the number before the sigmoid?",
            ),
            (
                "M13",
                "the square of p − y",
                lambda v: (v.p - v.y) ** 2,
                "the squared errors where the slopes belong",
                "What is the derivative of p − y with respect to the number before the sigmoid?",
            ),
            (
                "M7",
                "the square of p(1 − p), as with a squared error",
                lambda v: (v.p * (1 - v.p)) ** 2,
                "the slope of the sigmoid is taken twice",
                "How many times does the way from θ to the gradient go through a sigmoid?",
            ),
        )
    ),
    Mistake(
        "M7",
        "extra slope in the gradient",
        {"gradient": lambda v: v.x.T @ ((v.p - v.y) * v.p * (1 - v.p)) / len(v.y)},
        "your {part} has a factor p(1 − p), which should have cancelled.",
    ),
    Mistake(
        "M31",
        "targets left out",
        {"gradient": lambda v: v.x.T @ v.p / len(v.y)},
        "your {part} does not depend on y.",
        name="the targets are left out of the gradient",
        question="What should the gradient be when every p equals its y?",
    ),
    Mistake(
        "M6",
        "p without its sigmoid",
        {"gradient": lambda v: v.x.T @ (v.x @ v.theta - v.y) / len(v.y)},
        "your {part} compares xθ with y, without a sigmoid.",
        name="the sigmoid is left out of the prediction",
        question="Can the prediction of your gradient be above 1?",
    ),
)
