"""A batch: failures told from zeros, regrades, manual grades, interruption, late work."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks.notebook import (
    BACKWARD,
    FORWARD,
    UNIT,
    ZERO_BACKWARD,
    ZERO_FORWARD,
    answered,
)
from workflows.support import Run, fixed_secret

from autograder.batch.run import Options, Result, grade_unit
from autograder.course.folder import Course, CourseError
from autograder.course.secret import VARIABLE


@pytest.fixture
def course(built_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, fixed_secret(tmp_path))
    return Path(shutil.copytree(built_course, tmp_path / "course"))


def write(course: Path, student: str, forward: str = FORWARD, backward: str = BACKWARD) -> Path:
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(answered(released, forward, backward)))
    return path


def grade(course: Path, **options: Any) -> dict[str, Result]:
    results = grade_unit(Course.at(course), UNIT, Options(**{"pages": False, **options}))
    return {result.student: result for result in results}


def recorded(course: Path, student: str) -> tuple[float, bool, list[float | None]]:
    """Total, whether a person must look, and the grader's own scores of Quiz 2."""
    with Course.at(course).gradebook() as gradebook:
        submission = gradebook.find_submission(UNIT, student)
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        quiz2 = [grade for grade in grades if grade.name.startswith("quiz2")]
        own = [grade.auto_score for grade in sorted(quiz2, key=lambda grade: grade.name)]
        return submission.score, submission.needs_manual_grade, own


def test_a_failure_is_told_from_an_honest_zero(course: Path) -> None:
    write(course, "zero", ZERO_FORWARD, ZERO_BACKWARD)
    write(course, "broken").write_bytes(b"not a notebook")
    results = grade(course)
    assert (results["zero"].score, results["zero"].failure) == (0, "")
    assert "cannot be read" in results["broken"].failure
    assert recorded(course, "zero") == (0.0, False, [0.0, 0.0])
    assert recorded(course, "broken") == (0.0, True, [None, None])


def test_a_regrade_leaves_no_stale_score(course: Path) -> None:
    write(course, "ada")
    assert grade(course)["ada"].score == 3
    write(course, "ada", backward=ZERO_BACKWARD)
    assert grade(course)["ada"].score == 1
    assert recorded(course, "ada")[2] == [0.0, 1.0]
    write(course, "ada").write_bytes(b"broken since")
    assert grade(course)["ada"].failure
    assert recorded(course, "ada") == (0.0, True, [None, None])
    assert not list(course.glob("autograded/ada/*/*.ipynb"))
    write(course, "ada")
    assert grade(course)["ada"].score == 3
    assert recorded(course, "ada") == (3.0, False, [2.0, 1.0])


def test_a_regrade_keeps_manual_grades(course: Path) -> None:
    write(course, "ada", backward=ZERO_BACKWARD)
    grade(course)
    with Course.at(course).gradebook() as gradebook:
        manual = gradebook.find_grade("quiz2-backward-check", UNIT, UNIT, "ada")
        manual.manual_score, manual.extra_credit = 1.5, 0.25
        gradebook.db.commit()
    again = grade(course, force=True)["ada"]
    assert again.scores["quiz2.backward"] == (1.75, 2)
    assert recorded(course, "ada") == (2.75, True, [0.0, 1.0])


def test_grading_twice_gives_the_same_and_runs_once(course: Path) -> None:
    write(course, "ada")
    first = grade(course, pages=True)["ada"]
    written = {path: path.stat().st_mtime_ns for path in course.glob("*/ada/*/*")}
    second = grade(course, pages=True)["ada"]
    assert (second.scores, second.unchanged) == (first.scores, True)
    assert {path: path.stat().st_mtime_ns for path in course.glob("*/ada/*/*")} == written
    third = grade(course, pages=True, force=True)["ada"]
    assert (third.scores, third.unchanged) == (first.scores, False)


def test_what_nbgrader_graded_since_does_not_stand(course: Path, run: Run) -> None:
    path = write(course, "ada")
    first = path.read_bytes()
    assert grade(course)["ada"].score == 3
    write(course, "ada", backward=ZERO_BACKWARD)
    assert run("nbgrader", "autograde", UNIT, "--force", cwd=course).returncode == 0
    assert recorded(course, "ada")[0] == 1
    path.write_bytes(first)
    again = grade(course)["ada"]
    assert (again.score, again.unchanged, recorded(course, "ada")[0]) == (3, False, 3)


