"""The example class through stock nbgrader and through course-bp: the same scores, as expected."""

from __future__ import annotations

import csv
import json
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from workflows.support import REPOSITORY, UNITS, Run, hand_in

from autograder.course.folder import Course
from autograder.course.marks import grade_id
from autograder.exercises import EXERCISES, of_unit
from autograder.report.similar import INSTRUCTOR

EXPECTED = tomllib.loads((REPOSITORY / "examples" / "expected.toml").read_text("utf-8"))
COPYCAT = "copycat"
HERE = {id for id, exercise in EXERCISES.items() if exercise.unit in UNITS}


def scores(course: Path) -> dict[tuple[str, str, str], float]:
    """(student, unit, check cell) → score, read from the gradebook."""
    with Course.at(course).gradebook() as gradebook:
        return {
            (submission.student.id, unit, grade.name): grade.score
            for unit in UNITS
            for submission in gradebook.assignment_submissions(unit)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="module")
def class_course(tmp_path_factory: pytest.TempPathFactory, built_course: Path, run: Run) -> Path:
    course = tmp_path_factory.mktemp("class") / "course"
    shutil.copytree(built_course, course)
    shutil.copytree(REPOSITORY / "examples", course / "examples")
    only = [word for unit in UNITS for word in ("--unit", unit)]
    done = run(
        *(sys.executable, "examples/build_class.py", "--into", str(course / "submitted"), *only),
        cwd=course,
    )
    assert done.returncode == 0, done.stderr
    # Somebody got hold of the instructor's notebook, and hands it in as it is.
    hand_in(course, COPYCAT, UNITS[1], course / "solutions" / UNITS[1] / f"{UNITS[1]}.ipynb")
    return course


@pytest.fixture(scope="module")
def by_nbgrader(class_course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """The class graded by stock nbgrader commands alone."""
    course = tmp_path_factory.mktemp("stock") / "course"
    shutil.copytree(class_course, course)
    for unit in UNITS:
        for step in ("generate_assignment --force", "autograde", "generate_feedback"):
            done = run("nbgrader", *step.split(), unit, cwd=course)
            assert done.returncode == 0, done.stderr
    return course


@pytest.fixture(scope="module")
def by_course_bp(class_course: Path, run: Run) -> tuple[Path, str]:
    """The class graded by course-bp, and what it printed."""
    done = run("course-bp", "grade", *UNITS, cwd=class_course)
    assert done.returncode == 0, done.stderr
    return class_course, done.stdout


def test_both_ways_give_identical_scores(by_nbgrader: Path, by_course_bp: tuple[Path, str]) -> None:
    assert scores(by_nbgrader) == scores(by_course_bp[0])


def test_the_scores_are_those_reasoned_by_hand(by_course_bp: tuple[Path, str]) -> None:
    found = scores(by_course_bp[0])
    for student, expected in EXPECTED.items():
        for exercise, score in expected["scores"].items():
            if exercise not in HERE:
                continue
            unit = EXERCISES[exercise].unit
            name = f"{grade_id(exercise)}-check"
            assert found[student, unit, name] == pytest.approx(score), (student, exercise)


@pytest.mark.parametrize("unit", UNITS)
def test_the_printed_table_has_each_score_and_sum(
    by_course_bp: tuple[Path, str], unit: str
) -> None:
    students = sorted([*EXPECTED, *[COPYCAT] * (unit == UNITS[1])])
    lines = [line.split() for line in by_course_bp[1].splitlines()]
    topics, (student, *names, last), _, *rows = [
        line for line in lines[lines.index([unit]) + 1 :] if line
    ][: 4 + len(students)]
    assert (student, last) == ("student", "sum")
    ids = [topic + name for topic, name in zip(topics, names, strict=True)]
    assert set(ids) == {id for id in HERE if EXERCISES[id].unit == unit}
    worth = {"points": {id: EXERCISES[id].points for id in ids}}
    earned = {name: expected["scores"] for name, expected in EXPECTED.items()}
    printed = {name: [float(cell) for cell in cells] for name, *cells in rows}
    assert list(printed) == ["points", *students]
    for name, scores_of in {**worth, **earned}.items():
        expected = [float(scores_of[id]) for id in ids]
        assert printed[name] == pytest.approx([*expected, sum(expected)]), name


def test_the_table_names_the_mistakes(by_course_bp: tuple[Path, str]) -> None:
    printed = " ".join(by_course_bp[1].replace("│", " ").split())
    assert "a path missing at the fan-out of" in printed
    assert "the derivative σ′ of the activation is left out" in printed


def test_feedback_pages_carry_the_same_words(by_course_bp: tuple[Path, str]) -> None:
    course, _ = by_course_bp
    for student, expected in EXPECTED.items():
        for exercise, about in expected.items():
            if exercise not in HERE:
                continue
            unit = EXERCISES[exercise].unit
            page = (course / "feedback" / student / unit / f"{unit}.html").read_text("utf-8")
            for name in about.get("names", []):
                assert name in page, (student, exercise)


def test_a_second_run_grades_nothing_again(by_course_bp: tuple[Path, str], run: Run) -> None:
    course, _ = by_course_bp
    before = {path: path.stat().st_mtime_ns for path in course.glob("autograded/*/*/*.ipynb")}
    done = run("course-bp", "grade", *UNITS, cwd=course)
    assert "unchanged since they were graded" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_the_instructors_solution_is_seen_when_it_is_handed_in(
    by_course_bp: tuple[Path, str], run: Run
) -> None:
    course, _ = by_course_bp
    handed_in = course / "submitted" / COPYCAT / UNITS[1] / f"{UNITS[1]}.ipynb"
    assert "### BEGIN SOLUTION" in handed_in.read_text("utf-8")
    done = run("course-bp", "similar", "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    told = [(one["unit"], one["students"], one["similarity"]) for one in json.loads(done.stdout)]
    assert told == [(UNITS[1], [COPYCAT, INSTRUCTOR], 1.0)]
    done = run("course-bp", "report", UNITS[1], "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    looks = json.loads(done.stdout)[UNITS[1]]["looks"]
    words = {one["kind"]: one["words"] for one in looks if one["student"] == COPYCAT}
    assert words["near-copy"] == f"the distinctive code is shared: 100% with {INSTRUCTOR}"
    assert words["instructor's solution"].startswith("the instructor's own marks, such as BEGIN")
    page = (course / "report.html").read_text("utf-8")
    assert f"<h4>{COPYCAT}, the instructor&#x27;s solution: 100%</h4>" in page
    full = sum(exercise.points for exercise in of_unit(UNITS[1]))
    mine = {name: s for (who, unit, name), s in scores(course).items() if who == COPYCAT}
    assert sum(mine.values()) == full


def test_nbgrader_exports_the_totals(by_course_bp: tuple[Path, str], run: Run) -> None:
    course, _ = by_course_bp
    assert run("nbgrader", "export", cwd=course).returncode == 0
    rows: dict[Any, float] = {
        (row["assignment"], row["student_id"]): float(row["score"])
        for row in csv.DictReader((course / "grades.csv").read_text().splitlines())
    }
    for student, expected in EXPECTED.items():
        total = sum(s for id, s in expected["scores"].items() if EXERCISES[id].unit == UNITS[0])
        if (UNITS[0], student) in rows:
            assert rows[UNITS[0], student] == pytest.approx(total)
