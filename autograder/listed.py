"""Names in a sentence: "a", "a and b", "a, b and c"."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """Joins names as a sentence lists them.

    Args:
        names: any number of them.

    Returns:
        The names with commas between them and "and" before the last; "" if there are none.
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
