"""Wrong differences: other points, another distance, entries moved together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.four_ways.difference_rules import central, forward, of, truncated
from autograder.exercises.four_ways.moved_entries import MOVED_ENTRIES
from autograder.exercises.several_ways import wrong_terms


def _at_once(f: Callable[[Any], float], x: Any, h: float, back: float = 1.0) -> Any:
    x = np.asarray(x, dtype=float)
    return np.full(x.shape, (f(x + h) - f(x - back * h)) / ((1 + back) * h))


def _without_brackets(
    f: Callable[[Any], float], x: Any, h: float, other: float, width: float
) -> Any:
    """f(x + h) − f(x + other · h) / (width · h), entry by entry."""
    x = np.asarray(x, dtype=float)
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = f(x + step) - f(x + other * step) / (width * h)
    return gradient


def _at_a_step_of(step: float, rule: Callable[..., Any]) -> Any:
    return lambda v: rule(v.f, v.x, step)


WRONG_DIFFERENCES = (
    *(
        Mistake(
            "M33",
            f"a step of {step:.0e} instead of h",
            {
                "forward": _at_a_step_of(step, forward),
                "central": _at_a_step_of(step, central),
            },
            f"your {{part}} is what a step of {step:.0e} gives, whatever h is.",
            name="a step of your own instead of h",
            question="Where does h occur in your code, and does it still have its value there?",
        )
        for step in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)
    ),
    Mistake(
        "M33",
        "divided by h",
        {"central": of(central, 1.0)},
        "your {part} is divided by h, but the two points are further apart than h.",
        name="the wrong distance between the two points",
    ),
    Mistake(
        "M33",
        "one-sided where central is asked",
        {"central": of(forward)},
        "your {part} moves each entry to only one side.",
        name="a one-sided difference",
        question="Which two points does the central difference compare?",
    ),
    Mistake(
        "M33",
        "to the left",
        {"forward": lambda v: forward(v.f, v.x, -v.h)},
        "your {part} compares f(x) with a point to the left of x.",
        name="a step to the wrong side",
        question="On which side of x does the second point lie?",
    ),
    Mistake(
        "M33",
        "half the step",
        {"central": lambda v: central(v.f, v.x, v.h / 2)},
        "your {part} moves each entry by only half a step.",
        name="half the step",
        question="How far is each of your two points from x?",
    ),
    Mistake(
        "M33",
        "all entries are moved at once",
        {"central": of(_at_once)},
        "your {part} has the same number everywhere, and that is the sum of all slopes.",
        name="all entries are moved at once",
        question=(
            "When you measure the slope with respect to one entry, what should the others do?"
        ),
    ),
    *MOVED_ENTRIES,
    Mistake(
        "M26",
        "whole numbers cannot be moved",
        {"central": of(truncated)},
        "your {part} is right except when x holds integers, where the step is truncated to 0.",
    ),
    *wrong_terms(
        "M33",
        "the difference is not divided by the distance of the two points",
        "How far apart are the two points, and where does your line use that?",
        {
            "one-sided, not divided": (
                "forward",
                lambda v: forward(v.f, v.x, v.h) * v.h,
                "your {part} is a difference of two values, without a division.",
            ),
            "central, not divided": (
                "central",
                lambda v: central(v.f, v.x, v.h) * 2 * v.h,
                "your {part} is a difference of two values, without a division.",
            ),
        },
    ),
    *wrong_terms(
        "M33",
        "brackets that are missing around the difference",
        "Are both values divided, or only the second one?",
        {
            "one-sided, without brackets": (
                "forward",
                of(_without_brackets, 0.0, 1.0),
                "in your {part}, only the second value is divided.",
            ),
            "central, without brackets": (
                "central",
                of(_without_brackets, -1.0, 2.0),
                "in your {part}, only the second value is divided.",
            ),
            "central, divided by 2 and multiplied by h": (
                "central",
                lambda v: central(v.f, v.x, v.h) * v.h**2,
                "your {part} is divided by 2 and then multiplied by h.",
            ),
        },
    ),
    *wrong_terms(
        "M33",
        "a second derivative",
        "What does your formula give for a straight line?",
        {
            "second difference": (
                "central",
                lambda v: (forward(v.f, v.x, v.h) - forward(v.f, v.x, -v.h)) / v.h,
                "your {part} measures how the slope changes, not the slope.",
            ),
            "second difference, divided by 2h": (
                "central",
                lambda v: (forward(v.f, v.x, v.h) - forward(v.f, v.x, -v.h)) / 2,
                "your {part} measures how the slope changes, not the slope.",
            ),
        },
    ),
    *wrong_terms(
        "M33",
        "the wrong distance between the two points",
        "How far apart are your two points?",
        {
            "divided by h²": (
                "central",
                lambda v: central(v.f, v.x, v.h) * 2 / v.h,
                "your {part} is divided by the square of h.",
            ),
            "two steps away, divided by 2h": (
                "central",
                lambda v: central(v.f, v.x, 2 * v.h, 1.0) * 2,
                "your {part} moves each entry by two steps, but divides by two steps only.",
            ),
        },
    ),
    Mistake(
        "M33",
        "all entries are moved at once, to one side",
        {"forward": of(_at_once, 0.0)},
        "your {part} has the same number everywhere, and that is the sum of all slopes.",
        name="all entries are moved at once",
        question=(
            "When you measure the slope with respect to one entry, what should the others do?"
        ),
    ),
)
