"""Fibonacci's recursion, remembered: the saving that backpropagation makes on paths."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.chain_rule.asks import MOST_ROWS, ask_counting_additions
from autograder.exercises.chain_rule.fibonacci_mistakes import WRONG_NUMBERS, remembered

UNIT = "01-chain-rule"


# From here on, a recursion that remembers nothing does not come to an end.
ENDLESS = 40


def _naive(n: int, first: Any, second: Any) -> Any:
    if n >= ENDLESS:
        raise RecursionError
    if n < 2:
        return (first, second)[n]
    return _naive(n - 1, first, second) + _naive(n - 2, first, second)


def _counted(inputs: Inputs, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """How many additions led to the value: those that were handed in are made again.

    There were none if the value is not among the numbers that they give.
    """
    rows, value = values.get("additions"), values.get("value")
    if type(rows) is float and rows > MOST_ROWS:
        return values
    if not isinstance(rows, np.ndarray) or rows.shape[1:] != (2,) or rows.dtype.kind != "i":
        return {**values, "additions": 0.0}
    found = [inputs["first"], inputs["second"]]
    for one, other in rows[: MOST_ROWS + 1].tolist():
        if not (0 <= one < len(found) and 0 <= other < len(found)):
            return {**values, "additions": 0.0}
        found.append(found[one] + found[other])
    return {**values, "additions": float(len(rows)) if _is_among(value, found) else 0.0}


def _is_among(value: Any, found: list[Any]) -> bool:
    """Whether a value is one of the numbers, also if it is an array that holds one number."""
    if type(value) is list and len(value) == 1:
        (value,) = value
    if type(value) is int:
        return value in found
    if not isinstance(value, float | np.floating | np.ndarray) or np.size(value) != 1:
        return False
    array = np.asarray(value)
    # Numbers of single precision are compared as such.
    return array.dtype.kind == "f" and bool((array.ravel() == np.array(found, array.dtype)).any())


def _additions_problem(count: Any, right: SimpleNamespace) -> str | None:
    if count < right.n - 2:  # one place too early costs its value only
        return (
            f"at n = {right.n} your function made {count:.0f} additions, which is too few. Build "
            "every number by addition from the two start values, as they are passed in."
        )
    if count <= right.n + 1:
        return None
    return (
        f"at n = {right.n} your function made {count:.0f} additions. If each of the numbers up to "
        "the n-th is computed only once, each needs just one addition."
    )


def _draw(low: int, high: int) -> Any:
    return lambda rng: {
        "n": int(rng.integers(low, high)),
        "first": rng.uniform(0.5, 1.5),
        "second": rng.uniform(2, 3),
    }


FIBONACCI_EXERCISE = Exercise(
    id="fibonacci.memo",
    unit=UNIT,
    title="Fibonacci, every number once",
    objectives=("O8",),
    deck="D4, Backpropagation is recursive: the Fibonacci program",
    ask=ask_counting_additions,
    read=_counted,
    steps={
        "run": lambda v: remembered(v.n, v.first, v.second),
        "value": lambda v: float(v.run),
        "additions": lambda v: float(max(v.n - 1, 0)),
    },
    parts=(
        Part("value", 0.5, "the n-th number"),
        Part(
            "additions", 0.5, "how many additions it took", accept=_additions_problem, plural=True
        ),
    ),
    probes=(
        Probe("n around 10", _draw(9, 13)),
        Probe("n near 20", _draw(17, 21)),
        Probe("n between 60 and 80", _draw(60, 80)),
        Probe("n = 0", _draw(0, 1), special=True),
        Probe("n = 1", _draw(1, 2), special=True),
        Probe("n = 5", lambda rng: {"n": 5, "first": 5.0, "second": 7.0}, fixed=True),
        Probe("n = 2", _draw(2, 3), corner=True),
        Probe("n = 3", _draw(3, 4), corner=True),
        Probe(
            "numbers below 0",
            lambda rng: {
                "n": int(rng.integers(5, 9)),
                "first": -float(rng.uniform(1, 2)),
                "second": -0.5,
            },
            corner=True,
        ),
        Probe("two zeros", lambda rng: {"n": 6, "first": 0.0, "second": 0.0}, corner=True),
        Probe(
            "the second smaller than the first",
            lambda rng: {
                "n": int(rng.integers(5, 9)),
                "first": 3.5,
                "second": float(rng.uniform(0, 1)),
            },
            corner=True,
        ),
    ),
    mistakes=(
        Mistake(
            "M16",
            "naive recursion",
            {
                "run": lambda v: _naive(v.n, v.first, v.second),
                "additions": lambda v: _naive(v.n, 1.0, 1.0) - 1,
            },
            "your {part} is what a recursion that remembers nothing gives.",
            name="the same number is computed again and again",
            question="How many times is the number for n = 2 computed on the way to n = 5?",
            hints=(
                "How many times is the number for n = 2 computed on the way to n = 5?",
                "Keep each number in a dict or a list once you have it, and look there first.",
                "For n = 4 by hand: write 5 and 7, then 12, 19 and 31 below. That takes only "
                "three additions, because each number was already on the paper when you needed it.",
            ),
        ),
        *WRONG_NUMBERS,
    ),
    variants={
        "two variables": lambda n, first, second: _by_two_variables(n, first, second),
        "recursion with a cache": lambda n, first, second: _by_cache(n, first, second),
    },
    hints=(
        "Which numbers does the recursion ask for more than once?",
        "Keep each number once you have it: in a dict where the recursion looks first, or in a "
        "list that grows from small n to large n.",
        "By hand you would write 5, 7, 12, 19, 31 in a row and never compute 12 twice. Let the "
        "program keep a row like that.",
    ),
)


def _by_two_variables(n: int, first: Any, second: Any) -> dict[str, Any]:
    for _ in range(n):
        first, second = second, first + second
    return {"value": first}


def _by_cache(n: int, first: Any, second: Any) -> dict[str, Any]:
    @cache
    def number(k: int) -> Any:
        if k == 0:
            return first
        return second if k == 1 else number(k - 1) + number(k - 2)

    return {"value": np.float64(number(n))}


EXERCISES = (FIBONACCI_EXERCISE,)
