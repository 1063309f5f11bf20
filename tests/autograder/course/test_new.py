from __future__ import annotations

from pathlib import Path

import pytest

from autograder.bank.run import run_bank
from autograder.course.folder import Course, CourseError
from autograder.course.graded_cells import mark
from autograder.course.installed import starter
from autograder.course.new import plan_course, write_course
from autograder.course.roster import read_roster
from autograder.course.sources import source_notebook


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


def test_an_empty_course_has_an_example_of_its_own_and_none_of_our_units(tmp_path: Path) -> None:
    write_course(plan_course(tmp_path / "mine", empty=True))
    course = Course.at(tmp_path / "mine")
    assert course.units() == ["01-first-unit"]
    assert course.exercises["parabola.slope"].unit == "01-first-unit"
    graded = [mark(cell) for cell in source_notebook(course, "01-first-unit").cells]
    assert [one["grade_id"] for one in graded if one.get("grade")] == [
        "parabola-slope-check",
        "vertex-test",
        "vertex-essay",
    ]


def test_the_example_exercise_refuses_and_names_its_mistakes(tmp_path: Path) -> None:
    write_course(plan_course(tmp_path / "mine", empty=True))
    tally = run_bank(Course.at(tmp_path / "mine").exercises["parabola.slope"], seed=1)
    assert tally.wrong == tally.refused > 0
    assert (tally.misnamed, tally.trouble) == (0, ())
    assert tally.right == tally.accepted > 1


def test_an_empty_course_with_units_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="leave out --unit or --empty"):
        plan_course(tmp_path / "x", ["02"], empty=True)


def test_new_courses_have_the_configuration_of_this_one() -> None:
    repository = Path(__file__).parents[3]
    assert starter("nbgrader_config.py") == (repository / "nbgrader_config.py").read_text("utf-8")
