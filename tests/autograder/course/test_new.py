from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.folder import Course, CourseError
from autograder.course.new import plan_course, write_course
from autograder.course.roster import read_roster


def test_a_new_course_has_the_chosen_units_and_its_own_name(tmp_path: Path) -> None:
    planned = plan_course(tmp_path / "fall 2026", ["06", "02-computation-graphs"])
    assert not (tmp_path / "fall 2026").exists()
    write_course(planned)
    course = Course.at(tmp_path / "fall 2026")
    assert course.units() == ["02-computation-graphs", "06-logistic-to-network"]
    assert course.course_id == "fall_2026"
    assert read_roster(course).students == ()


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CourseError, match="not empty"):
        plan_course(tmp_path)


@pytest.mark.parametrize(
    ("units", "course_id", "words"),
    [
        (["77"], "", "no unit '77'"),
        (["0"], "", "more than one unit"),
        ([], "a b", "cannot be the name"),
    ],
)
def test_what_cannot_be_made_is_refused(
    tmp_path: Path, units: list[str], course_id: str, words: str
) -> None:
    with pytest.raises(CourseError, match=words):
        plan_course(tmp_path / "x", units, course_id)
