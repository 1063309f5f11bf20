"""What `course-bp report` says of late work, in the terminal, on the page and as data."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from workflows.gradebook_rows import Row, write_gradebook
from workflows.support import TWO_POINTS_A_DAY

from autograder.course.folder import Course

Call = Callable[..., tuple[int, str, str]]
UNIT = "midterm"
EARNED = {"ada": 4.0, "bob": 4.5, "cyd": 1.5}
DAYS_LATE = {"ada": 0, "bob": 1, "cyd": 3}
# Two points a day, but never more than was earned.
LOST = {"ada": 0.0, "bob": 2.0, "cyd": 1.5}
REASONS = {"bob": "4.5 − 2 = 2.5 of 5", "cyd": "1.5 − 1.5 = 0 of 5"}


@pytest.fixture
def course(folder: Path) -> Path:
    """Bob is a day late and Cyd three days."""
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(TWO_POINTS_A_DAY)
    opened = Course.at(folder)
    scores: dict[str, dict[str, float | None]] = {name: {"one": s} for name, s in EARNED.items()}
    write_gradebook(opened, UNIT, [Row("one", 5, source="assert f(1)")], scores)
    with opened.gradebook() as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate="2026-11-20 12:00:00 UTC")
        for student, days in DAYS_LATE.items():
            submission = gradebook.find_submission(UNIT, student)
            submission.timestamp = datetime(2026, 11, 20 + days, 12)
        gradebook.db.commit()
    return folder


def test_the_terminal_says_how_many_lose_points_and_how_many_points(
    course: Path, call: Call
) -> None:
    status, out, _ = call("report")
    assert status == 0
    summary = next(line for line in out.splitlines() if line.startswith("3 graded"))
    assert summary.split(", ")[-1] == "2 lose points for being late"
    lines = {line.split()[0]: " ".join(line.split()) for line in out.splitlines() if line.split()}
    for student, words in REASONS.items():
        late = {"bob": "1 day", "cyd": "3 days"}[student]
        assert lines[student].startswith(f"{student} penalised {late} after the due date ")
        assert lines[student].endswith(f": {words}")
    assert "ada" not in lines


def test_the_page_says_the_same(course: Path, call: Call) -> None:
    call("report")
    page = BeautifulSoup((course / "report.html").read_text("utf-8"), "html.parser")
    assert "; 2 lose points for being late. " in page.get_text()
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in page.find_all("tr")]
    told = {row[0]: row[2].rpartition(": ")[2] for row in rows if row[1:2] == ["penalised"]}
    assert told == REASONS


def test_the_data_have_each_penalty_by_value(course: Path, call: Call) -> None:
    told = json.loads(call("report", "--json")[1])[UNIT]
    found = {one["student"]: one["penalty"] or 0.0 for one in told["numbers"]["submissions"]}
    assert found == LOST
    kinds = {one["student"]: one["kind"] for one in told["standings"]}
    assert kinds == {"bob": "penalised", "cyd": "penalised"}


def test_one_student_loses_points(course: Path, call: Call) -> None:
    until = ("--until", "2026-11-24 12:00 UTC")
    assert call("extend", UNIT, "cyd", *until)[0] == 0
    assert ", 1 loses points for being late\n" in call("report")[1]
