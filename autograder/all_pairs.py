"""Few combinations of several factors in which every two values of two factors meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, product
from typing import Any


def all_pairs(factors: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Few rows in which every two values of two factors meet.

    Args:
        factors: name → its values.

    Returns:
        One dict per row, a value for every factor. They are the same on every call.
    """
    if len(factors) < 2:
        return [{name: value} for name, values in factors.items() for value in values]
    # A dict, because a set would give them in another order on every run.
    left = {
        frozenset(((a, x), (b, y))): None
        for a, b in combinations(factors, 2)
        for x, y in product(factors[a], factors[b])
    }
    rows: list[dict[str, Any]] = []
    used: Counter[tuple[str, Any]] = Counter()
    while left:
        row: dict[str, Any] = dict(sorted(next(iter(left)), key=str))

        def worth(choice: tuple[str, Any], row: dict[str, Any] = row) -> tuple[int, int]:
            """What meets most that it has not met yet; among equals, what was used least."""
            return sum(frozenset((choice, one)) in left for one in row.items()), -used[choice]

        for name in factors:
            if name not in row:
                row[name] = max(((name, value) for value in factors[name]), key=worth)[1]
        used.update(row.items())
        for pair in combinations(row.items(), 2):
            left.pop(frozenset(pair), None)
        rows.append({name: row[name] for name in factors})
    return rows
