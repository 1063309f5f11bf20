"""Exports of a small graded class, read back as their readers do; the autograder zip really run."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks.notebook import (
    BACKWARD,
    BACKWARD_POINTS,
    FORWARD,
    FORWARD_POINTS,
    UNIT,
    ZERO_BACKWARD,
    answered,
)
from workflows.support import REPOSITORY, Run

from autograder.course.graded_cells import exercises_in
from autograder.course.notebooks import read_notebook
from autograder.exercises import EXERCISES, of_unit
from autograder.exports.gradescope.zip import LOCK

ROSTER = """id,first_name,last_name,email,lms_user_id
ada,Ada,Lovelace,ada@example.org,101
bob,=HYPERLINK("x"),"O'Neil, Jr",bob@example.org,102
eve,Eve,Broken,eve@example.org,103
zoe,Zoë,Absent,zoe@example.org,104
"""
# Bob's forward pass needs a file that he handed in with the notebook.
WITH_A_FILE = "ONE = float(open('one.txt').read())\n" + FORWARD.replace(
    "1 / (1 + np.exp(-t))", "ONE / (ONE + np.exp(-t))"
)
PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin


class OnePointADay(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1.0 + total_seconds_late // 86400


c.AssignLatePenalties.plugin_class = OnePointADay
"""
POINTS = sum(exercise.points for exercise in of_unit(UNIT))


@pytest.fixture(scope="module")
def graded(built_course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("exports") / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    answers = {"ada": (FORWARD, BACKWARD), "bob": (WITH_A_FILE, ZERO_BACKWARD), "eve": ("", "")}
    for student, (forward, backward) in answers.items():
        path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(answered(released, forward, backward)))
    (course / "submitted" / "bob" / UNIT / "one.txt").write_text("1.0")
    (course / "submitted" / "eve" / UNIT / f"{UNIT}.ipynb").write_text("broken")
    (course / "roster.csv").write_text(ROSTER, "utf-8")
    done = run("course-bp", "grade", UNIT, "--no-pages", cwd=course)
    assert done.returncode == 3, done.stderr
    return course


