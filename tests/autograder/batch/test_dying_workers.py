"""A task that kills its process is tried once alone, and takes nobody along."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from autograder.batch import worker
from autograder.batch.rounds import AHEAD, Died, Work, do_all
from autograder.batch.task import Task
from autograder.course.folder import CONFIG_FILE, Course
from autograder.grading.given import Given
from autograder.runner.limits import MIB, Limits

STUDENTS = [f"s{number:02}" for number in range(30)]


def work_of(students: Sequence[str], root: Path) -> list[Work]:
    return [(grade, Task(name, "u", root, root, root, ())) for name in students]


def grade(task: Task) -> str:
    """Dies as its student's name says, each time or the first time only."""
    tried = task.within / f"{task.student}.tried"
    first = not tried.exists()
    tried.touch()
    if task.student.startswith("kill") or (task.student.startswith("once") and first):
        os.kill(os.getpid(), signal.SIGKILL)
    return "graded"


def write_page(task: Task) -> str:
    if task.student.startswith("page"):
        os.kill(os.getpid(), signal.SIGKILL)
    return "written"


def never_begins() -> None:
    os._exit(1)


def pool(workers: int, begin: Any = None) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), begin)


def done(students: Sequence[str], root: Path, open_pool: Any = pool) -> dict[str, list[str]]:
    """What comes of a class: for each student the results, in order."""
    found: dict[str, list[str]] = {}

    def take(results: Sequence[tuple[Work, Any]]) -> list[Work]:
        for (_, task), result in results:
            words = "died" if isinstance(result, Died) else result
            found.setdefault(task.student, []).append(words)
        return [(write_page, task) for (_, task), result in results if result == "graded"]

    do_all(work_of(students, root), 2, AHEAD, open_pool, take)
    return found


def each(students: Sequence[str], *results: str) -> dict[str, list[str]]:
    return {name: list(results) for name in students}


def test_a_submission_that_kills_its_worker_takes_nobody_along(tmp_path: Path) -> None:
    killers = ["kill1", "kill2", "kill3"]
    found = done([*STUDENTS[:5], *killers[:2], *STUDENTS[5:], killers[2]], tmp_path)
    assert found == each(STUDENTS, "graded", "written") | each(killers, "died")


def test_one_whose_worker_died_once_is_graded_alone(tmp_path: Path) -> None:
    assert done(["once", *STUDENTS[:5]], tmp_path)["once"] == ["graded", "written"]


def test_a_page_that_kills_its_worker_leaves_the_grade(tmp_path: Path) -> None:
    found = done(["page", *STUDENTS[:9]], tmp_path)
    assert found == each(STUDENTS[:9], "graded", "written") | each(["page"], "graded", "died")


def test_workers_that_never_begin_end_with_a_word(tmp_path: Path) -> None:
    found = done(STUDENTS[:2], tmp_path, partial(pool, begin=never_begins))
    assert found == each(STUDENTS[:2], "died")


def test_an_error_stops_the_rest(tmp_path: Path) -> None:
    def take(results: Sequence[tuple[Work, Any]]) -> list[Work]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        do_all(work_of(STUDENTS, tmp_path), 2, AHEAD, pool, take)


def test_a_worker_has_a_limit_on_its_memory(tmp_path: Path) -> None:
    limits = 'c.GradeInSandbox.limits = {"worker_bytes": 3 * 2**30}\n'
    (tmp_path / CONFIG_FILE).write_text(f"c = get_config()\n{limits}")
    child = os.fork()
    if not child:
        worker.begin(Course.at(tmp_path), bytes(32), True, (), Given())
        soft, _ = resource.getrlimit(resource.RLIMIT_DATA)
        os._exit(soft != 3 * 2**30)
    assert os.waitpid(child, 0)[1] == 0


def test_a_worker_leaves_a_submission_as_much_as_it_may_have() -> None:
    assert Limits().worker_bytes >= Limits().memory_bytes == 2048 * MIB
