"""Two teaching assistants with accounts of their own grade one course folder."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from workflows.accounts import Account
from workflows.assistants import (
    GROUP,
    SECRET,
    TWO_USERS,
    give,
    lend_the_secret,
    share,
    two_assistants,
    words,
)
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, ZERO_BACKWARD, answered
from workflows.support import Run

of_two_users = pytest.mark.skipif(
    not TWO_USERS, reason="only root can act as two users, one of whom may not write"
)
ANSWERS = {"ada": BACKWARD, "bob": ZERO_BACKWARD, "cid": ZERO_BACKWARD, "dora": BACKWARD}
SCORES = {"ada": 3.0, "bob": 1.0, "cid": 1.0, "dora": 3.0}
STEPS = ("solutions", "notebooks", "submitted", "autograded", "feedback")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="course-bp-assistants-"))
    folder.chmod(0o755)
    yield folder
    subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=True)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def assistants(place: Path, run: Run) -> tuple[Account, Account]:
    return two_assistants(place, run)


@pytest.fixture(scope="module")
def graded_by_tara(
    built_course: Path, place: Path, assistants: tuple[Account, Account]
) -> tuple[Path, dict[str, dict[str, Any]]]:
    """A folder that the group shares, as docs/ta.md says how to make one, and what was graded."""
    course = Path(shutil.copytree(built_course, place / "graded"))
    for student, backward in ANSWERS.items():
        submit(course, student, backward)
    share(course, assistants[0])
    return course, graded(assistants[0], course)


@pytest.fixture
def course(graded_by_tara: tuple[Path, Any], tmp_path: Path, place: Path) -> Path:
    """A copy, with owners and permissions."""
    copy = place / tmp_path.name
    subprocess.run(["cp", "-a", str(graded_by_tara[0]), str(copy)], check=True)
    return copy


def submit(course: Path, student: str, backward: str) -> None:
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(answered(released, FORWARD, backward)))


def graded(who: Account, course: Path, *options: str) -> dict[str, dict[str, Any]]:
    """Grades as somebody; returns each student's row."""
    done = who.does("course-bp", "grade", UNIT, "--json", *options, cwd=course)
    assert done.returncode in (0, 3), done.stderr
    return {row["student"]: row for row in json.loads(done.stdout)[UNIT]}


def test_without_the_secret_the_second_is_told_and_nothing_is_regraded(
    course: Path, assistants: tuple[Account, Account]
) -> None:
    tara, theo = assistants
    ours = [course / "gradebook.db", course / ".course-bp" / "audit.jsonl"]
    kept = {path: path.read_bytes() for path in ours}
    for command, status in (
        (("course-bp", "grade", UNIT), 2),
        (("nbgrader", "autograde", "--force", UNIT), 1),
    ):
        done = theo.does(*command, cwd=course)
        assert done.returncode == status
        assert f"Get the secret of tara on {os.uname().nodename}" in words(done.stderr)
        assert str(tara.home / SECRET) in done.stderr
        assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in kept} == kept
    assert all((course / "autograded" / one / UNIT / f"{UNIT}.ipynb").is_file() for one in ANSWERS)
    assert not (theo.home / SECRET).exists()
    done = theo.does("course-bp", "doctor", "--json", cwd=course)
    assert {one["name"]: one["state"] for one in json.loads(done.stdout)}["secret"] == "fault"
    # Pages can be written without it.
    assert theo.does("course-bp", "feedback", UNIT, cwd=course).returncode == 0


