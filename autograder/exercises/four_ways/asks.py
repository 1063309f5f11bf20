"""How unit 03 asks: what can be compared of a sweep, and one claim after the other."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.inside.asking import CannotAsk, call_with_inputs


def ask_for_sweep(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Calls a function of (f, x, slope, steps) and keeps what can be compared of its errors.

    Args:
        answer: the student's function.
        inputs: a function "f", floats "x" and "slope", an array "steps".

    Returns:
        What the function returned; of arrays with one error per step, those of the steps from
        1e-3 on, since below them chance has a say in the errors. All of them, by which a best
        step is chosen, are "forward_errors" and "central_errors", from the largest step down.

    Raises:
        CannotAsk: as `call_with_inputs` does.
    """
    steps = inputs["steps"]
    returned = call_with_inputs(answer, inputs)
    errors = {name: v for name, v in returned.items() if np.shape(v)[:1] == np.shape(steps)}
    told = {**returned, **{name: np.asarray(v)[steps >= 1e-3] for name, v in errors.items()}}
    down = np.argsort(-steps)
    every = {f"{name}s": np.asarray(errors[name])[down] for name in errors if "_error" in name}
    return {**told, **every}


def ask_for_verdicts(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Shows a gradient checker one claim after the other.

    Args:
        answer: the student's function of (f, claimed, x); a function of the inputs is just called.
        inputs: "cases", a dict from part to a list of cases with a function "f" and arrays
            "claimed" and "x".

    Returns:
        For every part the list of verdicts, each True or False, or the words of an error.

    Raises:
        CannotAsk: if the answer cannot be called so, or returns no verdict.
    """
    if not _takes(answer, 3):
        return call_with_inputs(answer, inputs)
    if _takes(answer, 99):  # It may be either, and stops where it is the other.
        with contextlib.suppress(Exception):
            return call_with_inputs(answer, inputs)
    return {
        part: [_verdict(answer, case) for case in cases] for part, cases in inputs["cases"].items()
    }


def _verdict(answer: Any, case: dict[str, Any]) -> bool | str:
    try:
        returned = call_with_inputs(answer, {name: case[name] for name in ("f", "claimed", "x")})
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
