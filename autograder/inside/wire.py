"""Values as data: JSON for their form, raw bytes for arrays. Never pickle.

Both sides of the sandbox use this module. Anybody may have written what is decoded. So decoding
checks every length and type and runs no code of the sender. It stays within a budget, because a few
bytes can be made to stand for very much.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.inside.framing import MIB, WireError

MAX_DEPTH = 40
MAX_DIMENSIONS = 32
# Bytes that an array would have if its axes of no length had length 1.
MAX_EMPTY = MIB
MAX_INT_DIGITS = 2_000
MAX_NAME = 60
# No exercise asks for a longer string; of one, only the beginning is kept.
MAX_STRING = 1_000
# Little-endian, as `encode` writes them, so that there is one way to write an array.
DTYPE = re.compile(r"[<|][biufc][0-9]{1,2}")
_DTYPES: dict[str, np.dtype[Any]] = {}


@dataclass
class Budget:
    """How much the values that one submission sends may still take when they are decoded.

    Args:
        bytes: of arrays.
        values: numbers, strings, containers and their entries, keys included.
        text: characters of strings and keys.
        types: names of types that are not sent; each of them takes a thousand bytes.
    """

    bytes: int = 64 * MIB
    values: int = 500_000
    text: int = 500_000
    types: int = 5_000

    def spend(self, bytes: int = 0, values: int = 0, text: int = 0, types: int = 0) -> None:
        """Takes off the cost of a value that is about to be made.

        Raises:
            WireError: if not enough is left.
        """
        self.bytes -= bytes
        self.values -= values
        self.text -= text
        self.types -= types
        if self.bytes < 0 or self.values < 0 or self.text < 0 or self.types < 0:
            raise WireError("the answers have too many parts, or are too large")

    def spend_value(self, text: int = 0) -> None:
        """The same for one value, which there are many of, or for one string."""
        self.values -= 1
        self.text -= text
        if self.values < 0 or self.text < 0:
            self.spend()


def encode(value: Any, blob: bytearray, lend: Callable[[Any], int | None] | None = None) -> Any:
    """Describes a value in JSON.

    Args:
        value: numbers, strings, arrays, lists, tuples, and dicts with strings as keys. Of any other
            value, only the name of its type is kept.
        blob: the bytes of arrays are appended to it.
        lend: gives the number under which a value is lent, or None for any other value.

    Returns:
        The description.
    """
    kind = type(value)
    if value is None or kind in (bool, str):
        return value
    if kind is int:
        return value if abs(value) < 2**53 else _encode_large_int(value)
    if kind is float:
        return value if math.isfinite(value) else {"float": str(value)}
    if kind is complex:
        return {"complex": [encode(value.real, blob), encode(value.imag, blob)]}
    if kind is np.ndarray or isinstance(value, np.generic):
        return _encode_array(value, blob)
    if kind in (list, tuple):
        return {kind.__name__: [encode(entry, blob, lend) for entry in value]}
    if kind is dict or (isinstance(value, Mapping) and not isinstance(value, type)):
        items = list(value.items())
        if all(type(key) is str for key, _ in items):
            return {"dict": [[key, encode(entry, blob, lend)] for key, entry in items]}
    if lend is not None and (number := lend(value)) is not None:
        return {"lent": number}
    return {"object": kind.__name__[:MAX_NAME]}


def decode(
    description: Any,
    blob: bytes,
    budget: Budget | None = None,
    borrow: Callable[[int], Any] | None = None,
) -> Any:
    """Rebuilds a value from its description.

    Args:
        description: what `encode` returned, or what somebody else sent.
        blob: the bytes of the arrays; each is used once.
        budget: what the value may take; its cost is taken off.
        borrow: what stands for a value that is lent under a number; without it there are none.

    Returns:
        The value. What could not be sent becomes an object whose type has the same name.

    Raises:
        WireError: if the description is not well formed, or stands for too much.
    """
    return _Decoder(blob, Budget() if budget is None else budget, borrow).value(description, 0)


class _Decoder:
    def __init__(
        self, blob: bytes, budget: Budget, borrow: Callable[[int], Any] | None = None
    ) -> None:
        self.blob = blob
        self.borrow = borrow
        self.unused = len(blob)
        self.budget = budget
        self.stand_ins: dict[str, Any] = {}

    def value(self, description: Any, depth: int) -> Any:
        self.budget.spend_value()
        if depth > MAX_DEPTH:
            raise WireError("a value is nested too deeply")
        if type(description) is str:
            return self.string(description)
        if description is None or type(description) in (bool, int, float):
            return description
        if type(description) is not dict or len(description) != 1:
            raise WireError("a value is not described as it should be")
        ((kind, content),) = description.items()
        return self.described(kind, content, depth + 1)

    def described(self, kind: str, content: Any, depth: int) -> Any:
        if kind in ("list", "tuple", "dict", "complex"):
            if type(content) is not list:
                raise WireError(f"a {kind} is not described by a list")
            return self.collection(kind, content, depth)
        if kind == "array" or kind == "scalar":
            return self.array(kind, content)
        if kind == "lent" and self.borrow is not None and type(content) is int:
            return self.borrow(content)
        if type(content) is not str:
            raise WireError("a value is not described as it should be")
        if kind == "int" and len(content) <= MAX_INT_DIGITS:
            try:
                return int(content, 16)
            except ValueError:
                raise WireError("a whole number is not one") from None
        if kind == "float" and content in ("nan", "inf", "-inf"):
            return float(content)
        if kind == "object":
            return self.stand_in(content)
        raise WireError("there is no such kind of value")

    def stand_in(self, name: str) -> Any:
        safe = name if name.isidentifier() and len(name) <= MAX_NAME else "object"
        if safe not in self.stand_ins:
            self.budget.spend(types=1)
            self.stand_ins[safe] = type(safe, (), {"__slots__": ()})()
        return self.stand_ins[safe]

    def collection(self, kind: str, content: list[Any], depth: int) -> Any:
        if kind == "dict":
            return {self.key(pair): self.value(pair[1], depth) for pair in content}
        entries = [self.value(entry, depth) for entry in content]
        if kind != "complex":
            return tuple(entries) if kind == "tuple" else entries
        if len(entries) != 2 or not all(type(entry) in (int, float) for entry in entries):
            raise WireError("a complex number is not one")
        try:
            return complex(*entries)
        except OverflowError:
            raise WireError("a complex number is not one") from None

    def key(self, pair: Any) -> str:
        # Python hashes strings with a secret; numbers can be chosen so that all collide.
        if type(pair) is not list or len(pair) != 2 or type(pair[0]) is not str:
            raise WireError("an entry of a dict is not a string and a value")
        self.budget.spend_value()
        return self.string(pair[0])

    def string(self, text: str) -> str:
        kept = text[:MAX_STRING]
        self.budget.spend(text=len(kept))
        # Half a character, which JSON can hold and UTF-8 cannot.
        return kept if kept.isascii() else kept.encode("utf-8", "replace").decode("utf-8")

    def array(self, kind: str, content: Any) -> Any:
        name, shape, start, *order = content if _is_array(content) else ("", [], 0)
        if name == "O":
            return np.empty((0,) * len(shape), object)
        dtype = _dtype(name)
        count = math.prod(shape)
        size = count * dtype.itemsize
        # An axis of no length makes an array empty, and its sum over that axis as large as the
        # others say.
        if not count and math.prod(length or 1 for length in shape) * dtype.itemsize > max(
            len(self.blob), MAX_EMPTY
        ):
            raise WireError("an array is longer than the data that was sent")
        self.unused -= size
        if start + size > len(self.blob) or self.unused < 0:
            raise WireError("an array is longer than the data that was sent")
        self.budget.spend(bytes=size)
        held = [shape[axis] for axis in order[0]] if order else shape
        array = np.frombuffer(self.blob, dtype, count, start).reshape(held).copy()
        if dtype.kind == "b":
            array = array.view(np.uint8) != 0  # A byte of 2 would be neither true nor false.
        if order:
            array = array.transpose(np.argsort(order[0])).copy("K")
        return array[()] if kind == "scalar" and not shape else array


def _is_array(content: Any) -> bool:
    """Whether something is a name, at most so many lengths, a place in the data, and an order."""
    if type(content) is not list or len(content) not in (3, 4):
        return False
    name, shape, start, *order = content
    if type(name) is not str or type(shape) is not list or len(shape) > MAX_DIMENSIONS:
        return False
    for length in (*shape, start):
        if type(length) is not int or not 0 <= length < 2**40:
            return False
    return not order or _is_order(order[0], len(shape))


def _is_order(order: Any, axes: int) -> bool:
    """Whether something names each axis once."""
    if type(order) is not list or len(order) != axes:
        return False
    return all(type(axis) is int for axis in order) and sorted(order) == list(range(axes))


def _dtype(name: str) -> np.dtype[Any]:
    if name not in _DTYPES:
        try:
            found = np.dtype(name) if DTYPE.fullmatch(name) else None
        except TypeError:
            found = None
        if found is None:
            raise WireError("an array is not described as it should be")
        _DTYPES[name] = found  # There are few names of this form.
    return _DTYPES[name]


def _encode_array(value: Any, blob: bytearray) -> Any:
    kind = "array" if type(value) is np.ndarray else "scalar"
    array = np.asarray(value)
    dtype = array.dtype
    if dtype.kind not in "biufc":
        if kind == "scalar":
            return {"object": type(value).__name__[:MAX_NAME]}
        return {"array": ["O", list(array.shape), 0]}
    start = len(blob)
    if dtype.str[0] == ">":
        dtype = dtype.newbyteorder("<")
        array = array.astype(dtype)
    described = [dtype.str, list(array.shape), start]
    if not array.flags.c_contiguous:
        # As a copy of it would lie in memory: whether a reshaped array is a view depends on that.
        order = sorted(range(array.ndim), key=lambda axis: -abs(array.strides[axis]))
        if order != sorted(order):
            described.append(order)
            array = array.transpose(order)
    blob += array.tobytes()
    return {kind: described}


def _encode_large_int(value: int) -> Any:
    text = format(value, "x")
    return {"int": text} if len(text) <= MAX_INT_DIGITS else {"object": "int"}
