"""The warm process: imports everything, waits for one submission, forks for it and watches it.

Inside the sandbox it is process 1, so nothing that a submission starts can kill it, and it kills
all of that in turn. It runs no student code itself, and ends with the submission: a second one
would inherit the memory that the first one's code lies in.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import os
import pkgutil
import random
import resource
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from autograder.inside import permitted, session, watch, wire
from autograder.inside.shell import Shell, new_shell

PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36
RESERVE = 16


def main() -> None:
    """Serves one job from standard input, if one comes before it closes."""
    asked, answered = os.dup(0), os.dup(1)
    _silence()
    scratch = Path(os.environ["TMPDIR"])
    for control in (PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(control, int(control == PR_SET_CHILD_SUBREAPER), 0, 0, 0)
    _import_all(permitted.PACKAGE)
    permitted.withhold_rules()
    with permitted.only(()):
        pass  # What it works out is kept, and every fork has it.
    shell = new_shell()
    _wipe(scratch)  # Libraries may have written there while they were imported.
    gc.collect()
    gc.freeze()
    _send(answered, {"ready": True})
    if (job := _receive(asked)) is not None:
        header, blob = job
        _fresh(scratch, header)
        result, answers = watch.run(
            header,
            blob,
            lambda write, skip, careful: _fork(shell, job, (asked, answered), write, skip, careful),
        )
        _wipe(scratch)  # Without walls, it is a folder of the machine's.
        _send(answered, result, answers)
    os._exit(0)  # Taking Python's modules apart takes longer than an ordinary submission.


def _fork(
    shell: Shell,
    job: tuple[Any, bytes],
    close: tuple[int, int],
    write: int,
    skip: dict[int, str],
    careful: bool,
) -> int:
    """Forks the process that runs the submission; returns its id."""
    child = os.fork()
    if child:
        return child
    try:
        header, blob = job
        for pipe in close:
            os.close(pipe)
        send = session.write_to(write)
        try:
            _confine(header)
        except (OSError, ValueError) as error:
            send({"event": "failed", "why": f"the limits cannot be set: {error}"})
        else:
            session.lay_out(header["files"], blob)
            session.run_steps(shell, header, blob, skip, send, careful)
    finally:
        os._exit(0)


def _confine(job: dict[str, Any]) -> None:
    """Gives up what the submission's process must not have. There is no way back."""
    limits = job["limits"]
    os.chdir(os.environ["TMPDIR"])
    cpu = limits["cpu_seconds"]
    for which, soft, hard in (
        (resource.RLIMIT_AS, limits["memory_bytes"], limits["memory_bytes"]),
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_FSIZE, limits["file_bytes"], limits["file_bytes"]),
        # What lies between soft and hard is kept for asking, after a cell has used up the rest.
        (resource.RLIMIT_NOFILE, limits["open_files"], limits["open_files"] + RESERVE),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NPROC, limits["processes"], limits["processes"] + RESERVE),
    ):
        if job["user"] is None and which == resource.RLIMIT_NPROC:
            continue  # Without a sandbox it would count every process of the TA.
        resource.setrlimit(which, (soft, hard))
    if job["user"] is not None and os.getuid() == 0:
        os.setgroups([])
        os.setresgid(job["user"], job["user"], job["user"])
        os.setresuid(job["user"], job["user"], job["user"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    import numpy as np

    # The state is inherited: without this, whether a submission draws before another would show.
    np.random.seed(0)  # noqa: NPY002
    random.seed(0)


def _fresh(scratch: Path, job: dict[str, Any]) -> None:
    scratch.mkdir(exist_ok=True)
    if job["user"] is not None and os.getuid() == 0:
        os.chown(scratch, job["user"], job["user"])


def _wipe(scratch: Path) -> None:
    """Removes the scratch folder, as far as it can be removed."""

    def unlock(function: Any, path: str, error: Any) -> None:
        os.chmod(os.path.dirname(path), 0o700)
        os.chmod(path, 0o700)
        function(path)

    with contextlib.suppress(OSError):
        shutil.rmtree(scratch, onerror=unlock)


def _import_all(package: str) -> None:
    """Imports a package with all its modules, so that submissions find them warm."""
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, f"{package}."):
        with contextlib.suppress(ImportError):
            importlib.import_module(module.name)
    importlib.import_module("matplotlib.pyplot")


def _silence() -> None:
    """Takes the conversation off the standard streams, where libraries might print."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    sys.stdin, sys.stdout, sys.stderr = (open(os.devnull, mode) for mode in "rww")  # noqa: SIM115


def _receive(pipe: int) -> tuple[Any, bytes] | None:
    data = bytearray()
    wanted = wire.HEADER.size
    while len(data) < wanted:
        piece = os.read(pipe, min(1 << 20, wanted - len(data)))
        if not piece:
            return None
        data += piece
        if len(data) == wanted == wire.HEADER.size:
            wanted += sum(wire.HEADER.unpack(data))
    return wire.unpack(bytes(data))


def _send(pipe: int, message: Any, content: bytes = b"") -> None:
    session.write_to(pipe)(message, content)


if __name__ == "__main__":
    main()
