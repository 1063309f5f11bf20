"""How unit 01 asks: start values that count their own additions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.inside.asking import CannotAsk, call_with_inputs


def ask_counting_additions(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Calls a function of n and two start values, and counts the additions it makes with them.

    Args:
        answer: the student's function of (n, first, second).
        inputs: a whole number "n" and floats "first", "second".

    Returns:
        What the function returned, "value" as a float, and "additions", a float: how many it
        took, or 0 when the value is none of the sums.

    Raises:
        CannotAsk: as `call_with_inputs` does, and when the additions go beyond all bounds.
    """
    count = 0
    sums: set[float] = set()

    class Counted(float):
        """A float that counts how often it is added to something."""

        def __add__(self, other: Any) -> Any:
            nonlocal count
            count += 1
            if count > 500_000:
                raise CannotAsk(
                    f"At n = {inputs['n']} your function was stopped after half a million "
                    "additions. It must be computing the same numbers over and over."
                )
            sums.add(float(self) + float(other))
            return Counted(float(self) + float(other))

        __radd__ = __add__

    # What a student prints or returns of it should not raise a question about its type.
    Counted.__name__ = "float"
    counted = {name: value if name == "n" else Counted(value) for name, value in inputs.items()}
    returned = dict(call_with_inputs(answer, counted))
    value = returned.get("value")
    if isinstance(value, Counted):
        returned["value"] = float(value)
    added = isinstance(value, float) and float(value) in sums
    return {**returned, "additions": float(count if added else 0)}
