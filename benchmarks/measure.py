"""Fair timing of contenders that do the same work in one process.

Contenders take turns within a round, so that a busy minute of the machine meets all of them;
a ratio is taken within its round and the median over rounds is reported.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

Step = Callable[[], object]


def best_of(step: Step, repeats: int) -> float:
    """The processor time of the quickest of several calls: what the work itself takes."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        step()
        times.append(time.process_time() - start)
    return min(times)


def mean_of(step: Step, repeats: int) -> float:
    """The processor time of a call on average: what it leaves to the garbage collector counts."""
    start = time.process_time()
    for _ in range(repeats):
        step()
    return (time.process_time() - start) / repeats


def race(
    contenders: dict[str, Step], rounds: int, repeats: int, clock: Callable[[Step, int], float]
) -> dict[str, list[float]]:
    """For each contender its time in every round.

    Processor time leaves out what other programs take from the machine.
    """
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, step in contenders.items():
            gc.collect()  # so that each pays for its own garbage
            step()
            times[name].append(clock(step, repeats))
    return times


def ratio(times: dict[str, list[float]], name: str, to: str) -> float:
    """The median over rounds of one contender's time in units of another's."""
    return statistics.median(a / b for a, b in zip(times[name], times[to], strict=True))


def spread(times: dict[str, list[float]], name: str, to: str) -> tuple[float, float]:
    """The quartiles of the same ratios: half of the rounds lie between them."""
    ratios = [a / b for a, b in zip(times[name], times[to], strict=True)]
    if len(ratios) < 2:
        return ratios[0], ratios[0]
    low, _, high = statistics.quantiles(ratios, n=4, method="inclusive")
    return low, high


def table(title: str, times: dict[str, list[float]], unit: str) -> str:
    """One line for each contender: its median time, how many of the unit's that is, the spread."""
    lines = [title]
    for name, row in times.items():
        t = statistics.median(row)
        shown = f"{t * 1e6:10.1f} µs" if t < 1e-3 else f"{t * 1e3:10.2f} ms"
        low, high = spread(times, name, unit)
        found = f"{ratio(times, name, unit):7.2f} × {unit} ({low:.2f} to {high:.2f})"
        lines.append(f"  {name:32s} {shown}   {found}")
    return "\n".join(lines)
