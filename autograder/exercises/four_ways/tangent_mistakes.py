"""Wrong tangents of s = xy + sin x: in the sine, in the product rule, in the sum."""

from __future__ import annotations

import numpy as np

from autograder.exercises.several_ways import wrong_terms

_SINE_HINTS = (
    "Just to the right of 0, does the sine rise or fall, and how steeply?",
    "The slope of the sine is taken at the number that goes into the sine, and multiplies what "
    "comes from outside.",
    "The sine rises as fast as its argument at 0, and at π/2, its maximum, it is flat. Which "
    "function is 1 at 0 and 0 at π/2?",
)
_PRODUCT_HINTS = (
    "If only one of the two factors changes, how does the product change?",
    "Write the change of xy for a small change of x alone, then for one of y alone, and add them.",
    "For pq at p = 3 and q = 2, with tangents 1 and 10: p alone brings 1·2, q alone brings 3·10, "
    "and together they bring 32.",
)
_SUM_HINTS = (
    "If s = a + b and both grow a little, by how much does s grow?",
    "The tangents of a and b already contain those of x and y.",
    "Take s = p + q with tangents 3 and −1. A small step moves p by 3 times the step and q by −1 "
    "times the step, so it moves s by 2 times the step.",
)
WRONG_TANGENTS = (
    *wrong_terms(
        "M31",
        "a tangent of x or y is used once more in the sum",
        "Which tangents do a_dot and b_dot already contain?",
        {
            "b_dot times x_dot": (
                "s_dot",
                lambda v: v.a_dot + v.b_dot * v.x_dot,
                "your {part} multiplies by the tangent of x once more.",
            ),
            "all times both tangents": (
                "s_dot",
                lambda v: (v.a_dot + v.b_dot) * (v.x_dot + v.y_dot),
                "your {part} multiplies by the tangents of x and y once more.",
            ),
            "plus x_dot": (
                "s_dot",
                lambda v: v.a_dot + v.b_dot + v.x_dot,
                "your {part} adds the tangent of x once more.",
            ),
            "plus both tangents": (
                "s_dot",
                lambda v: v.a_dot + v.b_dot + v.x_dot + v.y_dot,
                "your {part} adds the tangents of x and y once more.",
            ),
        },
        _SUM_HINTS,
    ),
    *wrong_terms(
        "M31",
        "the product rule is used for a sum",
        "Which operation makes s from a and b?",
        {
            "each tangent times its own value": (
                "s_dot",
                lambda v: v.a * v.a_dot + v.b * v.b_dot,
                "your {part} multiplies each tangent by its value.",
            ),
            "each tangent times the other value": (
                "s_dot",
                lambda v: v.a_dot * v.b + v.a * v.b_dot,
                "your {part} multiplies each tangent by the other value.",
            ),
            "product of the tangents": (
                "s_dot",
                lambda v: v.a_dot * v.b_dot,
                "your {part} is the product of the two tangents.",
            ),
        },
        _SUM_HINTS,
    ),
    *wrong_terms(
        "M31",
        "a partial derivative instead of a tangent",
        "Both x and y may move. Does your line know how fast each of them moves?",
        {
            "only x moves": (
                "s_dot",
                lambda v: (v.y + np.cos(v.x)) * v.x_dot,
                "your {part} does not depend on y_dot.",
            ),
            "slope with respect to x": (
                "s_dot",
                lambda v: v.y + np.cos(v.x),
                "your {part} depends on neither of the tangents.",
            ),
            "both local derivatives of the product": (
                "a_dot",
                lambda v: v.x + v.y,
                "your {part} depends on neither of the tangents.",
            ),
        },
        _SUM_HINTS,
    ),
    *wrong_terms(
        "M6",
        "the tangent goes into the function instead of in front of it",
        "Where is the slope of the sine taken: at x, or at how fast x moves?",
        {
            "cosine of x_dot": (
                "b_dot",
                lambda v: np.cos(v.x_dot),
                "your {part} is the cosine of the tangent.",
            ),
            "cosine of x times x_dot": (
                "b_dot",
                lambda v: np.cos(v.x * v.x_dot),
                "your {part} has the tangent inside the cosine.",
            ),
            "cosine of x_dot, times x_dot": (
                "b_dot",
                lambda v: np.cos(v.x_dot) * v.x_dot,
                "your {part} takes the slope of the sine at the tangent.",
            ),
            "sine of x_dot": (
                "b_dot",
                lambda v: np.sin(v.x_dot),
                "your {part} is the sine of the tangent.",
            ),
            "a whole step": (
                "b_dot",
                lambda v: np.sin(v.x + v.x_dot) - np.sin(v.x),
                "your {part} is the change of the sine over a whole step from x to x + x_dot.",
            ),
        },
        _SINE_HINTS,
    ),
    *wrong_terms(
        "M8",
        "a wrong derivative of the sine",
        "Just to the right of 0, how steep is the sine?",
        {
            "the sine itself": (
                "b_dot",
                lambda v: np.sin(v.x) * v.x_dot,
                "your {part} has the sine itself where its derivative belongs.",
            ),
            "minus the sine": (
                "b_dot",
                lambda v: -np.sin(v.x) * v.x_dot,
                "your {part} has the derivative of a cosine.",
            ),
            "in degrees": (
                "b_dot",
                lambda v: np.cos(np.radians(v.x)) * v.x_dot,
                "your {part} treats x as an angle in degrees.",
            ),
        },
        _SINE_HINTS,
    ),
    *wrong_terms(
        "M31",
        "the tangents are added before they are multiplied",
        "Which tangent belongs to which local derivative?",
        {
            "cosine times both tangents": (
                "b_dot",
                lambda v: np.cos(v.x) * (v.x_dot + v.y_dot),
                "your {part} depends on y_dot, but b does not depend on y.",
            ),
            "cosine plus tangent": (
                "b_dot",
                lambda v: np.cos(v.x) + v.x_dot,
                "your {part} adds the local derivative and the tangent.",
            ),
            "sum times sum": (
                "a_dot",
                lambda v: (v.x + v.y) * (v.x_dot + v.y_dot),
                "your {part} multiplies the sum of the values by the sum of the tangents.",
            ),
            "product times sum": (
                "a_dot",
                lambda v: v.a * (v.x_dot + v.y_dot),
                "your {part} multiplies xy by the sum of the tangents.",
            ),
            "sum of the tangents": (
                "a_dot",
                lambda v: v.x_dot + v.y_dot,
                "your {part} is the sum of the two tangents.",
            ),
            "products of sums": (
                "a_dot",
                lambda v: (v.x_dot + v.y) * (v.x + v.y_dot),
                "your {part} multiplies two sums of a value and a tangent.",
            ),
        },
        _PRODUCT_HINTS,
    ),
    *wrong_terms(
        "M31",
        "a change over a whole step instead of a tangent",
        "For a very small step, how large is the product of two small changes?",
        {
            "with the product of the tangents": (
                "a_dot",
                lambda v: v.x_dot * v.y + v.x * v.y_dot + v.x_dot * v.y_dot,
                "your {part} also contains the product of the two tangents.",
            ),
        },
        _PRODUCT_HINTS,
    ),
    *wrong_terms(
        "M31",
        "the rule for another operation where the product rule belongs",
        "If only one of the two factors changes, how does the product change?",
        {
            "as for a quotient, without its denominator": (
                "a_dot",
                lambda v: v.x_dot * v.y - v.x * v.y_dot,
                "your {part} has a minus between its two terms, as the rule for quotients has.",
            ),
            "as for a quotient": (
                "a_dot",
                lambda v: (v.x_dot * v.y - v.x * v.y_dot) / v.y**2,
                "your {part} is the tangent of x/y.",
            ),
            "terms multiplied": (
                "a_dot",
                lambda v: v.x_dot * v.y * v.x * v.y_dot,
                "your {part} multiplies the two terms of the product rule.",
            ),
        },
        _PRODUCT_HINTS,
    ),
    *wrong_terms(
        "M31",
        "half of the product rule, with the wrong factor",
        "If only y changes, does xy stay the same?",
        {
            "x times x_dot": ("a_dot", lambda v: v.x * v.x_dot, "your {part} is x times x_dot."),
            "y times y_dot": ("a_dot", lambda v: v.y * v.y_dot, "your {part} is y times y_dot."),
            "x_dot in front of both": (
                "a_dot",
                lambda v: v.x_dot * (v.y + v.x * v.y_dot),
                "your {part} multiplies both terms by x_dot.",
            ),
        },
        _PRODUCT_HINTS,
    ),
)
