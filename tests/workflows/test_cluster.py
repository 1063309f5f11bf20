"""Grading on a real scheduler with workers in processes of their own, one killed in the middle."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, ZERO_BACKWARD, answered
from workflows.dask_cluster import dask_cluster
from workflows.support import Run

from autograder.batch.run import Options, grade_unit
from autograder.course.folder import Course, CourseError
from autograder.course.secret import VARIABLE

STUDENTS = 16


@pytest.fixture
def course(built_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "secret"))
    course = Path(shutil.copytree(built_course, tmp_path / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    for number in range(STUDENTS):
        path = course / "submitted" / f"s{number:02}" / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(
            json.dumps(answered(released, FORWARD, ZERO_BACKWARD if number % 3 else BACKWARD))
        )
    (course / "submitted" / "s01" / UNIT / f"{UNIT}.ipynb").write_text("broken")
    return course


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler's address, and its two workers."""
    with dask_cluster(tmp_path, workers=2) as started:
        yield started


def test_a_cluster_that_loses_a_worker_gives_the_same_grades(
    course: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, workers = cluster
    with monkeypatch.context() as patch:
        patch.setattr("autograder.batch.cluster.code_version", lambda: "another")
        with pytest.raises(CourseError, match="another version of course-bp"):
            grade_unit(Course.at(course), UNIT, Options(pages=False, cluster=address))
    graded: list[str] = []

    def progress(student: str) -> None:
        graded.append(student)
        if len(graded) == 3:
            os.kill(workers[0].pid, signal.SIGKILL)

    opened = Course.at(course)
    remote = grade_unit(opened, UNIT, Options(pages=False, cluster=address), progress=progress)
    assert workers[0].wait() == -signal.SIGKILL
    assert sorted(graded) == [f"s{number:02}" for number in range(STUDENTS)]
    local = grade_unit(opened, UNIT, Options(pages=False, force=True))
    assert [(r.student, r.scores, r.notes) for r in remote] == [
        (r.student, r.scores, r.notes) for r in local
    ]
    assert [bool(r.failure) for r in remote] == [n == 1 for n in range(STUDENTS)]
    assert {r.score for r in remote if not r.failure} == {1.0, 3.0}


def test_without_a_scheduler_or_workers_nothing_is_graded(course: Path, run: Run) -> None:
    done = run("course-bp", "grade", UNIT, "--cluster", "127.0.0.1:1", cwd=course)
    assert done.returncode == 2
    assert "no scheduler answers at 127.0.0.1:1" in " ".join(done.stderr.split())
    assert not (course / "autograded").exists()
    done = run("course-bp", "grade", UNIT, "--cluster", "nonsense", cwd=course)
    assert (done.returncode, "missing port number" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
