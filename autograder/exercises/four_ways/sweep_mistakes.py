"""Wrong errors of a sweep over step sizes."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.four_ways.difference_rules import central, forward

Rule = Callable[..., Any]
Share = Callable[[Any, Any], Any]


def errors(v: SimpleNamespace, rule: Rule, *further: float) -> Any:
    """The relative errors of a difference, one per step.

    Args:
        v: the function, the point, its slope, and the steps.
        rule: the difference.
        further: what the rule needs besides the step.
    """
    return np.array([abs(rule(v.f, v.x, h, *further) / v.slope - 1) for h in v.steps])


def coarse(v: SimpleNamespace, found: Any) -> Any:
    """The errors of those steps that are compared.

    Args:
        v: the steps.
        found: one error per step.
    """
    return found[v.steps >= 1e-3]


_RELATIVE_HINTS = (
    "By what does the text divide the difference, and by what does your line?",
    "A relative error is divided by the size of the right value, which is given.",
    "If you measure 2.1 and the right value is 2, the absolute error is 0.1 and the relative error "
    "is 0.1/2 = 0.05.",
)
_POINT_HINTS = (
    "Which points does each of the two differences compare?",
    "The one-sided difference goes from x to x + h, the central one from x − h to x + h.",
    "For x = 1 and h = 0.1 the one-sided difference uses 1 and 1.1, which are 0.1 apart. The "
    "central one uses 0.9 and 1.1, which are 0.2 apart.",
)


def _both(measure: Callable[[SimpleNamespace, Rule], Any]) -> dict[str, Step]:
    return {
        "forward_error": lambda v: coarse(v, measure(v, forward)),
        "central_error": lambda v: coarse(v, measure(v, central)),
    }


def _over(size: Callable[[SimpleNamespace, Any, float], Any]) -> dict[str, Step]:
    """Errors that are divided by something other than the slope."""

    def measure(v: SimpleNamespace, rule: Rule) -> Any:
        measured = [(rule(v.f, v.x, h), h) for h in v.steps]
        return np.array([abs(d - v.slope) / size(v, d, h) for d, h in measured])

    return _both(measure)


def _relative(slug: str, wrong: dict[str, Step], evidence: str, name: str) -> Mistake:
    return Mistake(
        "M33",
        slug,
        wrong,
        evidence,
        name=name,
        question="By what does the text divide the difference, and by what does your line?",
        hints=_RELATIVE_HINTS,
        once=True,
    )


def _of_other_points(slug: str, part: str, rule: Rule, evidence: str, name: str) -> Mistake:
    return Mistake(
        "M33",
        slug,
        {part: lambda v: coarse(v, errors(v, rule))},
        evidence,
        name=name,
        question="Which points does each of the two differences compare?",
        hints=_POINT_HINTS,
    )


def _signed_errors(v: SimpleNamespace, rule: Rule) -> Any:
    return np.sign(v.slope) * errors(v, rule)


def _signed() -> tuple[Mistake, ...]:
    """Errors with the sign of the slope, and the steps at which those are smallest."""

    def best(rule: Rule) -> Step:
        return lambda v: float(v.steps[_signed_errors(v, rule).argmin()])

    bests = {"forward_best": best(forward), "central_best": best(central)}
    return tuple(
        Mistake(
            "M33",
            slug,
            {**_both(_signed_errors), **further},
            "your {part} comes from a division by the slope itself, which is negative where f "
            "falls.",
            name="the error is divided by the slope, not by its size",
            question="If f falls at x, which sign does your relative error have?",
            hints=_RELATIVE_HINTS,
            once=True,
        )
        for slug, further in (
            ("divided by the slope, not by its size", {}),
            ("divided by the slope, and the best steps follow", bests),
        )
    )


_BY_THE_MEASURED = "the error is taken relative to the measured slope"

WRONG_ERRORS = (
    _relative(
        "relative to the measured slope",
        _over(lambda v, measured, h: abs(measured)),
        "your {part} is divided by the difference quotient and not by the given slope.",
        _BY_THE_MEASURED,
    ),
    *_signed(),
    _relative(
        "relative to the sum of both",
        _over(lambda v, measured, h: abs(measured) + abs(v.slope)),
        "your {part} is divided by the sum of the measured and the given slope.",
        "the error is taken relative to both slopes",
    ),
    _relative(
        "relative to the mean of both",
        _over(lambda v, measured, h: (abs(measured) + abs(v.slope)) / 2),
        "your {part} is divided by the mean of the measured and the given slope.",
        "the error is taken relative to both slopes",
    ),
    _relative(
        "relative to the norm of both",
        _over(lambda v, measured, h: np.hypot(measured, v.slope)),
        "your {part} is divided by the root of the sum of both squares.",
        "the error is taken relative to both slopes",
    ),
    _relative(
        "relative to f",
        _over(lambda v, measured, h: abs(v.f(v.x))),
        "your {part} is divided by the value of f and not by the given slope.",
        "the error is taken relative to the value of f",
    ),
    _relative(
        "relative to x",
        _over(lambda v, measured, h: abs(v.x)),
        "your {part} is divided by x and not by the given slope.",
        "the error is taken relative to x",
    ),
    _relative(
        "relative to the square of the slope",
        _over(lambda v, measured, h: v.slope**2),
        "your {part} is divided by the slope twice.",
        "the error is divided by the slope twice",
    ),
    _relative(
        "divided by the step once more",
        _over(lambda v, measured, h: abs(v.slope) * h),
        "your {part} is divided by the step once more.",
        "the error is divided by the step",
    ),
    _relative(
        "absolute, divided by the step",
        _over(lambda v, measured, h: h),
        "your {part} is divided by the step and not by the given slope.",
        "the error is divided by the step",
    ),
    _relative(
        "logarithm of the error",
        _both(lambda v, rule: np.log10(errors(v, rule))),
        "your {part} is the logarithm of the relative error.",
        "the logarithm of the error",
    ),
    _of_other_points(
        "one-sided, to the left",
        "forward_error",
        lambda f, x, h: forward(f, x, -h),
        "your {part} belongs to a difference between x − h and x.",
        "a step to the wrong side",
    ),
    _of_other_points(
        "one-sided, over two steps",
        "forward_error",
        lambda f, x, h: forward(f, x, h) / 2,
        "your {part} is near one half, as if the two points were twice as far apart.",
        "the wrong distance between the two points",
    ),
    _of_other_points(
        "central where one-sided is asked",
        "forward_error",
        central,
        "your {part} is the error of the central difference.",
        "a central difference where a one-sided one is asked",
    ),
    _of_other_points(
        "half a step to either side",
        "central_error",
        lambda f, x, h: central(f, x, h / 2),
        "your {part} belongs to points that are half a step away from x.",
        "half the step",
    ),
    _of_other_points(
        "two steps to either side",
        "central_error",
        lambda f, x, h: central(f, x, 2 * h),
        "your {part} belongs to points that are two steps away from x.",
        "twice the step",
    ),
)
