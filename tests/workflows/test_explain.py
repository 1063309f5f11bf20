"""explain and regrade as a TA uses them, on one graded course."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered
from workflows.support import Run

from autograder.course.folder import Course


@pytest.fixture(scope="module")
def graded(built_course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("explain") / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    wrong = BACKWARD.replace("db = y * (1 - y)", "db = -y * (1 - y)")
    path = course / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(answered(released, FORWARD, wrong)))
    done = run("course-bp", "grade", UNIT, "--no-pages", cwd=course)
    assert done.returncode == 0, done.stderr
    return course


def test_explain_names_submission_versions_verdict_and_mistake(graded: Path, run: Run) -> None:
    done = run("course-bp", "explain", "ada", "quiz2.backward", cwd=graded)
    submitted = (graded / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb").read_bytes()
    assert hashlib.sha256(submitted).hexdigest() in done.stdout
    assert "the sign is flipped" in done.stdout
    assert "by course-bp grade" in done.stdout
    data = json.loads(
        run("course-bp", "explain", "ada", "quiz2.backward", "--json", cwd=graded).stdout
    )
    assert data["counts"] == data["history"][-1]["score"] == 1.7
    assert [part["credited"] for part in data["history"][-1]["parts"]] == [False] + 5 * [True]


def test_explain_is_whole_in_a_narrow_window(graded: Path, run: Run) -> None:
    submitted = (graded / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb").read_bytes()
    for columns in ("COLUMNS=80", "COLUMNS=60"):
        done = run("env", columns, "course-bp", "explain", "ada", "quiz2.backward", cwd=graded)
        assert hashlib.sha256(submitted).hexdigest() in done.stdout


def test_explain_asks_back_what_it_does_not_know(graded: Path, run: Run) -> None:
    done = run("course-bp", "explain", "ada", "quiz2.bakward", cwd=graded)
    assert (done.returncode, "Did you mean 'quiz2.backward'?" in done.stderr) == (2, True)
    done = run("course-bp", "explain", "bob", "quiz2.backward", cwd=graded)
    assert (done.returncode, "nobody called 'bob'" in done.stderr) == (2, True)


def test_regrade_says_what_changed_and_a_dry_run_changes_nothing(graded: Path, run: Run) -> None:
    trail = graded / ".course-bp" / "audit.jsonl"
    before = trail.read_bytes()
    dry = run("course-bp", "regrade", UNIT, "--since", "2000-01-01", "--dry-run", cwd=graded)
    assert "1 submissions (ada)" in dry.stdout
    assert "left alone" not in dry.stdout
    assert trail.read_bytes() == before
    done = run("course-bp", "regrade", UNIT, "--since", "2000-01-01", "--json", cwd=graded)
    assert json.loads(done.stdout) == {UNIT: {"regraded": 1, "changes": [], "by_hand": []}}
    assert trail.read_bytes().startswith(before)
    late = run("course-bp", "regrade", UNIT, "--since", "2999-01-01", cwd=graded)
    assert (late.returncode, "no submission to" in late.stderr) == (2, True)


def test_feedback_names_who_was_not_graded(graded: Path, run: Run) -> None:
    done = run("course-bp", "feedback", UNIT, "--student", "ada", "--student", "bob", cwd=graded)
    assert (done.returncode, "nobody called 'bob'" in done.stderr) == (2, True)


def test_points_of_a_person_stay_in_a_regrade_and_are_explained(
    graded: Path, run: Run, tmp_path: Path
) -> None:
    course = Path(shutil.copytree(graded, tmp_path / "course"))
    with Course.at(course).gradebook() as gradebook:
        grade = gradebook.find_grade("quiz2-backward-check", UNIT, UNIT, "ada")
        grade.manual_score, grade.extra_credit = 1.9, 0.05
        gradebook.db.commit()
    assert run("course-bp", "regrade", UNIT, "--no-pages", cwd=course).returncode == 0
    done = run("course-bp", "explain", "ada", "quiz2.backward", cwd=course)
    words = "1.95 of 2 count: the grader gave 1.7, a person 1.9, extra credit 0.05"
    assert words in done.stdout
    data = json.loads(
        run("course-bp", "explain", "ada", "quiz2.backward", "--json", cwd=course).stdout
    )
    assert [(e["score"], e["counts"]) for e in data["history"]][-2:] == [(1.7, 1.7), (1.7, 1.95)]


def test_stock_nbgrader_leaves_the_same_trail(graded: Path, run: Run) -> None:
    done = run("nbgrader", "autograde", "--force", UNIT, cwd=graded)
    assert done.returncode == 0, done.stderr
    data = json.loads(
        run("course-bp", "explain", "ada", "quiz2.backward", "--json", cwd=graded).stdout
    )
    first, last = data["history"][0], data["history"][-1]
    assert last["by"] == "nbgrader autograde"
    differing = {name for name in first if first[name] != last[name]}
    assert differing <= {"at", "by"}
