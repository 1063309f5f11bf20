"""What a TA may find in submitted/, or type: a clear word each time, and nothing lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from workflows.support import Run, hand_in

UNIT = "06-logistic-to-network"


@pytest.fixture
def course(built_course: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_course, tmp_path / "course"))


def released(course: Path) -> Path:
    return course / "notebooks" / UNIT / f"{UNIT}.ipynb"


BAD = {
    b"": "is empty",
    b"hello": "cannot be read as JSON",
    b"\xff\xfe\x00": "cannot be read as JSON",
    b"[1, 2]": "no list of cells",
    b'{"cells": 3}': "no list of cells",
    b'{"cells": []}': "none of the unit's check cells",
    b'{"cells": [1, {"metadata": []}]}': "none of the unit's check cells",
}


def test_bad_notebooks_are_reported_and_the_rest_are_graded(course: Path, run: Run) -> None:
    hand_in(course, "good", UNIT, course / "solutions" / UNIT / f"{UNIT}.ipynb")
    for number, content in enumerate(BAD):
        hand_in(course, f"bad{number}", UNIT, released(course)).write_bytes(content)
    done = run("course-bp", "grade", UNIT, "--json", cwd=course)
    assert done.returncode == 3
    told = {one["student"]: json.dumps(one) for one in json.loads(done.stdout)[UNIT]}
    for number, (content, words) in enumerate(BAD.items()):
        assert words in told[f"bad{number}"]
        kept = course / "submitted" / f"bad{number}" / UNIT / f"{UNIT}.ipynb"
        assert kept.read_bytes() == content
    assert (course / "feedback" / "good" / UNIT / f"{UNIT}.html").is_file()


def test_a_folder_without_a_notebook_is_reported(course: Path, run: Run) -> None:
    hand_in(course, "ada", UNIT, released(course)).rename(
        course / "submitted" / "ada" / UNIT / "homework.txt"
    )
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 3
    assert "it does not hold a notebook" in " ".join(done.stdout.replace("│", " ").split())


def test_a_missing_unit_is_answered_with_the_units_there_are(course: Path, run: Run) -> None:
    done = run("course-bp", "grade", "77-nothing", cwd=course)
    assert done.returncode == 2
    assert "there is no unit '77-nothing'" in done.stderr
    assert UNIT in done.stderr


def test_an_empty_class_is_told_where_submissions_belong(course: Path, run: Run) -> None:
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 2
    assert "submissions belong in" in " ".join(done.stderr.split())


def test_an_unknown_student_is_an_error(course: Path, run: Run) -> None:
    hand_in(course, "ada", UNIT, released(course))
    done = run("course-bp", "grade", UNIT, "--student", "bob", cwd=course)
    assert done.returncode == 2
    assert "bob" in done.stderr


def test_a_folder_that_is_no_course_is_an_error(tmp_path: Path, run: Run) -> None:
    done = run("course-bp", "grade", UNIT, cwd=tmp_path)
    assert done.returncode == 2
    assert "is not a course folder" in " ".join(done.stderr.split())


def test_an_unknown_exercise_in_a_text_is_an_error(new_course: Path, run: Run) -> None:
    text = new_course / "solutions" / UNIT / f"{UNIT}.py"
    text.write_text(text.read_text("utf-8").replace('check="quiz2.forward"', 'check="quiz2.fwd"'))
    done = run("course-bp", "build", UNIT, cwd=new_course)
    assert done.returncode == 2
    assert "Did you mean 'quiz2.forward'" in " ".join(done.stderr.split())


def test_a_text_without_one_of_the_units_exercises_is_built_with_a_word(
    new_course: Path, run: Run
) -> None:
    text = new_course / "solutions" / UNIT / f"{UNIT}.py"
    text.write_text(text.read_text("utf-8").replace(' check="quiz2.forward"', ""))
    done = run("course-bp", "build", UNIT, cwd=new_course)
    assert done.returncode == 0, done.stderr
    assert f"{UNIT} leaves out quiz2.forward" in " ".join(done.stderr.split())


def test_a_cell_without_points_that_was_added_after_grading_stops_nothing(
    course: Path, run: Run
) -> None:
    hand_in(course, "ada", UNIT, released(course))
    assert run("course-bp", "grade", UNIT, cwd=course).returncode == 0
    text = course / "solutions" / UNIT / f"{UNIT}.py"
    text.write_text(text.read_text("utf-8") + '\n# %% locked="more"\nmore = 1\n')
    assert run("course-bp", "build", UNIT, cwd=course).returncode == 0
    done = run("course-bp", "grade", UNIT, cwd=course)
    told = " ".join(done.stdout.replace("│", " ").split())
    assert (done.returncode, "more was" in told) == (0, False)
    assert "more came into the unit after this notebook was handed out; it was added." in told


@pytest.mark.parametrize("command", [["build"], ["grade"], []])
def test_help_is_there(run: Run, tmp_path: Path, command: list[str]) -> None:
    done = run("course-bp", *command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "Usage" in done.stdout
