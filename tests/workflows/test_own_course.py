"""A course that is not ours, with exercises of its own, from its texts to its grades."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from workflows.dask_cluster import dask_cluster
from workflows.gradescope import run_in_gradescope
from workflows.own_course import (
    FILES,
    RATE,
    RIGHT,
    SECOND,
    TEXTS,
    UNIT,
    WRONG_SIGN,
    hand_in_answers,
    write_course,
)
from workflows.support import Run

from autograder.course.folder import Course
from autograder.records.gradebook import read_unit

# What a hostile student puts where the course's exercises were.
TRAP = "open({!r}, 'w').close()\nraise SystemExit\n"


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Two units, built, with submissions to the first that nobody has graded."""
    course = write_course(tmp_path_factory.mktemp("own") / "course")
    done = run("course-bp", "build", cwd=course)
    assert done.returncode == 0, done.stderr
    hand_in_answers(course, "ada", UNIT, RIGHT)
    hand_in_answers(course, "bob", UNIT, WRONG_SIGN)
    trapped = hand_in_answers(course, "eve", UNIT, WRONG_SIGN)
    for file in ("rates.py", "shared.py", "more.py"):
        (trapped.parent / "exercises" / file).write_text(TRAP.format(str(course / "trapped")))
    return course


@pytest.fixture(scope="module")
def graded(handed_in: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    course = Path(shutil.copytree(handed_in, tmp_path_factory.mktemp("graded") / "course"))
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    return course


def scores(course: Path) -> dict[str, dict[str, float]]:
    found = read_unit(Course.at(course), UNIT).submissions
    return {one.student: dict(one.scores) for one in found}


def test_the_files_are_released_with_the_unit_that_checks_them(handed_in: Path) -> None:
    beside = {
        unit: {path.name for path in (handed_in / "notebooks" / unit / "exercises").iterdir()}
        for unit in (UNIT, SECOND)
    }
    assert beside[UNIT] == {"rates.py", "shared.py", "exercises.json"}
    assert beside[SECOND] == {"mixtures.py", "exercises.json"}


def test_right_and_wrong_answers_are_told_apart(graded: Path) -> None:
    found = scores(graded)
    assert found["ada"][RATE] == 3
    assert found["bob"][RATE] == 1
    assert {found[student]["double-test"] for student in found} == {2}


def test_files_that_were_handed_in_are_not_loaded(handed_in: Path, graded: Path) -> None:
    assert scores(graded)["eve"] == scores(graded)["bob"]
    assert not (handed_in / "trapped").exists()


def test_the_mistake_is_named_on_the_page(graded: Path) -> None:
    page = (graded / "feedback" / "bob" / UNIT / f"{UNIT}.html").read_text("utf-8")
    assert "the sign is flipped" in page


def test_stock_nbgrader_gives_the_same_scores_and_releases_the_same_files(
    handed_in: Path, graded: Path, tmp_path: Path, run: Run
) -> None:
    course = Path(shutil.copytree(handed_in, tmp_path / "stock"))
    released = course / "notebooks" / UNIT / "exercises"
    before = {path.name: path.read_bytes() for path in released.iterdir()}
    for step in (f"generate_assignment --force {UNIT}", f"autograde {UNIT}"):
        done = run("nbgrader", *step.split(), cwd=course)
        assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in released.iterdir()} == before
    assert scores(course) == scores(graded)


def test_a_cluster_gives_the_same_scores(
    handed_in: Path, graded: Path, tmp_path: Path, run: Run
) -> None:
    course = Path(shutil.copytree(handed_in, tmp_path / "course"))
    with dask_cluster(tmp_path, workers=1) as (address, _):
        done = run("course-bp", "grade", UNIT, "--cluster", address, cwd=course)
    assert done.returncode == 0, done.stderr
    assert scores(course) == scores(graded)


def test_an_answer_finds_no_exercise_beside_it(handed_in: Path, tmp_path: Path, run: Run) -> None:
    course = Path(shutil.copytree(handed_in, tmp_path / "course"))
    shutil.rmtree(course / "submitted")
    reading = (
        "import os\n\ndef double(x):\n    return 0 if os.path.exists('exercises') else 2 * x\n"
    )
    hand_in_answers(course, "zoe", UNIT, {**RIGHT, "double": reading})
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    assert scores(course)["zoe"]["double-test"] == 2


