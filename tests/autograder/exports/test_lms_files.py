"""Gradebook files read as Canvas, Moodle and a spreadsheet read them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workflows.gradebook_rows import cells_of, write_gradebook
from workflows.lms_readers import Grades, canvas_after, moodle_after

from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.roster import FIELDS, ROSTER_FILE
from autograder.exports.canvas import canvas_csv
from autograder.exports.exercises import exercises_csv
from autograder.exports.format import Choices, formats
from autograder.exports.moodle import moodle_csv
from autograder.exports.shared import not_in_roster, without_grade

UNIT = "02-computation-graphs"
CHECKS = cells_of(UNIT)
FIRST = CHECKS[0].name
Scores = dict[str, dict[str, float | None]]
Make = Callable[..., Course]
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A course with this roster, whose gradebook holds these scores."""

    def make(roster: list[tuple[str, ...]], scores: Scores | None = None) -> Course:
        (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
        with (tmp_path / ROSTER_FILE).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([FIELDS, *roster])
        course = Course.at(tmp_path)
        if not (tmp_path / "gradebook.db").exists():
            write_gradebook(course, UNIT, CHECKS, scores or SCORES, {"bob": 1.25})
        return course

    return make


ROSTER: list[tuple[str, ...]] = [
    ("ada", "Ada", "Lovelace", "ada@example.org", "101"),
    ("bob", '=HYPERLINK("x")', 'O\'Neil, "Jr"', "bob@example.org", "102"),
    ("eve", "Ève", "日本", "eve@example.org", "103"),
    ("zoe", "Zoë", "Absent", "zoe@example.org", "104"),
]
SCORES: Scores = {
    "ada": {FIRST: 2.5},
    "bob": {FIRST: 3.0},
    "eve": {cell.name: None for cell in CHECKS},
}
BEFORE: Grades = {"101": 9.0, "102": None, "103": 8.0, "104": 7.0}


def test_canvas_changes_who_has_a_grade_and_nobody_else(make: Make) -> None:
    text = canvas_csv(make(ROSTER), UNIT, Choices({UNIT: "Unit 2 (77)"}))
    after = canvas_after(text, {"Graphs (77)": BEFORE, "Other (78)": BEFORE})
    # Eve's failed notebook and Zoë's absence leave what a person gave them in Canvas.
    assert after["Graphs (77)"] == {"101": 2.5, "102": 1.75, "103": 8.0, "104": 7.0}
    assert after["Other (78)"] == BEFORE


def test_canvas_makes_an_assignment_of_the_units_points(make: Make) -> None:
    text = canvas_csv(make(ROSTER), UNIT)
    after = canvas_after(text, {"Other (78)": BEFORE})
    assert after[UNIT] == {"101": 2.5, "102": 1.75}
    points = next(row for row in csv.reader(io.StringIO(text)) if "Points Possible" in row[0])
    assert float(points[5]) == sum(cell.points for cell in CHECKS)


def test_moodle_changes_who_has_a_grade_and_nobody_else(make: Make) -> None:
    before: Grades = {student[3]: 9.0 for student in ROSTER}
    after = moodle_after(moodle_csv(make(ROSTER), UNIT), before)
    assert list(after.values()) == [2.5, 1.75, 9.0, 9.0]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=NAMES, last=NAMES)
def test_no_name_moves_a_grade(make: Make, first: str, last: str) -> None:
    roster = [("ada", first, last, "ada@example.org", "101"), *ROSTER[1:]]
    course = make(roster)
    canvas = canvas_csv(course, UNIT)
    assert canvas_after(canvas, {"x": BEFORE})[UNIT] == {"101": 2.5, "102": 1.75}
    moodle = moodle_csv(course, UNIT)
    assert moodle_after(moodle, {s[3]: None for s in ROSTER})["ada@example.org"] == 2.5
    for row in csv.reader(io.StringIO(canvas + moodle)):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", "roster.csv has no lms_user_id there"),
        ("12a", "'12a' is not lms_user_id as Canvas writes it"),
        ("102", "roster.csv gives '102' to more than one student"),
        ("104", "roster.csv gives '104' to more than one student"),
    ],
)
def test_canvas_is_never_given_a_number_that_means_somebody_else(
    make: Make, number: str, fault: str
) -> None:
    course = make([(*ROSTER[0][:4], number), *ROSTER[1:]])
    after = canvas_after(canvas_csv(course, UNIT), {"x": BEFORE})
    assert after[UNIT] == ({} if number == "102" else {"102": 1.75})
    who = f"ada, bob ({UNIT}) are" if number == "102" else f"ada ({UNIT}) is"
    notes = formats()["canvas"].notes(course, [UNIT], Choices())
    assert notes == [f"{who} left out: {fault}."]


