"""Wrong paths of J = cos(sin(x²) + 3x²): an arrow left out, or a wrong slope on it."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake, Step

_ANOTHER_VALUE_HINTS = (
    "Which number went into the operation whose slope this is?",
    "A local derivative uses the number that went into the operation.",
    "For y = exp(t) with t = x³ the local derivative of exp is exp(t), not exp(x).",
)
_SQUARE_HINTS = (
    "How much does x² grow when x = 5 grows by 0.1?",
    "The arrow from x to t stands for the square. Which number is its slope at x?",
    "For t = x³ the slope is 3x²: at x = 2 it is 12, and the cube grows from 8 to about 9.2 when "
    "x grows by 0.1.",
)
_SINE_HINTS = (
    "Just to the right of 0, how steep is the sine?",
    "The arrow from t to u₁ stands for the sine. Draw it, and draw its slope below it.",
    "The sine rises as fast as t itself at 0, and at π/2, its maximum, it is flat. Which function "
    "is 1 at 0 and 0 at π/2?",
)


def _square(slug: str, arrow: Step, evidence: str, name: str) -> Mistake:
    """A wrong slope of the square, which both paths go through."""
    return Mistake(
        "M31",
        slug,
        {
            "via_sin": lambda v: v.du * np.cos(v.t) * arrow(v),
            "via_3t": lambda v: v.du * 3 * arrow(v),
        },
        evidence,
        name=name,
        question="How much does x² grow when x = 5 grows by 0.1?",
        hints=_SQUARE_HINTS,
        once=True,
    )


WRONG_ARROWS = (
    Mistake(
        "M31",
        "sin(x)²",
        {"u1": lambda v: np.sin(v.x) ** 2},
        "your {part} squares the sine; the formula takes the sine of the square.",
        name="sin²(x) where sin(x²) was meant",
        question="Which comes first on the way from x: the square or the sine?",
    ),
    Mistake(
        "M31",
        "(3x)²",
        {"u2": lambda v: 9 * v.t},
        "your {part} squares the 3 as well.",
        name="(3x)² where 3x² was meant",
        question="In 3x², what exactly is squared?",
    ),
    Mistake(
        "M1",
        "sign of the cosine's derivative",
        {"du": lambda v: np.sin(v.u)},
        "your {part} has the opposite sign.",
        name="the wrong sign in the derivative of the cosine",
        question=("Just to the right of 0 the cosine falls. What sign does its slope have there?"),
    ),
    Mistake(
        "M15",
        "only the path through the sine",
        {"dx": lambda v: v.via_sin},
        "your {part} is only the contribution of the path through the sine.",
        name="a path missing at the fan-out of t",
    ),
    Mistake(
        "M15",
        "only the path through 3t",
        {"dx": lambda v: v.via_3t},
        "your {part} is only the contribution of the path through 3t.",
        name="a path missing at the fan-out of t",
    ),
    Mistake(
        "M5",
        "cos(t) left out",
        {"via_sin": lambda v: v.du * 2 * v.x},
        "your {part} skips the sine.",
        name="the local derivative of the sine is left out",
        question="Four arrows, four factors: which one is missing on this path?",
    ),
    Mistake(
        "M5",
        "3 left out",
        {"via_3t": lambda v: v.du * 2 * v.x},
        "your {part} skips u₂ = 3t.",
        name="the local derivative of 3t is left out",
        question="Four arrows, four factors: which one is missing on this path?",
    ),
    Mistake(
        "M5",
        "2x left out in the path through the sine",
        {"via_sin": lambda v: v.du * np.cos(v.t)},
        "your {part} ends at t and does not go on to x.",
        name="the last arrow, from t to x, is left out",
        question=(
            "This is a derivative with respect to t. Which arrow still leads from t back to x?"
        ),
    ),
    Mistake(
        "M5",
        "2x left out in the path through 3t",
        {"via_3t": lambda v: v.du * 3},
        "your {part} ends at t and does not go on to x.",
        name="the last arrow, from t to x, is left out",
        question=(
            "This is a derivative with respect to t. Which arrow still leads from t back to x?"
        ),
    ),
    Mistake(
        "M6",
        "cosine of x",
        {"via_sin": lambda v: v.du * np.cos(v.x) * 2 * v.x},
        "your {part} takes the cosine of x itself, but the sine was not applied to x.",
        name="a local derivative evaluated at another node's value",
        question="The sine is applied to t. Where must its derivative be evaluated?",
        hints=_ANOTHER_VALUE_HINTS,
    ),
    Mistake(
        "M9",
        "upstream dropped",
        {"via_sin": lambda v: np.cos(v.t) * 2 * v.x, "via_3t": lambda v: 3 * 2 * v.x},
        "your {part} does not contain du.",
        name="the incoming gradient is dropped",
    ),
    Mistake(
        "M13",
        "2t on the arrow from x to t",
        {
            "via_sin": lambda v: v.du * np.cos(v.t) * 2 * v.t,
            "via_3t": lambda v: v.du * 3 * 2 * v.t,
        },
        "your {part} has 2t on the arrow from x to t.",
        name="the slope of the square is taken at t instead of x",
        question="Which number is squared here: x or t?",
        hints=_ANOTHER_VALUE_HINTS,
        once=True,
    ),
    Mistake(
        "M6",
        "slope of the cosine at t",
        {"du": lambda v: -np.sin(v.t)},
        "your {part} takes the slope of the cosine at t, but the cosine is applied to u.",
        name="a local derivative evaluated at another node's value",
        question="The cosine is applied to u. Where must its derivative be evaluated?",
        hints=_ANOTHER_VALUE_HINTS,
    ),
    *(
        Mistake(
            "M31",
            f"2x twice on the {words}",
            {part: wrong},
            "your {part} goes along the arrow from x to t twice: it has the factor 2x two times.",
            name="the arrow from x to t is counted twice",
            question="Which factors belong to the way from x to t, and which to the way from t on?",
        )
        for part, words, wrong in (
            ("via_sin", "path through the sine", lambda v: v.du * np.cos(v.t) * (2 * v.x) ** 2),
            ("via_3t", "path through 3t", lambda v: v.du * 3 * (2 * v.x) ** 2),
        )
    ),
    *(
        _square(slug, arrow, evidence, name)
        for slug, arrow, evidence, name in (
            (
                "x on the arrow from x to t",
                lambda v: v.x,
                "your {part} has x on the arrow from x to t.",
                "the derivative of the square without its 2",
            ),
            (
                "2 on the arrow from x to t",
                lambda v: 2.0,
                "your {part} has 2 on the arrow from x to t, whatever x is.",
                "the derivative of the square without its x",
            ),
            (
                "x² on the arrow from x to t",
                lambda v: v.t,
                "your {part} has the square itself on the arrow from x to t.",
                "the square itself instead of its derivative",
            ),
        )
    ),
    *(
        Mistake(
            "M31",
            slug,
            {"via_3t": step},
            evidence,
            name=name,
            question="On this path, what is the local derivative of each arrow?",
        )
        for slug, step, evidence, name in (
            (
                "3t on the arrow from t to u₂",
                lambda v: v.du * v.u2 * 2 * v.x,
                "your {part} has 3t itself where the slope of 3t belongs.",
                "the value of u₂ instead of its derivative",
            ),
            (
                "3x² not differentiated",
                lambda v: v.du * v.u2,
                "your {part} has 3x² itself where its derivative belongs.",
                "the value of u₂ instead of its derivative",
            ),
        )
    ),
    *(
        Mistake(
            "M8",
            slug,
            {"via_sin": step},
            evidence,
            name=name,
            question="Just to the right of 0, how steep is the sine?",
            hints=_SINE_HINTS,
        )
        for slug, step, evidence, name in (
            (
                "sine for cosine",
                lambda v: v.du * v.u1 * 2 * v.x,
                "your {part} has the sine itself where its derivative belongs.",
                "the sine instead of its derivative",
            ),
            (
                "minus sine for cosine",
                lambda v: -v.du * v.u1 * 2 * v.x,
                "your {part} differentiates the sine as if it were a cosine.",
                "the derivative of the cosine is used for the sine",
            ),
            (
                "cosine of 2x",
                lambda v: v.du * np.cos(2 * v.x),
                "your {part} puts the derivative of the square into the cosine, and not beside it.",
                "the inner derivative is put inside the cosine",
            ),
        )
    ),
    *(
        Mistake(
            "M8",
            slug,
            {"du": step},
            evidence,
            name=name,
            question="J is the cosine of u. Where does a cosine have a slope of 0?",
            hints=(
                "J is the cosine of u. Where does a cosine have a slope of 0?",
                "Test your line at u = 0, where the cosine has its maximum.",
                "The sine rises fastest at 0 and is flat at π/2. Draw the cosine below it: "
                "where is it flat, and where does it fall fastest?",
            ),
        )
        for slug, step, evidence, name in (
            (
                "cosine for minus sine",
                lambda v: np.cos(v.u),
                "your {part} is the cosine itself.",
                "the cosine instead of its derivative",
            ),
            (
                "minus cosine for minus sine",
                lambda v: -np.cos(v.u),
                "your {part} is a cosine, but the derivative of the cosine is not.",
                "the cosine instead of its derivative",
            ),
        )
    ),
)
