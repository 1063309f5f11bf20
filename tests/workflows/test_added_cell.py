"""A cell is added to a unit that is graded already, and everybody's points by hand stay."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, Notebook, answered
from workflows.exam import scores_in, totals_in
from workflows.support import Run

from autograder.course.folder import Course
from autograder.exercises import find, of_unit

ESSAY = """
# %% [markdown] nbgrader={"grade": true, "grade_id": "essay", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false, "cell_type": "markdown"}
# YOUR ANSWER HERE
"""  # noqa: E501
TEST = """
# %% nbgrader={"grade": true, "grade_id": "later", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false, "cell_type": "code"}
assert True
### BEGIN HIDDEN TESTS
assert quiz2_forward.__name__ == "quiz2_forward"
### END HIDDEN TESTS
"""  # noqa: E501
FIRST = 3.0


@pytest.fixture(scope="module")
def graded(built_course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Two students, graded; a person changed one score and wrote a comment."""
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("added") / "course"))
    released: Notebook = json.loads((course / f"notebooks/{UNIT}/{UNIT}.ipynb").read_bytes())
    for student in ("ada", "bob"):
        path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(answered(released, FORWARD, BACKWARD)))
    assert run("course-bp", "grade", UNIT, "--no-pages", cwd=course).returncode == 0
    with Course.at(course).gradebook() as gradebook:
        grade = gradebook.find_grade("quiz2-backward-check", UNIT, UNIT, "ada")
        grade.manual_score, grade.extra_credit = 1.5, 0.25
        gradebook.find_comment("quiz2-backward", UNIT, UNIT, "ada").manual_comment = "See me."
        gradebook.db.commit()
    return course


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


def text(course: Path) -> Path:
    return course / "solutions" / UNIT / f"{UNIT}.py"


def words(done: Any) -> str:
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


def add(course: Path, run: Run, cells: str) -> Any:
    text(course).write_text(text(course).read_text("utf-8") + cells)
    assert run("course-bp", "build", UNIT, cwd=course).returncode == 0
    return run("course-bp", "grade", UNIT, "--no-pages", cwd=course)


def test_added_cells_are_registered_and_all_that_people_gave_stays(course: Path, run: Run) -> None:
    stopped = add(course, run, ESSAY + TEST)
    assert stopped.returncode == 2
    assert "only one of them has essay, later" in words(stopped)
    assert f"course-bp register {UNIT}" in words(stopped)
    done = run("course-bp", "register", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    assert "new: essay, later; gradebook.db keeps 2 submissions" in " ".join(done.stdout.split())
    done = run("course-bp", "grade", UNIT, "--json", "--no-pages", cwd=course)
    assert done.returncode == 0, done.stderr
    totals = totals_in(course)
    assert totals == pytest.approx({"ada": FIRST - 2 + 1.75 + 2, "bob": FIRST + 2})
    assert {one["student"]: one["score"] for one in json.loads(done.stdout)[UNIT]} == totals
    scores = scores_in(course)
    # Nobody was asked for the essay, so that nobody left it undone: a person decides.
    assert scores["ada", UNIT, "essay"] == (None, None, None, True)
    assert scores["ada", UNIT, "later"][0] == 2
    assert scores["ada", UNIT, "quiz2-backward-check"][1:3] == (1.5, 0.25)
    with Course.at(course).gradebook() as gradebook:
        assert gradebook.find_comment("quiz2-backward", UNIT, UNIT, "ada").comment == "See me."
        sources = gradebook.find_notebook(UNIT, UNIT).source_cells
        (later,) = (one.source for one in sources if one.name == "later")
        assert "HIDDEN TESTS" in later
    remarks = json.loads(done.stdout)[UNIT][0]["remarks"]
    assert "later came into the unit after this notebook was handed out; it was added." in remarks
    # nbgrader's own step finds the unit as it should be.
    assert run("nbgrader", "generate_assignment", "--force", UNIT, cwd=course).returncode == 0
    assert totals_in(course) == totals


def test_a_cell_that_is_gone_is_removed_unless_a_person_gave_points(course: Path, run: Run) -> None:
    add(course, run, TEST)
    assert run("course-bp", "register", UNIT, cwd=course).returncode == 0
    assert run("course-bp", "grade", UNIT, "--no-pages", cwd=course).returncode == 0
    before = totals_in(course)
    content = text(course).read_text("utf-8")
    text(course).write_text(content.replace(TEST, ""))
    assert run("course-bp", "build", UNIT, cwd=course).returncode == 0
    done = run("course-bp", "register", UNIT, cwd=course)
    assert (done.returncode, "gone: later" in done.stdout) == (0, True)
    assert totals_in(course) == {name: total - 2 for name, total in before.items()}
    # For this one, Ada got points from a person.
    mark = '# %% check="quiz2.backward"'
    text(course).write_text(text(course).read_text("utf-8").replace(mark, "# %%"))
    assert run("course-bp", "build", UNIT, cwd=course).returncode == 0
    done = run("course-bp", "register", UNIT, cwd=course)
    assert done.returncode == 2
    assert "a person gave 'ada' points or a comment for it" in words(done)
    assert totals_in(course) == {name: total - 2 for name, total in before.items()}


def test_an_exercise_that_the_package_has_and_the_unit_has_not_counts_nowhere(
    new_course: Path, run: Run
) -> None:
    """Whether the instructor left it out, or the package got it after the unit was released."""
    content = text(new_course).read_text("utf-8").replace('# %% check="quiz2.forward"', "# %%")
    text(new_course).write_text(content)
    assert run("course-bp", "build", UNIT, cwd=new_course).returncode == 0
    released = json.loads((new_course / f"notebooks/{UNIT}/{UNIT}.ipynb").read_bytes())
    path = new_course / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(answered(released, FORWARD, BACKWARD)))
    done = run("course-bp", "grade", UNIT, "--no-pages", "--json", cwd=new_course)
    assert done.returncode == 0, done.stderr
    (ada,) = json.loads(done.stdout)[UNIT]
    assert (ada["score"], totals_in(new_course)) == (2.0, {"ada": 2.0})
    assert "quiz2.forward" not in ada["exercises"]
    full = sum(exercise.points for exercise in of_unit(UNIT)) - find("quiz2.forward").points
    done = run("course-bp", "report", UNIT, "--json", cwd=new_course)
    assert json.loads(done.stdout)[UNIT]["numbers"]["points"] == full
    assert run("course-bp", "export", "nbgrader", UNIT, cwd=new_course).returncode == 0
    (row,) = csv.DictReader((new_course / "exports" / "grades.csv").open(newline=""))
    assert (float(row["score"]), float(row["max_score"])) == (2.0, full)
