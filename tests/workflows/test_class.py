"""The example class through stock nbgrader and through course-bp: the same scores, as expected."""

from __future__ import annotations

import csv
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from workflows.support import REPOSITORY, UNITS, Run

from autograder.course.folder import Course
from autograder.course.marks import grade_id
from autograder.exercises import EXERCISES

EXPECTED = tomllib.loads((REPOSITORY / "examples" / "expected.toml").read_text("utf-8"))
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
    lines = [line.split() for line in by_course_bp[1].splitlines()]
    topics, (student, *names, last), _, *rows = [
        line for line in lines[lines.index([unit]) + 1 :] if line
    ][: 4 + len(EXPECTED)]
    assert (student, last) == ("student", "sum")
    ids = [topic + name for topic, name in zip(topics, names, strict=True)]
    assert set(ids) == {id for id in HERE if EXERCISES[id].unit == unit}
    worth = {"points": {id: EXERCISES[id].points for id in ids}}
    earned = {name: expected["scores"] for name, expected in EXPECTED.items()}
    printed = {name: [float(cell) for cell in cells] for name, *cells in rows}
    assert list(printed) == ["points", *sorted(EXPECTED)]
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
