"""Asks one exercise for its values: here, which is quick, or in a child, which is safe.

The answer is the student's code. Asked here it may hang or bring the process down; it is then run
again, and asked in a child forked after the cells, so that it costs nothing beyond its exercise.
"""

from __future__ import annotations

import contextlib
import io
import math
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.inside import asking, framing, wire
from autograder.inside.beyond_double import beyond_double
from autograder.inside.lent import Borrowed
from autograder.inside.permitted import only
from autograder.inside.processes import ProcessorWait

TICK = 0.02
Usage = tuple[float, int, int]


def ask_in_child(
    shell: Any, step: dict[str, Any], blob: bytes, limits: dict[str, Any], lending: int
) -> tuple[str, list[bytes], Usage]:
    """Forks, asks the exercise for each set of inputs, and collects what comes back.

    Args:
        shell: the shell that holds the student's names.
        step: "answer" (an expression), "ask" (source and name of the way of asking, or None),
            "names" (the parts to keep), "library" (what of course_bp may be called), "inputs"
            (where in the bytes the frame of each set begins, and its length), "lends" (the number
            of the first function that is lent for it).
        blob: the bytes of all inputs.
        limits: the limits of the job.
        lending: the socket through which lent functions are called.

    Returns:
        The status, one frame for each set of inputs that was answered, and what it took:
        processor seconds, bytes of memory beyond what the cells held, and the signal that ended
        it, or 0.
    """
    kept = _open_reserve()
    try:
        reading, writing = os.pipe()
        child = os.fork()
    except OSError:
        return "processes", [], (0.0, 0, 0)
    if not child:
        try:
            os.close(reading)
            os.setpgid(0, 0)
            # Files are needed to answer; the processes kept back are for the next exercise.
            resource.setrlimit(*kept[0])
            with only(step["library"]):
                for frame in _answers(shell, step, blob, lending):
                    os.write(writing, frame)
                os._exit(0)  # There is nothing left that the library is given back to.
        finally:
            os._exit(0)
    for kind, before in kept:
        resource.setrlimit(kind, before)
    os.close(writing)
    data, status, usage = _collect(child, reading, limits)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    os.close(reading)
    frames, whole = _frames(data)
    if status == "ok" and (not whole or len(frames) < len(step["inputs"])):
        status = "exit"
    return status, frames, usage


def ask_here(
    shell: Any, step: dict[str, Any], blob: bytes, limits: dict[str, Any], lending: int
) -> tuple[str, list[bytes], Usage]:
    """Asks the exercise in this process; ends the process where a child should be asked instead.

    Args:
        shell: as for `ask_in_child`, and so are the others.

    Returns:
        As `ask_in_child`.
    """
    process, streams = os.getpid(), (sys.stdout, sys.stderr)
    began, held = time.process_time(), _memory()
    try:
        with only(step["library"]):
            frames = list(_answers(shell, step, blob, lending))
    finally:
        sys.stdout, sys.stderr = streams
    # A process that the answer has forked must not go on with the notebook.
    if os.getpid() != process or sum(map(len, frames)) > limits["answer_bytes"]:
        os._exit(1)
    return "ok", frames, (time.process_time() - began, _memory() - held, 0)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _open_reserve() -> list[tuple[int, tuple[int, int]]]:
    """Frees the processes and files that are kept back for asking; returns the limits before."""
    kinds = (resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE)
    before = [(kind, resource.getrlimit(kind)) for kind in kinds]
    for kind, (_, hard) in before:
        resource.setrlimit(kind, (hard, hard))
    return before


class _Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


