"""Values as data: JSON for their form, raw bytes for arrays. Never pickle.

Both sides of the sandbox use this module. What is decoded may have been written by anybody, so
decoding checks every length and type, and runs no code of the sender's.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

HEADER = struct.Struct("!II")
MAX_DEPTH = 40
MAX_VALUES = 200_000
MAX_INT_DIGITS = 2_000
MAX_NAME = 60


class WireError(Exception):
    """The bytes are not what they should be."""


def pack(message: Any, blob: bytes = b"") -> bytes:
    """A frame: two lengths, a JSON message, raw bytes."""
    text = json.dumps(message).encode()
    return HEADER.pack(len(text), len(blob)) + text + blob


def unpack(frame: bytes) -> tuple[Any, bytes]:
    """Takes one whole frame apart.

    Raises:
        WireError: if the lengths or the JSON are wrong.
    """
    if len(frame) < HEADER.size:
        raise WireError("a frame is too short")
    length, rest = HEADER.unpack_from(frame)
    if len(frame) != HEADER.size + length + rest:
        raise WireError("a frame has the wrong length")
    try:
        message = json.loads(frame[HEADER.size : HEADER.size + length])
    except (ValueError, RecursionError) as error:
        raise WireError(f"a frame does not hold JSON: {error}") from None
    return message, frame[HEADER.size + length :]


class FrameReader:
    """Cuts a stream of bytes into frames of limited size."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.buffer = bytearray()

    def feed(self, data: bytes) -> list[tuple[Any, bytes]]:
        """Takes in more bytes.

        Args:
            data: what was read.

        Returns:
            The frames that are now complete.

        Raises:
            WireError: if a frame is larger than the limit or is none.
        """
        self.buffer += data
        frames = []
        while len(self.buffer) >= HEADER.size:
            length, rest = HEADER.unpack_from(self.buffer)
            total = HEADER.size + length + rest
            if total > self.limit:
                raise WireError(f"a frame of {total} bytes is larger than allowed")
            if len(self.buffer) < total:
                break
            frames.append(unpack(bytes(self.buffer[:total])))
            del self.buffer[:total]
        return frames


def encode(value: Any, blob: bytearray) -> Any:
    """Describes a value in JSON.

    Args:
        value: numbers, strings, arrays, and lists, tuples and dicts of them; of anything else
            only the name of its type is kept.
        blob: where the bytes of arrays are appended.

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
        return {kind.__name__: [encode(entry, blob) for entry in value]}
    if kind is dict or (isinstance(value, Mapping) and not isinstance(value, type)):
        return {"dict": [[encode(k, blob), encode(v, blob)] for k, v in value.items()]}
    return {"object": kind.__name__[:MAX_NAME]}


def decode(description: Any, blob: bytes) -> Any:
    """Rebuilds a value from its description.

    Args:
        description: what `encode` returned, or what a stranger sent.
        blob: the bytes of the arrays.

    Returns:
        The value; a stand-in of a type of the same name for what could not be sent.

    Raises:
        WireError: if the description is not well formed.
    """
    return _Decoder(blob).value(description, 0)


class _Decoder:
    def __init__(self, blob: bytes) -> None:
        self.blob = blob
        self.seen = 0

    def value(self, description: Any, depth: int) -> Any:
        self.seen += 1
        if depth > MAX_DEPTH or self.seen > MAX_VALUES:
            raise WireError("a value has too many parts")
        if description is None or type(description) in (bool, int, float, str):
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
            return _stand_in(content)
        raise WireError(f"there is no kind {kind[:MAX_NAME]!r}")

    def collection(self, kind: str, content: list[Any], depth: int) -> Any:
        if kind == "dict":
            pairs = [(self.key(pair, depth), self.value(pair[1], depth)) for pair in content]
            return dict(pairs)
        entries = [self.value(entry, depth) for entry in content]
        if kind != "complex":
            return tuple(entries) if kind == "tuple" else entries
        if len(entries) != 2 or not all(type(entry) in (int, float) for entry in entries):
            raise WireError("a complex number is not one")
        return complex(*entries)

    def key(self, pair: Any, depth: int) -> Any:
        if type(pair) is not list or len(pair) != 2:
            raise WireError("an entry of a dict is not a pair")
        key = self.value(pair[0], depth)
        try:
            hash(key)
        except TypeError:
            raise WireError("a key of a dict cannot be one") from None
        return key

    def array(self, kind: str, content: Any) -> Any:
        try:
            name, shape, start = content
            dtype = np.dtype(str(name))
            shape = tuple(int(length) for length in shape)
            start = int(start)
        except (TypeError, ValueError):
            raise WireError("an array is not described as it should be") from None
        if dtype.kind == "O":
            return np.empty((0,) * len(shape), dtype)
        if dtype.kind not in "biufc" or start < 0 or min(shape, default=0) < 0 or len(shape) > 32:
            raise WireError("an array is not described as it should be")
        size = math.prod(shape) * dtype.itemsize
        if start + size > len(self.blob):
            raise WireError("an array is longer than the data that was sent")
        array = np.frombuffer(self.blob[start : start + size], dtype).reshape(shape).copy()
        return array[()] if kind == "scalar" and not shape else array


def _encode_array(value: Any, blob: bytearray) -> Any:
    kind = "array" if type(value) is np.ndarray else "scalar"
    array = np.asarray(value)
    if array.dtype.kind not in "biufc":
        if kind == "scalar":
            return {"object": type(value).__name__[:MAX_NAME]}
        return {"array": ["O", list(array.shape), 0]}
    start = len(blob)
    blob += array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
    return {kind: [array.dtype.newbyteorder("<").str, list(array.shape), start]}


def _encode_large_int(value: int) -> Any:
    text = format(value, "x")
    return {"int": text} if len(text) <= MAX_INT_DIGITS else {"object": "int"}


def _stand_in(name: str) -> Any:
    safe = name if name.isidentifier() and len(name) <= MAX_NAME else "object"
    return type(safe, (), {"__slots__": ()})()
