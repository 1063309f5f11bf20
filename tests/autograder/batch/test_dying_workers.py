"""A submission that kills its worker is tried once alone, and takes nobody along."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.batch import run, worker
from autograder.batch.run import DIED, Options, _Batch
from autograder.batch.worker import Done, Task
from autograder.course.folder import CONFIG_FILE, Course
from autograder.runner.limits import MIB, Limits

STUDENTS = [f"s{number:02}" for number in range(40)]


def task_of(student: str, root: Path) -> Task:
    path = root / student / "u.ipynb"
    return Task(student, "u", path, root, path, path, path)


def grade(task: Task) -> Done:
    """Dies as its student's name says, each time or the first time only."""
    tried = task.within / f"{task.student}.tried"
    first = not tried.exists()
    tried.touch()
    if task.student.startswith("kill") or (task.student.startswith("once") and first):
        os.kill(os.getpid(), signal.SIGKILL)
    return Done(failure="" if task.student == "page" else "graded")


@pytest.fixture
def graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[list[str]], dict[str, str]]:
    """Has a class graded by workers that only die; gives what each is recorded with."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    monkeypatch.setattr(worker, "grade", grade)
    recorded: dict[str, str] = {}

    def take(self: _Batch, outcomes: list[tuple[Task, Any]]) -> list[Task]:
        recorded.update({task.student: done.failure for task, done in outcomes})
        return []

    monkeypatch.setattr(_Batch, "_take", take)
    monkeypatch.setattr(_Batch, "_kept", lambda self, task: False)
    monkeypatch.setattr(run.sandbox, "require", lambda: None)
    monkeypatch.setattr(run, "released_exercises", lambda course, unit: [])
    monkeypatch.setattr(run, "hidden_tests", lambda course, unit: {})
    monkeypatch.setattr(worker, "task_of", lambda course, unit, name: task_of(name, tmp_path))

    class NoBook:
        def find_assignment(self, unit: str) -> Any:
            return type("Assignment", (), {"duedate": None})

    def graded(students: list[str]) -> dict[str, str]:
        course, ledger = Course.at(tmp_path), run.Ledger(tmp_path / "ledger")
        options = Options(workers=2)
        nothing: Callable[[str], None] = lambda student: None  # noqa: E731
        _Batch(course, "u", options, NoBook(), ledger, "g", nothing, bytes(32), ledger).run(
            students
        )
        return recorded

    return graded


def test_a_submission_that_kills_its_worker_takes_nobody_along(
    graded: Callable[[list[str]], dict[str, str]],
) -> None:
    killers = ["kill1", "kill2", "kill3"]
    students = [*STUDENTS[:5], *killers[:2], *STUDENTS[5:], killers[2]]
    found = graded(students)
    assert found == {name: DIED if name in killers else "graded" for name in students}


def test_one_whose_worker_died_once_is_graded_alone(
    graded: Callable[[list[str]], dict[str, str]],
) -> None:
    assert graded(["once", *STUDENTS[:5]])["once"] == "graded"


def test_a_worker_has_a_limit_on_its_memory(tmp_path: Path) -> None:
    limits = 'c.GradeInSandbox.limits = {"worker_bytes": 3 * 2**30}\n'
    (tmp_path / CONFIG_FILE).write_text(f"c = get_config()\n{limits}")
    child = os.fork()
    if not child:
        worker.begin(Course.at(tmp_path), bytes(32), True, ())
        soft, _ = resource.getrlimit(resource.RLIMIT_DATA)
        os._exit(soft != 3 * 2**30)
    assert os.waitpid(child, 0)[1] == 0


def test_a_worker_leaves_a_submission_as_much_as_it_may_have() -> None:
    assert Limits().worker_bytes >= Limits().memory_bytes == 2048 * MIB
