"""A gradebook on a real PostgreSQL server that the test starts; two graders at once."""

from __future__ import annotations

import json
import multiprocessing
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, ZERO_BACKWARD, answered
from workflows.support import REPOSITORY

from autograder.course.folder import Course
from autograder.course.opening import open_gradebook
from autograder.records.gradebook import read_submissions

HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
STUDENTS = 8


@pytest.fixture(scope="module")
def db_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database on a server of its own, reached by a socket in a folder of its own."""
    assert HOMES, "PostgreSQL is missing; run: sh tools/system_packages.sh pg_ctl"
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    # The server refuses to run as root.
    user: dict[str, Any] = {"user": "nobody"} if os.getuid() == 0 else {}
    if user:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    folder.chmod(0o755)
    quiet: dict[str, Any] = {"check": True, "cwd": folder, "capture_output": True, **user}
    data, binaries = folder / "data", HOMES[-1]
    try:
        initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "ta", "-A", "trust", "-N"]
        subprocess.run([*initdb, "-E", "UTF8", "--locale=C"], **quiet)
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w"]
        start = [*control, "-l", str(folder / "log"), "-o", settings, "start"]
        subprocess.run(start, check=True, cwd=folder, stdout=subprocess.DEVNULL, **user)
        try:
            create = [str(binaries / "createdb"), "-h", str(folder), "-U", "ta", "grades"]
            subprocess.run(create, **quiet)
            yield f"postgresql+psycopg2://ta@/grades?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder)


def opened(db_url: str) -> int:
    """Opens a gradebook as a grader's process does, and counts its assignments."""
    with open_gradebook(db_url, "course") as gradebook:
        return len(gradebook.assignments)


def test_an_empty_gradebook_may_be_opened_by_several_at_once(
    db_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # nbgrader starts alembic by its name.
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    new = db_url.replace("/grades?", "/opened?")
    url = make_url(new)
    binaries = HOMES[-1]
    subprocess.run(
        [str(binaries / "createdb"), "-h", str(url.query["host"]), "-U", "ta", "opened"], check=True
    )
    with ProcessPoolExecutor(6, multiprocessing.get_context("spawn")) as graders:
        assert list(graders.map(opened, [new] * 6)) == [0] * 6


def a_graders_course(built: Path, folder: Path, db_url: str, students: range) -> Path:
    """A course folder of one grader's own, on the common gradebook."""
    course = Path(shutil.copytree(built, folder))
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f'c.CourseDirectory.db_url = "{db_url}"\n')
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    for number in students:
        path = course / "submitted" / f"s{number:02}" / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        backward = ZERO_BACKWARD if number % 2 else BACKWARD
        path.write_text(json.dumps(answered(released, FORWARD, backward)))
    return course


def test_two_graders_at_once_write_one_gradebook(
    built_course: Path, tmp_path: Path, db_url: str
) -> None:
    halves = (range(STUDENTS // 2), range(STUDENTS // 2, STUDENTS))
    courses = [
        a_graders_course(built_course, tmp_path / f"grader{number}", db_url, half)
        for number, half in enumerate(halves)
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "COURSE_BP_SECRET_FILE": str(tmp_path / "secret"),
    }
    main = [sys.executable, "-c", "from autograder.cli.main import main; main()"]
    command = [*main, "grade", UNIT, "--no-pages", "--workers", "1"]
    graders = [
        subprocess.Popen(
            command, cwd=course, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for course in courses
    ]
    for grader in graders:
        _, errors = grader.communicate()
        assert grader.returncode == 0, errors.decode()
    found = read_submissions(Course.at(courses[0]), UNIT)
    assert [one.student for one in found] == [f"s{number:02}" for number in range(STUDENTS)]
    assert [one.total for one in found] == [3.0 if n % 2 == 0 else 1.0 for n in range(STUDENTS)]
    report = subprocess.run(
        [*main, "report", UNIT, "--json", "--dry-run"],
        cwd=courses[1],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(report.stdout)[UNIT]["numbers"]["summary"]["mean"] == 2.0
    explained = subprocess.run(
        [*main, "explain", "s01", "quiz2.backward", "--json"],
        cwd=courses[0],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    (entry,) = json.loads(explained.stdout)["history"]
    assert (entry["student"], entry["score"], entry["submission"] != "") == ("s01", 0.0, True)
