"""How unit 01 asks: start values that write down their own additions."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.inside.asking import CannotAsk, call_with_inputs

# No right answer comes near so many additions, or calls of functions.
ENOUGH = 100_000
# No right answer comes near so many additions either, so that more are only counted.
MOST_ROWS = 1_000


@contextmanager
def _few_calls(n: int) -> Iterator[None]:
    """Stops a recursion that would not end, also one that does not count its additions.

    It does nothing where a profiler is already set: there is room for only one.
    """
    if sys.getprofile() is not None:
        yield
        return
    calls = 0

    def watch(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event == "call"
        if calls > ENOUGH:
            raise CannotAsk(
                f"At n = {n} your function was stopped after a hundred thousand calls of "
                "functions. It must be computing the same numbers over and over."
            )

    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(None)


def ask_counting_additions(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Calls a function of n and two start values, and writes down the additions of its numbers.

    Args:
        answer: the student's function of (n, first, second).
        inputs: a whole number "n" and floats "first", "second".

    Returns:
        What the function returned, "value" as a float, and "additions": an array with a row for
        each addition, the places of its two terms among the start values and the earlier sums;
        or how many there were, a float, where the rows would be too many.

    Raises:
        CannotAsk: as `call_with_inputs` does, and when it adds or calls without end.
    """
    made: list[tuple[int, int]] = []

    class Counted(float):
        """A float that writes down what it is added to."""

        place: int

        def __add__(self, other: Any) -> Any:
            if not isinstance(other, Counted):
                # The sum() of a list begins with a 0, and what else is added is no earlier number.
                return self if other == 0 else float(self) + other
            made.append((self.place, other.place))
            if len(made) > ENOUGH:
                raise CannotAsk(
                    f"At n = {inputs['n']} your function was stopped after a hundred thousand "
                    "additions. It must be computing the same numbers over and over."
                )
            return counted(float(self) + float(other), len(made) + 1)

        __radd__ = __add__

    # What a student prints or returns of it should not raise a question about its type.
    Counted.__name__ = "float"

    def counted(value: float, place: int) -> Counted:
        number = Counted(value)
        number.place = place
        return number

    starts = {"first": counted(inputs["first"], 0), "second": counted(inputs["second"], 1)}
    with _few_calls(inputs["n"]):
        returned = dict(call_with_inputs(answer, {**inputs, **starts}))
    if isinstance(returned.get("value"), Counted):
        returned["value"] = float(returned["value"])
    rows = np.array(made, dtype=int).reshape(-1, 2)
    return {**returned, "additions": float(len(rows)) if len(rows) > MOST_ROWS else rows}
