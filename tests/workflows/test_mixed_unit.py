"""A renamed unit with an essay, a task and a plain nbgrader test, by real commands.

Every number that leaves is compared with nbgrader's own export and with its database.
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, ZERO_BACKWARD, answered, cell
from workflows.gradescope import run_in_gradescope
from workflows.lms_readers import canvas_after, moodle_after
from workflows.plain_cells import ESSAY, HIDDEN, RIGHT, WRONG, append_and_rename
from workflows.recomputed import recomputed
from workflows.support import Run

from autograder.course.folder import Course

ORIGINAL, UNIT = "06-logistic-to-network", "week-two"
ROSTER = """id,first_name,last_name,email,lms_user_id
ada,Ada,Lovelace,ada@example.org,101
bob,Bob,O'Neil,bob@example.org,102
"""
POINTS = 14 + 4 + 2 + 2 + 3
ADA, BOB = 3 + 3.5 + 2 + 1.5 + 2.5, 1 + 0.25


def hand_in(course: Path, student: str, backward: str, square: str, essay: str) -> None:
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    notebook = answered(released, FORWARD, backward)
    cell(notebook, "square")["source"] = square
    # A tag that makes nbgrader skip the test, and so give it full points.
    cell(notebook, "square-test")["metadata"]["tags"] = ["skip-execution"]
    cell(notebook, "essay-1")["source"] = essay
    path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook))


def give_by_hand(course: Path) -> None:
    """What formgrader writes when a person types points."""
    with Course.at(course).gradebook() as gradebook:
        for name, points in (("essay-1", 3.5), ("poster", 2.5)):
            grade = gradebook.find_grade(name, UNIT, UNIT, "ada")
            assert (grade.auto_score, grade.needs_manual_grade) == (None, True)
            grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.find_grade("square-test", UNIT, UNIT, "bob").extra_credit = 0.25
        gradebook.db.commit()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    course = tmp_path_factory.mktemp("mixed") / "course"
    assert run("course-bp", "new", str(course), "--unit", ORIGINAL, cwd=course.parent)
    append_and_rename(course, ORIGINAL, UNIT)
    (course / "roster.csv").write_text(ROSTER)
    done = run("course-bp", "build", cwd=course)
    assert done.returncode == 0, done.stderr
    hand_in(course, "ada", BACKWARD, RIGHT, ESSAY)
    hand_in(course, "bob", ZERO_BACKWARD, WRONG, "YOUR ANSWER HERE")
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    (course / "graded.txt").write_text(done.stdout)
    give_by_hand(course)
    return course


def own_totals(course: Path) -> dict[str, float]:
    """nbgrader's scores, straight from its tables."""
    return {student: one.raw for (_, student), one in recomputed(course).items()}


