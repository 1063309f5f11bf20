"""Whatever a submission calls a lent function with, it costs a limited time and memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.inside import framing, wire
from autograder.inside.lent import MAX_LENGTH, MAX_PACKET, Lent
from autograder.runner.lender import MOST_COPIES, Lender


def outer(number: float) -> Callable[..., Any]:
    """A function whose result is larger than its arguments, and that counts its calls."""
    calls = 0

    def f(x: Any, y: Any) -> dict[str, Any]:
        nonlocal calls
        calls += 1
        return {"product": number * np.outer(x, y), "calls": calls}

    return f


def call(lender: Lender, *arguments: Any, **other: Any) -> dict[str, Any]:
    blob = bytearray()
    told = wire.encode(list(arguments), blob)
    message = {"function": 0, "copy": "a", "token": "t", "arguments": told, **other}
    answer = lender.answer(framing.pack(message, bytes(blob)))
    found, content = framing.unpack(answer)
    if "value" in found:
        found["value"] = wire.decode(found["value"], content)
    assert len(answer) <= MAX_PACKET
    return found


@pytest.fixture
def lender() -> Lender:
    return Lender([Lent(outer, 2.0)])


def test_a_call_is_computed(lender: Lender) -> None:
    found = call(lender, np.arange(2.0), np.arange(3.0))
    assert found["token"] == "t"
    np.testing.assert_array_equal(found["value"]["product"], [[0, 0, 0], [0, 2, 4]])


def test_each_copy_remembers_its_own_calls(lender: Lender) -> None:
    seen = [call(lender, 1.0, 1.0, copy=name)["value"]["calls"] for name in "aaba"]
    assert seen == [1, 2, 1, 3]


def test_of_many_copies_the_ones_called_least_recently_are_forgotten(lender: Lender) -> None:
    for number in range(MOST_COPIES + 1):
        call(lender, 1.0, 1.0, copy=str(number))
    assert call(lender, 1.0, 1.0, copy=str(MOST_COPIES))["value"]["calls"] == 2
    assert call(lender, 1.0, 1.0, copy="0")["value"]["calls"] == 1


def test_an_error_of_the_function_is_told_and_it_goes_on(lender: Lender) -> None:
    assert call(lender, 1.0)["error"][0] == "TypeError"
    assert call(lender, 1.0, 1.0)["value"]["calls"] == 1


def test_a_result_that_is_too_large_is_told_and_not_remembered(lender: Lender) -> None:
    longest = np.ones(MAX_LENGTH)
    assert call(lender, longest, longest)["error"] == ["ValueError", "the result is too large"]
    assert call(lender, 1.0, 1.0)["value"]["calls"] == 1


def test_there_is_an_end_to_the_time_that_calls_may_take() -> None:
    lender = Lender([Lent(outer, 2.0)], seconds=0.0)
    call(lender, 1.0, 1.0)
    assert "too long" in call(lender, 1.0, 1.0)["error"][1]


def hostile() -> Iterator[bytes]:
    yield b""
    yield bytes(range(100))
    yield framing.HEADER.pack(2**32 - 1, 2**32 - 1)
    yield framing.pack([1, 2])
    yield framing.pack({"token": "t"})
    good: dict[str, Any] = {"function": 0, "copy": "a", "token": "t", "arguments": {"list": []}}
    for change in (
        {"function": 1}, {"function": -1}, {"function": True}, {"function": "0"}, {"copy": ["a"]},
        {"copy": "a" * 1000}, {"token": 7}, {"token": "t" * 1000}, {"arguments": {"dict": []}},
        {"arguments": {"list": [{"lent": 0}]}}, {"arguments": {"list": [[1]]}},
        {"arguments": {"list": [{"array": ["<f8", [2**39], 0]}] * 2}},
        {"arguments": {"list": [{"object": "Node"}] * 2}},
        {"arguments": {"list": [{"list": [0] * 60_000}] * 2}},
    ):  # fmt: skip
        yield framing.pack({**good, **change})


@pytest.mark.parametrize("packet", list(hostile()), ids=itertools.count())
def test_whatever_else_comes_is_an_error(lender: Lender, packet: bytes) -> None:
    message, content = framing.unpack(lender.answer(packet))
    assert set(message) == {"token", "error"}
    assert content == b""
