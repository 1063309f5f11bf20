"""Ctrl-C while a submission runs for ever: said at once, over within seconds, nothing half done."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from autograder.batch.rounds import AHEAD, do_all
from autograder.batch.stopping import heed, leave_if_told
from autograder.batch.task import Task


def loop(task: Task) -> None:
    """Runs for a minute, and tidies up if it is told to stop."""
    leave_if_told()
    mark = task.within / f"{task.student}.running"
    mark.touch()
    try:
        time.sleep(60)
    finally:
        mark.unlink()


def pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), heed)


def interrupt_once_running(folder: Path) -> None:
    while len(list(folder.glob("*.running"))) < 2:
        time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGINT)


def test_what_loops_is_named_and_ended(tmp_path: Path) -> None:
    said: list[tuple[float, list[str]]] = []

    def stopping(under_way: Sequence[Task]) -> None:
        said.append((time.monotonic(), [task.student for task in under_way]))

    work = [(loop, Task(f"s{n}", "u", tmp_path, tmp_path, tmp_path, ())) for n in range(9)]
    threading.Thread(target=interrupt_once_running, args=(tmp_path,)).start()
    with pytest.raises(KeyboardInterrupt):
        do_all(list(work), 2, AHEAD, pool, lambda results: [], stopping)
    assert [names for _, names in said] == [["s0", "s1"]]
    assert time.monotonic() - said[0][0] < 10
    assert multiprocessing.active_children() == []
    assert list(tmp_path.iterdir()) == []