def test_each_goes_on_where_the_other_stopped(
    course: Path, graded_by_tara: tuple[Path, Any], assistants: tuple[Account, Account]
) -> None:
    tara, theo = assistants
    assert {name: row["score"] for name, row in graded_by_tara[1].items()} == SCORES
    lend_the_secret(tara, theo)
    submit(course, "bob", BACKWARD)
    again = graded(theo, course)
    assert {name: row["score"] for name, row in again.items()} == {**SCORES, "bob": 3.0}
    assert [name for name, row in again.items() if not row["unchanged"]] == ["bob"]
    by_nbgrader = theo.does("nbgrader", "autograde", UNIT, "--student=ada", "--force", cwd=course)
    assert by_nbgrader.returncode == 0, by_nbgrader.stderr
    for who, command in (
        (tara, ("feedback", UNIT)),
        (tara, ("export", "csv")),
        (theo, ("export", "csv")),
        (theo, ("build", UNIT)),
    ):
        done = who.does("course-bp", *command, cwd=course)
        assert done.returncode == 0, (command, done.stderr)

    # Either may change, remove or replace all of it.
    ours = [course / "gradebook.db", *sorted((course / ".course-bp").rglob("*"))]
    folders = [path for step in STEPS for path in (course / step, *(course / step).rglob("*"))]
    for path in [*ours, course / ".course-bp", *(path for path in folders if path.is_dir())]:
        about = path.stat()
        assert (path, about.st_gid) == (path, GROUP if TWO_USERS else os.getegid())
        assert (path, bool(about.st_mode & stat.S_IWGRP)) == (path, True)
    done = theo.does("course-bp", "doctor", "--json", cwd=course)
    found = {one["name"]: one["state"] for one in json.loads(done.stdout)}
    assert [found[name] for name in ("sharing", "gradebook", "folders", "secret")] == ["ok"] * 4


@of_two_users
def test_who_may_not_write_is_told_before_anything_is_graded(
    course: Path, assistants: tuple[Account, Account]
) -> None:
    tara, theo = assistants
    lend_the_secret(tara, theo)
    for path, mode in (
        (course / "gradebook.db", 0o644),
        (course / "autograded", 0o2755),
        (course / ".course-bp" / "audit.jsonl", 0o644),
    ):
        before = path.stat().st_mode
        path.chmod(mode)
        kept = (course / "gradebook.db").read_bytes()
        done = theo.does("course-bp", "grade", UNIT, "--force", cwd=course)
        assert done.returncode == 2
        said = words(done.stderr)
        assert f"{path} belongs to tara; you are theo and may not write it" in said
        assert f"tara must run chmod g+rw{'x' * path.is_dir()} {path}" in said
        assert (course / "gradebook.db").read_bytes() == kept
        path.chmod(stat.S_IMODE(before))
    (course / "gradebook.db").chmod(0o444)
    doctor = theo.does("course-bp", "doctor", "--json", cwd=course)
    found = {one["name"]: one for one in json.loads(doctor.stdout)}["gradebook"]
    assert (found["state"], "belongs to tara" in found["found"]) == ("fault", True)


def test_whoever_may_not_write_an_own_file_is_told_how_to(
    course: Path, assistants: tuple[Account, Account]
) -> None:
    kept = (course / "gradebook.db").read_bytes()
    (course / "gradebook.db").chmod(0o444)
    done = assistants[0].does("course-bp", "grade", UNIT, "--force", cwd=course)
    assert (done.returncode, (course / "gradebook.db").read_bytes()) == (2, kept)
    assert f"To fix it: chmod u+rw {course / 'gradebook.db'}" in words(done.stderr)


def test_a_closed_folder_of_one_student_is_a_line_and_the_grade_stands(
    course: Path, assistants: tuple[Account, Account]
) -> None:
    closed = {"bob": "submitted", "cid": "autograded", "dora": "feedback"}
    for student, step in closed.items():
        give(course / step / student, 0, 0)
        (course / step / student).chmod(0o700 if TWO_USERS else 0)
    rows = graded(assistants[0], course, "--force")
    said = {name: row["failure"] for name, row in rows.items()}
    assert said["ada"] == ""
    assert "cannot be read. The earlier grade stands." in said["bob"]
    assert "Permission denied. The earlier grade stands." in said["cid"]
    assert said["dora"].startswith("the page could not be written: ")
    # Not through Course, which would let this process share what it writes.
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "course_bp") as gradebook:
        found = {name: gradebook.find_submission(UNIT, name).score for name in ANSWERS}
    assert found == SCORES
