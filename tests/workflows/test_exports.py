"""Exports of a small graded class, read back as their readers do."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

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
from workflows.gradescope import check_not_graded, check_results
from workflows.support import Run

from autograder.course.graded_cells import exercises_in
from autograder.course.notebooks import read_notebook
from autograder.exercises import EXERCISES, of_unit

ROSTER = """id,first_name,last_name,email,lms_user_id
ada,Ada,Lovelace,ada@example.org,101
bob,=HYPERLINK("x"),"O'Neil, Jr",bob@example.org,102
eve,Eve,Broken,eve@example.org,103
zoe,Zoë,Absent,zoe@example.org,104
"""
POINTS = sum(exercise.points for exercise in of_unit(UNIT))


@pytest.fixture(scope="module")
def graded(built_course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("exports") / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    answers = {"ada": (FORWARD, BACKWARD), "bob": (FORWARD, ZERO_BACKWARD), "eve": ("", "")}
    for student, (forward, backward) in answers.items():
        path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(answered(released, forward, backward)))
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
    done = run("course-bp", "export", "gradescope", UNIT, cwd=graded)
    assert done.stdout.splitlines() == [
        f"exports/gradescope-grades-{UNIT}.zip",
        f"exports/gradescope/{UNIT}/*/results.json (3 files)",
    ]
    assert (done.returncode, done.stderr) == (0, "")
    ada = json.loads((graded / f"exports/gradescope/{UNIT}/ada/results.json").read_text("utf-8"))
    check_results(ada)
    assert sum(test["score"] for test in ada["tests"]) == 3
    eve = json.loads((graded / f"exports/gradescope/{UNIT}/eve/results.json").read_text("utf-8"))
    check_results(eve)
    check_not_graded(eve)
    assert ada["extra_data"] == {"course-bp graded": True}


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
