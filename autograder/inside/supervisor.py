"""Each submission has this process to itself: it reads the job, runs it in a child, and answers.

It is forked for one submission and ends with it. So no other submission ever inherits memory that
holds the text of this one, or its hidden inputs.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np

from autograder.inside import framing, session, walls, watch
from autograder.inside.shell import Shell
from autograder.inside.system_calls import filter_program
from autograder.inside.wipe import wipe

RESERVE = 16


def supervise(shell: Shell, pipe: int, lending: int, work: Path, apart: bool) -> None:
    """Receives a submission through a pipe, runs it, and answers through the same pipe.

    Args:
        shell: runs the cells.
        pipe: a socket to the grader.
        lending: another one, through which the submission calls the functions that are lent to it.
        work: the folder that the submission may write.
        apart: whether this process has namespaces of its own, in which `work` can be a new folder.
    """
    silence(0, 1, 2)
    job = _receive(pipe)
    if job is None:
        return
    header, blob = job

    def fork(write: int, skip: dict[int, str], careful: bool) -> int:
        trouble = _prepare(work, header, apart)
        child = os.fork()
        if child:
            return child
        try:
            _only(write, lending)
            send = session.write_to(write)
            if trouble := trouble or _confine(header, work) or session.lay_out(header, blob):
                send({"event": "failed", "why": trouble})
            else:
                session.run_steps(shell, header, blob, skip, send, lending, careful)
        finally:
            os._exit(0)

    result, answers = watch.run(header, blob, fork)
    session.write_to(pipe)(result, answers)


def silence(*streams: int) -> None:
    """Connects standard streams to nothing."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in streams:
        os.dup2(null, stream)
    if null > 2:
        os.close(null)


def _prepare(work: Path, job: dict[str, Any], apart: bool) -> str:
    """Prepares an empty folder for a run; returns why that failed, or ""."""
    user, size = job["user"], job["limits"]["scratch_bytes"]
    try:
        if apart:
            walls.empty_folder(work, size, user)
            return ""
        wipe(work)
        work.mkdir(0o700)
        if user is not None and os.getuid() == 0:
            os.chown(work, user, user)
    except OSError as error:
        return f"there is no empty folder to run in: {error}"
    return ""


def _only(*kept: int) -> None:
    """Closes every file but the standard streams and these."""
    start = 3
    for file in sorted(kept):
        os.closerange(start, file)
        start = file + 1
    os.closerange(start, os.sysconf("SC_OPEN_MAX"))


def _confine(job: dict[str, Any], work: Path) -> str:
    """Gives up, for good, everything that the submission's process must not have.

    Returns:
        Why that failed, or "".
    """
    limits, user = job["limits"], job["user"]
    cpu = limits["cpu_seconds"]
    try:
        for which, soft, hard in (
            (resource.RLIMIT_AS, limits["memory_bytes"], limits["memory_bytes"]),
            (resource.RLIMIT_CPU, cpu, cpu + 1),
            (resource.RLIMIT_FSIZE, limits["file_bytes"], limits["file_bytes"]),
            # What lies between soft and hard is kept for asking, after a cell has used up the rest.
            (resource.RLIMIT_NOFILE, limits["open_files"], limits["open_files"] + RESERVE),
            # With 0, some machines still start a program of root's for each crash; with 1, none.
            (resource.RLIMIT_CORE, 1, 1),
            (resource.RLIMIT_NPROC, limits["processes"], limits["processes"] + RESERVE),
        ):
            if user is None and which == resource.RLIMIT_NPROC:
                continue  # Without a sandbox it would count every process of the TA.
            resource.setrlimit(which, (soft, hard))
        if user is not None and os.getuid() == 0:
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
        # Not before: a root without its usual rights may not enter the folder.
        os.chdir(work)
        if user is not None:
            walls.give_up_capabilities()
            walls.load_filter(filter_program())
    except (OSError, ValueError) as error:
        return f"the limits cannot be set: {error}"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    # The state is inherited, and would be the same for all only by chance.
    np.random.seed(0)  # noqa: NPY002
    random.seed(0)
    sys.path.insert(0, os.getcwd())
    return ""


def _receive(pipe: int) -> tuple[Any, bytes] | None:
    data = bytearray()
    wanted = framing.HEADER.size
    while len(data) < wanted:
        piece = os.read(pipe, min(1 << 20, wanted - len(data)))
        if not piece:
            return None
        data += piece
        if len(data) == wanted == framing.HEADER.size:
            wanted += sum(framing.HEADER.unpack(data))
    return framing.unpack(bytes(data))
