"""Grading that is stopped in the middle or loses a worker: what is done stays, the rest follows."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered
from workflows.support import REPOSITORY, Run, fixed_secret

from autograder.course.folder import Course
from autograder.records.gradebook import read_submissions

STUDENTS = [f"s{number}" for number in range(6)]
MAIN = "from autograder.cli.main import main; main()"


def heed_interrupts() -> None:
    """What a shell starts in the background ignores them, and so do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def course(built_course: Path, tmp_path: Path) -> Path:
    """A course in which the first submission is graded at once and each other takes a second."""
    course = Path(shutil.copytree(built_course, tmp_path / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    for student in STUDENTS:
        slow = "" if student == STUDENTS[0] else "import time\ntime.sleep(1)\n"
        path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(answered(released, slow + FORWARD, BACKWARD)))
    return course


def grading(course: Path) -> subprocess.Popen[str]:
    """`course-bp grade`, under way in that its first submission is done."""
    secret = fixed_secret(course.parent)
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "grade", UNIT, "--no-pages", "--workers", "2"],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "COURSE_BP_SECRET_FILE": secret},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    )
    while process.poll() is None and not graded(course):
        time.sleep(0.02)
    return process


def graded(course: Path) -> list[str]:
    ledger = course / ".course-bp" / "graded.jsonl"
    return ledger.read_text().splitlines() if ledger.is_file() else []


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def totals(course: Path) -> dict[str, float]:
    return {one.student: one.total for one in read_submissions(Course.at(course), UNIT)}


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_what_is_graded_when_it_is_stopped_stays(course: Path, stop: signal.Signals) -> None:
    process = grading(course)
    workers = children(process.pid)
    process.send_signal(stop)
    _, errors = process.communicate()
    assert process.returncode == 130
    assert "stopping … Under way, and to be graded again: s" in errors
    assert "interrupted. Everything done so far is kept; repeat the command." in " ".join(
        errors.split()
    )
    assert "Traceback" not in errors
    assert workers
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    before = graded(course)
    assert 1 <= len(before) < len(STUDENTS)
    again = grading(course)
    printed, _ = again.communicate()
    assert again.returncode == 0
    assert f"{len(before)} of {len(STUDENTS)} unchanged" in printed
    assert totals(course) == dict.fromkeys(STUDENTS, 3.0)
    assert not [*course.rglob("*.part"), *(course / ".course-bp").glob("tmp*")]


def test_a_worker_that_is_killed_costs_nobody_a_grade(course: Path) -> None:
    process = grading(course)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    assert totals(course) == dict.fromkeys(STUDENTS, 3.0)


def test_building_that_is_stopped_leaves_what_was_there(course: Path, run: Run) -> None:
    notebook = course / "notebooks" / UNIT / f"{UNIT}.ipynb"
    before = notebook.read_bytes()
    text = course / "solutions" / UNIT / f"{UNIT}.py"
    text.write_text(text.read_text("utf-8") + "\n# %% [markdown]\n# One word more.\n")
    source = notebook.parents[2] / "solutions" / UNIT / f"{UNIT}.ipynb"
    built = source.stat().st_mtime_ns
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "build", UNIT],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    )
    while process.poll() is None and source.stat().st_mtime_ns == built:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)  # nbgrader's generate step is what comes next.
    _, errors = process.communicate()
    assert (process.returncode, "Traceback" in errors) == (130, False)
    assert notebook.read_bytes() == before
    assert run("course-bp", "build", UNIT, cwd=course).returncode == 0
    assert b"One word more." in notebook.read_bytes()
