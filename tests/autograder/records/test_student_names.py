from __future__ import annotations

import csv
from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import CONFIG_FILE, Course
from autograder.records.student_names import name_students

ROSTER = "id,login,first_name,last_name,email\nal7,ada,Ada,Lovelace,ada@example.org\nbob,,Bob,,\n"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "roster.csv").write_text(ROSTER)
    course = Course.at(tmp_path)
    scores: dict[str, dict[str, float | None]] = {"ada": {}, "bob": {}, "zoe": {}}
    write_gradebook(course, "midterm", [Row("one", 5, source="assert f(1)")], scores)
    return course


def names(course: Course) -> dict[str, tuple[str | None, ...]]:
    with course.gradebook() as gradebook:
        name_students(course, gradebook)
        return {one.id: (one.first_name, one.last_name, one.email) for one in gradebook.students}


def test_names_of_the_roster_are_nbgraders_too(course: Course) -> None:
    assert names(course) == {
        "ada": ("Ada", "Lovelace", "ada@example.org"),
        "bob": ("Bob", "", ""),
        "zoe": (None, None, None),
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Smith, Jr.", "Smith Jr."),
        ("de la Cruz-O'Brien", "de la Cruz-O'Brien"),
        ("हिन्दी", "हिन्दी"),
        ("<script>alert(1)</script>", "script alert(1) /script"),
        ("=cmd|' /c calc'!A1", "'=cmd|' /c calc'!A1"),
        ("a\x1b[2Jb", "ab"),
    ],
)
def test_a_name_can_do_no_harm_in_formgraders_page_or_nbgraders_file(
    course: Course, name: str, shown: str
) -> None:
    rows = [["id", "first_name", "last_name"], ["ada", "Ada", name]]
    with (course.root / "roster.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    assert names(course)["ada"][:2] == ("Ada", shown)


def test_what_nbgrader_knows_stays(course: Course) -> None:
    with course.gradebook() as gradebook:
        gradebook.update_or_create_student("ada", first_name="Augusta", last_name="King")
    assert names(course)["ada"] == ("Augusta", "King", "ada@example.org")


def test_a_roster_that_cannot_be_read_stops_nothing(course: Course) -> None:
    (course.root / "roster.csv").write_text("name\nada\n")
    assert set(names(course).values()) == {(None, None, None)}
