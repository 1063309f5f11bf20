from __future__ import annotations

import json
from pathlib import Path

import pytest
from own_files import course_with, square

from autograder.course.beside import is_beside, names_beside, put_beside
from autograder.course.folder import Course, CourseError
from autograder.exercises import EXERCISES
from autograder.exercises.beside import Unusable, described_beside, registry_beside

HELPED = square().replace("import numpy as np\n", "from .helpers import TITLE\n")
FILES = {"square.py": HELPED.replace('"A square"', "TITLE"), "helpers.py": 'TITLE = "Helped"\n'}
CUBE = square("cube.value", "A cube", 3)
SECRET = '[exercise."square.value"]\nreference = "grader"\n'


def released(
    root: Path, files: dict[str, str], said: str = "", check: str = "square.value"
) -> Course:
    """A course whose unit w1 is released with a notebook that checks one exercise."""
    course = Course.at(course_with(root / "course", files, said, {"w1": check}))
    mark = {"grade": True, "grade_id": "x", "points": 1, "solution": False, "schema_version": 3}
    cell = {
        "cell_type": "code",
        "source": f'check("{check}", answer)',
        "metadata": {"nbgrader": mark},
        "outputs": [],
        "execution_count": None,
    }
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path = course.released / "w1" / "w1.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook))
    return course


def beside(course: Course) -> dict[str, str]:
    folder = course.released / "w1" / "exercises"
    return {path.name: path.read_text() for path in sorted(folder.glob("*"))}


def test_the_files_that_a_check_needs_are_copied_and_no_others(tmp_path: Path) -> None:
    course = released(tmp_path, {**FILES, "cube.py": CUBE})
    put_beside(course, "w1")
    assert set(beside(course)) == {"square.py", "helpers.py", "exercises.json"}
    assert names_beside(course, "w1") == {f"exercises/{name}" for name in beside(course)}
    found = registry_beside(course.released / "w1", EXERCISES)
    assert (found["square.value"].title, found["square.value"].unit) == ("Helped", "w1")


def test_a_broken_file_stops_only_the_unit_that_checks_its_exercise(tmp_path: Path) -> None:
    sound = released(tmp_path / "sound", {**FILES, "cube.py": CUBE + "1 / 0\n"})
    put_beside(sound, "w1")
    assert set(beside(sound)) == {"square.py", "helpers.py", "exercises.json"}
    broken = released(tmp_path / "broken", {**FILES, "cube.py": CUBE + "1 / 0\n"}, "", "cube.value")
    with pytest.raises(CourseError, match=r"cube\.py, line \d+: ZeroDivisionError"):
        put_beside(broken, "w1")


def test_a_unit_that_checks_only_the_packages_has_no_folder(tmp_path: Path) -> None:
    course = released(tmp_path, FILES, check="quiz1.forward")
    put_beside(course, "w1")
    assert not (course.released / "w1" / "exercises").exists()


def test_a_file_that_is_not_needed_any_more_goes(tmp_path: Path) -> None:
    course = released(tmp_path, FILES)
    put_beside(course, "w1")
    (course.root / "exercises" / "square.py").write_text(square())
    (course.root / "exercises" / "helpers.py").unlink()
    put_beside(Course.at(course.root), "w1")
    assert set(beside(course)) == {"square.py", "exercises.json"}


def test_data_in_a_folder_of_this_name_stays_and_is_not_withheld(tmp_path: Path) -> None:
    course = released(tmp_path, FILES)
    data = course.released / "w1" / "exercises" / "data.csv"
    data.parent.mkdir()
    data.write_text("1,2\n")
    put_beside(course, "w1")
    put_beside(course, "w1")
    assert data.is_file()
    assert is_beside(course, "w1")
    assert "exercises/data.csv" not in names_beside(course, "w1")


def test_a_change_after_the_release_is_seen(tmp_path: Path) -> None:
    course = released(tmp_path, FILES)
    put_beside(course, "w1")
    (course.root / "exercises" / "helpers.py").write_text('TITLE = "Changed"\n')
    changed = Course.at(course.root)
    assert not is_beside(changed, "w1")
    put_beside(changed, "w1")
    assert is_beside(changed, "w1")


def test_students_see_the_points_of_course_toml(tmp_path: Path) -> None:
    said = '[exercise."quiz1.forward"]\npoints = 20\n'
    course = released(tmp_path, {}, said, check="quiz1.forward")
    put_beside(course, "w1")
    assert registry_beside(course.released / "w1", EXERCISES)["quiz1.forward"].points == 20


def test_students_check_the_exercise_that_replaces_ours(tmp_path: Path) -> None:
    files = {"mine.py": square("quiz1.forward", "Mine")}
    course = released(tmp_path, files, 'replaces = ["quiz1.forward"]\n', check="quiz1.forward")
    put_beside(course, "w1")
    assert registry_beside(course.released / "w1", EXERCISES)["quiz1.forward"].title == "Mine"


def test_who_gets_more_than_the_unit_checks_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    course = released(tmp_path, {"both.py": square() + CUBE.replace("square =", "cube =")})
    put_beside(course, "w1", said.append)
    assert said[0].startswith("w1: with the files of its exercises, students also get cube.value.")


def test_of_a_secret_exercise_there_is_a_description_and_no_code(tmp_path: Path) -> None:
    course = released(tmp_path, {"square.py": square(power=7)}, SECRET)
    put_beside(course, "w1")
    assert set(beside(course)) == {"exercises.json"}
    assert "lambda" not in beside(course)["exercises.json"]
    assert "square.value" not in registry_beside(course.released / "w1", EXERCISES)
    told = described_beside(course.released / "w1")["square.value"]
    assert (told.title, [part.name for part in told.parts]) == ("A square", ["y"])
    example = told.example()
    assert example is not None
    assert example["x"].shape == told.parts[0].shape == (3,)


def test_a_secret_exercise_in_a_file_that_students_get_is_refused(tmp_path: Path) -> None:
    both = square() + CUBE.replace("square =", "cube =")
    said = '[exercise."cube.value"]\nreference = "grader"\n'
    course = released(tmp_path, {"both.py": both}, said)
    with pytest.raises(CourseError, match=r"both\.py holds cube\.value.*a file of its own"):
        put_beside(course, "w1")


@pytest.mark.parametrize("content", ["{", "[]", '{"described": [3]}'])
def test_a_damaged_folder_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "exercises.json").write_text(content)
    with pytest.raises(Unusable, match="Fetch the assignment again"):
        described_beside(tmp_path)
