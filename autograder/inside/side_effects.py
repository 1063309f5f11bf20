"""What a call did to memory: inputs that it changed in place, arrays under two names."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.inside.lent import Lent


def changed_inputs(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the inputs, or entries of inputs, that are not what they were.

    Args:
        before: the inputs by name.
        after: the same names after a call.

    Returns:
        The names of those that differ in type, shape or any entry: `x`, or `cache["A1"]` where
        one entry of a dict changed, or `W (entry 2)` where one of a list did.
        In a list of dicts they are the names in those dicts.
    """
    places = (place for name in before for place in _changes(name, before[name], after.get(name)))
    return tuple(dict.fromkeys(places))


def shared_memory(
    items: list[tuple[Any, Any]], inputs: Mapping[str, Any]
) -> tuple[tuple[str, str], ...]:
    """Names whose arrays share memory with one another or with an input.

    Args:
        items: names and values that a call returned.
        inputs: the inputs that it was lent.

    Returns:
        Pairs of names, at most ten; the second may be an input's.
    """
    arrays = [(n, v) for n, v in items if type(n) is str and isinstance(v, np.ndarray)][:40]
    lent = [(name, value) for name, value in inputs.items() if isinstance(value, np.ndarray)]
    pairs = [*itertools.combinations(arrays, 2), *itertools.product(arrays, lent)]
    return tuple((a, b) for (a, first), (b, second) in pairs if _overlap(first, second))[:10]


def _overlap(first: Any, second: Any) -> bool:
    if first is not second and first.base is None and second.base is None:
        return False  # Neither is a view, so that each has memory of its own.
    try:
        return bool(np.shares_memory(first, second, max_work=1000))  # type: ignore[arg-type]
    except Exception:
        return False


def _changes(name: str, before: Any, after: Any) -> list[str]:
    """Where a value changed: its name, or the names of its entries."""
    if _same(before, after):
        return []
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        return [place for k in before for place in _changes(f"{name}[{k!r}]", before[k], after[k])]
    both = isinstance(before, list | tuple) and isinstance(after, list | tuple)
    if both and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True), start=1)
        return [place for k, pair in pairs for place in _in_list(f"{name} (entry {k})", *pair)]
    return [name]


def _in_list(name: str, before: Any, after: Any) -> list[str]:
    """Of a list of cases only the names within a case are known to whoever is asked them."""
    if _same(before, after):
        return []
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        return [place for key in before for place in _changes(key, before[key], after[key])]
    return [name]


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, Lent):
        return True
    if isinstance(before, np.ndarray):
        return (
            isinstance(after, np.ndarray)
            and before.shape == after.shape
            and before.dtype == after.dtype
            and np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
        )
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(_same(before[k], after[k]) for k in before)
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(_same, before, after))
    return bool(before == after)