@pytest.mark.parametrize("address", ["", "ada", "=cmd@example.org", "Bob@example.org"])
def test_moodle_is_never_given_an_address_that_it_cannot_find(make: Make, address: str) -> None:
    course = make([(*ROSTER[0][:3], address, "101"), *ROSTER[1:]])
    before: Grades = {student[3]: 9.0 for student in ROSTER}
    after = moodle_after(moodle_csv(course, UNIT), before)
    assert after["ada@example.org"] == 9.0
    assert after["bob@example.org"] == (9.0 if address == "Bob@example.org" else 1.75)
    notes = formats()["moodle"].notes(course, [UNIT], Choices())
    assert notes[0].startswith(f"ada ({UNIT}) is left out: ")


def test_students_with_the_same_fault_are_one_line(make: Make) -> None:
    course = make([(*ROSTER[0][:3], "", "1"), (*ROSTER[1][:3], "", "2"), ROSTER[3]])
    assert formats()["moodle"].notes(course, [UNIT], Choices()) == [
        f"ada, bob ({UNIT}) are left out: roster.csv has no email there."
    ]


def test_canvas_without_its_own_numbers_is_said(make: Make) -> None:
    course = make([(*student[:4], "") for student in ROSTER])
    (course.root / ROSTER_FILE).write_text("Username,ID number,Email address\nada,4,a@x.org\n")
    (note,) = [one for one in formats()["canvas"].notes(course, [UNIT], Choices()) if "ID" in one]
    assert "has no lms_user_id" in note
    assert "--gradebook" in note


def test_a_roster_without_addresses_is_refused(make: Make) -> None:
    with pytest.raises(CourseError, match=r"Moodle knows students by email, .* for: ada, bob"):
        moodle_csv(make([(*student[:3], "", "") for student in ROSTER]), UNIT)


@pytest.mark.parametrize("name", [name for name, one in formats().items() if one.needs_grades])
def test_no_format_chooses_between_two_folders_of_one_student(make: Make, name: str) -> None:
    course = make([("ada", "A", "L", "ada@x.org", "101")], {"ada": {FIRST: 1}, "101": {FIRST: 2}})
    with pytest.raises(CourseError, match=f"in {UNIT}, 101 and ada are folders of the same stud"):
        formats()[name].files(course, [UNIT], Choices())
    (course.root / "submitted" / "101" / UNIT).mkdir(parents=True)
    # The other one was moved away, so this is the one that was kept.
    assert formats()[name].files(course, [UNIT], Choices())


def test_the_folder_that_was_kept_gives_the_grade(make: Make) -> None:
    roster = [ROSTER[0], ("eve", "Ève", "日本", "eve@example.org", "103")]
    course = make(roster, {"ada": {FIRST: 1.0}, "eve": {FIRST: 0.5}, "103": {FIRST: 2.5}})
    (course.root / "submitted" / "103" / UNIT).mkdir(parents=True)
    assert canvas_after(canvas_csv(course, UNIT), {"x": BEFORE})[UNIT] == {"101": 1.0, "103": 2.5}
    _, _, *rows = csv.reader(io.StringIO(exercises_csv(course, [UNIT])))
    assert [(row[0], row[-1]) for row in rows] == [("ada", "1.0"), ("eve", "2.5")]


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
    assert note == f"ada ({UNIT}) is left out: roster.csv has no lms_user_id there."


def test_sections_are_in_the_table_of_exercises(make: Make) -> None:
    course = make([])
    (course.root / ROSTER_FILE).write_text(GRADEBOOK.format(points=14), "utf-8")
    rows = {row[0]: row for row in csv.reader(io.StringIO(exercises_csv(course, [UNIT])))}
    assert rows["student"][:4] == ["student", "last_name", "first_name", "section"]
    assert [rows[name][3] for name in ("points", "ada", "bob")] == ["", "CS-A and CS-HON", "CS-B"]
    assert rows["bob"][-2:] == ["1.25", "1.75"]


@pytest.mark.parametrize("name", ["csv", "nbgrader", "canvas", "moodle"])
@pytest.mark.parametrize("first", ["Zoe", "Zoë"])
def test_excel_is_told_the_encoding_where_it_matters(make: Make, name: str, first: str) -> None:
    course = make([("ada", first, "L", "ada@example.org", "101")], {"ada": {FIRST: 2.5}})
    (content,) = formats()[name].files(course, [UNIT], Choices()).values()
    assert content.startswith(b"\xef\xbb\xbf") == (first == "Zoë")
    assert first in content.decode("utf-8-sig")


def test_what_is_not_exported_needs_no_address(make: Make) -> None:
    roster = [*ROSTER[:3], ("zoe", "Zoë", "Absent", "", "")]
    assert moodle_csv(make(roster), UNIT).count("\n") == 3


@pytest.mark.parametrize("name", ["Final Score", "Unit 2 Current Grade (3)", "ID"])
def test_canvas_is_never_given_a_column_that_it_drops(make: Make, name: str) -> None:
    with pytest.raises(CourseError, match="give it a different name"):
        canvas_csv(make(ROSTER), UNIT, Choices({UNIT: name}))


def test_who_is_left_out_is_told(make: Make) -> None:
    course = make(ROSTER, {**SCORES, "mia": {FIRST: 1.0}})
    assert without_grade(course, UNIT) == ["eve"]
    assert not_in_roster(course, UNIT) == ["mia"]


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
