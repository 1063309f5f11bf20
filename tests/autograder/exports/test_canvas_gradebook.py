"""A unit's column in Canvas's own gradebook: found where it is sure, and left to a person else."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.exports.canvas_gradebook import (
    CanvasAssignment,
    assignment_of,
    canvas_assignments,
    notes_on,
    titled,
)

UNIT = "02-computation-graphs"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    return Course.at(tmp_path)


def test_the_assignments_of_a_gradebook_are_read(course: Course) -> None:
    path = course.root / "grades.csv"
    path.write_text(
        "Student;ID;SIS User ID;SIS Login ID;Section;Notes;Unit 02 (4711);Essay (v2) (4712);"
        "Homework Current Score;Final Score\n;;;;;;Manual Posting;;;\n"
        "    Points Possible;;;;;;14,5;;(read only);(read only)\n"
        '"Lovelace, Ada";1;;ada;A;;;;;\n'
    )
    assert canvas_assignments(course, path) == [
        CanvasAssignment("Unit 02 (4711)", 14.5),
        CanvasAssignment("Essay (v2) (4712)", None),
    ]


def test_the_roster_may_be_the_gradebook(course: Course) -> None:
    assert canvas_assignments(course, None) == []
    (course.root / "roster.csv").write_text("Student,ID,SIS Login ID,Section,U (1)\n")
    assert canvas_assignments(course, None) == [CanvasAssignment("U (1)")]


@pytest.mark.parametrize("text", ["id,email\nada,a@x\n", ""])
def test_another_file_is_no_gradebook(course: Course, text: str) -> None:
    (course.root / "grades.csv").write_text(text)
    with pytest.raises(CourseError, match="not a gradebook of Canvas"):
        canvas_assignments(course, course.root / "grades.csv")
    with pytest.raises(CourseError, match="cannot be read"):
        canvas_assignments(course, course.root / "no.csv")


@pytest.mark.parametrize(
    ("titles", "right"),
    [
        (["Unit 02", "Unit 06"], 0),
        (["HW2", "HW 3"], 0),
        (["Quiz 2", "Computation Graphs"], 1),
        (["Unit 2: Computation graphs", "Unit 2"], 0),
        (["02-computation-graphs"], 0),
        (["2. Computation_Graphs!"], 0),
        # Nothing sure.
        (["Unit 3: Computation graphs"], None),
        (["Quiz 2"], None),
        (["Unit 2", "Homework 2"], None),
        (["Computation graphs", "02 computation graphs"], None),
        (["Computation graphs, part two"], None),
        (["Unit 22", "Unit 0"], None),
        ([], None),
    ],
)
def test_a_unit_goes_where_its_name_is(titles: list[str], right: int | None) -> None:
    known = [CanvasAssignment(f"{title} ({n})", 14.0) for n, title in enumerate(titles)]
    found = assignment_of(UNIT, 14.0, known)
    assert found == (None if right is None else known[right])


def test_a_number_alone_is_not_enough_if_the_points_differ() -> None:
    assert assignment_of(UNIT, 14.0, [CanvasAssignment("Unit 2 (1)", 10.0)]) is None
    assert assignment_of(UNIT, 14.0, [CanvasAssignment("Unit 2 (1)", None)]) is not None


def test_a_name_is_completed_with_canvass_number() -> None:
    known = [CanvasAssignment("Week two (77)", 14.0), CanvasAssignment("Week three (78)")]
    assert titled("week TWO", known) == known[0]
    assert titled("Week two (77)", known) == known[0]
    assert titled("Elsewhere (1)", known) == CanvasAssignment("Elsewhere (1)")


def test_what_happens_to_a_column_is_told() -> None:
    known = [CanvasAssignment("Week two (77)", 10.0)]
    assert notes_on(UNIT, 14.0, None, []) == []
    assert (
        "Name the column with --column, if it is one of: Week two (77)."
        in (notes_on(UNIT, 14.0, None, known)[0])
    )
    assert notes_on(UNIT, 14.0, known[0], known) == [
        f"{UNIT} goes into Canvas's column “Week two (77)”.",
        f"Week two (77) is worth 10 points in Canvas, but {UNIT} is worth 14, and Canvas does not "
        "rescale.",
    ]


def test_a_column_that_canvas_does_not_have_is_told() -> None:
    known = [CanvasAssignment("Week two (77)", 10.0)]
    assert notes_on(UNIT, 10.0, CanvasAssignment("Week 9 (1)"), known) == [
        f"{UNIT}: Canvas's gradebook has no column “Week 9 (1)”, so the file makes a new "
        "assignment of that name. The columns are: Week two (77)."
    ]
