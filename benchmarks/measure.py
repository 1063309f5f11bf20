"""Fair timing of contenders that do the same work in one process.

Contenders take turns within a round, so that a busy minute of the machine meets all of them;
a ratio is taken within its round and the median over rounds is reported.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

Step = Callable[[], object]


def seconds(step: Step, repeats: int) -> float:
    """The processor time of one call, averaged over a burst: what each leaves to clean up counts.

    Processor time leaves out what other programs take from the machine.
    """
    start = time.process_time()
    for _ in range(repeats):
        step()
    return (time.process_time() - start) / repeats


def race(contenders: dict[str, Step], rounds: int, repeats: int) -> dict[str, list[float]]:
    """For each contender its time in every round."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, step in contenders.items():
            step()
            times[name].append(seconds(step, repeats))
    return times


def ratio(times: dict[str, list[float]], name: str, to: str) -> float:
    """The median over rounds of one contender's time in units of another's."""
    return statistics.median(a / b for a, b in zip(times[name], times[to], strict=True))


def table(title: str, times: dict[str, list[float]], unit: str) -> str:
    """One line for each contender: its median time, and how many of the first one's that is."""
    lines = [title]
    for name, row in times.items():
        t = statistics.median(row)
        shown = f"{t * 1e6:10.1f} µs" if t < 1e-3 else f"{t * 1e3:10.2f} ms"
        lines.append(f"  {name:32s} {shown}   {ratio(times, name, unit):7.2f} × {unit}")
    return "\n".join(lines)
