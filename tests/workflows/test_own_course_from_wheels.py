"""Somebody without a clone makes a course from nothing; students check with what they install."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from workflows.own_course import FILES, hand_in_answers
from workflows.support import REPOSITORY, fixed_secret
from workflows.wheels import build, environment

UNIT, EXERCISE = "01-first-unit", "parabola.slope"
ANSWERS = {
    "parabola-slope": 'def parabola(a, b, x):\n    return {"y": (a * x + b) * x, "dx": %s}\n',
    "vertex": "def vertex(a, b):\n    return -b / a / 2\n",
    "vertex-essay": "Up or down.",
}


def answers(slope: str) -> dict[str, str]:
    return {**ANSWERS, "parabola-slope": ANSWERS["parabola-slope"] % slope}


def called(python: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Calls a command of an environment in a folder, with nothing of who runs the tests."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    found = {"PATH": f"{python.parent}:/usr/bin:/bin", "COLUMNS": "150", "LANG": "C.UTF-8"}
    found |= {"HOME": str(home), "COURSE_BP_SECRET_FILE": fixed_secret(home)}
    # The packages of these environments are links, and what they lead to is not in the sandbox.
    found["COURSE_BP_TRUST_SUBMISSIONS"] = "1"
    return subprocess.run(command, cwd=folder, env=found, capture_output=True, text=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(REPOSITORY, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def grader(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a teacher who installed the wheel with its extra, and not our units."""
    return environment(tmp_path_factory.mktemp("grader") / "env", wheel, extra="grading")


@pytest.fixture(scope="module")
def course(grader: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new course, built, with two submissions."""
    folder = tmp_path_factory.mktemp("teacher")
    for command, where in ((("new", "mine", "--empty"), folder), (("build",), folder / "mine")):
        done = called(grader, where, "course-bp", *command)
        assert done.returncode == 0, done.stderr
    hand_in_answers(folder / "mine", "ada", UNIT, answers("2 * a * x + b"))
    hand_in_answers(folder / "mine", "bob", UNIT, answers("a * x + b"))
    return folder / "mine"


def scores(python: Path, course: Path) -> dict[str, str]:
    done = called(python, course, "course-bp", "export", "csv")
    assert done.returncode == 0, done.stderr
    (table,) = (course / "exports").glob("*.csv")
    lines = [line.split(",") for line in table.read_text("utf-8-sig").splitlines()]
    return {line[0]: line[lines[0].index(EXERCISE)] for line in lines[1:]}


def test_the_course_is_graded_by_both_commands_alike(
    grader: Path, course: Path, tmp_path: Path
) -> None:
    stock = Path(shutil.copytree(course, tmp_path / "stock"))
    done = called(grader, course, "course-bp", "grade", UNIT, "--trust-submissions")
    assert done.returncode == 0, done.stderr
    assert "the 2 of the square left out" in " ".join(done.stdout.split())
    for step in (("generate_assignment", "--force"), ("autograde",)):
        done = called(grader, stock, "nbgrader", *step, UNIT)
        assert done.returncode == 0, done.stderr
    assert scores(grader, course) == scores(grader, stock)
    assert scores(grader, course) == {"points": "3.0", "ada": "3.0", "bob": "1.0"}


def test_a_student_checks_with_the_students_wheel(
    wheel: Path, course: Path, tmp_path: Path
) -> None:
    python = environment(tmp_path / "student", wheel)
    for student, right in (("ada", True), ("bob", False)):
        home = shutil.copytree(course / "submitted" / student / UNIT, tmp_path / student)
        done = called(python, Path(home), "course-bp", "check", f"{UNIT}.ipynb", "--json")
        (found,) = [
            one for one in json.loads(done.stdout)["exercises"] if one["exercise"] == EXERCISE
        ]
        assert (found["score"] == 3) == right


def test_a_wheel_from_a_repository_that_is_a_course_has_none_of_its_exercises(
    tmp_path: Path,
) -> None:
    """Those that are not released; the others are with their notebooks."""
    repository = tmp_path / "repository"
    repository.mkdir()
    for name in ("autograder", "course_bp", "notebooks"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / name, repository / name, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE", "nbgrader_config.py"):
        shutil.copy(REPOSITORY / name, repository)
    (repository / "exercises").mkdir()
    for name, text in FILES.items():
        (repository / "exercises" / name).write_text(text)
    (repository / "course.toml").write_text('reference = "grader"\n')
    with zipfile.ZipFile(build(repository, tmp_path, "wheel")) as archive:
        wheel = b"\0".join(map(archive.read, archive.namelist()))
    sdist = gzip.decompress(build(repository, tmp_path, "sdist").read_bytes())
    for content in (wheel, sdist):
        assert b"PARABOLA" in content
        assert b"arrhenius" not in content