def exported(course: Path, run: Run, format: str) -> list[Path]:
    done = run("course-bp", "export", format, "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    return [course / name for name in json.loads(done.stdout)["written"]]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_students_get_neither_the_solutions_nor_the_hidden_tests(course: Path) -> None:
    released = [path for path in (course / "notebooks").rglob("*") if path.is_file()]
    assert [path.name for path in released] == [f"{UNIT}.ipynb"]
    text = released[0].read_text("utf-8")
    assert "square(3)" in text
    assert "HIDDEN TESTS" not in text
    assert "square(-2)" not in text


def test_the_table_says_what_a_person_must_grade(course: Path) -> None:
    table = (course / "graded.txt").read_text()
    scores = table.partition("looks like")[0].splitlines()
    lines = {line.split()[0]: line.rstrip() for line in scores if line.split()}
    assert lines["ada"].endswith("2 to grade by hand")
    assert lines["bob"].endswith("2 to grade by hand")  # The essay was left as it was.
    assert lines["points"].split()[-1] == f"{POINTS:g}"
    assert "a hidden test failed (AssertionError)" in table


def test_no_page_shows_a_hidden_test(course: Path) -> None:
    for folder in ("autograded", "feedback"):
        for path in (course / folder).rglob(f"{UNIT}.*"):
            text = path.read_text("utf-8")
            assert "square(-2)" not in text.replace("</span>", "").replace('<span class="o">', "")
            assert "HIDDEN" not in text


def test_the_students_essay_is_in_the_graded_notebook(course: Path) -> None:
    path = course / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb"
    assert "".join(cell(json.loads(path.read_bytes()), "essay-1")["source"]) == ESSAY


def test_an_essay_that_was_not_written_earns_nothing_by_itself(course: Path) -> None:
    with Course.at(course).gradebook() as gradebook:
        grade = gradebook.find_grade("essay-1", UNIT, UNIT, "bob")
        assert (grade.auto_score, grade.needs_manual_grade) == (0, False)


def test_the_totals_are_what_was_earned(course: Path) -> None:
    assert own_totals(course) == pytest.approx({"ada": ADA, "bob": BOB})


def test_canvas_gets_nbgraders_totals(course: Path, run: Run) -> None:
    (path,) = exported(course, run, "canvas")
    after = canvas_after(path.read_text("utf-8"), {"x": {"101": None, "102": None}})
    assert after[UNIT] == {"101": ADA, "102": BOB}
    assert float(rows(path)[0][UNIT]) == POINTS


def test_moodle_gets_nbgraders_totals(course: Path, run: Run) -> None:
    (path,) = exported(course, run, "moodle")
    before = {"ada@example.org": None, "bob@example.org": None}
    assert list(moodle_after(path.read_text("utf-8"), before).values()) == [ADA, BOB]


def test_the_table_of_cells_adds_up_to_nbgraders_totals(course: Path, run: Run) -> None:
    (path,) = exported(course, run, "csv")
    points, ada, bob = rows(path)
    names = [name for name in points if name not in ("student", "last_name", "first_name")][:-2]
    assert {"quiz2.backward", "essay-1", "square-test", "share", "poster"} < set(names)
    for row, total in ((points, POINTS), (ada, ADA), (bob, BOB)):
        assert float(row[f"{UNIT} total"]) == total
        assert sum(float(row[name] or 0) for name in names) == total
    assert bob["poster"] == ""  # A person has yet to grade it.


def test_our_export_is_nbgraders_own(course: Path, run: Run) -> None:
    (path,) = exported(course, run, "nbgrader")
    done = run("nbgrader", "export", "--to", "own.csv", cwd=course)
    assert done.returncode == 0, done.stderr
    kept = ("student_id", "raw_score", "late_submission_penalty", "score", "max_score")
    ours, own = (
        {tuple(row[name] for name in kept) for row in rows(file)}
        for file in (path, course / "own.csv")
    )
    assert ours == own
    assert {row[0] for row in own} == {"ada", "bob"}


def test_gradescopes_tests_add_up_to_nbgraders_totals(course: Path, run: Run) -> None:
    totals = {}
    written = exported(course, run, "gradescope")
    for path in [path for path in written if path.suffix == ".json"]:
        results = json.loads(path.read_text("utf-8"))
        totals[path.parent.name] = sum(test["score"] for test in results["tests"])
        assert sum(test["max_score"] for test in results["tests"]) == POINTS
    assert totals == {"ada": ADA, "bob": BOB}


def test_the_report_counts_every_cell(course: Path, run: Run) -> None:
    done = run("course-bp", "report", UNIT, "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    numbers = json.loads(done.stdout)[UNIT]["numbers"]
    assert (numbers["points"], numbers["summary"]["high"]) == (POINTS, ADA)
    by_id = {one["id"]: one for one in numbers["exercises"]}
    assert (by_id["essay-1"]["mean"], by_id["poster"]["mean"]) == (1.75, 2.5)


@pytest.mark.parametrize("name", ["quiz2.backward", "square-test", "essay-1"])
def test_each_cell_is_explained(course: Path, run: Run, name: str) -> None:
    done = run("course-bp", "explain", "ada", name, "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    points = {"quiz2.backward": 2, "square-test": 2, "essay-1": 3.5}
    assert (told["unit"], told["counts"]) == (UNIT, points[name])


def test_a_regrade_keeps_what_a_person_gave(course: Path, run: Run, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    done = run("course-bp", "grade", UNIT, "--force", "--json", "--no-pages", cwd=copy)
    assert done.returncode == 0, done.stderr
    graded = {one["student"]: one for one in json.loads(done.stdout)[UNIT]}
    assert {name: one["score"] for name, one in graded.items()} == {"ada": ADA, "bob": BOB}
    assert own_totals(copy) == pytest.approx({"ada": ADA, "bob": BOB})


def test_nbgraders_own_command_gives_the_same(course: Path, run: Run, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    done = run("nbgrader", "autograde", UNIT, "--force", cwd=copy)
    assert done.returncode == 0, done.stderr
    assert own_totals(copy) == pytest.approx({"ada": ADA, "bob": BOB})
    assert HIDDEN not in (copy / "autograded" / "bob" / UNIT / f"{UNIT}.ipynb").read_text("utf-8")


@pytest.mark.parametrize("lost", ["essay-1", "share"])
def test_a_row_that_is_lost_behind_the_graders_back_stops_the_table(
    course: Path, run: Run, tmp_path: Path, lost: str
) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    with sqlite3.connect(copy / "gradebook.db") as connection:
        connection.execute("DELETE FROM base_cell WHERE name = ?", [lost])
    connection.close()
    done = run("course-bp", "grade", UNIT, "--no-pages", cwd=copy)
    assert (done.returncode, done.stdout.strip()) == (2, "")
    assert f"only one of them has {lost}" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_the_autograder_zip_brings_the_hidden_tests(course: Path, run: Run, tmp_path: Path) -> None:
    (path,) = exported(course, run, "gradescope-autograder")
    handed_in = course / "submitted" / "bob" / UNIT / f"{UNIT}.ipynb"
    results = run_in_gradescope(path, tmp_path, {handed_in.name: handed_in}, run)
    tests = {test["name"]: test for test in results["tests"]}
    assert tests["square-test"]["score"] == 0
    assert "a hidden test failed" in tests["square-test"]["output"]


def test_a_students_own_check_runs_the_tests_that_they_have(course: Path, run: Run) -> None:
    path = course / "submitted" / "bob" / UNIT / f"{UNIT}.ipynb"
    done = run("course-bp", "check", str(path), cwd=course)
    assert done.returncode == 1
    assert "square-test: 2 of 2 points." in done.stdout
    assert "Cells that a person grades, and no check looks at: 2." in done.stdout
