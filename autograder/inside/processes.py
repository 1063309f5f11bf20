"""What /proc says about processes; where it says nothing, nothing is known of them.

A process chooses its own name, which may be any bytes, and the kernel repeats it there. So all of
it is read as bytes, and the name is never read.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat, counted after the name: state, parent, user and system time of the
# process and of its children that ended, and when it began.
_STATE, _PARENT, _TIMES, _BEGAN = 0, 1, slice(11, 15), 19
_OWN_TIMES = slice(11, 13)
# Memory of a process's own, also where the kernel has moved it to the disk.
_HELD = (b"RssAnon:", b"RssShmem:", b"VmSwap:")


class Tally:
    """Processor seconds of all processes below this one, whether anybody waits for them or not.

    The kernel adds the time of a process to its parent's when the parent waits for it, and to
    nobody's if the parent ignores its end. So each look keeps what it saw, and a process that has
    ended since the last look may have run until now.

    Args:
        alone: whether no other process can be seen, so that the numbers of processes tell how many
            have started.
    """

    def __init__(self, alone: bool) -> None:
        self.alone = alone
        self.gone = 0.0
        self.looked = time.monotonic()
        self.newest = _newest() if alone else 0
        self.seen: dict[tuple[int, float], float] = {}
        self.look(descendants(os.getpid()))

    def look(self, tree: list[int]) -> None:
        """Takes down what every process has used by now.

        Args:
            tree: all processes below this one.
        """
        now = time.monotonic()
        found = {}
        for pid in tree:
            if fields := _stat(pid):
                began = int(fields[_BEGAN]) / _TICKS
                found[pid, began] = sum(map(int, fields[_OWN_TIMES])) / _TICKS
        newest = _newest() if self.alone else 0
        # The numbers begin again after the largest; so many do not start between two looks.
        started = newest - self.newest if newest >= self.newest else newest
        ended = max(0, started + len(self.seen) - len(found))
        self.gone += sum(used for key, used in self.seen.items() if key not in found)
        self.gone += ended * (now - self.looked)
        self.seen, self.looked, self.newest = found, now, newest

    def seconds(self) -> float:
        """An upper bound on what has been used since this was made, as of the last look."""
        return self.gone + sum(self.seen.values())


class ProcessorWait:
    """How long a process, or one that it starts, waits for processors that others have.

    On a machine that is too busy, a process waits in line while its wall time runs. This is not
    its own doing, unless other processes of its own have the processors meanwhile.

    Args:
        pid: the process.
        tally: of all processes below this one; without it, what nobody waited for is not seen.
    """

    def __init__(self, pid: int, tally: Tally | None = None) -> None:
        self.pid = pid
        self.tally = tally
        self.began = time.clock_gettime(time.CLOCK_BOOTTIME)
        if tally:
            # Processes that have already ended do not count against the time that begins now.
            tally.look(descendants(os.getpid()))
        self.used = tally.seconds() if tally else _used(pid)
        self.before = _in_line(pid)

    def seconds(self) -> float:
        """Seconds since this was made; 0 where the kernel does not say."""
        tree = [self.pid, *descendants(self.pid)]
        if self.tally:
            self.tally.look(descendants(os.getpid()))
            used = self.tally.seconds() - self.used
        else:
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
    try:
        return memory_in(Path(f"/proc/{pid}/status").read_bytes())
    except OSError:
        return 0


def memory_in(status: bytes) -> int:
    """Bytes of memory of its own, of a process that /proc describes like this."""
    # The name, in the first line, may hold any other character that ends a line.
    lines = status.split(b"\n")[1:]
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(_HELD))


def _newest() -> int:
    """The number of the process or thread that started last, among those that can be seen."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/loadavg").read_bytes().split()[4])
    return 0


def _stat(pid: int) -> list[str]:
    try:
        about = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return []
    return about.rpartition(b")")[2].decode("ascii").split()


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
