"""A stream of bytes is cut into frames within its limits, or refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.inside import framing


@given(st.binary(max_size=40))
@settings(max_examples=60)
def test_any_bytes_are_a_frame_or_refused(data: bytes) -> None:
    reader = framing.FrameReader(1000)
    try:
        frames = reader.feed(data)
    except framing.WireError:
        return
    assert sum(len(json.dumps(message)) >= 0 for message, _ in frames) == len(frames)


def test_frames_are_put_together_from_pieces() -> None:
    reader = framing.FrameReader(1000)
    stream = framing.pack({"a": 1}, b"xyz") + framing.pack([2])
    found = [frame for byte in stream for frame in reader.feed(bytes([byte]))]
    assert found == [({"a": 1}, b"xyz"), ([2], b"")]


def test_a_frame_beyond_the_limit_is_refused_before_it_arrives() -> None:
    with pytest.raises(framing.WireError):
        framing.FrameReader(100).feed(framing.HEADER.pack(101, 0))


def test_all_frames_together_are_limited() -> None:
    reader = framing.FrameReader(1000, stream=40)
    assert reader.feed(framing.pack([1, 2, 3]))
    assert reader.feed(framing.pack([1, 2, 3]))
    with pytest.raises(framing.WireError):
        reader.feed(framing.pack([1, 2, 3]))


def test_the_json_of_a_frame_has_a_limit_of_its_own() -> None:
    frame = framing.pack("x" * 50, bytes(10))
    with pytest.raises(framing.WireError):
        framing.FrameReader(1000, longest=50).feed(frame)
    with pytest.raises(framing.WireError):
        framing.unpack(frame, 50)
    assert framing.unpack(frame, 52)[0] == "x" * 50
