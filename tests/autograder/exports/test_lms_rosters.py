"""Rosters that are Canvas's or Gradescope's own: whom the files name, and in which column."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from roster_course import CHECKS, FIRST, ROSTER, UNIT, Make, Scores
from workflows.lms_readers import Grades, canvas_after

from autograder.course.folder import Course
from autograder.course.roster import ROSTER_FILE
from autograder.exports.canvas import canvas_csv
from autograder.exports.exercises import exercises_csv
from autograder.exports.format import Choices, formats

BEFORE: Grades = {"101": 9.0, "102": None, "103": 8.0, "104": 7.0}
GRADEBOOK = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Unit 02 (77),Other (78),Final Score
    Points Possible,,,,,{points},10,(read only)
"Lovelace, Ada",101,000101,ada,CS-A and CS-HON,,9,
"O'Neil, Bob",102,000102,bob,CS-B,,9,
"日本, Ève",103,,eve,CS-B,,9,
"Student, Test",199,,4f3c2a,CS-B,,,
"""


def test_canvass_own_gradebook_is_roster_and_gives_the_column(make: Make) -> None:
    course = make([])
    points = sum(cell.points for cell in CHECKS)
    (course.root / ROSTER_FILE).write_text(GRADEBOOK.format(points=points), "utf-8")
    text = canvas_csv(course, UNIT)
    head, possible, *students = csv.reader(io.StringIO(text))
    assert head[4:] == ["Section", "Unit 02 (77)"]
    assert possible[0] == "    Points Possible"
    assert students == [
        ["Lovelace, Ada", "101", "000101", "ada", "CS-A and CS-HON", "2.5"],
        ["O'Neil, Bob", "102", "000102", "bob", "CS-B", "1.75"],
    ]
    after = canvas_after(text, {"Unit 02 (77)": BEFORE, "Other (78)": BEFORE})
    assert after["Unit 02 (77)"]["101"] == 2.5
    assert after["Other (78)"] == BEFORE


def test_canvass_points_are_left_as_they_are_and_a_difference_is_told(make: Make) -> None:
    course = make(ROSTER)
    path = course.root / "grades.csv"
    path.write_text(GRADEBOOK.format(points=10).replace("Unit 02", "Computation graphs"), "utf-8")
    choices = Choices(gradebook=path)
    _, possible, *_ = csv.reader(io.StringIO(canvas_csv(course, UNIT, choices)))
    assert possible[5] == "10.0"
    notes = formats()["canvas"].notes(course, [UNIT], choices)
    assert notes[0] == f"{UNIT} goes into Canvas's column “Computation graphs (77)”."
    assert "does not rescale" in notes[1]


def test_canvass_gradebook_knows_numbers_that_the_roster_does_not(make: Make) -> None:
    course = make([("ada", "Ada", "L", "", ""), ("bob", "Bob", "O", "", "7")])
    path = course.root / "grades.csv"
    path.write_text(GRADEBOOK.format(points=14), "utf-8")
    rows = list(csv.reader(io.StringIO(canvas_csv(course, UNIT, Choices(gradebook=path)))))
    assert rows[2:] == [
        ["L, Ada", "101", "000101", "ada", "CS-A and CS-HON", "2.5"],
        ["O, Bob", "7", "", "bob", "", "1.75"],  # What the roster says stays.
    ]
    (note,) = formats()["canvas"].notes(course, [UNIT], Choices())
    assert note == f"ada ({UNIT}) is left out: roster.csv has no lms_user_id for them."


def test_sections_are_in_the_table_of_exercises(make: Make) -> None:
    course = make([])
    (course.root / ROSTER_FILE).write_text(GRADEBOOK.format(points=14), "utf-8")
    rows = {row[0]: row for row in csv.reader(io.StringIO(exercises_csv(course, [UNIT])))}
    assert rows["student"][:4] == ["student", "last_name", "first_name", "section"]
    assert [rows[name][3] for name in ("points", "ada", "bob")] == ["", "CS-A and CS-HON", "CS-B"]
    assert rows["bob"][-2:] == ["1.25", "1.75"]


GRADESCOPE = """First Name,Last Name,SID,Email,Role,Section
Ada,Lovelace,00101,ada@example.org,Student,CS-A
Bob,"O'Neil, Jr",00102,Bob@Example.org,Student,CS-B
Ève,日本,,eve@example.org,Student,CS-B
Grace,Hopper,,grace@example.org,Instructor,
"""


@pytest.fixture
def of_gradescope(make: Make) -> Course:
    """Folders are called after the part before the @, the SID and the address."""
    scores: Scores = {name: {FIRST: 2.5} for name in ("ada", "00102", "eve@example.org")}
    course = make([], scores)
    (course.root / ROSTER_FILE).write_text(GRADESCOPE, "utf-8")
    return course


def _rows(course: Course, format: str) -> list[dict[str, str]]:
    (content,) = formats()[format].files(course, [UNIT], Choices()).values()
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_gradescopes_roster_names_everybody_in_the_table_of_exercises(
    of_gradescope: Course,
) -> None:
    columns = ("student", "last_name", "section", f"{UNIT} total")
    assert [[row[name] for name in columns] for row in _rows(of_gradescope, "csv")[1:]] == [
        ["00101", "Lovelace", "CS-A", "2.5"],
        ["00102", "O'Neil, Jr", "CS-B", "2.5"],
        ["eve@example.org", "日本", "CS-B", "2.5"],
    ]


def test_gradescopes_roster_names_everybody_in_nbgraders_columns(of_gradescope: Course) -> None:
    columns = ("student_id", "first_name", "email", "score")
    assert [[row[name] for name in columns] for row in _rows(of_gradescope, "nbgrader")] == [
        ["ada", "Ada", "ada@example.org", "2.5"],
        ["00102", "Bob", "Bob@Example.org", "2.5"],
        ["eve@example.org", "Ève", "eve@example.org", "2.5"],
    ]


def test_gradescope_is_given_grades_by_what_its_own_roster_says(of_gradescope: Course) -> None:
    files = formats()["gradescope"].files(of_gradescope, [UNIT], Choices())
    with zipfile.ZipFile(io.BytesIO(files[f"gradescope-grades-{UNIT}.zip"])) as archive:
        known = json.loads(archive.read("recorded.json"))["students"]
    assert known == {
        "00101": "ada",
        "ada@example.org": "ada",
        "00102": "00102",
        "bob@example.org": "00102",
        "eve@example.org": "eve@example.org",
    }
