from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.roster import Student, read_roster, require_roster


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    return Course.at(tmp_path)


def test_a_roster_is_read_in_order_with_what_is_known(course: Course) -> None:
    text = "\ufeffid,last_name,first_name\nzoe,Zett,Zoë\nada,,\n"
    (course.root / "roster.csv").write_text(text, "utf-8")
    assert read_roster(course) == [Student("zoe", "Zoë", "Zett"), Student("ada")]
    assert [student.sortable_name for student in read_roster(course)] == ["Zett, Zoë", "ada"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,email\nada,a@x\n", "no column 'id'"),
        ("id,email\nada,a@x\nada,b@x\n", "line 3: ada a second time"),
        ("id,email\n,a@x\n", "line 2: a student without an id"),
    ],
)
def test_a_faulty_roster_is_refused_with_the_line(course: Course, text: str, words: str) -> None:
    (course.root / "roster.csv").write_text(text)
    with pytest.raises(CourseError, match=words):
        read_roster(course)


def test_a_missing_roster_is_asked_for_with_its_columns(course: Course) -> None:
    with pytest.raises(CourseError, match="id,first_name,last_name,email,lms_user_id"):
        require_roster(course)
