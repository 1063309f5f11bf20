"""Watches the process of a submission: deadlines, memory, deaths, and the replay without a culprit.

A cell that runs too long is interrupted; if that does not stop it, or if it brings the process
down, everything is ended and the rest is run again without that cell. If an answer does so, or is
slow, all is run again and every exercise asked in a child of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from autograder.inside import events, framing, holding
from autograder.inside.conversation import MOST_WAITING
from autograder.inside.processes import ProcessorWait, Tally, descendants, resident, state

GRACE = 1.0
TICK = 0.05
# An asked exercise has a deadline of its own inside; this one is for processes that ignore it.
ASKING_GRACE = 2.0
# How long an answer may take without a child of its own.
PATIENCE = 5.0
# Bytes of all that one run through the steps may tell, and of what is said about all steps.
MAX_EVENTS = 64 * framing.MIB
MAX_TOLD = 4 * framing.MIB
# Bytes that are still said of a step when there is no more room, however many steps there are.
MAX_CUT = 1_000
CUT = "[what this cell shows was left out: the notebook shows too much]\n"

Fork = Callable[[int, dict[int, str], bool], int]


@dataclass
class _Run:
    """One run through the steps, up to its end or to the step that brought it down.

    Deadlines do not count waiting for processors, but for the latest of all.
    """

    limits: dict[str, Any]
    steps: list[dict[str, Any]]
    deadline: float
    latest: float
    careful: bool
    # Whether all processes and sockets that this process can see are the submission's.
    walled: bool
    # As JSON: parsed, what a stranger sends takes 30 times as much.
    results: dict[int, bytes] = field(default_factory=dict)
    answers: dict[int, bytes] = field(default_factory=dict)
    current: int = -1
    step_deadline: float = float("inf")
    # What all of its processes have used, and how long it and its current step have been waiting
    # for processors.
    tally: Tally | None = None
    wait: ProcessorWait | None = None
    step_wait: ProcessorWait | None = None
    interrupted: bool = False
    done: bool = False
    failure: str = ""
    peak: int = 0


def run(job: dict[str, Any], blob: bytes, fork: Fork) -> tuple[dict[str, Any], bytes]:
    """Runs a submission, again without the culprit if a step hangs or crashes it.

    Args:
        job: "steps", "limits", and the "user" that its code has; None without walls.
        blob: the arrays of the inputs (the forked process uses them).
        fork: starts the process, given the pipe for its events, the steps to leave out, and
            whether exercises are asked in children of their own.

    Returns:
        The result: a dict a step, and totals; and the bytes of all answers.
    """
    began = time.monotonic()
    limits, steps = job["limits"], job["steps"]
    skip: dict[int, str] = {}
    cpu, peak, replays, careful = 0.0, 0, 0, False
    deadline = began + limits["submission_seconds"]
    latest = began + MOST_WAITING * limits["submission_seconds"]
    while True:
        attempt = _Run(limits, steps, deadline, latest, careful, job["user"] is not None)
        verdict, seconds, high = _watch(attempt, fork, skip)
        cpu, peak = cpu + seconds, max(peak, high, attempt.peak)
        if attempt.done:
            break
        deadline = attempt.deadline
        in_time = time.monotonic() <= min(deadline, latest)
        if in_time and not careful and steps[max(attempt.current, 0)]["kind"] == "ask":
            careful = True
            continue
        skip[max(attempt.current, 0)] = verdict
        replays += 1
        if not in_time or replays > limits["replays"]:
            break
    result, answers = _gather(attempt, skip)
    result |= {"cpu": cpu, "peak": peak, "wall": time.monotonic() - began, "replays": replays}
    result["failure"] = attempt.failure
    return result, answers


def end_all() -> None:
    """Ends every process but this one and reaps them."""
    for _ in range(200):
        if os.getpid() == 1:
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
        else:
            for pid in descendants(os.getpid()):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.005)


def _watch(attempt: _Run, fork: Fork, skip: dict[int, str]) -> tuple[str, float, int]:
    """Follows one run; returns why it ended, its processor seconds and its largest process."""
    reading, writing = os.pipe()
    child = fork(writing, skip, attempt.careful)
    attempt.tally = Tally(attempt.walled)
    attempt.wait = ProcessorWait(child, attempt.tally)
    os.close(writing)
    limit = attempt.limits["answer_bytes"] + attempt.limits["output_bytes"] * 8 + (1 << 20)
    why = _follow(attempt, child, reading, framing.FrameReader(limit, MAX_EVENTS))
    os.close(reading)
    if not attempt.done:
        attempt.deadline += attempt.wait.seconds()
    if not why and not attempt.done:
        _wait_briefly(child)
    # Also where its first thread has ended: it is over only when all others have.
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, code, usage = os.wait4(child, 0)
    end_all()
    if not why and not attempt.done:
        why = _how(code)
    return why, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def _follow(attempt: _Run, child: int, reading: int, frames: framing.FrameReader) -> str:
    base = resident(child)
    looked = 0.0
    while not attempt.done:
        now = time.monotonic()
        if why := _overdue(attempt, child, now):
            return why
        until = min(attempt.step_deadline, attempt.deadline) - now
        ready, _, _ = select.select([reading], [], [], min(until, TICK) if until > 0 else TICK)
        if ready:
            piece = os.read(reading, 1 << 16)
            if not piece:
                return ""
            try:
                for message, content in frames.feed(piece):
                    _note(attempt, child, message, content)
            except framing.WireError:
                return "output"
        elif state(child) in ("Z", ""):
            return ""  # Something that it started may still hold the pipe.
        if now - looked > TICK:
            looked = now
            tree = descendants(os.getpid())
            if attempt.tally:
                attempt.tally.look(tree)
            grown = sum(max(0, resident(pid) - base) for pid in tree)
            attempt.peak = max(attempt.peak, grown)
            if attempt.walled:
                grown += holding.in_sockets()
            if grown > attempt.limits["memory_bytes"]:
                return "memory"
    return ""


def _overdue(attempt: _Run, child: int, now: float) -> str:
    if now > attempt.latest or _is_past(attempt.deadline, attempt.wait, now):
        return "wall time"
    if not _is_past(attempt.step_deadline, attempt.step_wait, now):
        return ""
    if attempt.interrupted or attempt.steps[attempt.current]["kind"] == "ask":
        return "wall time"
    attempt.interrupted = True
    attempt.step_deadline, attempt.step_wait = now + GRACE, ProcessorWait(child, attempt.tally)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGINT)
    return ""


def _is_past(deadline: float, wait: ProcessorWait | None, now: float) -> bool:
    """Whether a deadline is past that does not count the waiting for processors."""
    # It takes reading a file for each process to know how long that was.
    return now > deadline and now > deadline + (wait.seconds() if wait else 0.0)


def _note(attempt: _Run, child: int, message: Any, content: bytes) -> None:
    """Takes down one event; the sender may be hostile, so only what fits is taken."""
    if not isinstance(message, dict):
        raise framing.WireError("an event is not a dict")
    if message.get("event") in ("done", "failed"):
        attempt.done = True
        if attempt.current < 0:
            attempt.failure = str(message.get("why", ""))[:300]
        return
    number = message.get("step")
    if type(number) is not int or not attempt.current <= number < len(attempt.steps):
        raise framing.WireError("an event is out of order")
    step = attempt.steps[number]
    if message.get("event") == "start":
        seconds = attempt.limits["cell_seconds"]
        if step["kind"] == "ask":
            seconds = seconds + ASKING_GRACE if attempt.careful else min(seconds, PATIENCE)
        attempt.current, attempt.interrupted = number, False
        attempt.step_wait = ProcessorWait(child, attempt.tally)
        attempt.step_deadline = time.monotonic() + seconds
    else:
        attempt.results[number] = events.report(message)
        attempt.answers[number] = content
        attempt.step_deadline = float("inf")


def _gather(attempt: _Run, skip: dict[int, str]) -> tuple[dict[str, Any], bytes]:
    steps: list[dict[str, Any]] = []
    answers = bytearray()
    room = MAX_TOLD
    for number in range(len(attempt.steps)):
        if number in skip:
            steps.append({"status": skip[number]})
        elif number in attempt.results:
            content = attempt.answers[number]
            told, length = _told(attempt.results[number], room)
            steps.append({**told, "bytes": len(content)})
            answers += content
            room -= length
        else:
            steps.append({"status": "not run"})
    return {"steps": steps}, bytes(answers)


def _told(report: bytes, room: int) -> tuple[dict[str, Any], int]:
    """What a report says of its step, as far as there is room, and how much it takes."""
    event = json.loads(report)
    if len(report) <= room:
        return event, len(report)
    shown = [{"output_type": "stream", "name": "stdout", "text": CUT}]
    cut = {**event, "outputs": shown} if "outputs" in event else {"status": "output"}
    length = len(json.dumps(cut))
    return (cut, length) if length <= MAX_CUT else ({"status": "output"}, 0)


def _how(code: int) -> str:
    if not os.WIFSIGNALED(code):
        return "exit"
    return "cpu time" if os.WTERMSIG(code) == signal.SIGXCPU else "signal"


def _wait_briefly(child: int) -> None:
    """Gives a process whose pipe closed a moment to die by itself."""
    for _ in range(20):
        if state(child) in ("Z", ""):
            return
        time.sleep(0.01)
