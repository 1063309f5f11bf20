"""An assignment that this package has never heard of, by real commands, against plain nbgrader.

Two notebooks with their own names, plain tests with hidden tests, an essay, code that a person
grades, a task, and data beside them. Every score is compared with `nbgrader autograde` of the same
files, run by nbgrader itself in its own kernel.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from workflows.exam import (
    DATA,
    EXAM,
    FIRST,
    HIDDEN,
    POINTS,
    SECOND,
    hand_in_all,
    make_course,
    scores_in,
    totals_in,
)
from workflows.exam_graded import (
    FULL,
    OURS,
    PAGES,
    TOTALS,
    auto_scores,
    give_by_hand,
    page_scores,
    renamed,
)
from workflows.gradescope import run_in_gradescope
from workflows.lms_readers import canvas_after
from workflows.support import Run

from autograder.course.folder import Course


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Released by nbgrader's own command, and graded by ours."""
    root = make_course(tmp_path_factory.mktemp("exam") / "course", OURS)
    assert run("nbgrader", "generate_assignment", EXAM, cwd=root).returncode == 0
    hand_in_all(root)
    done = run("course-bp", "grade", EXAM, cwd=root)
    assert done.returncode == 0, done.stderr
    (root / "graded.txt").write_text(done.stdout)
    shutil.copy(root / "gradebook.db", root / "before-people.db")
    give_by_hand(root)
    assert run("course-bp", "feedback", EXAM, cwd=root).returncode == 0
    return root


