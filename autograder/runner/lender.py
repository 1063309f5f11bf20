"""Computes the functions that questions lend to a submission, outside of its sandbox.

The submission's code chooses what they are called with, and how often. So every call is of limited
size, and all of them together have a limited time.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import numpy as np

from autograder.inside import framing, wire
from autograder.inside.lent import MAX_PACKET, Lent

# Copies of lent functions that are kept; the one that was called least recently goes first.
MOST_COPIES = 32
# Seconds of this process's own computing that all calls of a submission may take together. Wall
# time would count against a student what else the machine does.
MOST_SECONDS = 10.0
MAX_MESSAGE = 300


class Lender:
    """Answers the calls of one submission.

    Args:
        functions: the lent functions of its questions, by their numbers.
        seconds: how much processor time all calls may take together.
    """

    def __init__(self, functions: Sequence[Lent], seconds: float = MOST_SECONDS) -> None:
        self.functions = functions
        self.seconds = seconds
        self._copies: OrderedDict[tuple[int, str], Lent] = OrderedDict()

    def answer(self, packet: bytes) -> bytes:
        """Computes one call.

        Args:
            packet: what `Borrowed` sent, or what a stranger did.

        Returns:
            The packet to send back: the result, or an error in words.
        """
        began = time.thread_time()
        token: Any = None
        try:
            call, blob = framing.unpack(packet, MAX_PACKET)
            token, number, copy = call["token"], call["function"], call["copy"]
            if not (type(token) is type(copy) is str and len(token) + len(copy) < 100):
                raise framing.WireError("a call is not one")
            if type(number) is not int or not 0 <= number < len(self.functions):
                raise framing.WireError("there is no such function")
            if self.seconds < 0:
                raise RuntimeError("the functions of this notebook were called for too long")
            budget = wire.Budget(bytes=MAX_PACKET, values=50_000, text=1_000)
            arguments = wire.decode(call["arguments"], blob, budget)
            if type(arguments) is not list:
                raise framing.WireError("a call has no arguments")
            packet = _packed(token, self._value(self._copy(number, copy), arguments))
            if len(packet) > MAX_PACKET:
                del self._copies[number, copy]  # It may remember something as large.
                raise ValueError("the result is too large")
            return packet
        except Exception as error:
            told = [type(error).__name__, str(error)[:MAX_MESSAGE]]
            return framing.pack({"token": token if type(token) is str else "", "error": told})
        finally:
            self.seconds -= time.thread_time() - began

    def _copy(self, number: int, name: str) -> Lent:
        function = self._copies.pop((number, name), None) or deepcopy(self.functions[number])
        self._copies[number, name] = function
        if len(self._copies) > MOST_COPIES:
            self._copies.popitem(last=False)
        return function

    def _value(self, function: Lent, arguments: list[Any]) -> Any:
        with np.errstate(all="ignore"):
            return function(*arguments)


def _packed(token: str, value: Any) -> bytes:
    blob = bytearray()
    told = wire.encode(value, blob)
    return framing.pack({"token": token, "value": told}, bytes(blob))
