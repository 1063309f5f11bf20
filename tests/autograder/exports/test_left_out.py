"""What is said of students whom a learning platform could not find."""

from __future__ import annotations

from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import CONFIG_FILE, Course
from autograder.course.roster import ROSTER_FILE
from autograder.exports.format import Choices, formats

UNITS = ("02-graphs", "05-losses", "essay-week")
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,02-graphs (77)
    Points Possible,,,,,2
Bob,9102,,bob,A,
Omer,9106,,omer.6,A,
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    lines = ["id,email", "bob,bob@uni.example", "omer,omer.6@uni.example", "ada,"]
    (tmp_path / ROSTER_FILE).write_text("\n".join(lines))
    (tmp_path / "canvas.csv").write_text(CANVAS)
    course = Course.at(tmp_path)
    for unit in UNITS:
        scores = {name: {"one": 1.0} for name in ("ada", "bob", "omer")}
        write_gradebook(course, unit, [Row("one", 2)], scores)
    return course


def test_the_same_fault_in_several_units_is_one_line(course: Course) -> None:
    assert formats()["moodle"].notes(course, UNITS, Choices()) == [
        f"ada ({', '.join(UNITS)}) is left out: roster.csv has no email for them."
    ]


def test_where_canvass_gradebook_was_asked_too_it_is_said_with_what_to_do(course: Course) -> None:
    choices = Choices(gradebook=course.root / "canvas.csv")
    (note,) = [
        one for one in formats()["canvas"].notes(course, UNITS, choices) if "left out" in one
    ]
    assert note.startswith(f"omer, ada ({', '.join(UNITS)}) are left out: ")
    assert "canvas.csv has nobody of that id, login, number or e-mail address" in note
    assert note.endswith("write Canvas's number into a column lms_user_id of roster.csv.")
