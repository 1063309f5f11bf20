"""How unit 01 asks: start values that count their own additions."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from autograder.inside.asking import CannotAsk, call_with_inputs

# No right answer comes near so many additions, or calls of functions.
ENOUGH = 100_000


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
    """Calls a function of n and two start values, and counts the additions it makes with them.

    Args:
        answer: the student's function of (n, first, second).
        inputs: a whole number "n" and floats "first", "second".

    Returns:
        What the function returned, "value" as a float, and "additions", a float: how many it
        took, or 0 when the value is none of the sums.

    Raises:
        CannotAsk: as `call_with_inputs` does, and when it adds or calls without end.
    """
    count = 0
    sums: set[float] = set()

    class Counted(float):
        """A float that counts how often it is added to something."""

        def __add__(self, other: Any) -> Any:
            nonlocal count
            count += 1
            if count > ENOUGH:
                raise CannotAsk(
                    f"At n = {inputs['n']} your function was stopped after a hundred thousand "
                    "additions. It must be computing the same numbers over and over."
                )
            sums.add(float(self) + float(other))
            return Counted(float(self) + float(other))

        __radd__ = __add__

    # What a student prints or returns of it should not raise a question about its type.
    Counted.__name__ = "float"
    counted = {name: value if name == "n" else Counted(value) for name, value in inputs.items()}
    with _few_calls(inputs["n"]):
        returned = dict(call_with_inputs(answer, counted))
    value = returned.get("value")
    if isinstance(value, Counted):
        returned["value"] = float(value)
    added = isinstance(value, float) and float(value) in sums
    return {**returned, "additions": float(count if added else 0)}
