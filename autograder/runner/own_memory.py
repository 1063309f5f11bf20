"""A limit on the memory of a process that grades, in which no student code runs."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Iterator
from pathlib import Path

from autograder.runner.limits import Limits


def limit_for_good(limits: Limits) -> None:
    """Limits this process, which does nothing but grade.

    Args:
        limits: with `worker_bytes`, what it may hold.
    """
    _set(_most(limits))


@contextlib.contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Within it, this process, which may be somebody else's, gets so much more memory at most.

    Args:
        limits: with `worker_bytes`, what may come on top of what it holds.
    """
    before = resource.getrlimit(resource.RLIMIT_DATA)
    _set(_held() + _most(limits))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _most(limits: Limits) -> int:
    # A sandbox that is started there inherits the limit, and needs what a submission may use.
    return max(limits.worker_bytes, limits.memory_bytes)


def _set(most: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard < 0 else min(most, hard), hard))


def _held() -> int:
    """Bytes that count for RLIMIT_DATA."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
