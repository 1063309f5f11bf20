"""A sweep over step sizes: truncation on one side, round-off on the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.draws import always, with_changes
from autograder.exercise import Exercise, Mistake, Part, Probe
from autograder.exercises.four_ways.asks import ask_for_sweep
from autograder.exercises.four_ways.best_step_mistakes import WRONG_BEST_STEPS
from autograder.exercises.four_ways.difference import UNIT
from autograder.exercises.four_ways.difference_rules import central, forward
from autograder.exercises.four_ways.functions import lent
from autograder.exercises.four_ways.sweep_mistakes import WRONG_ERRORS, coarse, errors

STEPS = np.array([float(f"1e-{k}") for k in range(1, 14)])
# At the end of each first descent there is a rise that is due to truncation alone.
NO_ORDER = STEPS[[2, 0, 7, 10, 4, 12, 5, 8, 3, 11, 6, 9, 1]]
ANOTHER = STEPS[[1, 3, 0, 9, 6, 4, 11, 7, 2, 12, 5, 10, 8]]
# Errors that are worked out another way differ by their round-off. So a step still counts as best
# if it is this many times worse than the best one.
LUCK = 1.5


def _sweep(side: float = 1.0, turned: float = 1.0) -> Any:
    """Draws a function and a point; mirrored to the other side of 0, or turned upside down."""

    def draw(rng: np.random.Generator) -> dict[str, Any]:
        # Neither the slope nor the second or third derivative comes near 0 here.
        x, a, b, w = rng.uniform(0.4, 0.8), -rng.uniform(1, 2), rng.uniform(1.2, 1.5), 0.3
        f = {"scale": turned, "a": a, "b": b * side, "w": w * side, "k": 0.0, "c": 0.0}
        slope = (a * b * np.cos(b * x) + w**2 * x) * side * turned
        return {"f": lent(f), "x": float(x) * side, "slope": float(slope), "steps": STEPS.copy()}

    return draw


def _fast(rng: np.random.Generator) -> dict[str, Any]:
    """A sine so fast that its error at the second step is surely larger than at the first."""
    a, b = -rng.uniform(1, 2), rng.uniform(420, 500)
    x = float((2 * np.pi * rng.integers(20, 40) + rng.uniform(0.4, 0.6)) / b)
    f = {"scale": 1.0, "a": a, "b": b, "w": 0.0, "k": 0.0, "c": 0.0}
    return {"f": lent(f), "x": x, "slope": float(a * b * np.cos(b * x)), "steps": STEPS.copy()}


def _best_problem(rule: Callable[..., Any]) -> Any:
    def problem(value: Any, right: SimpleNamespace) -> str | None:
        # In single precision a step is not quite the one that was given.
        here = np.isclose(right.steps, value, rtol=1e-6, atol=0)
        if not here.any():
            return "it should be one of the given steps."
        found = errors(right, rule)
        if found[here][0] <= LUCK * found.min():
            return None
        smaller = value < right.steps[found.argmin()]
        side = "round-off dominates there" if smaller else "truncation dominates there"
        return f"at h = {float(value):.0e} the error is not at its smallest: {side}."

    return problem


def _smallest_of(name: str) -> Callable[[Any, Mapping[str, Any]], bool]:
    """Whether a step is one with the smallest of the student's own errors."""

    def follows(value: Any, returned: Mapping[str, Any]) -> bool:
        errors = np.asarray(returned[name], dtype=float)
        varies = errors.shape == STEPS.shape and np.isfinite(errors).all() and np.ptp(errors) > 0
        # Errors of differences of few digits may be exactly the same.
        return bool(varies and value in STEPS[errors == errors.min()])

    return follows


