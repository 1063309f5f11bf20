"""Wrong backward passes of Quiz 1: lost paths, dropped gradients, wrong slopes and signs."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.computation_graphs.quiz1_forward_mistakes import LOG10_FORWARD

PARTS: dict[str, Step] = {
    "db": lambda v: 1 - v.df * v.e / v.b**2,
    "de": lambda v: v.df / v.b,
    "dc": lambda v: -v.dd * v.a / v.c**2 + v.de * np.cos(v.c),
    "da": lambda v: v.db * v.b + v.dd / v.c,
    "dx": lambda v: v.da * v.z + v.dc / v.x,
    "dz": lambda v: v.da * v.x,
}


def _lost_path(part: str, kept: str, step: Any) -> Mistake:
    node = part[1:]
    return Mistake(
        "M15",
        f"{part} keeps only the path through {kept}",
        {part: step},
        f"your {{part}} equals the contribution of the path through {kept} alone, but {node} "
        "reaches y by another path too.",
        name=f"a path missing at the fan-out of {node}",
        question=f"By which paths does {node} reach y, and does your line add them all?",
    )


def _whole(step: Step) -> Step:
    return lambda v: float(np.trunc(step(v)))


WRONG_PASSES = (
    LOG10_FORWARD,
    Mistake(
        "M31",
        "log10 throughout",
        {
            "c": lambda v: np.log10(v.x),
            "dx": lambda v: v.da * v.z + v.dc / (v.x * np.log(10)),
        },
        "your {part} is what the logarithm to base 10 gives.",
        name="log10 where the natural logarithm was meant",
        question="What is the derivative of the natural logarithm?",
    ),
    _lost_path("db", "the sum", lambda v: 1.0),
    _lost_path("db", "f", lambda v: -v.df * v.e / v.b**2),
    _lost_path("dc", "d", lambda v: -v.dd * v.a / v.c**2),
    _lost_path("dc", "e", lambda v: v.de * np.cos(v.c)),
    _lost_path("da", "b", lambda v: v.db * v.b),
    _lost_path("da", "d", lambda v: v.dd / v.c),
    _lost_path("dx", "a", lambda v: v.da * v.z),
    _lost_path("dx", "c", lambda v: v.dc / v.x),
    Mistake(
        "M1",
        "sign of the quotient in db",
        {"db": lambda v: 1 + v.df * v.e / v.b**2},
        "in your {part}, the contribution of f has the opposite sign.",
        name="the wrong sign for the denominator of a quotient",
        question="Does e/b rise or fall when b grows?",
    ),
    Mistake(
        "M1",
        "sign of the quotient in dc",
        {"dc": lambda v: v.dd * v.a / v.c**2 + v.de * np.cos(v.c)},
        "in your {part}, the contribution of d has the opposite sign.",
        name="the wrong sign for the denominator of a quotient",
        question="Does a/c rise or fall when c grows?",
    ),
    Mistake(
        "M1",
        "sign of the cosine",
        {"dc": lambda v: -v.dd * v.a / v.c**2 - v.de * np.cos(v.c)},
        "in your {part}, the contribution of e has the opposite sign.",
        name="the wrong sign in the derivative of the sine",
        question="Of sine and cosine, which one has a minus in its derivative?",
    ),
    Mistake(
        "M31",
        "denominator not squared",
        {"dc": lambda v: -v.dd * v.a / v.c + v.de * np.cos(v.c)},
        "in your {part}, the contribution of d divides by c only once.",
        name="the quotient rule without its square",
        question="What is the derivative of 1/c?",
    ),
    Mistake(
        "M5",
        "exp left out",
        {"da": lambda v: v.db + v.dd / v.c},
        "in your {part}, the contribution through b is missing the derivative of exp.",
        name="the local derivative of exp is left out",
        question="The path from a to y goes through exp. What is its local derivative?",
    ),
    Mistake(
        "M9",
        "upstream dropped at exp",
        {"da": lambda v: v.b + v.dd / v.c},
        "in your {part}, the contribution through b does not contain all of your db.",
        name="the gradient at b is passed back only in part, or not at all",
        question="Upstream times local: which gradient does b receive from above?",
    ),
    Mistake(
        "M9",
        "upstream dropped at the sine",
        {"dc": lambda v: -v.dd * v.a / v.c**2 + np.cos(v.c)},
        "in your {part}, the contribution through e does not contain your de.",
        name="the incoming gradient is dropped",
        question="Upstream times local: which gradient does e receive from above?",
    ),
    Mistake(
        "M9",
        "upstream dropped at the logarithm",
        {"dx": lambda v: v.da * v.z + 1 / v.x},
        "in your {part}, the contribution through c does not contain your dc.",
        name="the incoming gradient is dropped",
        question="Upstream times local: which gradient does c receive from above?",
    ),
    Mistake(
        "M9",
        "upstream dropped at the product",
        {"dx": lambda v: v.z + v.dc / v.x, "dz": lambda v: v.x},
        "in your {part}, the contribution through a does not contain your da.",
        name="the incoming gradient is dropped",
        question="Upstream times local: which gradient does a receive from above?",
    ),
    Mistake(
        "M5",
        "derivative of the logarithm left out",
        {"dx": lambda v: v.da * v.z + v.dc},
        "in your {part}, the contribution through c is missing the derivative of the logarithm.",
        name="the local derivative of the logarithm is left out",
        question="The path from x to c goes through log. What is its local derivative?",
    ),
    Mistake(
        "M5",
        "derivative of the sine left out",
        {"dc": lambda v: -v.dd * v.a / v.c**2 + v.de},
        "in your {part}, the contribution through e is missing the derivative of the sine.",
        name="the local derivative of the sine is left out",
        question="The path from c to y goes through sin. What is its local derivative?",
    ),
    Mistake(
        "M31",
        "−sin for cos",
        {"dc": lambda v: -v.dd * v.a / v.c**2 - v.de * np.sin(v.c)},
        "in your {part}, the contribution of e is what you would get for a cosine.",
        name="the derivative of the cosine is used for the sine",
        question="Of sine and cosine, which one has the sine as its derivative?",
    ),
    Mistake(
        "M31",
        "numerator's quotient rule upside down",
        {"de": lambda v: v.df * v.b},
        "your {part} multiplies by b, but the formula divides by it.",
        name="a product where the derivative of a quotient divides",
        question="How much does e/b change when e grows by 1?",
    ),
    Mistake(
        "M30",
        "product operands swapped",
        {"dx": lambda v: v.da * v.x + v.dc / v.x, "dz": lambda v: v.da * v.z},
        "your {part} uses the wrong factor of the product xz.",
        name="the wrong factor of the product",
    ),
    Mistake(
        "M18",
        "zeros",
        dict.fromkeys(PARTS, lambda v: 0.0),
        "your {part} is zero on every input.",
        name="zero everywhere",
        question=(
            "Which line gives this part its value? If that line adds up contributions, what "
            "is the first one, dy/dy?"
        ),
    ),
    Mistake(
        "M26",
        "truncated to integers",
        {name: _whole(step) for name, step in PARTS.items()},
        "your {part} has nothing after the decimal point, on any input.",
    ),
)
