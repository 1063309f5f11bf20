"""Who is excused: no export says 0, and nbgrader's own score stays."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.arrangements import Arrangement, What, write_arrangements
from autograder.course.folder import CONFIG_FILE, Course
from autograder.exports.format import Choices, formats
from autograder.records.totals import require_nbgraders_totals

UNIT = "midterm"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Ada has 4 of 5; Bob has 2 and is excused; Eve handed in nothing and is excused."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "roster.csv").write_text(
        "id,email,lms_user_id\nada,a@x.org,1\nbob,b@x.org,2\neve,e@x.org,3\nzoe,z@x.org,4\n"
    )
    course = Course.at(tmp_path)
    cells = [Row("one", 5, source="assert f(1)")]
    write_gradebook(course, UNIT, cells, {"ada": {"one": 4}, "bob": {"one": 2}})
    write_arrangements(course, [Arrangement(name, UNIT, What.EXCUSED) for name in ("bob", "eve")])
    return course


def rows(course: Course, format: str) -> dict[str, list[str]]:
    """The file's rows by student, whatever column has the id."""
    (content,) = formats()[format].files(course, [UNIT], Choices()).values()
    found = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return {name: row for row in found for name in ("ada", "bob", "eve", "zoe") if name in row}


def test_canvas_says_ex(course: Course) -> None:
    marks = {name: row[-1] for name, row in rows(course, "canvas").items()}
    assert marks == {"ada": "4.0", "bob": "EX", "eve": "EX"}


def test_moodle_has_no_line(course: Course) -> None:
    assert {name: row[-1] for name, row in rows(course, "moodle").items()} == {"ada": "4.0"}


def test_the_table_of_exercises_is_empty(course: Course) -> None:
    marks = {name: row[3:] for name, row in rows(course, "csv").items()}
    assert marks["ada"] == ["4.0", "0.0", "4.0"]
    assert marks["bob"] == marks["eve"] == ["", "", ""]


def test_nbgraders_columns_are_empty_and_its_gradebook_as_it_was(course: Course) -> None:
    marks = {name: row[7:] for name, row in rows(course, "nbgrader").items()}
    assert marks["bob"] == marks["eve"] == ["", "", "", "5.0"]
    assert [float(mark) for mark in marks["zoe"]] == [0, 0, 0, 5]
    require_nbgraders_totals(course, UNIT, {"ada": 4.0, "bob": 2.0, "eve": 0.0})


def test_gradescope_gets_no_result(course: Course) -> None:
    files = formats()["gradescope"].files(course, [UNIT], Choices())
    results = [name for name in files if name.endswith("results.json")]
    assert results == [f"gradescope/{UNIT}/ada/results.json"]


def test_the_course_total_leaves_the_unit_out(course: Course) -> None:
    marks = {name: row[3:] for name, row in rows(course, "course").items()}
    assert marks["ada"] == ["4.0", "4.0", "5.0", "80.0", ""]
    assert marks["zoe"] == ["0.0", "0.0", "5.0", "0.0", ""]
    assert marks["bob"] == marks["eve"] == ["", "", "", "", f"{UNIT} excused"]
