"""What /proc says about processes; where it says nothing, nothing is known of them."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat, counted after the name: state, parent, user and system time of the
# process and of its children that ended, and when it began.
_STATE, _PARENT, _TIMES, _BEGAN = 0, 1, slice(11, 15), 19


class ProcessorWait:
    """How long a process, or one that it starts, waits for processors that others have.

    On a machine that is too busy, a process waits in line while its wall time runs. This is not
    its own doing, unless other processes of its own have the processors meanwhile.

    Args:
        pid: the process.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.began = time.clock_gettime(time.CLOCK_BOOTTIME)
        self.used = _used(pid)
        self.before = _in_line(pid)

    def seconds(self) -> float:
        """Seconds since this was made; 0 where the kernel does not say."""
        tree = [self.pid, *descendants(self.pid)]
        used = sum(map(_used, tree)) - self.used
        longest = 0.0
        for pid in tree:
            ran, waited = _in_line(pid)
            if pid == self.pid:
                ran, waited = ran - self.before[0], waited - self.before[1]
            elif _began(pid) < self.began - 1 / _TICKS:
                continue
            longest = max(longest, waited - max(0.0, used - ran))
        return longest


def state(pid: int) -> str:
    """The state of a process, such as "Z", or "" if it is not there."""
    fields = _stat(pid)
    return fields[_STATE] if fields else ""


def descendants(of: int) -> list[int]:
    """All processes below one, from /proc; empty where there is none."""
    parents: dict[int, int] = {}
    try:
        names = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []
    for name in names:
        if fields := _stat(int(name)):
            parents[int(name)] = int(fields[_PARENT])
    found = {of}
    while new := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= new
    return sorted(found - {of})


def resident(pid: int) -> int:
    """Bytes of memory of its own that a process holds."""
    total = 0
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(("RssAnon:", "RssShmem:")):
                total += int(line.split()[1]) * 1024
    return total


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _used(pid: int) -> float:
    """Processor seconds of a process with all its threads and the children that ended."""
    return sum(map(int, _stat(pid)[_TIMES])) / _TICKS


def _began(pid: int) -> float:
    """When a process began, in seconds since the machine did; 0 if it is not there."""
    fields = _stat(pid)
    return int(fields[_BEGAN]) / _TICKS if fields else 0.0


def _in_line(pid: int) -> tuple[float, float]:
    """Seconds that the first thread of a process ran, and that it waited for a processor."""
    try:
        ran, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
        return int(ran) / 1e9, int(waited) / 1e9
    except (OSError, ValueError):
        return 0.0, 0.0
