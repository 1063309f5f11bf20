from __future__ import annotations

from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.people import (
    People,
    all_units,
    given_up,
    in_several_folders,
    people_of,
    require_known,
)
from autograder.course.roster import Roster, Student

UNIT = "02-graphs"
CELLS = [Row("one", 5, source="assert f(1)")]
ADA = Student("s1", email="ada@example.org", login="al7", sis_user_id="004")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Ada's folder has her number; Bob, whom the roster does not know, is in the gradebook."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "roster.csv").write_text("id,login,sis_user_id\ns1,al7,004\n")
    course = Course.at(tmp_path)
    write_gradebook(course, UNIT, CELLS, {"Bob": {"one": 4}})
    (tmp_path / "submitted" / "004" / UNIT).mkdir(parents=True)
    return course


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("s1", "s1"), ("S1", "s1"), ("al7", "s1"), ("004", "s1"), ("ADA@example.org", "s1"),
        ("Bob", "Bob"), ("bob", "Bob"), ("Zoe\u0308", "Zo\u00eb"), ("zo\u00eb", "Zo\u00eb"),
        ("cy", "cy"), ("CY", "CY"), ("Cy", None), ("nobody", None),
    ],
)  # fmt: skip
def test_every_name_of_a_student_finds_the_student(name: str, id: str | None) -> None:
    folders = frozenset({"004", "Bob", "Zo\u00eb", "cy", "CY"})
    assert People(Roster((ADA,)), folders).id_of(name) == id


def test_a_student_is_found_among_folders() -> None:
    people = People(Roster((ADA,)), frozenset({"004", "Bob", "al7"}))
    assert people.names_of("S1", ["004", "Bob", "al7"]) == ["004", "al7"]
    assert people.names_of("zoe", ["004", "Bob"]) == []
    assert people.names_of("gone", ["gone"]) == ["gone"]


def test_a_course_has_those_of_its_roster_its_folders_and_its_gradebook(course: Course) -> None:
    assert people_of(course).everybody == {"al7", "004", "Bob"}
    assert require_known(people_of(course), ["AL7", "BOB"]) == {"AL7": "al7", "BOB": "Bob"}
    with pytest.raises(CourseError, match=r"nobody called 'Bop' .* Did you mean 'Bob'\?"):
        require_known(people_of(course), ["Bop"])


def test_a_unit_without_a_text_is_one_before_the_gradebook_knows_it(course: Course) -> None:
    project = course.root / "source" / "10-project" / "part.ipynb"
    project.parent.mkdir(parents=True)
    project.write_text("{}")
    assert all_units(course) == [UNIT, "10-project"]


def test_two_folders_are_one_students_only_within_a_unit(course: Course) -> None:
    other = course.root / "submitted" / "al7" / "03-chain"
    other.mkdir(parents=True)
    assert in_several_folders(course, UNIT) == []
    (other.parent / UNIT).mkdir()
    assert in_several_folders(course, UNIT) == [["004", "al7"]]


def test_a_graded_folder_that_was_taken_away_is_given_up(course: Course) -> None:
    write_gradebook(course, "03", CELLS, {"004": {"one": 4}, "al7": {"one": 1}})
    assert in_several_folders(course, "03") == [["004", "al7"]]
    assert given_up(course, "03", ["004", "al7"]) == set()
    (course.root / "submitted" / "al7" / "03").mkdir(parents=True)
    assert given_up(course, "03", ["004", "al7"]) == {"004"}
    assert in_several_folders(course, "03") == []
