"""Runs tasks in a pool of processes, and goes on when a task kills its process.

When one process of a pool dies, Python gives up all tasks of that pool. So only a few tasks run at
a time. After a death, those that were running are tried again one by one. A task that kills its
process a second time has failed. All other tasks go on in a new pool.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from queue import SimpleQueue
from typing import Any

from autograder.batch.stopping import stop_workers
from autograder.batch.task import Task

Work = tuple[Callable[[Task], Any], Task]
# Opens a pool with this many processes.
OpenPool = Callable[[int], Any]
# Takes the results of tasks; returns the work that follows from them.
Take = Callable[[Sequence[tuple[Work, Any]]], Sequence[Work]]
# Is told what is under way when the work is interrupted.
Stopping = Callable[[Sequence[Task]], None]
# The most results that are taken together: each transaction waits for the disk.
AT_ONCE = 20
# How many tasks each process is given ahead, so that it never waits for the next one.
AHEAD = 4


DIED = "the grader's own process died while grading it, and again when it was graded alone."


class Died(Exception):
    """The process died over a task, and again when it was tried alone."""


def _silently(under_way: Sequence[Task]) -> None:
    pass


def do_all(
    work: list[Work],
    workers: int,
    ahead: int,
    open_pool: OpenPool,
    take: Take,
    stopping: Stopping = _silently,
) -> None:
    """Does all the work.

    Args:
        work: functions and their tasks.
        workers: how many processes.
        ahead: how many tasks a process is given at a time.
        open_pool: opens a pool.
        take: takes results as they come; the result of a task that kills its process is `Died`.
        stopping: called at once when the work is interrupted, with what is under way then.
    """
    while work:
        workers = min(workers, len(work))
        suspects, work = _round(work, workers, ahead * workers, open_pool, take, stopping)
        if not suspects:  # A process died before it had anything to do.
            suspects, work = work[:1], work[1:]
        while suspects:
            lost, suspects = _round(suspects, 1, 1, open_pool, take, stopping)
            if not lost:
                lost, suspects = suspects[:1], suspects[1:]
            take([(one, Died()) for one in lost])


def _round(
    work: Sequence[Work],
    workers: int,
    most: int,
    open_pool: OpenPool,
    take: Take,
    stopping: Stopping,
) -> tuple[list[Work], list[Work]]:
    """Works until everything is done or a process dies.

    Returns:
        The work that was running then, and the work that had not begun.
    """
    waiting = deque(work)
    lost: list[Work] = []
    with open_pool(workers) as pool:
        running: dict[Future[Any], Work] = {}
        finished: SimpleQueue[Future[Any]] = SimpleQueue()

        def start() -> None:
            while waiting and len(running) < most and not lost:
                try:
                    future = pool.submit(*waiting[0])
                except BrokenProcessPool:
                    return
                running[future] = waiting.popleft()
                # `wait` would look at all that run each time that one is done.
                future.add_done_callback(finished.put)

        try:
            start()
            while running:
                results: list[tuple[Work, Any]] = []
                for future in _those_done(finished):
                    one = running.pop(future)
                    try:
                        results.append((one, future.result()))
                    except BrokenProcessPool:
                        lost.append(one)
                start()
                waiting.extendleft(take(results))
                start()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                # Tasks begin in the order in which they were given.
                stopping([task for _, task in list(running.values())[:workers]])
            pool.shutdown(wait=False, cancel_futures=True)
            stop_workers()
            raise
    return lost, list(waiting)


def _those_done(finished: SimpleQueue[Future[Any]]) -> Iterator[Future[Any]]:
    """Waits for the next result, and adds those that are ready by then."""
    yield finished.get()
    for _ in range(AT_ONCE - 1):
        if finished.empty():
            return
        yield finished.get()
