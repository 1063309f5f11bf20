"""Asking an answer for its values: the one piece of the grader that runs beside student code.

It holds no expected value and no verdict. It calls what the student wrote and hands on what came
back, or what went wrong.
"""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import re
import sys
import sysconfig
import traceback
import warnings
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from autograder.inside.beyond_double import beyond_double
from autograder.inside.plain import entries, plain, text
from autograder.inside.side_effects import changed_inputs, shared_memory

Ask = Callable[[Any, dict[str, Any]], Mapping[str, Any]]
_PACKAGES = str(Path(np.__file__).parents[1])
_GRADER = str(Path(__file__).parents[1])
_LIBRARIES = (_GRADER, sysconfig.get_path("stdlib"), _PACKAGES, "<frozen")

# NumPy tells a mismatch in the words of its own signatures; only the sizes help a student.
_SHAPES = re.compile(r"\(size \d+ is different from \d+\)")


# Why an answer gave no values: it still waits for code, hands in no function, takes other
# arguments, returns nothing (and perhaps prints it), returns no dict, is not there, or stops.
FAULTS = (
    "",
    "unfinished",
    "function",
    "arguments",
    "none",
    "printed",
    "dict",
    "absent",
    "call",
    "error",
)


UNFINISHED = "This one is still waiting for your code."
# What a way of asking puts in front of the words with which it says why one part has no value.
STOPPED = "stopped: "


class CannotAsk(Exception):
    """The answer cannot be asked as the exercise says.

    Args:
        message: tells the student why.
        fault: one of `FAULTS`.
    """

    def __init__(self, message: str, fault: str = "call") -> None:
        super().__init__(message)
        self.fault = fault


class Withheld(CannotAsk, ImportError):
    """Something of course_bp that the exercise asks the student to write; the message says so."""


@dataclass(frozen=True)
class Response:
    """What came back for one set of inputs.

    Args:
        values: what the student returned, by part name (empty after a fault).
        fault: what kept it from answering, one of `FAULTS`.
        message: the fault in words for the student.
        mutated: the inputs, or entries of inputs, that the call changed in place.
        after: the inputs as the call left them.
        others: names that came back and were not asked for, at most ten.
        shared: pairs of names whose arrays share memory; the second may be an input.
        beyond: kinds of numbers beyond double precision that the answer's code uses.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""
    message: str = ""
    mutated: tuple[str, ...] = ()
    after: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    shared: tuple[tuple[str, str], ...] = ()
    beyond: tuple[str, ...] = ()


def call_with_inputs(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Calls a function with the inputs by position and expects a dict of parts.

    Args:
        answer: the student's function.
        inputs: the inputs in the order of the function's parameters.

    Returns:
        The dict that the function returned.

    Raises:
        CannotAsk: if the answer is not a function, takes other arguments, or does not return a
            dict.
    """
    if not callable(answer):
        raise CannotAsk(
            f"The answer is {_kind(answer)}, but the exercise asks for a function. Pass the "
            "function itself, without calling it: no parentheses after its name.",
            "function",
        )
    try:
        returned = answer(*inputs.values())
    except TypeError:
        check_arity(answer, inputs)
        raise
    name = getattr(answer, "__name__", "the function")
    if returned is None:
        raise CannotAsk(f"{name} returned None. Did you forget the return statement?", "none")
    if not isinstance(returned, Mapping):
        raise CannotAsk(
            f"{name} returned {_kind(returned)}, but the exercise asks for a dict with one entry "
            "per name.",
            "dict",
        )
    # A name may be a string of another class, and other names are made from it.
    return {text(name): value for name, value in entries(returned)}


def put_question(
    ask: Ask, answer: Any, inputs: dict[str, Any], names: Collection[str] | None = None
) -> Response:
    """Asks an answer once and catches whatever its code does.

    Args:
        ask: the exercise's way of asking.
        answer: what the student handed in.
        inputs: the inputs by name; the answer works on copies, so they stay as they are.
        names: the values to keep (default: all that come back).

    Returns:
        Copies of the values, or the fault in words. Warnings and what is written to stderr are
        dropped, since nbgrader would read them as a failure.
    """
    lent = copy.deepcopy(inputs)
    response = answered(ask, answer, lent, names)
    if response.fault:
        return response
    changed = changed_inputs(inputs, lent)
    return replace(response, mutated=changed, beyond=beyond_double(answer))


def answered(
    ask: Ask, answer: Any, lent: dict[str, Any], names: Collection[str] | None = None
) -> Response:
    """Like `put_question`, but the answer may change the inputs, and nobody looks whether it did.

    Args:
        lent: the inputs by name.

    Returns:
        The values and what the call left of the inputs, or the fault.
    """
    printed = _Listening(sys.stdout)
    try:
        with (
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            contextlib.redirect_stderr(io.StringIO()),
            contextlib.redirect_stdout(printed),
        ):
            warnings.simplefilter("ignore")
            returned = ask(answer, lent)
            # A copy, because the next call may write into what this one returned.
            items = [(text(name), value) for name, value in entries(returned)]
            shared = shared_memory(items, lent)
            values = {
                name: plain(value)
                for name, value in items
                if type(name) is str and (names is None or name in names)
            }
    except NotImplementedError:
        return Response(fault="unfinished", message=UNFINISHED)
    except CannotAsk as problem:
        if problem.fault == "none" and printed.heard:
            return Response(fault="printed", message=f"{problem} {_PRINTED}")
        return Response(fault=problem.fault, message=str(problem))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return Response(fault="error", message=in_own_words(error))
    others = tuple(name for name, _ in items if type(name) is str and name not in values)[:10]
    return Response(values, after=lent, others=others, shared=shared)


def check_arity(answer: Callable[..., Any], inputs: Mapping[str, Any]) -> None:
    """Checks that a function can be called with the inputs by position.

    Args:
        answer: the student's function.
        inputs: the inputs in the order of the function's parameters.

    Raises:
        CannotAsk: if it takes fewer or more arguments.
    """
    try:
        signature = inspect.signature(answer)
    except (TypeError, ValueError):
        return
    try:
        signature.bind(*inputs.values())
    except TypeError:
        name = getattr(answer, "__name__", "your function")
        wanted = f"({', '.join(inputs)}), in this order" if inputs else "no arguments"
        raise CannotAsk(
            f"{name}{signature} cannot be called with {len(inputs)} "
            f"argument{'s' * (len(inputs) != 1)}: it should take {wanted}.",
            "arguments",
        ) from None


_PRINTED = "It did print something: print only shows a value to you, while return passes it on."


class _Listening(io.TextIOBase):
    """Passes on what is printed, and remembers that something was."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.heard = False

    def write(self, text: str) -> int:
        self.heard = True
        self.stream.write(text)
        return len(text)

    def flush(self) -> None:
        self.stream.flush()


def in_own_words(error: BaseException) -> str:
    """The error, and the last line of the student's own code that led to it.

    Args:
        error: what an answer raised.

    Returns:
        A sentence for the student.
    """
    try:
        text = f"{type(error).__name__}: {error}"[:400]
    except Exception:
        text = type(error).__name__
    if mismatch := _SHAPES.search(text):
        text = f"ValueError: the shapes of two factors do not match {mismatch[0]}"
    own = [
        frame.line.strip()[:160]
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.line and not frame.filename.startswith(_LIBRARIES)
    ]
    where = f", at the line “{own[-1]}”" if own else ""
    return f"Your code stopped with {text}{where}."


def _kind(value: Any) -> str:
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' or name == 'ndarray' else 'a'} {name}"