def exported(course: Path, run: Run, *arguments: str) -> list[list[str]]:
    done = run("course-bp", "export", *arguments, "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    (written,) = json.loads(done.stdout)["written"]
    return list(csv.reader((course / written).read_text("utf-8-sig").splitlines()))


def test_canvas_gets_its_columns_and_who_has_a_grade(graded: Path, run: Run) -> None:
    head, points, *students = exported(graded, run, "canvas", UNIT, "--column", "06=Unit 6 (77)")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Unit 6 (77)"]
    assert (points[0], float(points[5])) == ("    Points Possible", POINTS)
    assert students == [
        ["Lovelace, Ada", "101", "", "ada", "", "3.0"],
        ['O\'Neil, Jr, =HYPERLINK("x")', "102", "", "bob", "", "1.0"],
    ]


def test_moodle_gets_addresses_and_no_feedback_column(graded: Path, run: Run) -> None:
    head, *students = exported(graded, run, "moodle", UNIT)
    assert head == ["First name", "Last name", "ID number", "Email address", UNIT]
    assert students[1] == ['\'=HYPERLINK("x")', "O'Neil, Jr", "bob", "bob@example.org", "1.0"]
    assert [row[4] for row in students] == ["3.0", "1.0"]
    assert run("course-bp", "export", "moodle", UNIT, cwd=graded).stderr.count(f"{UNIT}: eve") == 1


def test_the_exercise_table_adds_up(graded: Path, run: Run) -> None:
    head, points, *students = exported(graded, run, "csv", UNIT)
    released = graded / "notebooks" / UNIT / f"{UNIT}.ipynb"
    ids = [exercise.id for exercise in exercises_in(read_notebook(released), released, EXERCISES)]
    assert head[3:-2] == ids
    assert sum(map(float, points[3:-2])) == float(points[-1]) == POINTS
    by_student = {row[0]: dict(zip(head, row, strict=True)) for row in students}
    assert float(by_student["ada"]["quiz2.forward"]) == FORWARD_POINTS
    assert float(by_student["ada"]["quiz2.backward"]) == BACKWARD_POINTS
    assert {by_student["eve"][id] for id in ids} == {""}
    for name in ("ada", "bob"):
        total = sum(float(by_student[name][id]) for id in ids)
        assert total == float(by_student[name][f"{UNIT} total"])


def test_nbgraders_columns_hold_what_nbgrader_exports(graded: Path, run: Run) -> None:
    head, *rows = exported(graded, run, "nbgrader", UNIT)
    assert run("nbgrader", "export", cwd=graded).returncode == 0
    stock = list(csv.DictReader((graded / "grades.csv").read_text().splitlines()))
    mine = {row[3]: dict(zip(head, row, strict=True)) for row in rows}
    assert list(stock[0]) == head
    for row in stock:
        if row["assignment"] == UNIT:
            for name in ("raw_score", "late_submission_penalty", "score", "max_score"):
                assert float(mine[row["student_id"]][name]) == float(row[name])


def test_gradescope_gets_a_result_a_student(graded: Path, run: Run) -> None:
    done = run("course-bp", "export", "gradescope", UNIT, "--json", cwd=graded)
    written = json.loads(done.stdout)["written"]
    assert written.pop(0) == f"exports/gradescope-grades-{UNIT}.zip"
    assert len(written) == 3
    ada = json.loads((graded / f"exports/gradescope/{UNIT}/ada/results.json").read_text("utf-8"))
    check_results(ada)
    assert sum(test["score"] for test in ada["tests"]) == 3
    eve = json.loads((graded / f"exports/gradescope/{UNIT}/eve/results.json").read_text("utf-8"))
    check_results(eve)
    check_not_graded(eve)
    assert ada["extra_data"] == {"course-bp graded": True}


def check_results(results: dict[str, Any]) -> None:
    """Only fields of the specification, with values that it allows."""
    top = {"score", "execution_time", "output", "output_format", "test_output_format"}
    top |= {"test_name_format", "visibility", "stdout_visibility", "extra_data", "tests"}
    test = {"score", "max_score", "status", "name", "name_format", "number", "output"}
    test |= {"output_format", "tags", "visibility", "extra_data"}
    assert set(results) <= top
    for one in results["tests"]:
        assert set(one) <= test
        assert 0 <= one["score"] <= one["max_score"]
        assert one["status"] in ("passed", "failed")
        assert one["output_format"] in ("text", "html", "simple_format", "md", "ansi")
        assert one["visibility"] in ("hidden", "after_due_date", "after_published", "visible")


def check_not_graded(results: dict[str, Any]) -> None:
    """Nobody can take it for a 0 that was earned."""
    (test,) = results["tests"]
    assert "score" not in results
    assert (test["name"], test["score"], test["max_score"]) == ("Not graded", 0, 0)
    assert results["extra_data"] == {"course-bp graded": False}


@pytest.fixture(scope="module")
def unpacked(graded: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of a course with a plugin of its own, as Gradescope lays it out, with Bob's files."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    course = Path(shutil.copytree(graded, root.parent / "course"))
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(PLUGIN + 'c.GradeInSandbox.limits = {"cell_seconds": 20.0}\n')
    done = run("course-bp", "export", "gradescope-autograder", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    assert "The zip does not take points off for late work" in " ".join(done.stderr.split())
    archive = zipfile.ZipFile(course / "exports" / f"gradescope-{UNIT}.zip")
    archive.extractall(root / "source")
    modes = {about.filename: about.external_attr >> 16 & 0o777 for about in archive.infolist()}
    assert (modes["setup.sh"], modes["run_autograder"], modes["secret"]) == (0o755, 0o755, 0o600)
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    shutil.copytree(graded / "submitted" / "bob" / UNIT, root / "submission")
    (root / "submission" / f"{UNIT}.ipynb").rename(root / "submission" / "mine.ipynb")
    return root


def in_container(root: Path, script: str, path: str, **more: str) -> dict[str, Any] | None:
    """Runs a script as in Gradescope's container: nothing of ours but what is in the zip."""
    environment = {"PATH": path, "AUTOGRADER_ROOT": str(root), "HOME": str(root.parent), **more}
    ran = subprocess.run(
        ["/bin/sh", str(root / script)], cwd=root, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    results = root / "results" / "results.json"
    found: dict[str, Any] | None = json.loads(results.read_text()) if results.exists() else None
    return found


def recorded_scores(graded: Path, run: Run) -> list[float]:
    run("course-bp", "export", "gradescope", UNIT, cwd=graded)
    recorded = graded / f"exports/gradescope/{UNIT}/bob/results.json"
    return [test["score"] for test in json.loads(recorded.read_text("utf-8"))["tests"]]


def test_the_autograder_zip_grades_in_a_clean_folder(
    graded: Path, run: Run, unpacked: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(unpacked, tmp_path / "autograder"))
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    in_container(root, "source/setup.sh", path)
    assert not (root / "venv").exists()  # An image that has all of it needs no other.
    results = in_container(root, "run_autograder", path)
    assert results is not None
    check_results(results)
    assert [test["score"] for test in results["tests"]] == recorded_scores(graded, run)
    assert sum(test["score"] for test in results["tests"]) == FORWARD_POINTS
    (root / "submission" / "mine.ipynb").write_text("broken")
    failed = in_container(root, "run_autograder", path)
    assert failed is not None
    check_not_graded(failed)
    assert "cannot be read as JSON" in failed["output"]


@pytest.mark.parametrize("name", [f"{UNIT} (1).ipynb", f"hw/{UNIT}-Copy1.ipynb", "ÜBUNG 6.IPYNB"])
def test_the_only_notebook_counts_whatever_its_name(
    unpacked: Path, tmp_path: Path, name: str
) -> None:
    root = Path(shutil.copytree(unpacked, tmp_path / "autograder"))
    target = root / "submission" / name
    target.parent.mkdir(exist_ok=True)
    (root / "submission" / "mine.ipynb").rename(target)
    if target.parent != root / "submission":
        (root / "submission" / "one.txt").rename(target.parent / "one.txt")
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    results = in_container(root, "run_autograder", path)
    assert results is not None
    assert sum(test["score"] for test in results["tests"]) == FORWARD_POINTS


def test_a_python_that_does_not_start_is_a_result_too(unpacked: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(unpacked, tmp_path / "autograder"))
    shutil.rmtree(root / "source" / "package")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "python3").write_text("#!/bin/sh\nexit 127\n")
    (tools / "python3").chmod(0o755)
    results = in_container(root, "run_autograder", f"{tools}:/usr/bin:/bin")
    assert results is not None
    check_results(results)
    check_not_graded(results)
    assert "the grader was stopped" in results["output"]


def test_the_courses_limits_are_in_the_zip(unpacked: Path) -> None:
    settings = json.loads((unpacked / "source" / "course-bp.json").read_text())
    assert settings["limits"]["cell_seconds"] == 20.0
    assert not list(unpacked.rglob("nbgrader_config.py"))


def test_a_fault_of_the_grader_is_a_result_without_its_words(
    unpacked: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(unpacked, tmp_path / "autograder"))
    (root / "source" / "notebooks" / f"{UNIT}.ipynb").write_text('{"cells": ["the right answer"]}')
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    results = in_container(root, "run_autograder", path)
    assert results is not None
    check_not_graded(results)
    assert re.fullmatch(
        r"This could not be graded: the grader failed \(\w+\); ask your instructor\.",
        results["output"],
    )


def test_setup_installs_what_the_lock_names_on_a_bare_image(
    graded: Path, run: Run, unpacked: Path, tmp_path: Path
) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    if subprocess.run([*pip, "cycler", "--dest", tmp_path], capture_output=True).returncode:
        pytest.skip("no package index can be reached from here")
    root = Path(shutil.copytree(unpacked, tmp_path / "autograder"))
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("bwrap", "chmod"):
        (tools / name).symlink_to(str(shutil.which(name)))
    # A Python without any package, and no apt-get: nothing of this machine is changed.
    bare = tools / "python3"
    bare.write_text(f'#!/bin/sh\nexec "{sys._base_executable}" -S "$@"\n')
    bare.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    cache = run(sys.executable, "-m", "pip", "cache", "dir", cwd=tmp_path).stdout.strip()
    in_container(root, "source/setup.sh", str(tools), **{"PIP_CACHE_DIR": cache} | kept)
    installed = (root / "venv").glob("lib/python3*/site-packages/*.dist-info")
    found = {path.name.removesuffix(".dist-info").replace("_", "-") for path in installed}
    locked = (root / "source" / "requirements.txt").read_text()
    for pin in ("anywidget", "numpy", "nbformat"):
        (one,) = [
            name for name in found if name.startswith(f"{pin}-") and name[len(pin) + 1].isdigit()
        ]
        assert f"{pin}=={one.removeprefix(f'{pin}-')} " in locked
    results = in_container(root, "run_autograder", str(tools))
    assert results is not None
    assert [test["score"] for test in results["tests"]] == recorded_scores(graded, run)


def test_gradescopes_lock_is_a_part_of_the_courses() -> None:
    """`make lock` writes both; a course is tested with the versions that it is graded with."""
    course = (REPOSITORY / "requirements.lock").read_text()
    pins = [line for line in LOCK.read_text().splitlines() if "==" in line]
    assert len(pins) > 20
    assert [pin for pin in pins if f"{pin.split()[0]} " not in course] == []


def test_export_asks_for_what_it_lacks_and_stays_inside(graded: Path, run: Run) -> None:
    done = run("course-bp", "export", "canvas", UNIT, "--to", "../elsewhere", cwd=graded)
    assert (done.returncode, "outside the course folder" in done.stderr) == (2, True)
    roster = graded / "roster.csv"
    roster.rename(graded / "kept.csv")
    try:
        done = run("course-bp", "export", "moodle", UNIT, cwd=graded)
        assert (done.returncode, "there is no roster" in done.stderr) == (2, True)
        roster.write_text("id\nada\n")
        done = run("course-bp", "export", "moodle", UNIT, cwd=graded)
        assert (done.returncode, "does not have for: ada" in done.stderr) == (2, True)
    finally:
        (graded / "kept.csv").replace(roster)


def test_a_students_id_is_shown_as_it_is_written(graded: Path, run: Run, tmp_path: Path) -> None:
    course = Path(shutil.copytree(graded, tmp_path / "course"))
    shutil.copytree(course / "submitted" / "eve", course / "submitted" / "[bold]q")
    run("course-bp", "grade", UNIT, "--no-pages", "--student", "[bold]q", cwd=course)
    done = run("course-bp", "export", "canvas", UNIT, cwd=course)
    assert f"{UNIT}: [bold]q, eve" in " ".join(done.stderr.split())