def test_another_secret_grades_again(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(course, "ada")
    grade(course)
    monkeypatch.setenv(VARIABLE, str(course / "other.secret"))
    assert not grade(course, new_secret=True)["ada"].unchanged


def test_trusted_grades_carry_a_warning_and_do_not_stand(course: Path) -> None:
    write(course, "ada")
    trusted = grade(course, trusted=True)["ada"]
    assert trusted.score == 3
    assert "without a sandbox" in " ".join(trusted.remarks)
    graded = (course / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb").read_text("utf-8")
    assert "without a sandbox" in graded
    assert not grade(course)["ada"].unchanged


def test_without_bubblewrap_nothing_is_graded(course: Path, run: Run, tmp_path: Path) -> None:
    write(course, "ada")
    script = (
        "import shutil, sys\nshutil.which = lambda name, *a, **b: None\n"
        f"sys.argv = ['course-bp', 'grade', '{UNIT}']\n"
        "from autograder.cli.main import main\nmain()"
    )
    done = run(sys.executable, "-c", script, cwd=course)
    assert done.returncode == 2
    assert "apt-get install bubblewrap" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert not (course / "autograded").exists()


def test_two_batches_do_not_work_on_one_course_at_once(course: Path) -> None:
    write(course, "ada")
    (course / ".course-bp").mkdir(exist_ok=True)
    script = (
        "import fcntl, sys\nlock = open('.course-bp/lock', 'w')\n"
        "fcntl.lockf(lock, fcntl.LOCK_EX)\nprint('held', flush=True)\nsys.stdin.read()"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(
        command, cwd=course, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(CourseError, match="another course-bp grade"):
            grade(course)
        other.communicate()


def test_late_work_is_marked_by_nbgraders_own_policy(course: Path) -> None:
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    write(course, "ada")
    grade(course)
    with Course.at(course).gradebook() as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate="2020-01-01 00:00:00 UTC")
    stamp = course / "submitted" / "ada" / UNIT / "timestamp.txt"
    stamp.write_text("2020-01-02 00:00:00 UTC")
    grade(course, force=True)
    with Course.at(course).gradebook() as gradebook:
        assert gradebook.find_submission_notebook(UNIT, UNIT, "ada").late_submission_penalty == 3
    stamp.write_text("2019-01-02 00:00:00 UTC")
    grade(course, force=True)
    with Course.at(course).gradebook() as gradebook:
        assert gradebook.find_submission_notebook(UNIT, UNIT, "ada").late_submission_penalty is None


def test_a_killed_batch_goes_on_where_it_stopped(course: Path) -> None:
    students = [f"s{number:02}" for number in range(40)]
    for student in students:
        write(course, student)
    main = "from autograder.cli.main import main; main()"
    script = [sys.executable, "-c", main, "grade", UNIT, "--no-pages"]
    ledger = course / ".course-bp" / "graded.jsonl"
    batch = subprocess.Popen(
        script, cwd=course, stdout=subprocess.DEVNULL, start_new_session=True, env=os.environ
    )
    while batch.poll() is None and (
        not ledger.exists() or len(ledger.read_text().splitlines()) < 5
    ):
        time.sleep(0.02)
    os.kill(batch.pid, signal.SIGKILL)
    batch.wait()
    done_before = len(ledger.read_text().splitlines())
    assert 5 <= done_before < len(students)
    results = grade(course)
    assert sum(result.unchanged for result in results.values()) == done_before
    assert {result.score for result in results.values()} == {3.0}
    with Course.at(course).gradebook() as gradebook:
        graded = gradebook.assignment_submissions(UNIT)
        assert sorted(submission.student.id for submission in graded) == students
        assert {submission.score for submission in graded} == {3.0}
    assert not list(course.glob("autograded/*/*/.*.part"))


def test_a_module_beside_the_notebook_is_used_and_a_change_to_it_is_graded(course: Path) -> None:
    path = write(course, "ada", backward="from helper import quiz2_backward")
    helper = path.with_name("helper.py")
    helper.write_text(f"import numpy as np\n{BACKWARD}")
    assert grade(course)["ada"].score == 3
    assert grade(course)["ada"].unchanged
    helper.write_text(f"import numpy as np\n{ZERO_BACKWARD}")
    again = grade(course)["ada"]
    assert (again.score, again.unchanged) == (1, False)
    helper.unlink()
    helper.symlink_to(course / "solutions" / UNIT / f"{UNIT}.py")
    linked = grade(course)["ada"]
    assert linked.score == 1
    assert "`helper.py` was not used" in " ".join(linked.remarks)
