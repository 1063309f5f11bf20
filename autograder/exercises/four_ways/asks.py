"""How unit 03 asks: functions go in as data and are built here, beside the student's code.

A function is a dict of "scale" (a float) and "a", "b", "w", "k", "c" (arrays of the shape of x):

    f(x) = scale · (Σ a sin(b x) + ½ (Σ w x)²) + Σ k |x − c|

Each way of asking also takes a plain function of the inputs, and then just calls it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.inside.asking import CannotAsk, call_with_inputs


def build_function(coefficients: Mapping[str, Any]) -> Callable[[Any], float]:
    """The function that the coefficients describe; it keeps nothing of what it is given."""
    a, b, w, k, c = (np.array(coefficients[name], dtype=float) for name in "abwkc")
    scale = float(coefficients["scale"])

    def f(x: Any) -> float:
        if np.shape(x) != a.shape:
            raise ValueError(f"f needs an x of shape {a.shape}, not {np.shape(x)}")
        curved = (a * np.sin(b * x)).sum() + 0.5 * (w * x).sum() ** 2
        return float(scale * curved + (k * np.abs(x - c)).sum())

    return f


def ask_with_function(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Calls a function whose first argument is a function.

    Args:
        answer: the student's function of (f, …).
        inputs: coefficients "f" and the other arguments.

    Returns:
        What the function returned.

    Raises:
        CannotAsk: as `call_with_inputs` does.
    """
    lent = {**inputs, "f": build_function(inputs["f"])}
    return call_with_inputs(answer, lent)


def ask_for_sweep(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Calls a function of (f, x, slope, steps) and keeps what can be compared of its errors.

    Args:
        answer: the student's function.
        inputs: coefficients "f", floats "x" and "slope", an array "steps".

    Returns:
        What the function returned; of arrays with one error a step, those of the steps from
        1e-3 on, since below them chance has a say in the errors.

    Raises:
        CannotAsk: as `call_with_inputs` does.
    """
    steps = inputs["steps"]
    returned = ask_with_function(answer, inputs)
    return {
        name: np.asarray(value)[steps >= 1e-3] if np.shape(value) == np.shape(steps) else value
        for name, value in returned.items()
    }


def ask_for_verdicts(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Shows a gradient checker one claim after the other.

    Args:
        answer: the student's function of (f, claimed, x).
        inputs: "cases", a dict from part to a list of cases with coefficients "f" and arrays
            "claimed" and "x".

    Returns:
        For every part the list of verdicts, each True or False, or the words of an error.

    Raises:
        CannotAsk: if the answer cannot be called so, or returns no verdict.
    """
    if _takes(answer, 1):
        return call_with_inputs(answer, inputs)
    return {
        part: [_verdict(answer, case) for case in cases] for part, cases in inputs["cases"].items()
    }


def _verdict(answer: Any, case: dict[str, Any]) -> bool | str:
    f = build_function(case["f"])
    try:
        returned = call_with_inputs(answer, {"f": f, "claimed": case["claimed"], "x": case["x"]})
    except (NotImplementedError, CannotAsk):
        raise
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:200]
    verdict = returned.get("right")
    if not isinstance(verdict, bool | np.bool_):
        raise CannotAsk(
            'The entry "right" should be True or False, but it is of type '
            f"{type(verdict).__name__}. If you have an array of comparisons, use .all()."
        )
    return bool(verdict)


def _takes(answer: Any, count: int) -> bool:
    try:
        inspect.signature(answer).bind(*range(count))
    except (TypeError, ValueError):
        return False
    return True
