"""What one submission may use, and the words for running out of it."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """Limits on one submission; each has its own status when it is reached.

    Args:
        cell_seconds: wall time of one cell, and of asking one exercise.
        submission_seconds: wall time of everything together, replays included.
        cpu_seconds: processor time of one process.
        memory_bytes: address space of one process, and resident memory of all together.
        processes: processes and threads at once.
        open_files: open files of one process.
        file_bytes: size of one file.
        scratch_bytes: all files together.
        output_bytes: what one cell may show; the rest is cut off.
        answer_bytes: what one exercise may return.
        worker_bytes: memory of a process that grades, in which no student code runs; at least
            `memory_bytes`.
        replays: how often the rest is run again without a cell that hung or crashed.
    """

    cell_seconds: float = 15.0
    submission_seconds: float = 120.0
    cpu_seconds: int = 60
    memory_bytes: int = 2048 * MIB
    processes: int = 64
    open_files: int = 256
    file_bytes: int = 64 * MIB
    scratch_bytes: int = 256 * MIB
    output_bytes: int = 100_000
    answer_bytes: int = 16 * MIB
    worker_bytes: int = 2048 * MIB
    replays: int = 12


# The status of a cell or an exercise, as the olympiads' `isolate` distinguishes them.
STATUSES = {
    "ok": "ran to its end",
    "error": "stopped with an error",
    "wall time": "took too long and was stopped",
    "cpu time": "used too much processor time and was stopped",
    "memory": "used too much memory and was stopped",
    "signal": "crashed the interpreter",
    "exit": "ended the interpreter",
    "processes": "left no process or file free to run it with",
    "output": "sent more data than is allowed",
    "not run": "was not run",
    "internal": "could not be run, because of a fault in the grader",
}
