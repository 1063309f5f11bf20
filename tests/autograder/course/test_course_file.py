from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.course_file import (
    COURSE_FILE,
    CourseFile,
    UnusableCourseFile,
    read_course_file,
)


def said(folder: Path, text: str) -> CourseFile:
    (folder / COURSE_FILE).write_text(text, "utf-8")
    return read_course_file(folder)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(UnusableCourseFile) as refused:
        said(folder, text)
    return str(refused.value)


def test_without_the_file_nothing_is_different(tmp_path: Path) -> None:
    assert read_course_file(tmp_path) == CourseFile()


def test_everything_is_read(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        """
        units = ["w2", "w1"]
        reference = "grader"
        replaces = ["quiz1.forward"]
        [unit.w1]
        title = "Rates"
        bonus = true
        drop = ["quiz1.graph"]
        [exercise."sum.forward"]
        points = 6
        reference = "notebook"
        [exercise."sum.backward"]
        points = { dx = 2, dy = 0.5 }
        """,
    )
    assert found.units == ("w2", "w1")
    assert (found.unit["w1"].title, found.unit["w1"].bonus) == ("Rates", True)
    assert found.unit["w1"].drop == ("quiz1.graph",)
    assert found.exercise["sum.forward"].points == 6
    assert found.exercise["sum.backward"].points == {"dx": 2, "dy": 0.5}
    assert found.reference_of("sum.forward") == "notebook"
    assert found.reference_of("sum.backward") == "grader"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unit = [", "course.toml: "),
        ("untis = []", "untis means nothing here. Did you mean units?"),
        ("[unit.w1]\ntitel = 'x'", "titel in [unit.w1] means nothing here. Did you mean title?"),
        ("zzz = 1", "It may have units, reference"),
        ("units = 'w1'", "units is 'w1', but should be a list of different names"),
        ("units = ['w1', 'w1']", "should be a list of different names"),
        ("reference = 'nowhere'", 'should be "notebook" or "grader"'),
        ("[unit]\nw1 = 3", "unit.w1 is 3, but should be a table"),
        ("[unit.w1]\nbonus = 'yes'", "should be true or false"),
        ("[unit.w1]\ndue = 2026-11-20", "nbgrader db assignment add UNIT --duedate"),
        ("[exercise.sum.forward]\npoints = 3", '[exercise."sum.forward"]'),
        ("[exercise.'a.b']\npoints = 0", "should be a number above 0"),
        ("[exercise.'a.b']\npoints = true", "should be a number above 0"),
        ("[exercise.'a.b']\npoints = { x = -1 }", "should be a number above 0"),
        ("[exercise.'a.b']\npoints = inf", "should be a number above 0"),
    ],
)
def test_what_means_nothing_is_refused_with_a_way_out(
    tmp_path: Path, text: str, words: str
) -> None:
    told = refusal(tmp_path, text)
    assert words in told
    assert str(tmp_path / COURSE_FILE) in told
    assert "?." not in told


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / COURSE_FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(UnusableCourseFile, match=r"course\.toml"):
        read_course_file(tmp_path)