@pytest.fixture(scope="module")
def plain(course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """The same files, graded by nbgrader as it comes."""
    root = make_course(tmp_path_factory.mktemp("plain") / "course")
    assert run("nbgrader", "generate_assignment", EXAM, cwd=root).returncode == 0
    shutil.copytree(course / "submitted", root / "submitted")
    done = run("nbgrader", "autograde", EXAM, cwd=root)
    assert done.returncode == 0, done.stderr
    return root


def test_every_cell_has_the_score_that_nbgrader_gives(
    course: Path, plain: Path, tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    shutil.copy(course / "before-people.db", ours / "gradebook.db")
    assert scores_in(ours) == scores_in(plain)
    assert len(scores_in(plain)) == 4 * 6


def test_nbgraders_own_command_with_our_steps_gives_the_same(
    course: Path, plain: Path, run: Run, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    (copy / "gradebook.db").unlink()
    assert run("nbgrader", "generate_assignment", EXAM, "--force", cwd=copy).returncode == 0
    done = run("nbgrader", "autograde", EXAM, "--force", cwd=copy)
    assert done.returncode == 0, done.stderr
    assert scores_in(copy) == scores_in(plain)
    for path in (copy / "autograded").rglob("*.ipynb"):
        assert HIDDEN not in path.read_text("utf-8")


def test_the_table_has_a_column_for_each_cell_and_says_what_is_missing(course: Path) -> None:
    told = " ".join((course / "graded.txt").read_text().split())
    assert f"did not hand in {SECOND}.ipynb; it earns nothing" in told
    assert f"{SECOND}.ipynb was not handed in; the grader gave 0 points for it." in told
    assert "a hidden test failed (AssertionError)" in told
    assert "3 to grade by hand" in told


def test_totals_are_what_was_earned_and_given(course: Path) -> None:
    assert totals_in(course) == pytest.approx(TOTALS)


@pytest.mark.parametrize("format", ["canvas", "nbgrader", "csv"])
def test_exports_hold_nbgraders_totals(course: Path, run: Run, format: str) -> None:
    done = run("course-bp", "export", format, "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    (path,) = (course / name for name in json.loads(done.stdout)["written"])
    text = path.read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    if format == "canvas":
        students = {str(number): None for number in range(101, 105)}
        after = canvas_after(text, {"x": students})[EXAM]
        assert after == dict(zip(students, TOTALS.values(), strict=True))
    elif format == "nbgrader":
        assert {row["student_id"]: float(row["score"]) for row in rows} == TOTALS
        assert {float(row["max_score"]) for row in rows} == {FULL}
    else:
        assert {row["student"]: float(row[f"{EXAM} total"]) for row in rows[1:]} == TOTALS
        assert {f"{SECOND}/square-test", f"{FIRST}/square-test"} <= set(rows[0])


def test_gradescopes_files_have_comments_and_what_waits(course: Path, run: Run) -> None:
    done = run("course-bp", "export", "gradescope", "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    found = {}
    written = json.loads(done.stdout)["written"]
    for name in [name for name in written if name.endswith(".json")]:
        results = json.loads((course / name).read_text("utf-8"))
        found[Path(name).parent.name] = results
        assert sum(test["max_score"] for test in results["tests"]) == FULL
    assert {
        name: sum(test["score"] for test in results["tests"]) for name, results in found.items()
    } == pytest.approx(TOTALS)
    assert f"{FIRST}/why: Well put." in found["ada"]["output"]
    dan = {test["name"]: test["output"] for test in found["dan"]["tests"]}
    assert dan[f"{SECOND}/poster"] == "A person still has to grade this."


def test_the_report_counts_every_cell_of_both_notebooks(course: Path, run: Run) -> None:
    done = run("course-bp", "report", EXAM, "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    numbers = json.loads(done.stdout)[EXAM]["numbers"]
    assert numbers["points"] == FULL
    means = {one["id"]: one["mean"] for one in numbers["exercises"]}
    assert means[f"{FIRST}/share"] == pytest.approx((1.5 + 0.25 + 1.5 + 0) / 4)
    assert means[f"{SECOND}/poster"] == pytest.approx(2.5 / 2)  # Cyd's is 0, as in nbgrader.


def test_each_notebook_has_a_page_without_hidden_tests(course: Path) -> None:
    pages = {
        path.relative_to(course / "feedback").as_posix()
        for path in (course / "feedback").rglob("*.html")
    }
    everybody = {f"{who}/{EXAM}/{FIRST}.html" for who in ("ada", "bob", "cyd", "dan")}
    some = {f"{who}/{EXAM}/{SECOND}.html" for who in ("ada", "bob", "dan")}
    assert pages == everybody | some
    for path in (course / "feedback").rglob("*.html"):
        assert "square(-2)" not in path.read_text("utf-8")
    ada = (course / "feedback" / "ada" / EXAM / f"{FIRST}.html").read_text("utf-8")
    assert "Well put." in ada


@pytest.mark.parametrize("student", PAGES)
def test_a_page_shows_the_score_of_each_test_essay_and_task(course: Path, student: str) -> None:
    found = {
        name: page_scores(course / "feedback" / student / EXAM / f"{name}.html")
        for name in PAGES[student]
    }
    assert found == PAGES[student]


def test_the_courses_data_lie_beside_the_graded_notebook(course: Path) -> None:
    assert (course / "autograded" / "cyd" / EXAM / "data.csv").read_text() == DATA


def test_each_cell_is_explained_by_the_name_in_the_table(course: Path, run: Run) -> None:
    name = f"{FIRST}/why"
    done = run("course-bp", "explain", "ada", f"{EXAM}/{name}", "--json", cwd=course)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["exercise"], told["counts"], told["comments"]) == (name, 3.5, ["Well put."])


def test_the_audit_trail_has_every_cell_with_the_gradebooks_points(course: Path) -> None:
    trail = (course / ".course-bp" / "audit.jsonl").read_text()
    lines = [json.loads(line) for line in trail.splitlines()]
    ada = {line["exercise"]: line["points"] for line in lines if line["student"] == "ada"}
    assert ada == {f"{nb}/{id}": most for nb, cells in POINTS.items() for id, most in cells.items()}


def test_grading_again_keeps_what_people_gave(course: Path, run: Run, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    again = run("course-bp", "grade", EXAM, "--json", cwd=copy)
    assert again.returncode == 0, again.stderr
    assert all(one["unchanged"] for one in json.loads(again.stdout)[EXAM])
    done = run("course-bp", "grade", EXAM, "--force", "--no-pages", cwd=copy)
    assert done.returncode == 0, done.stderr
    assert totals_in(copy) == pytest.approx(TOTALS)


def test_each_notebook_is_found_by_any_name_and_graded_by_itself(
    course: Path, run: Run, tmp_path: Path
) -> None:
    ours, nbgraders = renamed(course, tmp_path / "ours"), renamed(course, tmp_path / "nbgraders")
    before = auto_scores(course)
    done = run("course-bp", "grade", EXAM, "--json", cwd=ours)
    assert done.returncode == 3, done.stderr
    found = {one["student"]: one for one in json.loads(done.stdout)[EXAM]}
    assert {name: one["notebooks not graded"] for name, one in found.items()} == {
        "ada": [], "bob": [SECOND], "cyd": [], "dan": [],
    }  # fmt: skip
    assert ["not graded", "missing"] == [
        found[name]["standing"][0]["kind"] for name in ("bob", "dan")
    ]
    expected = before | {place: None for place in before if place[:2] == ("bob", SECOND)}
    expected |= {place: 0 for place in before if place[:2] == ("dan", FIRST)}
    assert auto_scores(ours) == expected
    pages = ours / "feedback"
    told = (pages / "bob" / EXAM / f"{SECOND}.html").read_text()
    assert f"The reason: {SECOND}.ipynb is not a notebook" in told
    assert (
        f"{SECOND}.ipynb could not be graded"
        in (pages / "bob" / EXAM / f"{FIRST}.html").read_text()
    )
    dan = (pages / "dan" / EXAM / f"{SECOND}-Copy1.html").read_text()
    assert f"{FIRST}.ipynb was not handed in" in dan
    told = run("course-bp", "report", EXAM, cwd=ours).stdout
    assert f"did not hand in {FIRST}.ipynb" in " ".join(told.split())
    # nbgrader's own command with our steps.
    (nbgraders / "gradebook.db").unlink()
    shutil.rmtree(nbgraders / ".course-bp")
    assert run("nbgrader", "generate_assignment", EXAM, "--force", cwd=nbgraders).returncode == 0
    done = run("nbgrader", "autograde", EXAM, cwd=nbgraders)
    assert done.returncode == 1, done.stderr
    assert f"bob: {SECOND}.ipynb was not graded: {SECOND}.ipynb is not a notebook" in done.stderr
    assert auto_scores(nbgraders) == expected
    told = run("course-bp", "explain", "dan", EXAM, cwd=nbgraders).stdout
    assert f"{FIRST}.ipynb was not handed in" in " ".join(told.split())


def test_points_by_hand_count_everywhere_though_nothing_could_be_graded(
    course: Path, run: Run, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    for name in POINTS:
        (copy / "submitted" / "dan" / EXAM / f"{name}.ipynb").write_text("broken")
    assert run("course-bp", "grade", EXAM, cwd=copy).returncode == 3
    page = copy / "feedback" / "dan" / EXAM / f"{FIRST}.html"
    assert "nobody has judged your answers" in page.read_text()
    with Course.at(copy).gradebook() as gradebook:
        for name, cells in POINTS.items():
            for cell in cells:
                gradebook.find_grade(cell, name, EXAM, "dan").manual_score = 1.25
        gradebook.db.commit()
    assert run("course-bp", "feedback", EXAM, cwd=copy).returncode == 0
    assert "1.25 of 2" in page.read_text()
    assert "nobody has judged" not in page.read_text()
    done = run("course-bp", "grade", EXAM, "--json", cwd=copy)
    assert done.returncode == 0, done.stderr
    (dan,) = (one for one in json.loads(done.stdout)[EXAM] if one["student"] == "dan")
    assert (dan["score"], dan["failure"]) == (6 * 1.25, "")
    assert "A person gave its points." in dan["remarks"][0]
    assert "nobody has judged" not in page.read_text()


def in_gradescope(course: Path, run: Run, root: Path, files: dict[str, Path]) -> dict[str, Any]:
    done = run("course-bp", "export", "gradescope-autograder", EXAM, cwd=course)
    assert done.returncode == 0, done.stderr
    assert f"{EXAM}: why (4 points) is graded by a person" in " ".join(done.stderr.split())
    return run_in_gradescope(course / "exports" / f"gradescope-{EXAM}.zip", root, files, run)


def test_gradescopes_zip_grades_both_notebooks_with_the_courses_data(
    course: Path, run: Run, tmp_path: Path
) -> None:
    handed_in = course / "submitted" / "ada" / EXAM
    files = {f"my exam/{name.upper()}.ipynb": handed_in / f"{name}.ipynb" for name in POINTS}
    results = in_gradescope(course, run, tmp_path, files)
    scores = {test["name"]: test["score"] for test in results["tests"]}
    tests = {(FIRST, "square-test"): 2, (FIRST, "share"): 1.5, (SECOND, "square-test"): 3}
    assert scores == {f"{notebook}/{cell}": points for (notebook, cell), points in tests.items()}
    assert results["extra_data"] == {"course-bp graded": True}


def test_gradescopes_zip_says_which_notebook_is_missing(
    course: Path, run: Run, tmp_path: Path
) -> None:
    handed_in = course / "submitted" / "cyd" / EXAM / f"{FIRST}.ipynb"
    results = in_gradescope(course, run, tmp_path, {f"{FIRST}.ipynb": handed_in})
    assert f"{SECOND}.ipynb was not handed in" in results["output"]
    assert sum(test["score"] for test in results["tests"]) == 3.5
    assert sum(test["max_score"] for test in results["tests"]) == 7
