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


def plain(value: Any) -> Any:
    """A copy of a value, of plain types where its own types are derived from them.

    Args:
        value: what an answer returned.

    Returns:
        The copy. Arrays keep their kind of numbers. A masked array or a matrix stays one, because
        it computes in its own way. What stands in several places, or contains itself, does so in
        the copy.
    """
    return _copied(value, 0, {})


def _copied(value: Any, depth: int, made: dict[int, tuple[Any, Any]]) -> Any:
    """The copy; `made` holds what has been copied, by its identity, with its copy."""
    # By its type, because an object can lie about its class.
    kind = type(value)
    found: Any
    if value is None or kind in (bool, int, float, str, complex):
        return value
    if id(value) in made:
        return made[id(value)][1]
    if issubclass(kind, np.ndarray):
        special = issubclass(kind, np.ma.MaskedArray | np.matrix)
        array = value if special else np.ndarray.view(value, np.ndarray)
        found = copy.deepcopy(array) if special or array.dtype.hasobject else array.copy("K")
        made[id(value)] = (value, found)
        return found
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
    if depth >= MAX_DEPTH or not issubclass(kind, Mapping | tuple | list):
        return copy.deepcopy(value)
    found = {} if issubclass(kind, Mapping) else []
    made[id(value)] = (value, found)
    if issubclass(kind, Mapping):
        found.update((text(key), _copied(one, depth + 1, made)) for key, one in entries(value))
    elif issubclass(kind, tuple):
        found = tuple(_copied(one, depth + 1, made) for one in tuple.__iter__(value))
        made[id(value)] = (value, found)
    else:
        found.extend(_copied(one, depth + 1, made) for one in list.__iter__(value))
    return found


def entries(value: Any) -> Iterable[tuple[Any, Any]]:
    """The names and values of a mapping; of a dict, the ones that it really holds."""
    return list(dict.items(value) if issubclass(type(value), dict) else value.items())


def text(name: Any) -> Any:
    """A name as a plain string, if it is a string of any class."""
    return str.__str__(name) if issubclass(type(name), str) else name
