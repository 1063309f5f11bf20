"""Everything that a report says of a unit, gathered once for the terminal, the page and JSON."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.grading.graded_notebook import StoredNotebook
from autograder.records.graded import graded_of
from autograder.records.regrades import Change, regrade_changes
from autograder.records.standing import Standing, standings
from autograder.report.attention import Look, students_to_look_at
from autograder.report.mistakes import NamedMistake, PartNumbers, named_mistakes, part_numbers
from autograder.report.numbers import UnitNumbers, unit_numbers
from autograder.report.similar import Pair, near_copies


@dataclass(frozen=True)
class UnitReport:
    """A unit's report.

    Args:
        numbers: from the gradebook.
        mistakes: the named mistakes, the most frequent first.
        parts: who earned which part, by objective.
        looks: students to look at.
        pairs: near-copies.
        changes: scores that a regrade changed.
        standings: who is missing, not graded, penalised, or still to grade by hand, and why.
    """

    numbers: UnitNumbers
    mistakes: tuple[NamedMistake, ...]
    parts: tuple[PartNumbers, ...]
    looks: tuple[Look, ...]
    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]
    standings: tuple[Standing, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        data = asdict(self)
        for submission in data["numbers"]["submissions"]:
            stamp = submission["timestamp"]
            submission["timestamp"] = stamp.isoformat() if stamp else None
        return data


def gather(course: Course, units: Sequence[str]) -> list[UnitReport]:
    """Gathers the reports of units.

    Args:
        units: full names of units.

    Returns:
        One a unit.

    Raises:
        CourseError: if nothing of a unit was graded yet.
    """
    return [_gather(course, unit) for unit in units]


def objectives(course: Course) -> dict[str, str]:
    """The objectives of deck D0 in words, from solutions/inventory.toml if it exists."""
    path = course.solutions / "inventory.toml"
    if not path.is_file():
        return {}
    found: dict[str, str] = tomllib.loads(path.read_text("utf-8")).get("objectives", {})
    return found


def _gather(course: Course, unit: str) -> UnitReport:
    numbers = unit_numbers(course, unit)
    if not numbers.submissions:
        raise CourseError(
            f"no submission to {unit} has been graded yet; run: course-bp grade {unit}"
        )
    graded: dict[str, StoredNotebook] = {
        one.student: graded_of(course, unit, one.student) for one in numbers.submissions
    }
    pairs = near_copies(course, unit)
    return UnitReport(
        numbers,
        tuple(named_mistakes(graded)),
        tuple(part_numbers(course.exercises, graded)),
        tuple(students_to_look_at(course, numbers, graded, pairs)),
        tuple(pairs),
        tuple(regrade_changes(course, unit)),
        tuple(standings(course, unit)),
    )
