from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from autograder.inside.processes import ProcessorWait, _used, descendants, resident, state

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
