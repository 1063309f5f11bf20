from __future__ import annotations

from pathlib import Path

from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.arrangements import Arrangement, What, write_arrangements
from autograder.course.folder import CONFIG_FILE, Course
from autograder.report.numbers import unit_numbers

UNIT = "midterm"


def test_who_is_excused_or_waits_to_be_graded_is_not_missing(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "roster.csv").write_text("id\nada\nbob\ncyd\neve\n")
    course = Course.at(tmp_path)
    write_gradebook(course, UNIT, [Row("one", 5, source="assert f(1)")], {"ada": {"one": 4}})
    write_arrangements(course, [Arrangement("bob", UNIT, What.EXCUSED)])
    (tmp_path / "submitted" / "cyd" / UNIT).mkdir(parents=True)
    assert unit_numbers(course, UNIT).missing == ("eve",)