def test_gradescope_gives_the_same_score(
    handed_in: Path, graded: Path, tmp_path: Path, run: Run
) -> None:
    course = Path(shutil.copytree(handed_in, tmp_path / "course"))
    done = run("course-bp", "export", "gradescope-autograder", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    (archive,) = (course / "exports").glob("*.zip")
    files = {"mine.ipynb": course / "submitted" / "bob" / UNIT / f"{UNIT}.ipynb"}
    results = run_in_gradescope(archive, tmp_path / "autograder", files, run)
    earned = {test["name"].split(":")[0]: test["score"] for test in results["tests"]}
    expected = scores(graded)["bob"]
    assert earned == {name: expected[name] for name in (RATE, "double-test")}


def test_the_scores_are_exported(graded: Path, run: Run) -> None:
    done = run("course-bp", "export", "csv", UNIT, cwd=graded)
    assert done.returncode == 0, done.stderr
    (table,) = (graded / "exports").glob("*.csv")
    head, *rows = table.read_text("utf-8-sig").splitlines()
    assert RATE in head
    assert [row.split(",")[0] for row in rows] == ["points", "ada", "bob", "eve"]


def checked(run: Run, notebook: Path) -> dict[str, Any]:
    done = run("course-bp", "check", str(notebook), "--json", cwd=notebook.parent)
    return {one["exercise"]: one for one in json.loads(done.stdout)["exercises"]}


def test_a_student_checks_with_the_files_beside_the_notebook(
    handed_in: Path, tmp_path: Path, run: Run
) -> None:
    home = tmp_path / "student"
    submitted = handed_in / "submitted" / "bob" / UNIT
    notebook = Path(shutil.copytree(submitted, home)) / f"{UNIT}.ipynb"
    assert checked(run, notebook)[RATE]["score"] == 1
    shutil.rmtree(home / "exercises")
    done = run("course-bp", "check", notebook.name, cwd=home)
    assert done.returncode == 1
    assert f"no right answers here for {RATE}" in " ".join(done.stdout.split())


def test_a_changed_exercise_is_told_and_graded_again(
    graded: Path, tmp_path: Path, run: Run
) -> None:
    course = Path(shutil.copytree(graded, tmp_path / "course"))
    path = course / "exercises" / "rates.py"
    path.write_text(path.read_text().replace('Part("k", 1,', 'Part("k", 4,'))
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    assert f"{RATE} changed" in done.stderr
    assert scores(course)["bob"][RATE] == pytest.approx(2)  # 4 of 6, in a cell of 3 points


def test_a_broken_exercise_stops_every_command_before_it_changes_anything(
    graded: Path, tmp_path: Path, run: Run
) -> None:
    course = Path(shutil.copytree(graded, tmp_path / "course"))
    (course / "exercises" / "rates.py").write_text("import numpy as np\nnp.no_such_name\n")
    there = sorted(path for path in (course / "autograded").rglob("*"))
    for command in ("course-bp build", f"course-bp grade {UNIT}", f"nbgrader autograde {UNIT}"):
        done = run(*command.split(), cwd=course)
        assert done.returncode != 0
        assert "rates.py, line 2: AttributeError" in done.stdout + done.stderr
    assert sorted(path for path in (course / "autograded").rglob("*")) == there
    assert scores_kept(course) == scores(graded)


def scores_kept(course: Path) -> dict[str, dict[str, float]]:
    """The scores in a gradebook, once the exercise is whole again."""
    (course / "exercises" / "rates.py").write_text(FILES["rates.py"])
    return scores(course)


def test_nothing_is_run_again_when_another_units_exercise_changes(
    graded: Path, tmp_path: Path, run: Run
) -> None:
    course = Path(shutil.copytree(graded, tmp_path / "course"))
    (course / "exercises" / "mixtures.py").write_text(FILES["mixtures.py"] + "\n# More.\n")
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert "3 unchanged" in done.stderr


SECRET = f'[exercise."{RATE}"]\nreference = "grader"\n'
# What students read: everything else in the file is the instructor's.
FOR_STUDENTS = ("the rate", "its slope", "Arrhenius", "arrhenius.rate", "falls.", "only once")


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """The same course, whose rates stay with the grader, graded."""
    course = write_course(tmp_path_factory.mktemp("secret") / "course")
    (course / "course.toml").write_text(SECRET)
    done = run("course-bp", "build", cwd=course)
    assert done.returncode == 0, done.stderr
    hand_in_answers(course, "ada", UNIT, RIGHT)
    hand_in_answers(course, "bob", UNIT, WRONG_SIGN)
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    return course


def lines_of(*files: str) -> list[str]:
    """The lines of files of exercises that are not for students."""
    lines = {line.strip() for file in files for line in FILES[file].splitlines()}
    return [
        line
        for line in lines
        if len(line) > 12
        and not any(words in line for words in FOR_STUDENTS)
        and not any(line in text for text in TEXTS.values())
    ]


def readable(path: Path) -> str:
    """A file as a person reads it: the strings of a notebook or of data, the text of a page."""

    def strings(value: Any) -> str:
        if isinstance(value, dict):
            value = [*value, *value.values()]
        if isinstance(value, list):
            return "\n".join(map(strings, value))
        return str(value)

    text = path.read_text("utf-8")
    if path.suffix in (".ipynb", ".json"):
        return strings(json.loads(text))
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def test_a_secret_exercise_is_graded_like_any_other(secret: Path, graded: Path) -> None:
    expected = {student: found for student, found in scores(graded).items() if student != "eve"}
    assert scores(secret) == expected


@pytest.mark.parametrize("step", ["notebooks", "feedback"])
def test_no_line_of_a_secret_file_is_in_what_students_get(secret: Path, step: str) -> None:
    known = lines_of("rates.py", "shared.py")
    assert len(known) > 12
    files = [path for path in (secret / step).rglob("*") if path.is_file() and UNIT in str(path)]
    assert files
    for path in files:
        assert [line for line in known if line in readable(path)] == [], path
    assert not list((secret / "notebooks" / UNIT).rglob("*.py"))


def test_a_student_is_told_that_only_the_form_is_looked_at(
    secret: Path, tmp_path: Path, run: Run
) -> None:
    home = Path(shutil.copytree(secret / "submitted" / "bob" / UNIT, tmp_path / "student"))
    command = ["jupyter", "nbconvert", "--to", "notebook", "--execute", "--stdout", f"{UNIT}.ipynb"]
    done = run(*command, cwd=home)
    assert done.returncode == 0, done.stderr
    told = [
        "".join(output["data"]["text/plain"])
        for cell in json.loads(done.stdout)["cells"]
        for output in cell.get("outputs", ())
        if "text/plain" in output.get("data", {})
    ]
    assert len(told) == 1
    assert "score unknown" in told[0]
    assert "✓" not in told[0]
