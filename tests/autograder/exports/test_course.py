from __future__ import annotations

import csv
import io
from pathlib import Path

from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.arrangements import Arrangement, What, write_arrangements
from autograder.course.folder import CONFIG_FILE, Course
from autograder.exports.course import course_csv

DROP = "c = get_config()\nc.CourseTotal.drop_lowest = 1\n"


def test_what_counts_is_added_up_and_the_rest_is_named(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text(DROP)
    course = Course.at(tmp_path)
    cells = [Row("cell", 10, source="assert f(1)")]
    for unit, ada, penalty in (("one", 9, 2.0), ("two", 4, 0.0), ("three", 6, 0.0)):
        failed = None if unit == "two" else 1.0
        scores: dict[str, dict[str, float | None]] = {"ada": {"cell": ada}, "bob": {"cell": failed}}
        write_gradebook(course, unit, cells, scores, {"ada": penalty})
    write_arrangements(course, [Arrangement("ada", "three", What.DROPPED)])
    units = ("one", "two", "three")
    head, points, ada, bob = csv.reader(io.StringIO(course_csv(course, units)))
    assert head[3:] == [*units, "total", "of", "percent", "not counted"]
    assert points[3:] == ["10.0", "10.0", "10.0", "30.0", "", "", ""]
    assert ada[3:] == ["7.0", "4.0", "6.0", "7.0", "10.0", "70.0", "two lowest; three dropped"]
    assert bob[3:] == ["1.0", "", "1.0", "", "", "", "two not graded"]


def test_a_missing_unit_is_0_even_if_it_is_the_lowest(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text(DROP)
    course = Course.at(tmp_path)
    cells = [Row("cell", 10, source="assert f(1)")]
    write_gradebook(course, "one", cells, {"ada": {"cell": 9}})
    write_gradebook(course, "two", cells, {"bob": {"cell": 9}})
    _, _, ada, _ = csv.reader(io.StringIO(course_csv(course, ("one", "two"))))
    assert ada[3:] == ["9.0", "0.0", "9.0", "10.0", "90.0", "two lowest"]