def _answers(shell: Any, step: dict[str, Any], blob: bytes, lending: int) -> Iterator[bytes]:
    """One frame for each set of inputs."""
    sys.stdout = sys.stderr = _Nowhere()
    ask = _load(step["ask"])
    missing = ""
    try:
        answer = eval(step["answer"], shell.user_ns)  # noqa: S307
    except BaseException as error:
        missing = f"{type(error).__name__}: {error}"[:300]
    beyond: tuple[str, ...] | None = None
    last = len(step["inputs"]) - 1
    for number, (start, length) in enumerate(step["inputs"]):
        if missing:
            response = asking.Response(
                fault="absent",
                message=(
                    f"There is no answer to ask: {step['answer']} gives {missing}. Does its cell "
                    "run if you run the notebook from the top?"
                ),
            )
        else:
            description, content = framing.unpack(blob[start : start + length])
            inputs = wire.decode(
                description, content, borrow=lambda n: Borrowed(lending, step["lends"] + n)
            )
            response = _ask(ask, answer, inputs, step["names"])
            # Looking through all of its code takes longer than calling it.
            if not response.fault and (beyond is None or number == last):
                beyond = beyond_double(answer)
            response = replace(response, beyond=beyond) if beyond else response
        yield frame(response)


def _ask(ask: asking.Ask, answer: Any, inputs: dict[str, Any], names: list[str]) -> asking.Response:
    try:
        return asking.answered(ask, answer, inputs, names)
    except BaseException as error:
        return asking.Response(
            fault="error", message=f"Your code stopped with {type(error).__name__}."
        )


def frame(response: asking.Response) -> bytes:
    """What is sent of a response: its values as data, or a fault if they cannot be sent.

    Args:
        response: what an answer gave for one set of inputs.

    Returns:
        One frame.
    """
    content = bytearray()
    try:
        message = {
            "fault": response.fault,
            "message": response.message[:1000],
            # First, so that unchanged inputs are described as they came.
            "after": wire.encode(dict(response.after), content),
            "values": wire.encode(dict(response.values), content),
            "others": [name[: wire.MAX_NAME] for name in response.others],
            "beyond": list(response.beyond),
            "shared": [[name[: wire.MAX_NAME] for name in pair] for pair in response.shared],
        }
        return framing.pack(message, bytes(content))
    except Exception as error:
        reason = f"The answer cannot be read: {type(error).__name__}: {error}"[:500]
        return framing.pack({"fault": "error", "message": reason, "values": None, "after": None})


def _load(ask: dict[str, str] | None) -> asking.Ask:
    if ask is None:
        return asking.call_with_inputs
    names: dict[str, Any] = {**vars(asking), "np": np, "math": math, "__name__": "ask"}
    exec(compile(ask["source"], asking.__file__, "exec"), names)
    return names[ask["name"]]  # type: ignore[no-any-return]


def _collect(child: int, reading: int, limits: dict[str, Any]) -> tuple[bytes, str, Usage]:
    held = _memory()
    deadline, wait = time.monotonic() + limits["cell_seconds"], ProcessorWait(child)
    data = bytearray()
    status, ended = "", None
    while not status:
        ready, _, _ = select.select([reading], [], [], TICK if ended is None else 0)
        piece = os.read(reading, 1 << 16) if ready else b""
        data += piece
        if len(data) > limits["answer_bytes"]:
            status = "output"
        elif (ready and not piece) or (not ready and ended is not None):
            break
        elif time.monotonic() > deadline and time.monotonic() > deadline + wait.seconds():
            status = "wall time"
        elif ended is None and not ready:
            ended = _ended(child)
    if ended is None:
        if status:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        _, code, usage = os.wait4(child, 0)
        ended = code, usage
    code, usage = ended
    memory = max(0, usage.ru_maxrss * 1024 - held)
    ended_by = os.WTERMSIG(code) if os.WIFSIGNALED(code) else 0
    return bytes(data), status or _how(code), (usage.ru_utime + usage.ru_stime, memory, ended_by)


def _ended(child: int) -> tuple[int, Any] | None:
    pid, code, usage = os.wait4(child, os.WNOHANG)
    return (code, usage) if pid else None


def _how(code: int) -> str:
    if os.WIFSIGNALED(code):
        return "cpu time" if os.WTERMSIG(code) == signal.SIGXCPU else "signal"
    return "ok"


def _frames(data: bytes) -> tuple[list[bytes], bool]:
    """The whole frames at the beginning of the data, and whether nothing is left over."""
    frames, start = [], 0
    while start + framing.HEADER.size <= len(data):
        end = start + framing.HEADER.size + sum(framing.HEADER.unpack_from(data, start))
        if end > len(data):
            break
        frames.append(data[start:end])
        start = end
    return frames, start == len(data)
