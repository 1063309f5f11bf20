"""Trouble in the middle of the week: one clear line each time, and nothing lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered
from workflows.support import Run


@pytest.fixture(scope="module")
def course(built_course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("trouble") / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    path = course / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(answered(released, FORWARD, BACKWARD)))
    return course


def test_a_full_disk_stops_with_a_word_and_grading_goes_on_after(course: Path, run: Run) -> None:
    trail = course / ".course-bp" / "audit.jsonl"
    trail.parent.mkdir(exist_ok=True)
    trail.symlink_to("/dev/full")  # The kernel's own full disk.
    full = run("course-bp", "grade", UNIT, "--no-pages", cwd=course)
    assert full.returncode == 2
    assert "No space left on device. Everything done so far is kept" in " ".join(
        full.stderr.split()
    )
    assert "Traceback" not in full.stderr
    trail.unlink()
    assert run("course-bp", "grade", UNIT, "--no-pages", cwd=course).returncode == 0
    assert len(trail.read_text().splitlines()) == 7


def test_a_disk_that_is_really_full_keeps_the_notebook_that_was_there(
    course: Path, run: Run, tmp_path: Path
) -> None:
    small, notebook = tmp_path / "small", f"notebooks/{UNIT}/{UNIT}.ipynb"
    small.mkdir()
    script = (
        f"cp -a '{course}/.' . && head -c 50000000 /dev/zero > fill; course-bp build {UNIT};"
        f"echo status $?; cmp '{course / notebook}' {notebook} && rm fill && course-bp build {UNIT}"
    )
    disk = ("--size", "40000000", "--tmpfs", str(small), "--chdir", str(small))
    done = run("bwrap", "--dev-bind", "/", "/", *disk, "sh", "-c", script, cwd=course)
    assert done.stdout.splitlines() == ["status 2", notebook]
    assert "make room and repeat the command" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_locked_gradebook_is_said_to_be_locked(course: Path, run: Run) -> None:
    with sqlite3.connect(course / "gradebook.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = run("course-bp", "report", UNIT, cwd=course)
        other.execute("ROLLBACK")
    other.close()
    assert done.returncode == 2
    assert "database is locked. Is another program using it?" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_locked_gradebook_is_said_to_be_locked_by_what_writes_it(
    course: Path, run: Run, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    assert run("course-bp", "grade", UNIT, "--no-pages", cwd=copy).returncode == 0
    (copy / "submitted" / "ada").rename(copy / "submitted" / "newcomer")
    with sqlite3.connect(copy / "gradebook.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        done = run("course-bp", "grade", UNIT, "--student", "newcomer", "--no-pages", cwd=copy)
        other.execute("ROLLBACK")
    other.close()
    assert done.returncode == 2
    assert "the gradebook cannot be used" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_an_unreachable_server_is_named(course: Path, run: Run, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    with (copy / "nbgrader_config.py").open("a") as config:
        url = "postgresql+psycopg2://ta:hunter2@127.0.0.1:1/grades"
        config.write(f'c.CourseDirectory.db_url = "{url}"\n')
    done = run("course-bp", "report", UNIT, cwd=copy)
    assert done.returncode == 2
    assert "the gradebook cannot be used" in done.stderr
    assert "Connection refused" in done.stderr
    assert "hunter2" not in done.stderr


@pytest.mark.parametrize(
    "command", [("feedback",), ("export", "csv"), ("explain", "ada", "quiz2.forward")]
)
def test_commands_that_read_make_no_gradebook(
    course: Path, run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    (copy / "gradebook.db").unlink(missing_ok=True)
    done = run("course-bp", *command, cwd=copy)
    assert done.returncode == 2
    assert "graded" in done.stderr
    assert not (copy / "gradebook.db").exists()


def test_a_damaged_gradebook_is_said_to_be_damaged(course: Path, run: Run, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    assert run("course-bp", "grade", UNIT, "--no-pages", cwd=copy).returncode == 0
    damaged = (copy / "gradebook.db").read_bytes()[:5000]
    (copy / "gradebook.db").write_bytes(damaged)
    for command in (("report",), ("feedback",), ("grade", UNIT, "--force")):
        done = run("course-bp", *command, cwd=copy)
        assert done.returncode == 2
        assert "replace it with a backup, or move it aside" in " ".join(done.stderr.split())
    assert (copy / "gradebook.db").read_bytes() == damaged
    (copy / "gradebook.db").rename(copy / "aside.db")
    assert run("course-bp", "grade", UNIT, "--no-pages", cwd=copy).returncode == 0


def test_a_report_takes_the_place_of_no_other_file(course: Path, run: Run) -> None:
    config = (course / "nbgrader_config.py").read_bytes()
    done = run("course-bp", "report", "--html", "nbgrader_config.py", cwd=course)
    assert (done.returncode, "ends in .html" in done.stderr) == (2, True)
    assert (course / "nbgrader_config.py").read_bytes() == config


def test_a_bad_secret_is_told_with_its_mend(course: Path, run: Run, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("5eed" * 16)
    secret.chmod(0o644)
    named = f"COURSE_BP_SECRET_FILE={secret}"
    for command in (("grade", UNIT, "--force"), ("export", "gradescope-autograder", UNIT)):
        done = run("env", named, "course-bp", *command, cwd=course)
        assert done.returncode == 2
        assert f"chmod 600 {secret}" in " ".join(done.stderr.split())
        assert "Traceback" not in done.stderr


def test_who_lacks_one_of_two_units_is_graded_in_the_other(
    course: Path, run: Run, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    units = ("02", UNIT)
    done = run("course-bp", "grade", *units, "--student", "ada", "--no-pages", "--json", cwd=copy)
    assert done.returncode == 0, done.stderr
    assert list(json.loads(done.stdout)) == [UNIT]
    assert "nothing was handed in for 02-computation-graphs by: 'ada'." in done.stderr
    done = run("course-bp", "grade", *units, "--student", "bob", cwd=copy)
    assert done.returncode == 2
    assert "nobody called 'bob'" in " ".join(done.stderr.split())
    assert run("course-bp", "report", cwd=copy).returncode == 0


@pytest.mark.parametrize("command", ["report", "similar", "feedback", "regrade"])
def test_a_wrong_unit_is_answered_with_those_there_are(
    course: Path, run: Run, command: str
) -> None:
    done = run("course-bp", command, "77", cwd=course)
    assert done.returncode == 2
    assert "there is no unit '77'. The units are: 01-chain-rule" in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    "command",
    [
        *("new", "build", "lab", "coverage", "doctor", "check", "grade", "regrade", "feedback"),
        *("report", "similar", "explain", "export", "bank"),
    ],
)
def test_help_says_what_the_exit_status_means(tmp_path: Path, run: Run, command: str) -> None:
    done = run("course-bp", command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "Exit status:" in done.stdout
