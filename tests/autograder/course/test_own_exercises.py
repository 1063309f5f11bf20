from __future__ import annotations

from pathlib import Path

import pytest
from own_files import course_with, square

from autograder.course.folder import Course, CourseError
from autograder.exercises import EXERCISES


def opened(root: Path, *files: str, said: str = "", **units: str) -> Course:
    named = {f"file{number}.py": text for number, text in enumerate(files)}
    return Course.at(course_with(root / "course", named, said, units))


def refusal(course: Course) -> str:
    with pytest.raises(CourseError) as refused:
        course.exercises  # noqa: B018
    return str(refused.value)


def fault(course: Course) -> str:
    """Why square.value cannot be used."""
    with pytest.raises(ValueError, match=r"square\.value cannot be used: ") as refused:
        course.exercises.find("square.value")
    return str(refused.value)


def test_a_course_without_its_own_has_the_packages(tmp_path: Path) -> None:
    assert opened(tmp_path).exercises is EXERCISES


def test_the_unit_is_the_one_whose_text_checks_it(tmp_path: Path) -> None:
    course = opened(tmp_path, square(), w2="quiz1.forward", w3="square.value")
    assert course.exercises["square.value"].unit == "w3"
    assert course.exercises["quiz1.forward"].unit == "02-computation-graphs"


def test_the_unit_is_found_in_a_notebook_too(tmp_path: Path) -> None:
    course = opened(tmp_path, square())
    folder = course.root / "solutions" / "w4"
    folder.mkdir(parents=True)
    cell = '{"cell_type": "code", "source": ["check(\\"square.value\\", f)"]}'
    (folder / "part1.ipynb").write_text(f'{{"cells": [{cell}]}}')
    assert course.exercises["square.value"].unit == "w4"


def test_one_that_no_unit_checks_has_no_unit(tmp_path: Path) -> None:
    assert opened(tmp_path, square()).exercises["square.value"].unit == ""


def test_two_courses_in_one_process_do_not_mix(tmp_path: Path) -> None:
    one = opened(tmp_path / "a", square(), w1="square.value")
    other = opened(tmp_path / "b", square(title="Another"), w9="square.value")
    third = opened(tmp_path / "c", w1="quiz1.forward")
    found = [course.exercises.get("square.value") for course in (one, other, third)]
    assert [(each.title, each.unit) if each else None for each in found] == [
        ("A square", "w1"),
        ("Another", "w9"),
        None,
    ]
    assert one.exercises["square.value"] is found[0]


def test_a_course_that_is_opened_again_sees_what_was_changed(tmp_path: Path) -> None:
    before = opened(tmp_path, square())
    assert before.exercises["square.value"].title == "A square"
    (before.root / "exercises" / "file0.py").write_text(square(title="Changed"))
    assert Course.at(before.root).exercises["square.value"].title == "Changed"


def test_points_are_scaled_over_the_parts(tmp_path: Path) -> None:
    said = '[exercise."quiz1.forward"]\npoints = 30\n'
    found = opened(tmp_path, said=said).exercises["quiz1.forward"]
    before = EXERCISES["quiz1.forward"]
    share = 30 / before.points
    assert [part.points for part in found.parts] == pytest.approx(
        [part.points * share for part in before.parts]
    )


def test_points_of_one_part_leave_the_others(tmp_path: Path) -> None:
    before = EXERCISES["quiz1.forward"]
    first = before.parts[0].name
    said = f'[exercise."quiz1.forward"]\npoints = {{ {first} = 9 }}\n'
    found = opened(tmp_path, said=said).exercises["quiz1.forward"]
    assert found.points == pytest.approx(before.points - before.parts[0].points + 9)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("[exercise.'quiz1.forwrad']\npoints = 3", "Did you mean 'quiz1.forward'?"),
        ("[exercise.'square.value']\npoints = { z = 3 }", "Its parts are y."),
        ("replaces = ['square.value']", "replaces has 'square.value'"),
        ("replaces = ['quiz1.forward']", "no file in exercises/ has an exercise of this id"),
        ("[exercise.'quiz1.forward']\nreference = 'grader'", "which students have"),
    ],
)
def test_what_course_toml_says_of_exercises_must_fit(tmp_path: Path, said: str, words: str) -> None:
    assert words in refusal(opened(tmp_path, square(), said=said))


def test_a_file_that_fails_is_named_once_and_the_others_are_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    course = opened(tmp_path, "1 / 0\n", square())
    assert "square.value" in course.exercises
    assert "square.value" in Course.at(course.root).exercises
    assert [f"{course.root}/exercises/file0.py, line 1: ZeroDivisionError" in said
            for said in caplog.messages] == [True]  # fmt: skip


def test_what_course_toml_says_of_a_broken_exercise_stops_nothing(tmp_path: Path) -> None:
    said = "replaces = ['quiz1.forward']\n[exercise.'quiz1.forward']\npoints = 3\n"
    course = opened(tmp_path, square("quiz1.forward") + "1 / 0\n", square(), said=said)
    assert "square.value" in course.exercises
    assert "quiz1.forward" not in course.exercises


def test_an_exercise_that_builds_on_a_broken_one_is_broken(tmp_path: Path) -> None:
    text = square().replace("parts=", 'builds_on="cube.value",\n    parts=')
    said = fault(opened(tmp_path, text, square("cube.value") + "1 / 0\n"))
    assert "builds on 'cube.value', which cannot be used" in said


def test_a_mistake_of_no_row_of_the_catalogue_is_refused(tmp_path: Path) -> None:
    mistake = 'mistakes=(Mistake("M999", "m", {"y": lambda v: v.x}, "wrong."),),\n    parts='
    text = square().replace("parts=", mistake).replace("Part, Probe", "Mistake, Part, Probe")
    assert "'M999', which is not a row" in fault(opened(tmp_path, text))


def test_a_way_of_asking_that_could_not_be_sent_is_refused(tmp_path: Path) -> None:
    text = square().replace("parts=", "ask=lambda answer, inputs: answer(**inputs),\n    parts=")
    assert "`ask` must be a plain function" in fault(opened(tmp_path, text))


def test_units_are_those_of_course_toml_in_its_order(tmp_path: Path) -> None:
    ids = {"w1": "quiz1.forward", "w2": "quiz1.graph", "w3": "quiz1.backward"}
    course = opened(tmp_path, said='units = ["w3", "w1"]', **ids)
    assert course.units() == course.assignments() == ["w3", "w1"]
    with pytest.raises(CourseError, match="there is no unit 'w2'"):
        course.require_unit("w2")


def test_a_unit_without_a_text_is_refused(tmp_path: Path) -> None:
    course = opened(tmp_path, said='units = ["w1", "w5"]', w1="quiz1.forward")
    with pytest.raises(CourseError, match=r"names the unit 'w5', which has no text"):
        course.units()


def test_an_exercise_that_builds_on_none_is_refused(tmp_path: Path) -> None:
    text = square().replace("parts=", 'builds_on="nothing.here",\n    parts=')
    told = fault(opened(tmp_path, text))
    assert "file0.py: square.value builds on 'nothing.here', which does not exist" in told
