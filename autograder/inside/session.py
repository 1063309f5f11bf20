"""Runs the cells of one submission, and asks its exercises.

This runs in a process that the submission's code shares and may spoil. Whatever it reports is
taken as the student's word; limits and deaths are observed from outside it.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

from autograder.inside.ask_exercise import ask_here, ask_in_child
from autograder.inside.shell import Shell, capture

Write = Callable[..., None]


def lay_out(job: dict[str, Any], blob: bytes) -> str:
    """Puts the files of a submission into the folder where its code runs.

    Args:
        job: "files", path, start and length of each in the bytes.
        blob: the bytes.

    Returns:
        Why that failed, or "". Without all of them the submission must not be graded.
    """
    for name, start, length in job["files"]:
        try:
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "wb") as file:
                file.write(blob[start : start + length])
        except (OSError, ValueError) as error:
            return f"a file beside the notebook could not be put there: {name[:100]!r}: {error}"
    return ""


def run_steps(
    shell: Shell,
    job: dict[str, Any],
    blob: bytes,
    skip: dict[int, str],
    write: Write,
    lending: int,
    careful: bool = False,
) -> None:
    """Runs the steps of a job in order.

    Args:
        shell: the shell to run cells in.
        job: "steps" and "limits".
        blob: the arrays of the inputs.
        skip: steps that hung or crashed before, and are left out now.
        write: sends an event (a dict, and bytes) to the process that watches.
        lending: the socket through which lent functions are called.
        careful: ask each exercise in a child of its own.
    """
    limits = job["limits"]
    ask = ask_in_child if careful else ask_here
    outputs = capture(shell, limits["output_bytes"])
    for number, step in enumerate(job["steps"]):
        if number in skip:
            continue
        write({"step": number, "event": "start"})
        began, used = time.monotonic(), time.process_time()
        if step["kind"] == "cell":
            outputs.start()
            status = _run_cell(shell, step["source"])
            event: dict[str, Any] = {"status": status, "outputs": outputs.finished()}
            cpu, content = time.process_time() - used, b""
        else:
            status, frames, usage = ask(shell, step, blob, limits, lending)
            event = {"status": status, "sizes": [len(frame) for frame in frames]}
            cpu, event["peak"], event["signal"] = usage
            content = b"".join(frames)
        event |= {"step": number, "event": "end", "cpu": cpu, "wall": time.monotonic() - began}
        write(event, content, more=True)
    write({"event": "done"})


def _run_cell(shell: Shell, source: str) -> str:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        result = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        error = result.error_before_exec or result.error_in_exec
    except KeyboardInterrupt as interrupt:
        error = interrupt
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if isinstance(error, KeyboardInterrupt):
        return "wall time"
    if isinstance(error, MemoryError):
        return "memory"
    return "error" if error is not None else "ok"


def write_to(pipe: int) -> Write:
    """A function that sends frames into a pipe; with `more`, it waits and sends two together.

    Whoever reads is woken only once for the end of a step and the start of the next.
    """
    from autograder.inside.framing import pack

    waiting = b""

    def write(message: dict[str, Any], content: bytes = b"", more: bool = False) -> None:
        nonlocal waiting
        waiting += pack(message, content)
        if more:
            return
        data, waiting = memoryview(waiting), b""
        while data:
            data = data[os.write(pipe, data) :]

    return write