SWEEP_EXERCISE = Exercise(
    id="checker.sweep",
    unit=UNIT,
    title="A sweep over step sizes",
    objectives=("O7",),
    deck="D0, Finite Difference Method: notes on precision and on choosing ε",
    ask=ask_for_sweep,
    steps={
        "forward_error": lambda v: coarse(v, errors(v, forward)),
        "central_error": lambda v: coarse(v, errors(v, central)),
        "forward_best": lambda v: v.steps[errors(v, forward).argmin()],
        "central_best": lambda v: v.steps[errors(v, central).argmin()],
    },
    parts=(
        Part("forward_error", 0.5, "relative errors of the one-sided difference"),
        Part("central_error", 0.5, "relative errors of the central difference"),
        Part(
            "forward_best",
            0.25,
            "its best step",
            _best_problem(forward),
            follows=_smallest_of("forward_errors"),
        ),
        Part(
            "central_best",
            0.25,
            "its best step",
            _best_problem(central),
            follows=_smallest_of("central_errors"),
        ),
    ),
    probes=(
        Probe("steps in no order", with_changes(_sweep(), steps=always(NO_ORDER.copy()))),
        Probe("steps in another order", with_changes(_sweep(), steps=always(ANOTHER.copy()))),
        Probe("from the largest step down", _sweep(), corner=True),
        Probe("from the smallest step up", with_changes(_sweep(), steps=np.flip), corner=True),
        Probe("a sine so fast that the error rises and falls", _fast, corner=True),
        Probe("x below 0", _sweep(-1.0, 1.0), corner=True),
        Probe("a slope above 0", _sweep(1.0, -1.0), corner=True),
        Probe("x below 0 and a slope above 0", _sweep(-1.0, -1.0), corner=True),
        Probe("a slope of hundreds", _sweep(1.0, 400.0), corner=True),
        Probe("a slope of almost 0", _sweep(1.0, 1e-7), corner=True),
    ),
    also=("forward_errors", "central_errors"),
    tolerance=1e-5,
    why_tolerance="these errors are small differences of large numbers, good to about 1e-7",
    gradients=("forward_error", "central_error"),
    mistakes=(
        Mistake(
            "M33",
            "divided by h",
            {"central_error": lambda v: coarse(v, errors(v, central, 1.0))},
            "your {part} stays near 1, as if the central slope were twice as large as it is.",
            name="the wrong distance between the two points",
        ),
        Mistake(
            "M33",
            "absolute error",
            {
                "forward_error": lambda v: coarse(v, errors(v, forward)) * abs(v.slope),
                "central_error": lambda v: coarse(v, errors(v, central)) * abs(v.slope),
            },
            "your {part} is the absolute error. It is not divided by the size of the slope.",
            name="an absolute error",
            question="If f were measured in other units, would your error change?",
            hints=(
                "If f were measured in other units, would your error change?",
                "A relative error is divided by the size of the right value.",
                "If you measure 2.1 and the right value is 2, the absolute error is 0.1 and the "
                "relative error is 0.05.",
            ),
        ),
        Mistake(
            "M33",
            "the smallest step taken for the best",
            {"forward_best": lambda v: 1e-13, "central_best": lambda v: 1e-13},
            "your {part} is the smallest step of all.",
            name="the smallest step is mistaken for the best",
            question="How many digits of f(x + h) and f(x) differ when h is 1e-13?",
            hints=(
                "How many digits of f(x + h) and f(x) differ when h is 1e-13?",
                "Print your errors next to the steps. Where is the smallest error?",
                "np.argmin gives the position of the smallest entry of an array.",
            ),
        ),
        Mistake(
            "M33",
            "the largest step taken for the best",
            {"forward_best": lambda v: 0.1, "central_best": lambda v: 0.1},
            "your {part} is the largest step of all.",
            name="the largest step is mistaken for the best",
            question="How straight is f between two points that are 0.2 apart?",
        ),
        Mistake(
            "M33",
            "one-sided where central is asked",
            {"central_error": lambda v: coarse(v, errors(v, forward))},
            "your {part} is the error of the one-sided difference.",
            name="a one-sided difference",
            question="Which two points does the central difference compare?",
        ),
        *WRONG_ERRORS,
        *WRONG_BEST_STEPS,
    ),
    variants={
        "array arithmetic": lambda f, x, slope, steps: _sweep_by_arrays(f, x, slope, steps),
        "a loop": lambda f, x, slope, steps: _sweep_by_loop(f, x, slope, steps),
    },
    hints=(
        "Go through the steps. For each one, compute both differences of f at x and how far they "
        "are from the given slope.",
        "The relative error is |difference − slope| / |slope|. The best step is the one with the "
        "smallest error.",
        "For steps of 0.1, 0.01 and 0.001 with errors 3e-2, 3e-3 and 3e-4, the best step is "
        "0.001: steps[np.argmin(errors)].",
    ),
)


def _sweep_by_arrays(f: Any, x: float, slope: float, steps: Any) -> dict[str, Any]:
    above, below = (np.array([f(x + sign * h) for h in steps]) for sign in (1, -1))
    one = np.abs((above - f(x)) / steps - slope) / abs(slope)
    two = np.abs((above - below) / steps / 2 - slope) / abs(slope)
    return {
        "forward_error": one,
        "central_error": two,
        "forward_best": steps[one.argmin()],
        "central_best": steps[two.argmin()],
    }


def _sweep_by_loop(f: Any, x: float, slope: float, steps: Any) -> dict[str, Any]:
    one, two = [], []
    for h in steps:
        one.append(abs((f(x + h) - f(x)) / h / slope - 1))
        two.append(abs((f(x + h) - f(x - h)) / (2 * h * slope) - 1))
    best = {"forward_best": float(steps[one.index(min(one))])}
    best["central_best"] = min(zip(two, steps.tolist(), strict=True))[1]
    return {"forward_error": np.array(one), "central_error": np.array(two), **best}


EXERCISES = (SWEEP_EXERCISE,)
