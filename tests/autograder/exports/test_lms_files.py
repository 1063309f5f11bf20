"""Gradebook files read as Canvas, Moodle and a spreadsheet read them."""

from __future__ import annotations

import csv
import io
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
    text = canvas_csv(make(ROSTER), UNIT, "Unit 2 (77)")
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
    [("", "does not have for: ada"), ("12a", "wrong form for: ada"), ("102", "more than one")],
)
def test_canvas_is_never_given_a_number_that_means_somebody_else(
    make: Make, number: str, fault: str
) -> None:
    roster = [(*ROSTER[0][:4], number), *ROSTER[1:]]
    with pytest.raises(CourseError, match=fault):
        canvas_csv(make(roster), UNIT)


@pytest.mark.parametrize("address", ["ada", "=cmd@example.org", "bob@example.org"])
def test_moodle_is_never_given_an_address_that_it_cannot_find(make: Make, address: str) -> None:
    roster = [(*ROSTER[0][:3], address, "101"), *ROSTER[1:]]
    with pytest.raises(CourseError, match="Moodle knows students by email"):
        moodle_csv(make(roster), UNIT)


def test_what_is_not_exported_needs_no_address(make: Make) -> None:
    roster = [*ROSTER[:3], ("zoe", "Zoë", "Absent", "", "")]
    assert moodle_csv(make(roster), UNIT).count("\n") == 3


@pytest.mark.parametrize("name", ["Final Score", "Unit 2 Current Grade (3)", "ID"])
def test_canvas_is_never_given_a_column_that_it_drops(make: Make, name: str) -> None:
    with pytest.raises(CourseError, match="give it a different name"):
        canvas_csv(make(ROSTER), UNIT, name)


def test_who_is_left_out_is_told(make: Make) -> None:
    course = make(ROSTER, {**SCORES, "mia": {FIRST: 1.0}})
    assert without_grade(course, UNIT) == [f"eve/{UNIT}"]
    assert not_in_roster(course, UNIT) == [f"mia/{UNIT}"]
