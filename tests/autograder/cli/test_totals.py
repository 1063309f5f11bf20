"""A total that is not nbgrader's own is handed on by no command."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import CONFIG_FILE, Course
from autograder.exports.format import formats
from autograder.records.totals import TotalsDiffer, require_nbgraders_totals

UNIT = "midterm"
CELLS = [Row("one", 5, source="assert f(1)"), Row("two", 3, source="assert f(2)")]
Call = Callable[..., tuple[int, str, str]]
WITH_GRADES = [name for name, format in formats().items() if format.needs_grades]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An assignment without a text of ours, in whose gradebook a cell's row was lost."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    roster = "id,email,lms_user_id\nada,ada@example.org,101\nbob,bob@example.org,102\n"
    (tmp_path / "roster.csv").write_text(roster)
    scores: dict[str, dict[str, float | None]] = {
        "ada": {"one": 4, "two": 2.5},
        "bob": {"one": 5, "two": 1},
    }
    write_gradebook(Course.at(tmp_path), UNIT, CELLS, scores)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lose_a_cell(course: Path) -> None:
    with sqlite3.connect(course / "gradebook.db") as connection:
        connection.execute("DELETE FROM base_cell WHERE name = 'two'")
    connection.close()


@pytest.mark.parametrize("format", WITH_GRADES)
def test_an_export_stops_and_names_the_student_and_both_numbers(
    course: Path, call: Call, format: str
) -> None:
    lose_a_cell(course)
    status, out, err = call("export", format, UNIT)
    assert (status, out) == (2, "")
    said = " ".join(err.split())
    assert f"the total of 'ada' in {UNIT} is 4 from the scores of its cells, but 6.5" in said
    assert "It is the first of 2 students who differ." in said
    assert not (course / "exports").exists()


def test_a_report_stops_too(course: Path, call: Call) -> None:
    lose_a_cell(course)
    status, out, err = call("report", UNIT)
    assert (status, out, "'ada'" in err) == (2, "", True)
    assert not (course / "report.html").exists()


@pytest.mark.parametrize("format", WITH_GRADES)
def test_an_assignment_that_this_package_has_never_heard_of_is_exported(
    course: Path, call: Call, format: str
) -> None:
    status, out, err = call("export", format, "--json")
    assert status == 0, err
    assert json.loads(out)["written"]


def test_who_has_no_submission_has_no_points(course: Path) -> None:
    opened = Course.at(course)
    require_nbgraders_totals(opened, UNIT, {"ada": 6.5, "zoe": 0.0})
    with pytest.raises(TotalsDiffer, match=r"'zoe'.* 1 from .* 0 in"):
        require_nbgraders_totals(opened, UNIT, {"zoe": 1.0})
    with pytest.raises(TotalsDiffer, match="nan from"):
        require_nbgraders_totals(opened, UNIT, {"ada": float("nan")})


def test_one_difference_is_not_called_the_first(course: Path) -> None:
    with pytest.raises(TotalsDiffer) as caught:
        require_nbgraders_totals(Course.at(course), UNIT, {"ada": 6.5, "bob": 5.0})
    assert "the total of 'bob' in midterm is 5 from" in str(caught.value)
    assert "first" not in str(caught.value)


def test_a_student_whom_only_nbgrader_has_is_told(course: Path) -> None:
    opened = Course.at(course)
    require_nbgraders_totals(opened, UNIT, {"ada": 6.5})
    require_nbgraders_totals(opened, UNIT, {"ada": 6.5}, without=["bob"])
    words = r"'bob' has 6 points in midterm in nbgrader's gradebook, but no total here\. No total"
    with pytest.raises(TotalsDiffer, match=words):
        require_nbgraders_totals(opened, UNIT, {"ada": 6.5}, without=[])
    with pytest.raises(TotalsDiffer, match=r"'ada' .* is 6 .* the first of 2 students"):
        require_nbgraders_totals(opened, UNIT, {"ada": 6.0}, without=[])


def test_a_folder_that_was_given_up_for_another_of_the_same_student_needs_no_total(
    course: Path,
) -> None:
    (course / "roster.csv").write_text("id,login\nada,bob\n")
    (course / "submitted" / "ada" / UNIT).mkdir(parents=True)
    require_nbgraders_totals(Course.at(course), UNIT, {"ada": 6.5}, without=[])
