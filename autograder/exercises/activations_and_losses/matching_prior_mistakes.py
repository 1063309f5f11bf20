"""Further ways in which people get the penalty and the prior of the quiz wrong, as gradients."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.several_ways import several_ways

FURTHER = (
    *several_ways(
        "M22",
        "the sum of the absolute weights instead of their squares",
        "How is the squared norm of (3, −4) computed?",
        (
            "L1 in the penalty",
            {"penalised": lambda v: v.squared_error + v.lam * np.sign(v.w)},
            "in the gradient of your {part}, every weight is pulled by the same amount.",
        ),
        (
            "L1 in the prior",
            {"posterior": lambda v: v.gaussian + np.sign(v.w) / v.tau},
            "in the gradient of your {part}, every weight is pulled by the same amount.",
        ),
    ),
    Mistake(
        "M22",
        "penalty subtracted",
        {"penalised": lambda v: v.squared_error - 2 * v.lam * v.w},
        "in your {part}, the penalty is subtracted.",
        name="the wrong sign on the penalty",
        question="Should large weights make the objective larger or smaller?",
    ),
    *several_ways(
        "M22",
        "a penalty that is counted once per example",
        "How many times does the norm of w occur in the formula, if there are ten examples?",
        (
            "the penalty inside the sum",
            {"penalised": lambda v: v.squared_error + 2 * len(v.X) * v.lam * v.w},
            "in your {part}, the penalty is inside the sum over the examples.",
        ),
        (
            "the prior inside the sum",
            {"posterior": lambda v: v.gaussian + len(v.X) * v.w / v.tau**2},
            "in your {part}, the prior is inside the sum over the examples.",
        ),
    ),
    *several_ways(
        "M22",
        "a mean of the squared weights instead of a sum",
        "Is the squared norm of (3, 4) 25, or half of that?",
        (
            "mean in the penalty",
            {"penalised": lambda v: v.squared_error + 2 * v.lam * v.w / len(v.w)},
            "in your {part}, the squared weights are averaged.",
        ),
        (
            "mean in the prior",
            {"posterior": lambda v: v.gaussian + v.w / v.tau**2 / len(v.w)},
            "in your {part}, the squared weights are averaged.",
        ),
    ),
    *several_ways(
        "M22",
        "the square of the sum of the weights",
        "How is the squared norm of (3, −3) computed?",
        (
            "sum squared in the penalty",
            {"penalised": lambda v: v.squared_error + 2 * v.lam * np.full(len(v.w), v.w.sum())},
            "your {part} adds up the weights first and squares the sum.",
        ),
        (
            "sum squared in the prior",
            {"posterior": lambda v: v.gaussian + np.full(len(v.w), v.w.sum()) / v.tau**2},
            "your {part} adds up the weights first and squares the sum.",
        ),
    ),
    *several_ways(
        "M3",
        "a mean over the examples beside a whole penalty",
        "Does the first term of this objective divide by the number of examples?",
        (
            "mean in objective 2",
            {"penalised": lambda v: v.squared_error / len(v.X) + 2 * v.lam * v.w},
            "in your {part}, the errors are averaged and the penalty is not.",
        ),
        (
            "mean in the posterior",
            {"posterior": lambda v: v.gaussian / len(v.X) + v.w / v.tau**2},
            "in your {part}, the log-likelihood is averaged and the prior is not.",
        ),
    ),
    *several_ways(
        "M22",
        "a different constant in front of the norm",
        "What stands in front of the norm in the text, and is it your own λ?",
        (
            "1/τ² in the penalty",
            {"penalised": lambda v: v.squared_error + 2 * v.w / v.tau**2},
            "in your {part}, the norm is divided by τ².",
        ),
        (
            "1/(2τ²) in the penalty",
            {"penalised": lambda v: v.squared_error + v.w / v.tau**2},
            "in your {part}, the norm is divided by 2τ².",
        ),
    ),
    *several_ways(
        "M22",
        "the prior's standard deviation instead of its variance",
        "In the density of a Gaussian, what is w² divided by?",
        (
            "τ in the prior",
            {"posterior": lambda v: v.gaussian + v.w / v.tau},
            "in your {part}, the prior divides by τ only once.",
        ),
        (
            "τ in the prior, and no 2",
            {"posterior": lambda v: v.gaussian + 2 * v.w / v.tau},
            "in your {part}, the prior divides by τ only once.",
        ),
    ),
    *several_ways(
        "M22",
        "λ in the posterior, where τ belongs",
        "Is the log-posterior divided by anything before you add the prior?",
        (
            "λ‖w‖² in the posterior",
            {"posterior": lambda v: v.gaussian + 2 * v.lam * v.w},
            "in your {part}, λ stands in front of the norm.",
        ),
        (
            "½λ‖w‖² in the posterior",
            {"posterior": lambda v: v.gaussian + v.lam * v.w},
            "in your {part}, half of λ stands in front of the norm.",
        ),
    ),
    Mistake(
        "M22",
        "the prior's norm without its square",
        {"posterior": lambda v: v.gaussian + v.w / np.linalg.norm(v.w) / (2 * v.tau**2)},
        "in the gradient of your {part}, the prior's term has the same length for every w.",
        name="a norm that is not squared",
        question="In the density of a Gaussian, what stands in the exponent?",
    ),
)
