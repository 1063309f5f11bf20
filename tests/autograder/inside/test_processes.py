from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from autograder.inside import processes
from autograder.inside.processes import (
    ProcessorWait,
    Tally,
    _used,
    descendants,
    memory_in,
    resident,
    state,
)

MIB = 2**20
# Waits for a word, then works for so many processor seconds, and waits for another word.
WORK = """
import os, sys, time
sys.stdin.readline()
for _ in range({forks}):
    if os.fork() == 0:
        while True: pass
while time.process_time() < {seconds}: pass
print("done", flush=True)
sys.stdin.readline()
"""
SPIN = "while True: pass"


@contextmanager
def python(code: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own session, on the processor that this one may use."""
    command = [sys.executable, "-c", code]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(command, text=True, start_new_session=True, **pipes)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()


@pytest.fixture
def one_processor() -> Iterator[None]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    yield
    os.sched_setaffinity(0, before)


@dataclass(frozen=True)
class Worked:
    """Seconds that half a second of work waited, that passed, and that it and its forks ran."""

    waited: float
    passed: float
    ran: float


def work(others: int = 0, forks: int = 0) -> Worked:
    """Works beside others, and beside what it forks itself."""
    with ExitStack() as stack:
        worker = stack.enter_context(python(WORK.format(seconds=0.5, forks=forks)))
        assert worker.stdin is not None
        assert worker.stdout is not None
        for _ in range(others):
            stack.enter_context(python(SPIN))
        wait, began = ProcessorWait(worker.pid), time.monotonic()
        worker.stdin.write("go\n")
        worker.stdin.flush()
        assert worker.stdout.readline() == "done\n"
        waited, passed = wait.seconds(), time.monotonic() - began
        tree = [worker.pid, *descendants(worker.pid)]
        return Worked(waited, passed, sum(map(_used, tree)) - wait.used)


@pytest.mark.usefixtures("one_processor")
def test_a_processor_that_others_have_is_waited_for() -> None:
    assert work(others=3).waited > 0.5


@pytest.mark.usefixtures("one_processor")
def test_a_processor_that_ones_own_processes_have_is_not() -> None:
    # Whatever else this machine does meanwhile is waited for rightly.
    done = work(forks=3)
    assert done.ran > 1.0
    assert done.waited < done.passed - done.ran + 0.3


def test_a_process_that_is_gone_waits_for_nothing() -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    wait = ProcessorWait(child)
    assert state(child) in ("R", "S", "Z")
    os.waitpid(child, 0)
    assert wait.seconds() == 0.0
    assert (state(child), resident(child)) == ("", 0)


def test_children_and_their_children_are_found() -> None:
    code = "import subprocess, sys\np = subprocess.Popen([sys.executable, '-c', 'input()'])\n"
    with python(f"{code}print(p.pid, flush=True)\np.wait()") as process:
        assert process.stdout is not None
        inner = int(process.stdout.readline())
        assert {process.pid, inner} <= set(descendants(os.getpid()))
        assert descendants(process.pid) == [inner]


def test_memory_of_its_own_is_counted() -> None:
    before = resident(os.getpid())
    held = bytearray(os.urandom(64 * MIB))
    assert resident(os.getpid()) - before > 60 * MIB
    assert len(held) == 64 * MIB


def test_memory_that_was_moved_to_the_disk_is_counted() -> None:
    status = b"Name:\tpython\nVmPTE:\t  9 kB\nVmSwap:\t  5 kB\nRssAnon:\t  7 kB\nRssShmem:\t 2 kB\n"
    assert memory_in(status) == 14 * 1024


@pytest.mark.parametrize("name", [b"\xff\xfe", b"\x0cRssAnon: x", b"\rVmSwap: 1", b") Z 1 1", b""])
def test_a_process_is_known_whatever_it_calls_itself(name: bytes) -> None:
    code = (
        f"import ctypes\nctypes.CDLL(None).prctl(15, {name!r}, 0, 0, 0)\nheld = b'x' * {8 * MIB}\n"
    )
    with python(f"{code}print(flush=True); input()") as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert process.pid in descendants(os.getpid())
        assert state(process.pid) in ("R", "S")
        assert resident(process.pid) > 8 * MIB


# Twenty children one after the other, whose end nobody takes note of; each works a little.
UNHEEDED = """
import os, signal, sys, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print(flush=True); sys.stdin.readline()
for _ in range(20):
    if os.fork() == 0:
        while time.process_time() < 0.05: pass
        os._exit(0)
    try: os.wait()
    except OSError: pass
print("done", flush=True)
sys.stdin.readline()
"""


def test_time_of_processes_that_nobody_waits_for_is_counted() -> None:
    with python(UNHEEDED) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        tally = Tally(alone=False)
        process.stdin.write("go\n")
        process.stdin.flush()
        done = threading.Event()
        threading.Thread(target=lambda: (process.stdout.readline(), done.set())).start()
        while not done.wait(0.01):
            tally.look(descendants(os.getpid()))
        assert _used(process.pid) < 0.3
        assert tally.seconds() > 0.5


def test_processes_that_no_look_saw_are_charged_up_to_the_look(monkeypatch: Any) -> None:
    newest = iter([100, 100, 130])
    monkeypatch.setattr(processes, "_newest", lambda: next(newest))
    monkeypatch.setattr(processes, "_stat", lambda pid: [])
    tally = Tally(alone=True)
    tally.looked -= 2.0
    tally.look([])
    assert 30 * 2.0 <= tally.seconds() < 30 * 3.0


def test_what_ended_before_a_step_began_takes_nothing_of_its_waiting(monkeypatch: Any) -> None:
    # On a busy machine seconds pass between two looks, and a child of the step before ended then.
    newest = iter([100, 100, 103, 103])
    monkeypatch.setattr(processes, "_newest", lambda: next(newest))
    monkeypatch.setattr(processes, "_stat", lambda pid: [])
    monkeypatch.setattr(processes, "descendants", lambda of: [])
    tally = Tally(alone=True)
    tally.looked -= 5.0
    lines = iter([(0.0, 0.0), (0.1, 6.0)])
    monkeypatch.setattr(processes, "_in_line", lambda pid: next(lines))
    assert ProcessorWait(os.getpid(), tally).seconds() == 6.0
