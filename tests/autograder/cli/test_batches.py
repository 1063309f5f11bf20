"""Whom `--student` means."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.cli.batches import chosen_students
from autograder.course.folder import Course, CourseError


@pytest.fixture
def course(folder: Path) -> Course:
    """Ada's folder has her number; Bob handed in nothing of unit 03, and Cyd nothing at all."""
    (folder / "roster.csv").write_text("id,email,lms_user_id\nada,al@x.org,004\nbob,,\ncyd,,\n")
    for name in ("004/02", "004/03", "bob/02"):
        (folder / "submitted" / name).mkdir(parents=True)
    return Course.at(folder)


def test_any_name_of_a_student_finds_the_folder(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = chosen_students(course, ["02", "03"], ["ADA", "Bob"])
    assert chosen == {"02": ["004", "bob"], "03": ["004"]}
    assert "nothing was handed in for 03 by: 'Bob'." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "words"),
    [("cyd", "nothing was handed in for 02 by: 'cyd'"), ("cy", "nobody called 'cy'.* mean 'cyd'")],
)
def test_who_handed_in_nothing_is_told_from_nobody(course: Course, name: str, words: str) -> None:
    with pytest.raises(CourseError, match=words):
        chosen_students(course, ["02"], [name])
