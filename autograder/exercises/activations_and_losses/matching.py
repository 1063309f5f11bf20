"""Deck D2's matching quiz: which objective is which estimate, answered by gradients.

The output is s = w·x for every example. The objectives and the probabilities are functions of w,
and two of them pick the same w everywhere when their gradients are parallel everywhere.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.draws import always, times
from autograder.exercise import Exercise, Mistake, Part, Probe
from autograder.exercises.activations_and_losses import (
    matching_class_mistakes,
    matching_mistakes,
    matching_prior_mistakes,
    right_objectives,
)
from autograder.exercises.activations_and_losses.asks import ask_for_matches
from autograder.exercises.activations_and_losses.class_gradients import hinge, sides
from autograder.exercises.activations_and_losses.formulas import UNIT
from autograder.exercises.activations_and_losses.matching_draws import (
    almost_met,
    drawn,
    logistic_gradient,
    squares_gradient,
)

LETTERS = "ABCDEF"


def _choice_problem(choice: Any, right: SimpleNamespace) -> str | None:
    if isinstance(choice, str) and choice == right.choice:
        return None
    if isinstance(choice, str) and choice.endswith("is not supported"):
        return f"{choice[0]} contains a pair whose two gradients differ in your own numbers."
    if not isinstance(choice, str) or choice not in LETTERS:
        return "it should be one of the letters A, B, C, D, E or F, as a string."
    return (
        "one of its pairs does not match: compare the two gradients of each pair, one pair at a "
        "time."
    )


MATCHING_EXERCISE = Exercise(
    id="losses.matching",
    unit=UNIT,
    title="The loss-matching quiz, by numbers",
    objectives=("O6",),
    deck="D2, Objective Functions (Matching Quiz)",
    ask=ask_for_matches,
    # Every objective stands here as its gradient by w, so that constants do not matter.
    steps={
        "squared_error": squares_gradient,
        "gaussian": lambda v: squares_gradient(v) / (2 * v.sigma**2),
        "ratio": lambda v: v.gaussian @ v.squared_error / (v.squared_error @ v.squared_error),
        "lam": lambda v: v.sigma**2 / v.tau**2,
        "penalised": lambda v: v.squared_error + 2 * v.lam * v.w,
        "posterior": lambda v: v.gaussian + v.w / v.tau**2,
        "cross_entropy": logistic_gradient,
        "bernoulli": logistic_gradient,
        "hinge": lambda v: hinge(v, sides(v)),
        "choice": lambda v: "E",
    },
    parts=(
        Part("squared_error", 0.2, "objective 1"),
        Part("gaussian", 0.2, "8: negative log-likelihood, Gaussian noise"),
        Part("ratio", 0.2, "gradient of 8 over gradient of 1"),
        Part("lam", 0.2, "the λ for which 2 and 6 agree"),
        Part("penalised", 0.2, "objective 2"),
        Part("posterior", 0.2, "6: negative log-posterior"),
        Part("cross_entropy", 0.2, "objective 3"),
        Part("bernoulli", 0.2, "5: negative log-likelihood, Bernoulli"),
        Part("hinge", 0.2, "objective 4"),
        Part("choice", 0.2, "the letter, if your numbers support it", accept=_choice_problem),
    ),
    probes=(
        Probe("5 examples, 3 weights", drawn(5, 3)),
        Probe("3 examples, 3 weights", drawn(3, 3)),
        Probe("11 examples, 2 weights", drawn(11, 2)),
        Probe("two examples", drawn(2, 3), corner=True),
        Probe("one weight", drawn(4, 1), corner=True),
        Probe("targets y of 0", drawn(4, 3, y=np.zeros_like), corner=True),
        Probe(
            "large targets y and a wide σ",
            drawn(4, 3, y=times(32.0), sigma=times(16.0)),
            corner=True,
        ),
        Probe(
            "large weights, a wide prior and small inputs",
            drawn(4, 3, w=times(2.0**10), tau=times(2.0**10), X=times(2.0**-10)),
            corner=True,
        ),
        Probe("σ = 50 and τ = 0.1", drawn(4, 3, sigma=always(50.0), tau=always(0.1)), corner=True),
        Probe("a narrow σ, and targets that are almost met", almost_met, corner=True),
    ),
    tolerance=1e-6,
    why_tolerance="your objectives are differentiated by finite differences of fourth order",
    batch="X",
    mistakes=(
        Mistake(
            "M2",
            "half the squared error",
            {"squared_error": lambda v: squares_gradient(v) / 2},
            "the gradient of your {part} is half as large as it should be. There is a ½ in front "
            "of the sum.",
            name="a factor ½ in front of the sum",
        ),
        Mistake(
            "M3",
            "mean squared error",
            {"squared_error": lambda v: squares_gradient(v) / len(v.X)},
            "the gradient of your {part} is too small by a factor equal to the number of examples.",
            name="a mean where a sum is needed",
        ),
        Mistake(
            "M1",
            "log-likelihood of the Gaussian",
            {"gaussian": lambda v: -squares_gradient(v) / (2 * v.sigma**2)},
            "your {part} gets larger when the fit improves. It is the log-likelihood itself.",
            name="the log-likelihood without its minus sign",
        ),
        Mistake(
            "M2",
            "standard deviation for variance",
            {"gaussian": lambda v: squares_gradient(v) / (2 * v.sigma)},
            "the gradient of your {part} divides by σ only once.",
            name="the standard deviation instead of the variance",
            question="In the density of a Gaussian, what is (y − s)² divided by?",
        ),
        Mistake(
            "M2",
            "the 2 left out of the Gaussian",
            {"gaussian": lambda v: squares_gradient(v) / v.sigma**2},
            "the gradient of your {part} is twice as large as it should be.",
            name="a factor of 2 in the Gaussian's exponent",
            question="In the density of a Gaussian, what is (y − s)² divided by?",
        ),
        Mistake(
            "M30",
            "ratio upside down",
            {"ratio": lambda v: 2 * v.sigma**2},
            "your {part} has objective 1 in the numerator and objective 8 in the denominator.",
            name="a ratio that is upside down",
            question="If σ is small, which of the two gradients is larger?",
        ),
        Mistake(
            "M2",
            "ratio without the 2",
            {"ratio": lambda v: 1 / v.sigma**2},
            "your {part} is twice as large as it should be. It would match ½ of the squared error.",
            name="the ratio for half the squared error",
            question="Does your objective 1 have a ½ in front?",
        ),
        Mistake(
            "M30",
            "λ is upside down",
            {"lam": lambda v: v.tau**2 / v.sigma**2},
            "your {part} gets larger when the prior becomes wider.",
            name="λ is upside down",
            question="A wide prior says little about the weights. Should λ be large or small then?",
        ),
        Mistake(
            "M22",
            "λ without the noise",
            {"lam": lambda v: 1 / v.tau**2},
            "your {part} does not depend on σ.",
            name="a λ that ignores the noise",
            question=(
                "What did you divide the log-posterior by to reach objective 2? Did you divide "
                "the prior's term too?"
            ),
        ),
        Mistake(
            "M22",
            "half of λ",
            {"penalised": lambda v: squares_gradient(v) + v.lam * v.w},
            "in the gradient of your {part}, the norm's term is only half as large as it should "
            "be.",
            name="(λ/2)‖w‖² instead of λ‖w‖²",
        ),
        Mistake(
            "M22",
            "norm not squared",
            {"penalised": lambda v: squares_gradient(v) + v.lam * v.w / np.linalg.norm(v.w)},
            "in the gradient of your {part}, the norm's term has length λ, whatever w is.",
            name="a norm that is not squared",
            question="What does the quiz call it: the norm, or the squared norm?",
        ),
        Mistake(
            "M22",
            "no prior",
            {"posterior": lambda v: squares_gradient(v) / (2 * v.sigma**2)},
            "your {part} has only the likelihood; no prior pulls the weights towards 0.",
            name="the prior is left out",
            question="The posterior is the likelihood times what?",
        ),
        Mistake(
            "M1",
            "prior with the wrong sign",
            {"posterior": lambda v: squares_gradient(v) / (2 * v.sigma**2) - v.w / v.tau**2},
            "in your {part}, the prior pushes the weights away from 0.",
            name="the wrong sign on the log-prior",
            question="Does this prior find large weights more or less likely than small ones?",
        ),
        Mistake(
            "M1",
            "cross-entropy without its minus",
            {"cross_entropy": lambda v: -logistic_gradient(v)},
            "your {part} gets larger when the fit improves.",
            name="the log-likelihood instead of the cross-entropy",
        ),
        Mistake(
            "M31",
            "only the examples of class 1",
            {"cross_entropy": lambda v: v.X.T @ (v.t * (1 / (1 + np.exp(-v.X @ v.w)) - 1))},
            "your {part} does not change when an example of class 0 does.",
            name="the second term is left out",
            question="What does your sum contain for an example with t = 0?",
        ),
        Mistake(
            "M1",
            "Bernoulli likelihood without its minus",
            {"bernoulli": lambda v: -logistic_gradient(v)},
            "your {part} gets larger when the fit improves. It is the log-likelihood itself.",
            name="the log-likelihood without its minus sign",
        ),
        *matching_mistakes.FURTHER,
        *matching_prior_mistakes.FURTHER,
        *matching_class_mistakes.FURTHER,
    ),
    variants={
        "loops over the examples": right_objectives.by_loops,
        "densities with all their constants": right_objectives.by_densities,
    },
    hints=(
        "Write each probability as a product over the examples, then take the negative logarithm.",
        "The logarithm of a Gaussian density is a constant minus (y − s)²/(2σ²). The constant "
        "does not depend on w and has no effect on the gradient; you may keep it or drop it.",
        "Take one example with Laplace noise. The density is exp(−|y − s|/β)/(2β). Its negative "
        "logarithm is |y − s|/β plus a constant, so it is parallel to the sum of absolute "
        "errors, with ratio 1/β. A prior multiplies the likelihood, so its negative logarithm is "
        "added. Divide everything by the ratio to see which λ is in front of the norm.",
    ),
)


EXERCISES = (MATCHING_EXERCISE,)
