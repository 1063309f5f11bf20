"""Functions that a question lends to student code: called there, computed elsewhere.

Whoever can call a Python function can also read its code, its constants and what it encloses. So
where the answer is a property of a function, the function itself stays with the grader. Student
code gets a `Borrowed` one, which sends its arguments out and returns the result. At home, where
nothing is graded, a `Lent` function is called directly.
"""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.inside import framing, wire

# Bytes of one call, and of its result: what a packet of the kernel holds.
MAX_PACKET = 160 * 1024
# An array may have two axes of this length, or where a function takes it, three of the other. What
# is computed from several has no more axes.
MAX_LENGTH, MAX_LENGTH_OF_THREE = 512, 64
_SPOKEN = {2: "two", 3: "three"}
_ERRORS = {"TypeError": TypeError, "ValueError": ValueError}


class Lent:
    """A function of a question.

    A copy of it starts anew: whatever the function remembers of its calls, the copy does not.

    Args:
        build: makes the function from the parameters.
        parameters: plain data that student code must not see.
        axes: how many axes an argument may have, two or three.
    """

    def __init__(
        self, build: Callable[..., Callable[..., Any]], *parameters: Any, axes: int = 2
    ) -> None:
        self.build = build
        self.parameters = parameters
        self.axes = axes
        self._function: Callable[..., Any] | None = None

    def __call__(self, *arguments: Any) -> Any:
        """Calls the function.

        Args:
            arguments: numbers and arrays of numbers.

        Returns:
            What the function returns.

        Raises:
            TypeError: if an argument is something else.
            ValueError: if an argument is too large, or does not fit the function.
        """
        if self._function is None:
            self._function = self.build(*self.parameters)
        return self._function(*(_plain(one, self.axes) for one in arguments))

    def __deepcopy__(self, memo: dict[int, Any]) -> Lent:
        return Lent(self.build, *self.parameters, axes=self.axes)


class Borrowed(Lent):
    """What student code has of a lent function in the sandbox.

    Args:
        pipe: the socket through which calls go out.
        number: which of the lent functions it is.
    """

    # What a function takes is for its lender to say.
    axes = 3
    _copies = itertools.count()
    _one_at_a_time = threading.Lock()

    def __init__(self, pipe: int, number: int) -> None:
        self.pipe = pipe
        self.number = number
        # A process that is forked later counts on from the same number.
        self.copy = f"{os.getpid()}-{next(self._copies)}"

    def __call__(self, *arguments: Any) -> Any:
        """As `Lent`, with the same errors; a RuntimeError if nobody computes it any more."""
        blob = bytearray()
        told = wire.encode([_plain(one, self.axes) for one in arguments], blob)
        token = os.urandom(8).hex()
        call = {"function": self.number, "copy": self.copy, "token": token, "arguments": told}
        packet = framing.pack(call, bytes(blob))
        if len(packet) > MAX_PACKET:
            raise ValueError("the arguments are too large")
        with self._one_at_a_time:
            os.write(self.pipe, packet)
            message: dict[str, Any] = {}
            # A process that was ended while it waited has left its answer behind.
            while message.get("token") != token:
                if not (answer := os.read(self.pipe, MAX_PACKET)):
                    raise RuntimeError("the function is not available any more")
                message, content = framing.unpack(answer)
        if "error" in message:
            kind, text = message["error"]
            raise _ERRORS.get(kind, RuntimeError)(text)
        return wire.decode(message["value"], content)

    def __deepcopy__(self, memo: dict[int, Any]) -> Borrowed:
        return Borrowed(self.pipe, self.number)


def _plain(argument: Any, axes: int) -> Any:
    """An argument as a number or an array of numbers."""
    if type(argument) in (bool, int, float):
        return argument
    array = np.asarray(argument)
    if array.dtype.kind not in "biuf":
        raise TypeError(
            "the function takes real numbers and arrays of them, not "
            f"{type(argument).__name__} ({array.dtype})"
        )
    longest = MAX_LENGTH if array.ndim <= 2 else MAX_LENGTH_OF_THREE
    if array.ndim > axes or max(array.shape, default=0) > longest:
        raise ValueError(
            f"the function takes arrays of at most {_SPOKEN[axes]} axes, none longer than "
            f"{longest}, and not one of shape {array.shape}"
        )
    return array if isinstance(argument, np.ndarray | list | tuple) else array[()]
