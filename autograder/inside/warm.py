"""The warm process: imports everything once, and forks for every submission.

Inside the sandbox it is process 1. It never holds a submission: for each it receives a socket,
passes it on unread to a process that it forks, and closes it. It runs no student code, which is
also never where it could name this process: each submission has namespaces of its own (`walls`).
Where the kernel does not allow those, a sandbox serves one submission and is discarded.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pkgutil
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from autograder.inside import permitted, walls, watch
from autograder.inside.conversation import CLEAN, JOB, MANY, ONE, SPENT, TRUSTED
from autograder.inside.shell import new_shell
from autograder.inside.supervisor import silence, supervise
from autograder.inside.system_calls import filter_program
from autograder.inside.wipe import wipe


def main() -> None:
    """Serves jobs until the socket that is standard input closes."""
    control = socket.socket(fileno=os.dup(0))
    silence(0, 1)
    walled = TRUSTED not in sys.argv[1:]
    work = Path(os.environ["TMPDIR"])
    walls.close_to_others()
    walls.adopt_orphans()
    # Process 1 ignores what it has no handler for, and Python has one for this.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    work.mkdir(exist_ok=True)
    apart = walled and walls.possible(work)
    if apart:
        walls.descend()
    _import_all(permitted.PACKAGE)
    permitted.withhold_rules()
    # What these work out is kept, and every fork has it.
    filter_program()
    with permitted.only(()):
        pass
    shell = new_shell()
    _empty(work)  # Libraries may have written there while they were imported.
    gc.collect()
    gc.freeze()
    silence(2)  # Until here it says why the sandbox does not start.
    before = walls.own_state(work.parent) if walled else ()
    control.sendall(MANY if apart or not walled else ONE)
    while sockets := _next(control):
        if walled and not apart:
            control.close()
            supervise(shell, *sockets, work, apart=False)
            break
        done = _forked(apart, control, partial(supervise, shell, *sockets, work, apart))
        for one in sockets:
            os.close(one)
        if not walled:
            watch.end_all()
            _empty(work)
        same = not walled or walls.own_state(work.parent) == before
        control.sendall(CLEAN if done and same else SPENT)
    os._exit(0)  # Taking Python's modules apart takes longer than an ordinary submission.


def _next(control: socket.socket) -> tuple[int, int] | None:
    """Waits for the next job, its socket and that of the functions lent to it; None at the end."""
    word, sockets, _, _ = socket.recv_fds(control, len(JOB), 2)
    return (sockets[0], sockets[1]) if word and len(sockets) == 2 else None


def _forked(apart: bool, control: socket.socket, task: Callable[[], None]) -> bool:
    """Does something in a process of its own, and waits for its end.

    Args:
        apart: in namespaces of its own, with that process as their process 1.
        control: what that process must not have.
        task: what is to be done.

    Returns:
        Whether it was done.
    """
    child = walls.fork_apart() if apart else os.fork()
    if not child:
        status = 1
        try:
            control.close()
            if apart:
                walls.settle()
            task()
            status = 0
        finally:
            os._exit(status)
    return walls.ended_with(child) == 0


def _empty(work: Path) -> None:
    with contextlib.suppress(OSError):
        wipe(work)
    work.mkdir(exist_ok=True)


def _import_all(package: str) -> None:
    """Imports a package with all its modules, so that submissions find them warm."""
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, f"{package}."):
        with contextlib.suppress(ImportError):
            importlib.import_module(module.name)
    importlib.import_module("matplotlib.pyplot")


if __name__ == "__main__":
    main()
