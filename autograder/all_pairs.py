"""Few combinations of several factors in which every two values of two factors meet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, product
from typing import Any

# A factor and one of its values.
Choice = tuple[str, Any]


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
        ((a, x), (b, y)): None
        for a, b in combinations(factors, 2)
        for x, y in product(factors[a], factors[b])
    }
    to_meet: defaultdict[Choice, set[Choice]] = defaultdict(set)
    for first, second in left:
        to_meet[first].add(second)
        to_meet[second].add(first)
    rows: list[dict[str, Any]] = []
    used: Counter[Choice] = Counter()
    while left:
        row = dict(next(iter(left)))

        def worth(choice: Choice, row: dict[str, Any] = row) -> tuple[int, int]:
            """What meets most that it has not met yet; among equals, what was used least."""
            return len(to_meet[choice].intersection(row.items())), -used[choice]

        for name in factors:
            if name not in row:
                row[name] = max(((name, value) for value in factors[name]), key=worth)[1]
        rows.append({name: row[name] for name in factors})
        used.update(row.items())
        for first, second in combinations(rows[-1].items(), 2):
            left.pop((first, second), None)
            to_meet[first].discard(second)
            to_meet[second].discard(first)
    return rows
