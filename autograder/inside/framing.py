"""Frames: how a message and raw bytes follow one another in a stream.

Both sides of the sandbox use this module. A stream may have been written by anybody, so all of its
lengths are limited before anything is read.
"""

from __future__ import annotations

import json
import struct
from typing import Any

HEADER = struct.Struct("!II")
MIB = 2**20
# Parsed, JSON takes up to 30 times as many bytes as it was written with.
MAX_JSON = 8 * MIB
# What the sandbox may send in all, whatever its other limits say.
MAX_STREAM = 96 * MIB


class WireError(Exception):
    """The bytes are not what they should be."""


def pack(message: Any, blob: bytes = b"") -> bytes:
    """A frame: two lengths, a JSON message, raw bytes."""
    text = json.dumps(message).encode()
    return HEADER.pack(len(text), len(blob)) + text + blob


def unpack(frame: bytes, longest: int | None = None) -> tuple[Any, bytes]:
    """Takes one whole frame apart.

    Args:
        frame: its bytes.
        longest: how many bytes its JSON may have.

    Raises:
        WireError: if the lengths or the JSON are wrong.
    """
    if len(frame) < HEADER.size:
        raise WireError("a frame is too short")
    length, rest = HEADER.unpack_from(frame)
    if len(frame) != HEADER.size + length + rest:
        raise WireError("a frame has the wrong length")
    if longest is not None and length > longest:
        raise WireError(f"a frame has {length} bytes of JSON")
    try:
        message = json.loads(frame[HEADER.size : HEADER.size + length])
    except (ValueError, RecursionError) as error:
        raise WireError(f"a frame does not hold JSON: {error}") from None
    return message, frame[HEADER.size + length :]


class FrameReader:
    """Cuts a stream of bytes into frames of limited size.

    Args:
        limit: bytes of one frame.
        stream: bytes of all frames together.
        longest: bytes of the JSON of one frame.
    """

    def __init__(self, limit: int, stream: int = MAX_STREAM, longest: int = MAX_JSON) -> None:
        self.limit = limit
        self.left = stream
        self.longest = longest
        self.buffer = bytearray()

    def feed(self, data: bytes) -> list[tuple[Any, bytes]]:
        """Takes in more bytes.

        Args:
            data: what was read.

        Returns:
            The frames that are now complete.

        Raises:
            WireError: if a frame is larger than the limit or is none, or all together are too much.
        """
        self.left -= len(data)
        if self.left < 0:
            raise WireError("more was sent than is allowed")
        self.buffer += data
        frames = []
        while len(self.buffer) >= HEADER.size:
            length, rest = HEADER.unpack_from(self.buffer)
            total = HEADER.size + length + rest
            if total > self.limit or length > self.longest:
                raise WireError(f"a frame of {total} bytes is larger than allowed")
            if len(self.buffer) < total:
                break
            frames.append(unpack(bytes(self.buffer[:total])))
            del self.buffer[:total]
        return frames
