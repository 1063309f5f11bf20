"""Wrong values of Quiz 1's nodes: functions and brackets misread, and terms too many or too few."""

from __future__ import annotations

import math

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.several_ways import wrong_terms

LOG10_FORWARD = Mistake(
    "M31",
    "log10",
    {"c": lambda v: np.log10(v.x)},
    "your {part} is what the logarithm to base 10 gives.",
    name="log10 where the natural logarithm was meant",
    question="Which logarithm does log(x) mean in this course, and which one does your code use?",
)

WRONG_NODES = (
    LOG10_FORWARD,
    Mistake(
        "M13",
        "sine of x",
        {"e": lambda v: np.sin(v.x)},
        "your {part} is the sine of x itself, not of the node that the formula names.",
        name="the sine of another node",
        question="Which node goes into the sine: x, or the logarithm of x?",
    ),
    Mistake(
        "M30",
        "quotient upside down",
        {"d": lambda v: v.c / v.a},
        "your {part} is the quotient with the two nodes swapped.",
        name="a quotient that is upside down",
        question="Which of the two nodes belongs in the numerator?",
    ),
    Mistake(
        "M30",
        "product for quotient",
        {"f": lambda v: v.e * v.b},
        "your {part} multiplies by exp(xz), but the formula divides.",
        name="a product instead of a quotient",
        question="Is exp(xz) above or below the fraction bar in the last term?",
    ),
    Mistake(
        "M31",
        "lost term",
        {"y": lambda v: v.b + v.d},
        "your {part} is the sum of only the first two terms.",
        name="a missing term",
        question="How many terms does the formula have, and how many does your sum have?",
    ),
    *wrong_terms(
        "M31",
        "a misplaced bracket",
        "Which quantity exactly is each function applied to?",
        {
            "exp(x)·z": (
                "b",
                lambda v: np.exp(v.x) * v.z,
                "your {part} takes the exponential of x and multiplies by z afterwards.",
            ),
            "exp(z)·x": (
                "b",
                lambda v: np.exp(v.z) * v.x,
                "your {part} takes the exponential of z and multiplies by x afterwards.",
            ),
            "e/exp(x)·z": (
                "f",
                lambda v: v.e / np.exp(v.x) * v.z,
                "your {part} divides by the exponential of x and multiplies by z afterwards.",
            ),
            "sine of the whole fraction": (
                "f",
                lambda v: np.sin(v.c / v.b),
                "your {part} takes the sine after dividing by exp(xz), and not before.",
            ),
            "logarithm of the sine": (
                "e",
                lambda v: np.log(np.sin(v.x)),
                "your {part} takes the sine first and the logarithm afterwards.",
            ),
            "sine times logarithm": (
                "e",
                lambda v: np.sin(v.x) * np.log(v.x),
                "your {part} multiplies a sine by a logarithm.",
            ),
            "everything over exp(xz)": (
                "y",
                lambda v: (v.b + v.d + v.e) / v.b,
                "your {part} divides all three terms by exp(xz).",
            ),
            "two terms over the logarithm": (
                "y",
                lambda v: (v.b + v.a) / v.c + v.f,
                "your {part} divides the first term by the logarithm too.",
            ),
            "two terms over exp(xz)": (
                "y",
                lambda v: v.b + (v.d + v.e) / v.b,
                "your {part} divides the second term by exp(xz) too.",
            ),
            "everything after xz over": (
                "y",
                lambda v: v.b + v.a / (v.c + v.f),
                "your {part} has the last term below the fraction bar of the second one.",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "the exponential of another quantity",
        "What exactly is in the exponent?",
        {
            "exp(x + z)": (
                "b",
                lambda v: np.exp(v.x + v.z),
                "your {part} has the sum of x and z in the exponent.",
            ),
            "exp(z) below the sine": (
                "f",
                lambda v: v.e / np.exp(v.z),
                "your {part} divides by the exponential of z, not of xz.",
            ),
            "exp(x) below the sine": (
                "f",
                lambda v: v.e / np.exp(v.x),
                "your {part} divides by the exponential of x, not of xz.",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "another base, or a base and an exponent that are mixed up",
        "Which number is raised to which power in exp(2)?",
        {
            "e·a": (
                "b",
                lambda v: np.multiply(math.e, v.a),
                "your {part} is e times a, not a power of e.",
            ),
            "a to the e": (
                "b",
                lambda v: np.abs(v.a) ** math.e,
                "your {part} raises a to the power e, not e to the power a.",
            ),
            "2 to the a": ("b", lambda v: 2.0**v.a, "your {part} is a power of 2."),
            "10 to the a": ("b", lambda v: 10.0**v.a, "your {part} is a power of 10."),
            "x to the z": ("a", lambda v: v.x**v.z, "your {part} raises x to the power z."),
        },
    ),
    *wrong_terms(
        "M31",
        "degrees where radians are meant",
        "In which unit does the sine of NumPy expect an angle?",
        {
            "into radians": (
                "e",
                lambda v: np.sin(np.radians(v.c)),
                "your {part} treats the logarithm as an angle in degrees.",
            ),
            "into degrees": (
                "e",
                lambda v: np.sin(np.degrees(v.c)),
                "your {part} turns the logarithm into degrees before it takes the sine.",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "another function than the one in the formula",
        "Which function stands in the formula, and which one is in your line?",
        {
            "cosine": ("e", lambda v: np.cos(v.c), "your {part} is a cosine."),
            "tangent": ("e", lambda v: np.tan(v.c), "your {part} is a tangent."),
            "hyperbolic sine": ("e", lambda v: np.sinh(v.c), "your {part} is a hyperbolic sine."),
            "logarithm of 1 + x": (
                "c",
                lambda v: np.log1p(v.x),
                "your {part} is the logarithm of 1 + x, as np.log1p gives it.",
            ),
        },
    ),
    *wrong_terms(
        "M13",
        "the sine of another node",
        "Which node goes into the sine?",
        {
            "sine of log(xz)": (
                "e",
                lambda v: np.sin(np.log(np.abs(v.a))),
                "your {part} is the sine of the logarithm of xz.",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "the logarithm of another quantity",
        "Of which quantity is the logarithm taken in the second term?",
        {
            "log(xz) in the denominator": (
                "d",
                lambda v: v.a / np.log(np.abs(v.a)),
                "your {part} divides by the logarithm of xz.",
            ),
            "the logarithm of the quotient": (
                "d",
                lambda v: np.log(np.abs(v.a)),
                "your {part} is the logarithm of xz, without a quotient.",
            ),
            "log(xz) − log(x)": (
                "d",
                lambda v: v.a - v.c,
                "your {part} is the difference of xz and the logarithm.",
            ),
        },
    ),
    *wrong_terms(
        "M30",
        "a difference instead of a quotient",
        "Which operation does the fraction bar stand for?",
        {
            "e − b": ("f", lambda v: v.e - v.b, "your {part} subtracts exp(xz)."),
        },
    ),
    *wrong_terms(
        "M31",
        "a sum where the formula has a product, or the other way round",
        "Which operation stands between these quantities in the formula?",
        {
            "x + z": ("a", lambda v: v.x + v.z, "your {part} is the sum of x and z."),
            "y as a product": (
                "y",
                lambda v: v.b * v.d * v.f,
                "your {part} is the product of the three terms.",
            ),
            "the last two multiplied": (
                "y",
                lambda v: v.b + v.d * v.f,
                "your {part} multiplies the last two terms.",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "a term too many",
        "How many terms does the formula have, and how many does your sum have?",
        {
            "a added": ("y", lambda v: v.a + v.b + v.d + v.f, "your {part} also adds a."),
            "e added": ("y", lambda v: v.b + v.d + v.e + v.f, "your {part} also adds e."),
            "c added": ("y", lambda v: v.b + v.c + v.d + v.f, "your {part} also adds c."),
            "all six added": (
                "y",
                lambda v: v.a + v.b + v.c + v.d + v.e + v.f,
                "your {part} adds all six nodes.",
            ),
        },
    ),
)
