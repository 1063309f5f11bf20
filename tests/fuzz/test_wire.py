"""Any bytes, and any JSON, may come out of the sandbox."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import numpy as np
from fuzz.bounded import bounded, require_clean
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.inside import framing, wire
from autograder.inside.asking import FAULTS
from autograder.runner.outcome import read_outcome, responses

INPUTS = {"x": 1.0, "w": np.ones((2, 3)), "names": ["a", "b"], "cache": {"k": np.float64(2)}}
NUMBERS = st.integers(-(2**70), 2**70) | st.sampled_from([0, -1, 2**31, 2**40, 2**63, 10**300])
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)
DTYPES = st.sampled_from(
    ["<f8", "<f4", "<f2", "<f16", "|b1", "|u1", "<i8", "<c16", "<c32", "O", "<U4", ">f8", "<M8[ns]",
     "V8", "f8,f8", "<b2", "<i3", "", "O4", "float", "<f8\n", "|S3"]
) | st.text(max_size=5)  # fmt: skip
LENGTHS = st.lists(st.integers(0, 6) | NUMBERS, max_size=4) | JSON
START = st.integers(-1, 64) | NUMBERS | JSON
ORDER = st.permutations(range(3)) | st.lists(st.integers(-1, 4), max_size=4) | JSON
ARRAY = st.tuples(DTYPES, LENGTHS, START).map(list) | st.tuples(
    DTYPES, LENGTHS | st.tuples(*[st.integers(0, 3)] * 3).map(list), START, ORDER
).map(list)
DESCRIPTION = st.recursive(
    JSON
    | st.builds(lambda kind, content: {kind: content}, st.sampled_from(["array", "scalar"]), ARRAY)
    | st.builds(
        lambda kind, content: {kind: content},
        st.sampled_from(["int", "float", "object", "complex", "list", "dict", "x"]),
        st.sampled_from(["nan", "-inf", "ff", "-0x1", "dict", "ndarray", "", "x y"]) | JSON,
    ),
    lambda inner: (
        st.builds(
            lambda kind, content: {kind: content},
            st.sampled_from(["list", "tuple", "complex"]),
            st.lists(inner, max_size=4),
        )
        | st.lists(
            st.tuples(st.sampled_from(["x", "w", "names", "cache", "k"]) | JSON, inner).map(list),
            max_size=4,
        ).map(lambda pairs: {"dict": pairs})
    ),
    max_leaves=12,
)
BLOB = st.binary(max_size=96)
RESPONSE = st.fixed_dictionaries(
    {
        "fault": st.sampled_from(["", "", "", *FAULTS]) | JSON,
        "message": st.text(st.characters(), max_size=20) | JSON,
        "values": DESCRIPTION,
        "after": DESCRIPTION,
    },
    optional={"others": JSON, "shared": JSON, "beyond": JSON},
)


def array_bytes(value: Any) -> int:
    if isinstance(value, np.ndarray | np.generic):
        return int(value.nbytes)
    if isinstance(value, dict):
        return sum(map(array_bytes, value.values()))
    return sum(map(array_bytes, value)) if isinstance(value, list | tuple) else 0


@given(st.binary(max_size=200), st.integers(0, 100))
@example(framing.HEADER.pack(4, 0) + b"true", 0)
@example(framing.HEADER.pack(2**32 - 1, 2**32 - 1), 0)
def test_any_stream_is_frames_or_refused(data: bytes, cut: int) -> None:
    reader = framing.FrameReader(150, 180, 100)
    with bounded(), contextlib.suppress(framing.WireError):
        reader.feed(data[:cut])
        reader.feed(data[cut:])


@given(DESCRIPTION, BLOB)
@example({"array": ["<f8", [0, 2**39], 0]}, b"")
@example({"complex": [10**400, 0]}, b"")
@example({"array": ["|b1", [2], 0]}, b"\x02\xff")
@example({"array": ["<f8", [True], 0]}, bytes(8))
@example({"object": "\u00aa" * 3}, b"")
def test_any_description_is_a_value_no_larger_than_its_bytes_or_refused(
    description: Any, blob: bytes
) -> None:
    with bounded():
        try:
            value = wire.decode(description, blob)
        except framing.WireError:
            return
    assert array_bytes(value) <= max(len(blob), 0)


@given(RESPONSE, BLOB)
@example(
    {
        "fault": "",
        "values": {"dict": []},
        "after": {"dict": [["cache", {"dict": [["k", {"list": [1, 2]}]]}]]},
    },
    b"",
)
@example({"fault": "", "values": {"dict": []}, "after": {"dict": [["x", {"int": "f" * 400}]]}}, b"")
@example({"fault": "error", "message": "\x1b[2J\u202e\ud800", "values": None, "after": None}, b"")
def test_any_response_can_be_read(message: Any, blob: bytes) -> None:
    frame = framing.pack(message, blob)
    report = {"status": "ok", "sizes": [len(frame)], "bytes": len(frame)}
    with bounded():
        (step,) = read_outcome({"steps": [report]}, frame).steps
        (found,) = responses(step, [INPUTS])
    assert found.fault in FAULTS
    assert set(found.mutated) <= {
        *INPUTS,
        'cache["k"]',
        "cache['k']",
        "names (entry 1)",
        "names (entry 2)",
    }
    require_clean([found.message, list(found.others), list(found.shared)])


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=5), BLOB)
def test_an_honest_response_with_other_bytes_can_be_read(
    noise: bytes, places: list[int], blob: bytes
) -> None:
    content = bytearray()
    honest = wire.encode({"x": 1.0, "w": np.ones((2, 3)), "n": "name"}, content)
    message = {"fault": "", "message": "", "values": honest, "after": {"dict": []}}
    frame = bytearray(framing.pack(message, bytes(content)))
    for place, byte in zip(places, noise, strict=False):
        frame[place % len(frame)] = byte
    report = {"status": "ok", "sizes": [len(frame)], "bytes": len(frame)}
    with bounded():
        (step,) = read_outcome({"steps": [report]}, bytes(frame)).steps
        (found,) = responses(step, [INPUTS])
    assert found.fault in FAULTS


OUTPUT = st.fixed_dictionaries(
    {"output_type": st.sampled_from(["stream", "error", "display_data", "execute_result"]) | JSON},
    optional={
        "name": JSON, "text": JSON, "ename": JSON, "evalue": JSON, "traceback": JSON,
        "data": st.dictionaries(
            st.sampled_from(["text/plain", "image/png", "text/html"]),
            JSON | st.just("iVBORw0KGgo="),
        ) | JSON,
    },
)  # fmt: skip
REPORT = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["ok", "memory"]) | JSON, "bytes": JSON, "cpu": JSON,
        "wall": JSON, "peak": JSON, "signal": JSON, "sizes": JSON,
        "outputs": st.lists(OUTPUT | JSON, max_size=4) | JSON,
    },
)  # fmt: skip


@given(
    st.fixed_dictionaries(
        {"steps": st.lists(REPORT | JSON, max_size=4) | JSON},
        optional=dict.fromkeys(("cpu", "wall", "peak", "replays", "failure"), JSON),
    )
    | JSON,
    BLOB,
)
@example({"steps": [{"bytes": float("nan"), "signal": float("inf"), "sizes": [True]}]}, b"abc")
@example({"steps": [{"outputs": [{"output_type": [], "data": {}}]}]}, b"")
def test_any_report_is_an_outcome_or_refused(message: Any, content: bytes) -> None:
    message, content = framing.unpack(framing.pack(message, content))
    with bounded():
        try:
            outcome = read_outcome(message, content)
        except framing.WireError:
            return
    require_clean([step.outputs for step in outcome.steps])
    require_clean([outcome.failure, outcome.cpu, outcome.wall, outcome.peak, outcome.replays])
    assert all(0 <= step.signal < 128 for step in outcome.steps)
    assert json.dumps([step.status for step in outcome.steps])
