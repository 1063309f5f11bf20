"""Wrong slopes of the sigmoid circuit's gates, one by one and as one sigmoid."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.computation_graphs.circuit_mistakes import ADDED, ADDED_QUESTION
from autograder.exercises.several_ways import wrong_terms


def _rounded(digits: int, step: str) -> Mistake:
    """A value that is rounded on the way, as the slides print it."""
    right: dict[str, Step] = {"e": lambda v: np.exp(v.n), "f": lambda v: 1 / v.t}
    return Mistake(
        "M26",
        f"{step} rounded to {digits} digits",
        {step: lambda v: np.round(right[step](v), digits)},
        f"your {{part}} is what you get if {step} is rounded to {digits} digits before it is used.",
        name="a value that is rounded on the way",
        question="Which of your lines rounds a number, or uses one from the slide?",
        hints=(
            "Which of your lines rounds a number, or uses one from the slide?",
            "The slide prints a few digits of each value. The computation needs all of them.",
            "With 1/3 rounded to 0.33, three times it is 0.99, not 1. Round only what you print.",
        ),
    )


WRONG_GATES = (
    Mistake(
        "M1",
        "sign of 1/t",
        {"dt": lambda v: 1 / v.t**2},
        "your {part} is positive, as if f grew with t.",
        name="the wrong sign in the derivative of 1/t",
        question="Does 1/t rise or fall when t grows?",
    ),
    Mistake(
        "M31",
        "denominator not squared",
        {"dt": lambda v: -1 / v.t},
        "your {part} divides by t only once.",
        name="the derivative of 1/t without its square",
        question="What is the derivative of t to the power −1?",
    ),
    Mistake(
        "M5",
        "1/t left out",
        {"dt": lambda v: 1.0},
        "your {part} is 1, the gradient that reached the gate 1/t.",
        name="the local derivative of 1/t is left out",
        question="Which gate lies between t and f, and what is its local derivative?",
    ),
    Mistake(
        "M5",
        "exp left out",
        {"dn": lambda v: v.de},
        "your {part} equals the gradient that reached the exp gate.",
        name="the local derivative of exp is left out",
        question="Which gate lies between n and e, and what is its local derivative?",
    ),
    *wrong_terms(
        "M6",
        "a local derivative evaluated at another gate's value",
        "A local derivative uses what goes into its gate. What goes into this one?",
        {
            "exp of s": (
                "dn",
                lambda v: v.de * np.exp(v.s),
                "your {part} takes the exponential of s, not of n.",
            ),
            "exp of e": (
                "dn",
                lambda v: v.de * np.exp(v.e),
                "your {part} takes the exponential of e, which is an exponential already.",
            ),
            "f for t": (
                "dt",
                lambda v: -1 / v.f**2,
                "your {part} is −1/f², with f where t belongs.",
            ),
        },
    ),
    Mistake(
        "M9",
        "upstream dropped at exp",
        {"dn": lambda v: v.e},
        "your {part} is only the local derivative of exp.",
        name="the incoming gradient is dropped",
        question="Upstream times local: which gradient does e receive from above?",
    ),
    Mistake(
        "M1",
        "negation forgotten",
        {"ds": lambda v: v.dn},
        "your {part} equals your dn, as if there were no gate in between.",
        name="the ×(−1) gate is skipped",
        question="What is the local derivative of n = −s?",
    ),
    *wrong_terms(
        "M31",
        "a wrong derivative of 1/t",
        "What is the derivative of t to the power −1?",
        {
            "a logarithm": ("dt", lambda v: np.log(v.t), "your {part} is the logarithm of t."),
            "differentiated twice": (
                "dt",
                lambda v: -2 / v.t**3,
                "your {part} has t³ in the denominator.",
            ),
            "only the sign": (
                "dt",
                lambda v: -1.0,
                "your {part} is −1, whatever t is.",
            ),
            "square of e only": (
                "dt",
                lambda v: -1 / (1 + v.e**2),
                "your {part} squares e and adds 1 afterwards.",
            ),
        },
    ),
    *wrong_terms(
        "M8",
        "a wrong derivative of exp",
        "How steep is the exponential at 0, and how steep is it at 2?",
        {
            "power rule": (
                "dn",
                lambda v: v.de * v.n * np.exp(v.n - 1),
                "your {part} uses the rule for powers, with the n in front and one less above.",
            ),
            "the sigmoid's slope": (
                "dn",
                lambda v: v.de * v.e * (1 - v.e),
                "your {part} has e(1 − e), which looks like the slope of a sigmoid.",
            ),
        },
        (
            "How steep is the exponential at 0, and how steep is it at 2?",
            "In exp(n) the variable stands in the exponent. Which rule applies to that?",
            "From n = 0 to n = 0.1 the exponential grows from 1 to about 1.105, and from n = 2 to "
            "n = 2.1 from 7.389 to about 8.166. How steep is it at each of these places?",
        ),
    ),
    *wrong_terms(
        "M9",
        ADDED,
        ADDED_QUESTION,
        {
            "upstream plus local at exp": (
                "dn",
                lambda v: v.de + v.e,
                "your {part} adds the incoming gradient to the local derivative.",
            ),
            "upstream plus local at ×(−1)": (
                "ds",
                lambda v: v.dn - 1,
                "your {part} adds the incoming gradient to the local derivative.",
            ),
        },
    ),
    Mistake(
        "M1",
        "minus in the exponent left out",
        {"n": lambda v: v.s},
        "your {part} is what you get without the minus in the exponent.",
        name="the minus in the exponent is left out",
        question="When s is large, is f near 0 or near 1?",
    ),
    Mistake(
        "M13",
        "1 + e as it is",
        {"de": lambda v: v.dt + 1},
        "your {part} is what you get if the gate +1 adds 1 on the way back too.",
        name="the gate +1 adds on the way back too",
        question="What is the local derivative of t = 1 + e?",
        hints=(
            "What is the local derivative of t = 1 + e?",
            "A gate that adds a constant shifts its input. Does the shift change how strongly the "
            "output responds?",
            "For q = p + 7, q grows by 0.1 when p grows by 0.1. If dq is 3, what must dp be?",
        ),
    ),
    *(_rounded(digits, "e") for digits in (2, 3, 4)),
)

WRONG_SIGMOIDS = (
    Mistake(
        "M6",
        "s(1 − s) with the gate's input",
        {"ds": lambda v: v.s * (1 - v.s)},
        "your {part} is s(1 − s) with the number that goes into the gate.",
        name="the gate's input is used instead of its output",
    ),
    Mistake(
        "M6",
        "sigmoid applied twice",
        {"ds": lambda v: 1 / (1 + np.exp(-v.f)) * (1 - 1 / (1 + np.exp(-v.f)))},
        "your {part} takes the sigmoid of f, which is already the output of a sigmoid.",
        name="the sigmoid is applied twice",
    ),
    Mistake(
        "M5",
        "σ′ left out",
        {"ds": lambda v: 1.0},
        "your {part} is 1, as if f were s.",
        question="Which gate lies between s and f, and what is its local derivative?",
    ),
    Mistake(
        "M6",
        "1 − f² as for tanh",
        {"ds": lambda v: 1 - v.f**2},
        "your {part} is 1 − f².",
        name="the derivative of tanh is used for a sigmoid",
        question="How steep is a sigmoid at 0, and what does your line give there?",
    ),
    Mistake(
        "M5",
        "second factor left out",
        {"ds": lambda v: v.f},
        "your {part} is the gate's output itself.",
        name="the factor 1 − f is left out",
        question="How does the sigmoid change where it is already close to 1?",
    ),
    *wrong_terms(
        "M6",
        "the gate's input and its output are mixed up",
        "Which number does each of the two factors need: the one before the sigmoid or the one "
        "after it?",
        {
            "f(1 − s)": ("ds", lambda v: v.f * (1 - v.s), "your {part} is f(1 − s)."),
            "s(1 − f)": ("ds", lambda v: v.s * (1 - v.f), "your {part} is s(1 − f)."),
            "t(1 − t)": ("ds", lambda v: v.t * (1 - v.t), "your {part} is t(1 − t)."),
            "1 − s²": ("ds", lambda v: 1 - v.s**2, "your {part} is 1 − s²."),
        },
    ),
    *wrong_terms(
        "M8",
        "a wrong slope of the sigmoid",
        "What should this slope be at s = 0, where f is one half?",
        {
            "f − 1": ("ds", lambda v: v.f - 1, "your {part} is f − 1."),
            "f(1 − f)²": ("ds", lambda v: v.f * (1 - v.f) ** 2, "your {part} is f(1 − f)²."),
            "f²(1 − f)": ("ds", lambda v: v.f**2 * (1 - v.f), "your {part} is f²(1 − f)."),
            "−1/t²": (
                "ds",
                lambda v: -1 / v.t**2,
                "your {part} is the derivative of 1/t, without the gates between s and t.",
            ),
            "e/(1 + e²)": (
                "ds",
                lambda v: v.e / (1 + v.e**2),
                "your {part} squares e and adds 1 afterwards.",
            ),
            "logarithm": ("ds", lambda v: np.log(v.f), "your {part} is the logarithm of f."),
            "f + f(1 − f)": (
                "ds",
                lambda v: v.f + v.f * (1 - v.f),
                "your {part} adds f to the slope.",
            ),
        },
    ),
    Mistake(
        "M8",
        "tanh throughout",
        {"f": lambda v: np.tanh(v.s), "ds": lambda v: 1 - np.tanh(v.s) ** 2},
        "your {part} is the slope of tanh.",
        name="tanh instead of the sigmoid",
        question="Between which two numbers does this gate's output lie?",
    ),
    *(_rounded(digits, "f") for digits in (2, 3, 4)),
)
