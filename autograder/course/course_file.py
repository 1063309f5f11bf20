"""course.toml: what a course folder says about its units and exercises, and nbgrader does not.

Without the file, everything is as in the package. What nbgrader's gradebook knows, such as due
dates, is not said here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

COURSE_FILE = "course.toml"
NOTEBOOK, GRADER = "notebook", "grader"
# What is said elsewhere, and where.
ELSEWHERE = {
    "due": "due dates are in nbgrader's gradebook: nbgrader db assignment add UNIT --duedate=…",
    "duedate": "due dates are in nbgrader's gradebook: nbgrader db assignment add UNIT --duedate=…",
    "course_id": "the course's id is c.CourseDirectory.course_id in nbgrader_config.py",
    "packages": "packages are c.GradeInSandbox.packages in nbgrader_config.py",
}


class UnusableCourseFile(Exception):
    """course.toml cannot be used; the message says where in it, and what to write."""


@dataclass(frozen=True)
class UnitSettings:
    """What course.toml says about a unit.

    Args:
        title: what a person calls it.
        bonus: whether its points count on top of the course's.
        drop: ids of exercises whose cells are left out of its notebook.
    """

    title: str = ""
    bonus: bool = False
    drop: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExerciseSettings:
    """What course.toml says about an exercise.

    Args:
        points: for the whole exercise, or for parts by name; None for the exercise's own.
        reference: where its reference may be, "notebook" or "grader"; "" for the course's choice.
    """

    points: float | Mapping[str, float] | None = None
    reference: str = ""


@dataclass(frozen=True)
class CourseFile:
    """The content of course.toml.

    Args:
        units: the course's units in order; () for all that have a text.
        reference: where references of its own exercises may be.
        replaces: ids of the package's exercises that its own take the place of.
        unit: unit → settings.
        exercise: id → settings.
    """

    units: tuple[str, ...] = ()
    reference: str = NOTEBOOK
    replaces: tuple[str, ...] = ()
    unit: Mapping[str, UnitSettings] = field(default_factory=dict)
    exercise: Mapping[str, ExerciseSettings] = field(default_factory=dict)

    def of_unit(self, unit: str) -> UnitSettings:
        """What is said about a unit."""
        return self.unit.get(unit, UnitSettings())

    def reference_of(self, exercise_id: str) -> str:
        """Where the reference of one of the course's own exercises may be."""
        return self.exercise.get(exercise_id, ExerciseSettings()).reference or self.reference


def read_course_file(root: Path) -> CourseFile:
    """Reads a course folder's course.toml.

    Args:
        root: the course folder.

    Returns:
        What it says; without a file, that nothing is different.

    Raises:
        UnusableCourseFile: if it is not TOML, or says something that means nothing.
    """
    path = root / COURSE_FILE
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return CourseFile()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableCourseFile(f"{path}: {error}.") from None
    return _Reader(path).course(table)


@dataclass(frozen=True)
class _Reader:
    path: Path

    def course(self, table: dict[str, Any]) -> CourseFile:
        read = self.fields(table, "", COURSE)
        units = {
            name: UnitSettings(**self.fields(self.table(one, f"unit.{name}"), f"unit.{name}", UNIT))
            for name, one in read.pop("unit", {}).items()
        }
        exercises = {}
        for name, one in read.pop("exercise", {}).items():
            where = f'exercise."{name}"'
            self.quoted(name, one)
            exercises[name] = ExerciseSettings(
                **self.fields(self.table(one, where), where, EXERCISE)
            )
        return CourseFile(unit=units, exercise=exercises, **read)

    def fields(
        self, table: Mapping[str, Any], where: str, known: Mapping[str, Kind]
    ) -> dict[str, Any]:
        """The values of a table, each of its kind."""
        for name in table:
            if name not in known:
                raise self.stop(f"{_at(where, name)} means nothing here{_meant(name, known)}")
        for name, value in table.items():
            what, fits = known[name]
            if not fits(value):
                raise self.stop(f"{_at(where, name)} is {_shown(value)}, but should be {what}")
        return {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in table.items()
        }

    def table(self, value: Any, where: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.stop(f"{where} is {_shown(value)}, but should be a table: [{where}]")
        return value

    def quoted(self, name: str, value: Any) -> None:
        """Stops at [exercise.sum.forward], which means something else to TOML."""
        if isinstance(value, dict):
            for inner, what in value.items():
                if inner not in EXERCISE and isinstance(what, dict):
                    raise self.stop(
                        f'[exercise.{name}.{inner}] needs quotes: [exercise."{name}.{inner}"]'
                    )

    def stop(self, words: str) -> UnusableCourseFile:
        return UnusableCourseFile(f"{self.path}: {words}{'' if words.endswith('?') else '.'}")


def _at(where: str, name: str) -> str:
    return f"{name} in [{where}]" if where else name


def _meant(name: str, known: Mapping[str, Kind]) -> str:
    if name in ELSEWHERE:
        return f"; {ELSEWHERE[name]}"
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return f". Did you mean {near[0]}?"
    return f". It may have {', '.join(known)}"


def _shown(value: Any) -> str:
    return f"{value!r}" if len(repr(value)) < 60 else f"{repr(value)[:57]}…"


Kind = tuple[str, Callable[[Any], bool]]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e6


def _are_names(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(one, str) and one for one in value)
        and len(set(value)) == len(value)
    )


def _are_points(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value) and all(map(_is_number, value.values()))
    return _is_number(value) and value > 0


NAMES: Kind = ('a list of different names, such as ["01-slopes"]', _are_names)
TABLE: Kind = ("a table", lambda value: isinstance(value, dict))
PLACE: Kind = ('"notebook" or "grader"', lambda value: value in (NOTEBOOK, GRADER))
POINTS: Kind = ("a number above 0, or points by part, such as { dx = 2, dy = 1 }", _are_points)
COURSE: dict[str, Kind] = {
    "units": NAMES,
    "reference": PLACE,
    "replaces": NAMES,
    "unit": TABLE,
    "exercise": TABLE,
}
UNIT: dict[str, Kind] = {
    "title": ("text", lambda value: isinstance(value, str)),
    "bonus": ("true or false", lambda value: isinstance(value, bool)),
    "drop": NAMES,
}
EXERCISE: dict[str, Kind] = {"points": POINTS, "reference": PLACE}
