from __future__ import annotations

from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.arrangements import Arrangement, What, write_arrangements
from autograder.course.folder import CONFIG_FILE, Course
from autograder.records.recording import NO_RESPONSE
from autograder.report.numbers import ExerciseNumbers, unit_numbers

UNIT = "midterm"


def test_who_is_excused_or_waits_to_be_graded_is_not_missing(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "roster.csv").write_text("id\nada\nbob\ncyd\neve\n")
    course = Course.at(tmp_path)
    write_gradebook(course, UNIT, [Row("one", 5, source="assert f(1)")], {"ada": {"one": 4}})
    write_arrangements(course, [Arrangement("bob", UNIT, What.EXCUSED)])
    (tmp_path / "submitted" / "cyd" / UNIT).mkdir(parents=True)
    assert unit_numbers(course, UNIT).missing == ("eve",)


@pytest.fixture
def essays(tmp_path: Path) -> Course:
    """Ada and Cyd wrote the essay, Bob did not; nobody has looked at it yet."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    course = Course.at(tmp_path)
    cells = [
        Row("one", 4, source="assert f(1)"),
        Row("essay", 8, "essay"),
        Row("poster", 2, "task"),
    ]
    none = {"one": 0, "essay": None, "poster": None}
    students = {"ada": none, "bob": {**none, "essay": 0}, "cyd": none}
    write_gradebook(course, UNIT, cells, students)
    with course.gradebook() as gradebook:
        notebook = gradebook.find_submission_notebook(UNIT, UNIT, "bob")
        for comment in notebook.comments:
            comment.auto_comment = NO_RESPONSE
        gradebook.db.commit()
    return course


def give(course: Course, student: str, cell: str, points: float) -> None:
    with course.gradebook() as gradebook:
        gradebook.find_grade(cell, UNIT, UNIT, student).manual_score = points
        gradebook.db.commit()


def numbers_of(course: Course) -> dict[str, ExerciseNumbers]:
    return {one.id: one for one in unit_numbers(course, UNIT).exercises}


def test_of_an_essay_nothing_is_known_before_a_person_has_graded_one(essays: Course) -> None:
    found = numbers_of(essays)
    assert {id: (one.pass_rate, one.mean) for id, one in found.items()} == {
        "one": (0, 0),
        "essay": (None, None),
        "poster": (None, None),
    }


def test_an_essay_that_was_graded_counts_with_those_that_are_empty(essays: Course) -> None:
    give(essays, "ada", "essay", 8)
    give(essays, "cyd", "poster", 1)
    found = numbers_of(essays)
    assert (found["essay"].pass_rate, found["essay"].mean) == (0.5, 4)
    assert (found["poster"].pass_rate, found["poster"].mean) == (0, 1)


def test_whoever_wrote_an_essay_is_known_before_and_after_it_is_graded(essays: Course) -> None:
    assert unit_numbers(essays, UNIT).wrote == ("ada", "cyd")
    give(essays, "cyd", "essay", 0)
    give(essays, "bob", "essay", 0)
    assert unit_numbers(essays, UNIT).wrote == ("ada", "cyd")
