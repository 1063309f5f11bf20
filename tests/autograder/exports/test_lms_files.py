"""Gradebook files read as Canvas, Moodle and a spreadsheet read them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roster_course import CHECKS, FIRST, ROSTER, SCORES, UNIT, Make
from workflows.lms_readers import Grades, canvas_after, moodle_after

from autograder.cli.named_people import people_to_name
from autograder.course.folder import CourseError
from autograder.course.roster import ROSTER_FILE
from autograder.exports.canvas import canvas_csv
from autograder.exports.exercises import exercises_csv
from autograder.exports.format import Choices, formats
from autograder.exports.moodle import moodle_csv
from autograder.exports.nbgrader import nbgrader_csv
from autograder.exports.shared import not_in_roster, without_grade

NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
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
        ("", "roster.csv has no lms_user_id for them"),
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
        f"ada, bob ({UNIT}) are left out: roster.csv has no email for them."
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


def test_each_format_says_what_it_does_with_who_could_not_be_graded(make: Make) -> None:
    course = make(ROSTER)
    then = {
        name: one.then
        for name, format in formats().items()
        for one in people_to_name(course, [UNIT], format)
        if one.what == "could not be graded"
    }
    blank, out = "and left blank", "and left out"
    zero = "and given 0, as nbgrader does"
    assert then == {"course": blank, "csv": blank, "canvas": out, "moodle": out, "nbgrader": zero}
    rows = {
        row["student_id"]: row for row in csv.DictReader(io.StringIO(nbgrader_csv(course, [UNIT])))
    }
    assert float(rows["eve"]["score"]) == 0
