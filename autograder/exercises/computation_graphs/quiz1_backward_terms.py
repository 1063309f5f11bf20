"""Wrong terms in the backward pass of Quiz 1: slopes of other operations, or at other nodes."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.computation_graphs.quiz1_backward_mistakes import PARTS
from autograder.exercises.several_ways import wrong_terms

_ANOTHER_NODE_HINTS = (
    "Which node goes into this operation, and at which node does your line take its slope?",
    "A local derivative uses the number that went into the operation.",
    "For y = exp(t) with t = u³ the local derivative of exp is exp(t). It is neither exp(u) nor "
    "exp(y).",
)
_SINE_HINTS = (
    "Just to the right of 0, how steep is the sine?",
    "Draw the sine, and draw its slope below it.",
    "The sine rises as fast as its argument at 0, and at π/2, its maximum, it is flat. Which "
    "function is 1 at 0 and 0 at π/2?",
)
_LOGARITHM_HINTS = (
    "How steep is the logarithm at 1, and how steep at 10?",
    "Differentiate the logarithm once, on paper. In this course log is the natural logarithm.",
    "From 10 to 11 the natural logarithm grows by about 0.095, from 100 to 101 by about 0.00995. "
    "Which simple function of 10 and of 100 gives about these numbers?",
)

WRONG_TERMS = (
    Mistake(
        "M6",
        "exp of b",
        # These numbers are so large that nothing is paid for what follows from them.
        {"da": lambda v: v.db * np.exp(v.b) + v.dd / v.c, "dx": PARTS["dx"], "dz": PARTS["dz"]},
        "in your {part}, the exponential is taken at b, which is itself an exponential.",
        name="a local derivative evaluated at another node's value",
        question="Which node goes into the exponential, and at which node do you take its slope?",
        hints=_ANOTHER_NODE_HINTS,
    ),
    *wrong_terms(
        "M6",
        "a local derivative evaluated at another node's value",
        "Which node goes into this operation, and at which node does your line take its slope?",
        {
            "cosine of e": (
                "dc",
                lambda v: -v.dd * v.a / v.c**2 + v.de * np.cos(v.e),
                "your {part} takes the cosine of e, but the sine was not applied to e.",
            ),
            "cosine of x": (
                "dc",
                lambda v: -v.dd * v.a / v.c**2 + v.de * np.cos(v.x),
                "your {part} takes the cosine of x, but the sine was not applied to x.",
            ),
            "cosine of a": (
                "dc",
                lambda v: -v.dd * v.a / v.c**2 + v.de * np.cos(v.a),
                "your {part} takes the cosine of a, but the sine was not applied to a.",
            ),
        },
        _ANOTHER_NODE_HINTS,
    ),
    *wrong_terms(
        "M31",
        "the numerator is left out of the derivative of a quotient",
        "If the numerator doubles, does the slope with respect to the denominator change?",
        {
            "a left out of the quotient": (
                "dc",
                lambda v: -v.dd / v.c**2 + v.de * np.cos(v.c),
                "in your {part}, the contribution of d does not contain its numerator.",
            ),
            "e left out of the quotient": (
                "db",
                lambda v: 1 - v.df / v.b**2,
                "in your {part}, the contribution of f does not contain its numerator.",
            ),
            "a left out of the quotient, not squared": (
                "dc",
                lambda v: -v.dd / v.c + v.de * np.cos(v.c),
                "in your {part}, the contribution of d does not contain its numerator.",
            ),
            "e left out of the quotient, not squared": (
                "db",
                lambda v: 1 - v.df / v.b,
                "in your {part}, the contribution of f does not contain its numerator.",
            ),
            "a left out of the quotient, plus 1/c": (
                "dc",
                lambda v: v.dd / v.c + v.de * np.cos(v.c),
                "in your {part}, the contribution of d does not contain its numerator.",
            ),
            "e left out of the quotient, plus 1/b": (
                "db",
                lambda v: 1 + v.df / v.b,
                "in your {part}, the contribution of f does not contain its numerator.",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "the quotient itself instead of its derivative",
        "What is the derivative of 5/c with respect to c?",
        {
            "d instead of its slope": (
                "dc",
                lambda v: v.dd * v.d + v.de * np.cos(v.c),
                "in your {part}, the contribution of d is the quotient itself.",
            ),
            "f instead of its slope": (
                "db",
                lambda v: 1 + v.df * v.f,
                "in your {part}, the contribution of f is the quotient itself.",
            ),
            "d instead of its slope at a": (
                "da",
                lambda v: v.db * v.b + v.dd * v.d,
                "in your {part}, the contribution of d is the quotient itself.",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "the numerator is squared along with the denominator",
        "In the derivative of 5/c, is the 5 squared too?",
        {
            "a squared": (
                "dc",
                lambda v: -v.dd * v.d**2 + v.de * np.cos(v.c),
                "in your {part}, the contribution of d contains the square of its numerator.",
            ),
            "e squared": (
                "db",
                lambda v: 1 - v.df * v.f**2,
                "in your {part}, the contribution of f contains the square of its numerator.",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "a product where the derivative of a quotient divides",
        "What is the derivative of 5/c with respect to c?",
        {
            "multiplied by c²": (
                "dc",
                lambda v: -v.dd * v.a * v.c**2 + v.de * np.cos(v.c),
                "in your {part}, the contribution of d is multiplied by c², not divided.",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "the quotient rule, with a numerator that changes too",
        "When only the denominator moves, what is the derivative of the numerator?",
        {
            "numerator moved with b": (
                "db",
                lambda v: 1 + v.df * (v.b - v.e) / v.b**2,
                "in your {part}, the contribution of f changes e together with b.",
            ),
            "numerator moved with c": (
                "dc",
                lambda v: v.dd * (v.c - v.a) / v.c**2 + v.de * np.cos(v.c),
                "in your {part}, the contribution of d changes a together with c.",
            ),
            "derivative of the sine in the numerator": (
                "db",
                lambda v: 1 - v.df * np.cos(v.c) / v.b**2,
                "in your {part}, the numerator of f is differentiated as well.",
            ),
        },
    ),
    *wrong_terms(
        "M5",
        "the local derivative of the quotient is left out",
        "How much does a quotient grow when its numerator grows by 1?",
        {
            "1/c left out": (
                "da",
                lambda v: v.db * v.b + v.dd,
                "in your {part}, the contribution of d is passed on as it is.",
            ),
            "1/b left out": (
                "de",
                lambda v: 1.0 * v.df,
                "your {part} is what reaches f, passed on as it is.",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "the derivative with respect to the denominator, where the numerator moves",
        "Which of the two moves here: the numerator or the denominator?",
        {
            "−1/c² for 1/c": (
                "da",
                lambda v: v.db * v.b - v.dd / v.c**2,
                "in your {part}, the contribution of d is −1/c².",
            ),
            "−a/c² for 1/c": (
                "da",
                lambda v: v.db * v.b - v.dd * v.a / v.c**2,
                "in your {part}, the contribution of d is −a/c².",
            ),
        },
    ),
    *wrong_terms(
        "M31",
        "the power rule is used for an exponential",
        "In exp(a), does the variable stand in the base or in the exponent?",
        {
            "a·exp(a − 1)": (
                "da",
                lambda v: v.db * v.a * np.exp(v.a - 1) + v.dd / v.c,
                "in your {part}, the derivative of exp(a) is a·exp(a − 1).",
            ),
        },
    ),
    *wrong_terms(
        "M8",
        "the sine instead of its derivative",
        "Just to the right of 0, how steep is the sine?",
        {
            "e for the cosine": (
                "dc",
                lambda v: -v.dd * v.a / v.c**2 + v.de * v.e,
                "in your {part}, the contribution of e has the sine itself where its derivative "
                "belongs.",
            ),
        },
        _SINE_HINTS,
    ),
    *wrong_terms(
        "M8",
        "a wrong derivative of the logarithm",
        "How steep is the logarithm at 1, and how steep at 10?",
        {
            "the logarithm itself": (
                "dx",
                lambda v: v.da * v.z + v.dc * v.c,
                "in your {part}, the contribution of c has the logarithm itself where its "
                "derivative belongs.",
            ),
            "−1/x²": (
                "dx",
                lambda v: v.da * v.z - v.dc / v.x**2,
                "in your {part}, the derivative of the logarithm is −1/x².",
            ),
            "exp(x)": (
                "dx",
                lambda v: v.da * v.z + v.dc * np.exp(v.x),
                "in your {part}, the derivative of the logarithm is an exponential.",
            ),
            "1/(x ln 10)": (
                "dx",
                lambda v: v.da * v.z + v.dc / (v.x * np.log(10)),
                "in your {part}, the derivative is that of a logarithm to base 10.",
            ),
        },
        _LOGARITHM_HINTS,
    ),
    *wrong_terms(
        "M31",
        "the exponential of another quantity",
        "What exactly is in the exponent of the denominator?",
        {
            "exp(z) in de": (
                "de",
                lambda v: v.df / np.exp(v.z),
                "your {part} has the exponential of z, not of xz.",
            ),
            "exp(x) in de": (
                "de",
                lambda v: v.df / np.exp(v.x),
                "your {part} has the exponential of x, not of xz.",
            ),
        },
    ),
    *wrong_terms(
        "M30",
        "the other factor of the product is left out",
        "In xz, by how much does the product grow when x grows by 1?",
        {
            "z left out": (
                "dx",
                lambda v: v.da + v.dc / v.x,
                "in your {part}, the contribution through a does not contain z.",
            ),
        },
    ),
)
