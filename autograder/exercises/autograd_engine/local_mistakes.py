"""What people get wrong in the operations of an engine."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.autograd_engine.local_steps import (
    Local,
    difference,
    difference_swapped,
    power_by_products,
    product,
    quotient,
    reflected,
)


def _in_products(by_a: Local, by_b: Local) -> dict[str, Step]:
    """Local derivatives of a product, of a node and of a number times a node alike."""
    return {
        "product": lambda v: product(v, by_a, by_b),
        "reflected": lambda v: reflected(v, by_right=by_b),
    }


def _by_the_denominator(local: Local) -> dict[str, Step]:
    """A local derivative by the denominator, of a node and of a number over a node alike."""
    return {
        "quotient": lambda v: quotient(v, by_b=local),
        "reflected": lambda v: reflected(v, by_bottom=local),
    }


MISTAKES = (
    Mistake(
        "M1",
        "plus in a difference",
        {"difference": lambda v: difference(v, second=1.0)},
        "in your {part}, the value is right, but the record says that it grows with b.",
        name="the wrong sign for the number that is subtracted",
        question="If b grows a little, does a − b rise or fall?",
    ),
    Mistake(
        "M1",
        "plus in the negative",
        {"difference": lambda v: difference(v, minus=1.0)},
        "in your {part}, the record of −a says that it grows with a.",
        name="the wrong sign for the negative",
        question="If a grows a little, what does −a do?",
    ),
    Mistake(
        "M30",
        "product operands swapped",
        _in_products(lambda left, right: left, lambda left, right: right),
        "in your {part}, each operand's local derivative is its own value.",
        name="the wrong factor of the product",
        question="Take 2 · 5. If the 2 grows by 0.1, by how much does the product grow?",
        once=True,
    ),
    Mistake(
        "M13",
        "the product's value as local derivative",
        _in_products(lambda left, right: left * right, lambda left, right: left * right),
        "in your {part}, both local derivatives are the value of the product itself.",
        name="the product itself instead of the other factor",
        question="Take 2 · 5. If the 2 grows by 0.1, by how much does the product grow?",
        once=True,
    ),
    Mistake(
        "M1",
        "sign of the denominator",
        _by_the_denominator(lambda top, bottom: top / bottom**2),
        "in your {part}, the record says that a/b grows with b.",
        name="the wrong sign for the denominator of a quotient",
        question="Does a/b rise or fall when b grows?",
        once=True,
    ),
    Mistake(
        "M31",
        "denominator not squared",
        _by_the_denominator(lambda top, bottom: -top / bottom),
        "in your {part}, the local derivative with respect to b divides by b only once.",
        name="the quotient rule without its square",
        question="What is the derivative of 1/b?",
        once=True,
    ),
    Mistake(
        "M31",
        "numerator left out",
        _by_the_denominator(lambda top, bottom: -1 / bottom**2),
        "in your {part}, the local derivative with respect to b is −1/b², whatever a is.",
        name="the numerator is left out of the quotient rule",
        question="If a doubles, how much more does a/b fall when b grows by 0.1?",
        once=True,
    ),
    Mistake(
        "M31",
        "repeated multiplication",
        {"power": power_by_products},
        "your {part} is that of a whole number instead of n.",
        name="the exponent is truncated to a whole number",
        question="What does your loop give for n = 2.5?",
    ),
    Mistake(
        "M31",
        "numerator's derivative 1",
        {"quotient": lambda v: quotient(v, by_a=lambda top, bottom: 1.0)},
        "in your {part}, the local derivative with respect to a is 1, whatever b is.",
        name="the derivative of a quotient without its denominator",
        question="With b = 10, by how much does a/b grow when a grows by 1?",
    ),
    Mistake(
        "M31",
        "exponent not lowered",
        {"power": lambda v: np.array([v.a**v.n, v.n * v.a**v.n, 0.0])},
        "in your {part}, the local derivative is n·aⁿ.",
        name="the exponent was not reduced by one",
        question="What is the derivative of a², and what does your line give for n = 2?",
    ),
    Mistake(
        "M31",
        "exponent not brought down",
        {"power": lambda v: np.array([v.a**v.n, v.a ** (v.n - 1), 0.0])},
        "in your {part}, the local derivative is missing the factor n.",
        name="an exponent that was not brought to the front",
        question="What is the derivative of a², and what does your line give for n = 2?",
    ),
    Mistake(
        "M5",
        "exponential's derivative 1",
        {"exponential": lambda v: np.array([np.exp(v.a), 1.0, 0.0])},
        "in your {part}, the local derivative is 1, as if the node passed its input through "
        "unchanged.",
        name="the local derivative of exp is left out",
        question="How steep is the exponential at 0, and how steep is it at 2?",
    ),
    Mistake(
        "M30",
        "node minus node swapped",
        {
            "difference": difference_swapped,
            "reflected": lambda v: reflected(v, minus_swapped=True),
        },
        "in your {part}, what is subtracted from what is the other way round.",
        name="__sub__ with its operands swapped",
        question="Python calls x.__sub__(y) for x − y. Which of the two is self?",
    ),
    Mistake(
        "M30",
        "number minus node swapped",
        {"reflected": lambda v: reflected(v, minus_swapped=True)},
        "in your {part}, a number minus a node comes out as the node minus the number.",
        name="__rsub__ with its operands swapped",
        question="Python calls x.__rsub__(5.0) for 5.0 − x. Which of the two is self?",
    ),
    Mistake(
        "M30",
        "number over node swapped",
        {"reflected": lambda v: reflected(v, over_swapped=True)},
        "in your {part}, a number over a node comes out as the node over the number.",
        name="__rtruediv__ with its operands swapped",
        question="Python calls x.__rtruediv__(5.0) for 5.0 / x. Which of the two is self?",
    ),
)
