"""Values as plain ones: what is a dict, a tuple or a number of another class counts as one.

A named tuple is a tuple, and `np.int64(3)` is a 3. What the judge gets is a copy made of Python's
and NumPy's own types, both in a notebook and when it came out of the sandbox.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

# Deeper than any answer; what is nested more deeply is not looked into.
MAX_DEPTH = 40


def plain(value: Any, depth: int = 0) -> Any:
    """A copy of a value, of plain types where its own types are derived from them.

    Args:
        value: what an answer returned.
        depth: how deeply it is nested.

    Returns:
        The copy. Arrays keep their kind of numbers. A masked array or a matrix stays one, because
        it computes in its own way.
    """
    # By its type, because an object can lie about its class.
    kind = type(value)
    if value is None or kind in (bool, int, float, str, complex):
        return value
    if issubclass(kind, np.ndarray):
        special = issubclass(kind, np.ma.MaskedArray | np.matrix)
        return copy.deepcopy(value if special else np.ndarray.view(value, np.ndarray))
    if issubclass(kind, np.bool_):
        return bool(value)
    if issubclass(kind, np.integer) and not issubclass(kind, np.timedelta64):
        return int(value)
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, np.generic):
        return value
    if issubclass(kind, int):
        return int.__int__(value)
    if issubclass(kind, float):
        return float.__float__(value)
    if depth < MAX_DEPTH and kind is not type:
        if issubclass(kind, Mapping):
            return {text(key): plain(one, depth + 1) for key, one in entries(value)}
        if issubclass(kind, tuple):
            return tuple(plain(one, depth + 1) for one in tuple.__iter__(value))
        if issubclass(kind, list):
            return [plain(one, depth + 1) for one in list.__iter__(value)]
    return copy.deepcopy(value)


def entries(value: Any) -> Iterable[tuple[Any, Any]]:
    """The names and values of a mapping; of a dict, the ones that it really holds."""
    return list(dict.items(value) if issubclass(type(value), dict) else value.items())


def text(name: Any) -> Any:
    """A name as a plain string, if it is a string of any class."""
    return str.__str__(name) if issubclass(type(name), str) else name
