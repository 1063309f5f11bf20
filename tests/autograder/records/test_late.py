"""Late work: plugins of the course's own, extensions, and due dates that move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.arrangements import Arrangement, What, read_arrangements, write_arrangements
from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.records.late import (
    LateWork,
    Recharged,
    charge_anew,
    extend_in_nbgrader,
    late_policy,
)

UNIT = "midterm"
CELLS = [Row("one", 5, source="assert f(1)"), Row("two", 3, source="assert f(2)")]
DUE = datetime(2026, 11, 22, 20)
BROKEN = """
from nbgrader.plugins import BasePlugin

class Broken(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        raise KeyError(student_id)

c = get_config()
c.AssignLatePenalties.plugin_class = Broken
"""
ONE_AN_HOUR = """
from nbgrader.plugins import BasePlugin

class OneAnHour(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return total_seconds_late / 3600

c = get_config()
c.AssignLatePenalties.plugin_class = OneAnHour
"""
MISSING = 'c = get_config()\nc.AssignLatePenalties.plugin_class = "no.such.Plugin"\n'


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Ada handed in two hours late, Bob in time; both have 6 points, and an hour costs one."""
    (tmp_path / CONFIG_FILE).write_text(ONE_AN_HOUR)
    course = Course.at(tmp_path)
    scores: dict[str, dict[str, float | None]] = {
        name: {"one": 4, "two": 2} for name in ("ada", "bob")
    }
    write_gradebook(course, UNIT, CELLS, scores)
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate=DUE.isoformat())
        for name, late in (("ada", 2), ("bob", 0)):
            gradebook.find_submission(UNIT, name).timestamp = DUE + timedelta(hours=late)
        gradebook.db.commit()
    return course


@pytest.fixture
def gradebook(course: Course) -> Iterator[Any]:
    with course.gradebook() as opened:
        yield opened


def extended(hours: float) -> Arrangement:
    until = (DUE + timedelta(hours=hours)).replace(tzinfo=UTC)
    return Arrangement("ada", UNIT, What.EXTENDED, until)


def move_due_date(course: Course, due: datetime | None) -> None:
    with course.gradebook() as gradebook:
        gradebook.find_assignment(UNIT).duedate = due
        gradebook.db.commit()


def test_a_plugin_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text(MISSING)
    with pytest.raises(CourseError, match=r"nbgrader_config.py names cannot.*no\.such\.Plugin"):
        late_policy(Course.at(tmp_path))


def test_a_plugin_that_fails_is_named_with_the_student(course: Course) -> None:
    (course.root / CONFIG_FILE).write_text(BROKEN)
    with pytest.raises(CourseError, match=r"ada's late work.*KeyError"):
        charge_anew(Course.at(course.root), UNIT)


def test_penalties_follow_the_due_date_and_only_changes_are_told(course: Course) -> None:
    assert charge_anew(course, UNIT) == [Recharged("ada", 0.0, 2.0)]
    assert charge_anew(course, UNIT) == []
    move_due_date(course, DUE + timedelta(hours=1))
    assert charge_anew(course, UNIT) == [Recharged("ada", 2.0, 1.0)]
    move_due_date(course, DUE - timedelta(hours=1))
    assert charge_anew(course, UNIT) == [Recharged("ada", 1.0, 3.0), Recharged("bob", 0.0, 1.0)]
    move_due_date(course, None)
    assert charge_anew(course, UNIT) == [Recharged("ada", 3.0, 0.0), Recharged("bob", 1.0, 0.0)]


def test_no_penalty_is_more_than_was_earned(course: Course) -> None:
    move_due_date(course, DUE - timedelta(days=9))
    assert [one.after for one in charge_anew(course, UNIT)] == [6.0, 6.0]


def test_points_given_by_hand_count_for_the_penalty(course: Course) -> None:
    move_due_date(course, DUE - timedelta(days=9))
    charge_anew(course, UNIT)
    with course.gradebook() as gradebook:
        gradebook.find_grade("two", UNIT, UNIT, "ada").manual_score = 3.0
        gradebook.db.commit()
    assert charge_anew(course, UNIT) == [Recharged("ada", 6.0, 7.0)]


@pytest.mark.parametrize(("hours", "penalty"), [(1, 1.0), (1.5, 0.5), (2, 0.0), (-1, 2.0)])
def test_an_extension_counts_from_its_own_end(
    course: Course, gradebook: Any, hours: float, penalty: float
) -> None:
    assert LateWork(course, UNIT, gradebook, [extended(hours)]).charge("ada") == penalty


def test_an_extension_to_a_moment_does_not_move_with_the_due_date(course: Course) -> None:
    write_arrangements(course, [extended(1)])
    assert charge_anew(course, UNIT) == [Recharged("ada", 0.0, 1.0)]
    move_due_date(course, DUE - timedelta(hours=4))
    assert charge_anew(course, UNIT) == [Recharged("bob", 0.0, 4.0)]


def test_an_extension_that_is_taken_back_is_gone_from_nbgrader_too(course: Course) -> None:
    write_arrangements(course, [extended(2)])
    assert charge_anew(course, UNIT) == []
    (course.root / "arrangements.csv").unlink()
    assert charge_anew(course, UNIT) == [Recharged("ada", 0.0, 2.0)]
    with course.gradebook() as gradebook:
        assert gradebook.find_submission(UNIT, "ada").extension is None


def test_an_extension_granted_through_nbgrader_stays(course: Course) -> None:
    with course.gradebook() as gradebook:
        gradebook.grant_extension(UNIT, "ada", hours=1)
    assert charge_anew(course, UNIT) == [Recharged("ada", 0.0, 1.0)]
    write_arrangements(course, [extended(2)])
    assert charge_anew(course, UNIT) == [Recharged("ada", 1.0, 0.0)]


def test_an_extension_without_a_due_date_costs_nothing_and_stops_nothing(course: Course) -> None:
    with course.gradebook() as gradebook:
        gradebook.grant_extension(UNIT, "ada", hours=1)
    move_due_date(course, None)
    write_arrangements(course, [extended(2)])
    assert charge_anew(course, UNIT) == []


def test_a_long_extension_is_taken_back_too(course: Course) -> None:
    write_arrangements(course, [extended(24 * 30 + 1 / 7)])
    charge_anew(course, UNIT)
    (course.root / "arrangements.csv").unlink()
    assert charge_anew(course, UNIT) == [Recharged("ada", 0.0, 2.0)]


def test_nbgraders_own_step_finds_the_extension(course: Course, gradebook: Any) -> None:
    write_arrangements(course, [extended(1)])
    extend_in_nbgrader(course, UNIT, "ada", gradebook)
    assert gradebook.find_submission(UNIT, "ada").total_seconds_late == 3600


def test_only_the_named_students_are_charged(course: Course) -> None:
    assert charge_anew(course, UNIT, ["bob"]) == []
    assert charge_anew(course, UNIT, ["ada"]) == [Recharged("ada", 0.0, 2.0)]


def test_a_unit_that_the_gradebook_does_not_know_has_no_penalties(course: Course) -> None:
    assert charge_anew(course, "final") == []
    assert read_arrangements(course) == []
