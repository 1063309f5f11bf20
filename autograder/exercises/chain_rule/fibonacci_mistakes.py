"""Wrong numbers of Fibonacci's sequence: one place off, doubled at each step, other starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.exercise import Mistake


def remembered(n: int, first: Any, second: Any) -> Any:
    """The n-th number, from a row that begins with the two start values.

    Args:
        n: the place; −1 gives the last of the start values.
        first: the number at place 0.
        second: the number at place 1.
    """
    row = [first, second]
    while len(row) <= n:
        row.append(row[-1] + row[-2])
    return row[n]


_PLACE_HINTS = (
    "Which number belongs to n = 0, and which to n = 1?",
    "Run your function for n = 0, 1, 2 and compare with the definition.",
    "From first = 5 and second = 7 the sequence is 5, 7, 12, 19, and n = 3 gives 19.",
)
_DOUBLING_HINTS = (
    "When your line adds, which two numbers of the sequence does it add?",
    "Write down all your variables after every line for first = 5 and second = 7. Is one of them "
    "overwritten before it is used, or are more than two numbers added?",
    "With p = 2 and q = 3, the two lines p = q and q = p + q leave 3 and 6. The single line "
    "p, q = q, p + q leaves 3 and 5, because Python works out the right-hand side first.",
)
_START_HINTS = (
    "If both start values were ten times as large, what should happen to the n-th number?",
    "Find the two numbers that your sequence begins with. Where do they come from?",
    "The familiar sequence 0, 1, 1, 2, 3 begins with 0 and 1. This one begins with the two "
    "arguments: 5 and 7 give 5, 7, 12, 19.",
)


def neighbour(shift: int, slug: str, name: str, beginning: int = 0) -> Mistake:
    """A number of the sequence that is one place off.

    Args:
        shift: by how many places.
        slug: the mistake's.
        name: its name.
        beginning: how many numbers at the beginning are right all the same.
    """
    return Mistake(
        "M13",
        slug,
        {"run": lambda v: remembered(v.n + (shift if v.n >= beginning else 0), v.first, v.second)},
        "your {part} is a number of the sequence, but one place off.",
        name=name,
        question="Which number belongs to n = 0, and which to n = 1?",
        hints=_PLACE_HINTS,
    )


def _run(slug: str, right: int, step: Callable[[Any, Any], tuple[Any, Any]]) -> Mistake:
    """A loop over a pair of variables, of which the first is returned.

    Args:
        slug: the mistake's.
        right: how many numbers at the beginning are right.
        step: what a round makes of the two variables.
    """

    def number(n: int, first: Any, second: Any) -> Any:
        pair = (first, second)
        if n < right:
            return remembered(n, first, second)
        for _ in range(n + 1 - right):
            pair = step(*pair)
        return pair[0]

    return Mistake(
        "M13",
        slug,
        {"run": lambda v: number(v.n, v.first, v.second)},
        "your {part} doubles from one number to the next, at least where n is large.",
        name="each number is twice the one before",
        question="When your line adds, which two numbers of the sequence does it add?",
        hints=_DOUBLING_HINTS,
    )


def _sequence(slug: str, first: float, second: float, given: int = 0) -> Mistake:
    """The numbers that begin with constants, whatever the start values are."""

    def number(v: Any) -> Any:
        return (v.first, v.second)[v.n] if v.n < given else remembered(v.n, first, second)

    return Mistake(
        "M13",
        slug,
        # What does not come from the start values is not counted at all.
        {"run": number, "additions": lambda v: float("nan")},
        "your {part} does not depend on the two start values, at least where n is large.",
        name="start values of your own instead of those that are given",
        question="If both start values were ten times as large, what should happen to the n-th "
        "number?",
        hints=_START_HINTS,
    )


def _sum_up_to(v: Any) -> Any:
    row = [v.first, v.second]
    while len(row) <= v.n:
        row.append(row[-1] + row[-2])
    return sum(row[: v.n + 1])


def _twice(first: Any, second: Any) -> tuple[Any, Any]:
    return second, second + second


def _sum_twice(first: Any, second: Any) -> tuple[Any, Any]:
    total = first + second
    return total, total


WRONG_NUMBERS = (
    neighbour(1, "one too far", "a number one place too far"),
    neighbour(1, "one too far, except at 0", "a number one place too far", beginning=1),
    neighbour(1, "one too far, except at 0 and 1", "a number one place too far", beginning=2),
    neighbour(-1, "one too early", "a number one place too early"),
    neighbour(-1, "one too early, except at 0", "a number one place too early", beginning=1),
    neighbour(-1, "one too early, except at 0 and 1", "a number one place too early", beginning=2),
    # a = b, then b = a + b
    _run("overwritten before the sum", 1, _twice),
    # b = a + b, then a = b; the second also adds all numbers before
    _run("the sum overwritten at once", 1, _sum_twice),
    _run("the sum overwritten at once, from number 2 on", 2, _sum_twice),
    _sequence("0, 1, 1, 2", 0.0, 1.0),
    _sequence("0, 1, 1, 2, except at 0 and 1", 0.0, 1.0, given=2),
    _sequence("1, 1, 2, 3", 1.0, 1.0),
    _sequence("1, 1, 2, 3, except at 0 and 1", 1.0, 1.0, given=2),
    Mistake(
        "M13",
        "sum of all numbers",
        {"run": _sum_up_to, "additions": lambda v: float(v.n + max(v.n - 1, 0))},
        "in the part {part}, all numbers of the sequence up to the n-th are added up.",
        name="the sum of the numbers instead of the last one",
        question="After 5, 7, 12, which number comes next, and from how many of these is it made?",
        hints=_PLACE_HINTS,
    ),
    Mistake(
        "M26",
        "whole start values",
        {
            "run": lambda v: remembered(v.n, float(int(v.first)), float(int(v.second))),
            "additions": lambda v: float("nan"),
        },
        "your {part} is what you get if the start values are truncated to integers.",
    ),
    Mistake(
        "M30",
        "start values swapped",
        {"run": lambda v: remembered(v.n, v.second, v.first)},
        "your {part} is what you get when the two start values are swapped.",
        name="the two start values are swapped",
        question="Which number belongs to n = 0, and which to n = 1?",
    ),
)
