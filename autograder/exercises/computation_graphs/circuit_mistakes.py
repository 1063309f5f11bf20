"""Wrong leaves of the sigmoid circuit, and wrong sums that go into its sigmoid."""

from __future__ import annotations

from autograder.exercise import Mistake, Step
from autograder.exercises.several_ways import wrong_terms

_OTHERS = {"dw0": "x0", "dx0": "w0", "dw1": "x1", "dx1": "w1"}
ADDED = "the incoming gradient and the local derivative are added, not multiplied"
ADDED_QUESTION = "If the incoming gradient is 0, should anything pass through the gate?"
_BIAS_HINTS = (
    "By how much does s grow when w2 grows by 1?",
    "Look at the three terms of s. Which factor stands beside w2?",
    "For s = 3u + v, the derivative with respect to u is 3 and the one with respect to v is 1.",
)
_SUM_HINTS = (
    "Write the sum in the exponent with simple numbers, and work it out by hand.",
    "The sum has three terms: two products and w2. The minus stands in front of all of them.",
    "With w = (2, 3), x = (5, 7) and a bias of 11, the sum is 10 + 21 + 11 = 42, and the exponent "
    "is −42.",
)


def _added(other: str) -> Step:
    return lambda v: v.ds + getattr(v, other)


WRONG_LEAVES = (
    Mistake(
        "M30",
        "product operands swapped",
        {
            "dw0": lambda v: v.ds * v.w0,
            "dx0": lambda v: v.ds * v.x0,
            "dw1": lambda v: v.ds * v.w1,
            "dx1": lambda v: v.ds * v.x1,
        },
        "your {part} multiplies by the input itself, not by the other input of the gate.",
        name="the wrong factor of a product",
    ),
    Mistake(
        "M9",
        "upstream dropped at the products",
        {
            "dw0": lambda v: v.x0,
            "dx0": lambda v: v.w0,
            "dw1": lambda v: v.x1,
            "dx1": lambda v: v.w1,
            "dw2": lambda v: 1.0,
        },
        "your {part} is only the local derivative.",
        name="the incoming gradient is dropped",
        question="Upstream times local: which gradient does the sum receive from above?",
    ),
    Mistake(
        "M9",
        "upstream plus local",
        {name: _added(other) for name, other in _OTHERS.items()},
        "your {part} adds the incoming gradient to the local derivative.",
        name=ADDED,
        question=ADDED_QUESTION,
    ),
    *wrong_terms(
        "M20",
        "the bias is treated like a weight of the inputs",
        "By how much does s grow when w2 grows by 1?",
        {
            "dw2 with both inputs": (
                "dw2",
                lambda v: v.ds * (v.x0 + v.x1),
                "your {part} is multiplied by the sum of the inputs.",
            ),
            "dw2 with the product of the inputs": (
                "dw2",
                lambda v: v.ds * v.x0 * v.x1,
                "your {part} is multiplied by both inputs.",
            ),
        },
        _BIAS_HINTS,
    ),
)


def _sum(slug: str, wrong: Step, evidence: str, name: str, question: str) -> Mistake:
    return Mistake(
        "M31", slug, {"s": wrong}, evidence, name=name, question=question, hints=_SUM_HINTS
    )


WRONG_SUMS = (
    _sum(
        "minus in front of the first term only",
        lambda v: v.w0 * v.x0 - v.w1 * v.x1 - v.w2,
        "your {part} is what you get if the minus in the exponent applies to the first term only.",
        "a minus in front of the first term only",
        "Does the minus in the exponent stand before or inside the bracket?",
    ),
    _sum(
        "weights paired with the other inputs",
        lambda v: v.w0 * v.x1 + v.w1 * v.x0 + v.w2,
        "your {part} is what you get if s pairs w0 with x1 and w1 with x0.",
        "weights paired with the wrong inputs",
        "Which input does w0 belong to?",
    ),
    _sum(
        "sums before the product",
        lambda v: (v.w0 + v.w1) * (v.x0 + v.x1) + v.w2,
        "your {part} is what you get if s adds the weights and the inputs first, and multiplies "
        "afterwards.",
        "sums before the product",
        "Which comes first in s: the products or the sum?",
    ),
    _sum(
        "weights and inputs added",
        lambda v: (v.w0 + v.x0) * (v.w1 + v.x1) + v.w2,
        "your {part} is what you get if s multiplies two sums of a weight and its input.",
        "sums before the product",
        "Which comes first in s: the products or the sum?",
    ),
    _sum(
        "all multiplied",
        lambda v: v.w0 * v.x0 * v.w1 * v.x1 + v.w2,
        "your {part} is what you get if s multiplies its two products.",
        "a product where the formula has a sum",
        "Which operation stands between w0 x0 and w1 x1?",
    ),
    _sum(
        "bias times an input",
        lambda v: v.w0 * v.x0 + v.w1 * v.x1 + v.w2 * v.x1,
        "your {part} is what you get if w2 is multiplied by an input in s.",
        "the bias is multiplied by an input",
        "Which factor stands beside w2 in the formula?",
    ),
    _sum(
        "bias times the first input",
        lambda v: v.w0 * v.x0 + v.w1 * v.x1 + v.w2 * v.x0,
        "your {part} is what you get if w2 is multiplied by an input in s.",
        "the bias is multiplied by an input",
        "Which factor stands beside w2 in the formula?",
    ),
)
