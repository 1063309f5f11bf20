"""Watches the memory of a running batch: its writer, its workers, and their warm processes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

MIB = 2**20


class MemoryWatch(threading.Thread):
    """Reads from /proc what the processes of a batch hold, until the batch has ended.

    Args:
        batch: the process id of the batch, which writes the gradebook.
        graded: how many submissions are done.
    """

    def __init__(self, batch: int, graded: Callable[[], int]) -> None:
        super().__init__(daemon=True)
        self.batch, self.graded = batch, graded
        self.seen: dict[str, list[tuple[int, int]]] = {"writer": [], "workers": [], "warm": []}
        self._over = threading.Event()

    def run(self) -> None:
        """Takes a sample every tenth of a second."""
        while not self._over.wait(0.1):
            done = self.graded()
            if done:
                for role, pids in self._processes().items():
                    held = max(map(own_memory, pids), default=0)
                    if held:  # A process that is ending holds nothing any more.
                        self.seen[role].append((done, held))

    def stop(self) -> None:
        """Ends the watch."""
        self._over.set()
        self.join()

    def table(self, every: int) -> list[str]:
        """A line per so many submissions: MiB of the largest process of each kind by then."""
        lines = [f"{'graded':>8}" + "".join(f"{role:>10}" for role in self.seen)]
        last = max((samples[-1][0] for samples in self.seen.values() if samples), default=0)
        for done in range(every, last + 1, every):
            held = [
                max((held for at, held in samples if done - every < at <= done), default=0)
                for samples in self.seen.values()
            ]
            lines.append(f"{done:>8}" + "".join(f"{one / MIB:>10.1f}" for one in held))
        return lines

    def report(self) -> list[str]:
        """A line a kind of process: the largest of them early and late."""
        lines = []
        for role, samples in self.seen.items():
            if len(samples) > 1:
                (first, early), (last, late) = samples[0], samples[-1]
                lines.append(
                    f"  {role}: {early / MIB:.0f} MiB after {first} submissions, "
                    f"{late / MIB:.0f} MiB after {last}"
                )
        return lines

    def _processes(self) -> dict[str, list[int]]:
        parents = {}
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, IndexError, ValueError):
                parents[int(path.name)] = int(
                    (path / "stat").read_text().rpartition(")")[2].split()[1]
                )
        workers = [pid for pid, parent in parents.items() if parent == self.batch]
        walls = [pid for pid, parent in parents.items() if parent in workers]
        warm = [pid for pid, parent in parents.items() if parent in walls]
        # Where each submission has namespaces of its own, the first of these only waits.
        warm += [pid for pid, parent in parents.items() if parent in warm]
        return {"writer": [self.batch], "workers": workers, "warm": warm}


def own_memory(pid: int) -> int:
    """Bytes that a process holds and no file stands for."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0
