"""Whom an export names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import Course

Call = Callable[..., tuple[int, str, str]]
UNITS = ("02-graphs", "essay-week")
NAMES = [f"maximiliana.alexandrovna.{number:02}" for number in range(60)]


@pytest.fixture
def course(folder: Path) -> Path:
    """Sixty wrote an essay in each unit; the roster does not know the last."""
    for unit in UNITS:
        scores = {name: {"one": 4.0, "essay": None} for name in NAMES}
        write_gradebook(Course.at(folder), unit, [Row("one", 5), Row("essay", 3, "essay")], scores)
    lines = [f"{name},{name}@uni.example,{number}" for number, name in enumerate(NAMES[:-1], 100)]
    (folder / "roster.csv").write_text("\n".join(["id,email,lms_user_id", *lines]))
    return folder


@pytest.mark.parametrize("system", ["csv", "course", "canvas", "moodle", "gradescope"])
def test_everybody_is_named_however_many_and_each_unit_once(
    course: Path, call: Call, system: str
) -> None:
    _, _, err = call("export", system, "--dry-run")
    named = ", ".join(f"{name} (1)" for name in NAMES)
    said = f"still to grade by hand, and counted as nbgrader does: {UNITS[0]}: {named}; {UNITS[1]}:"
    assert f"{said} {named}" in err
    assert "…" not in err


def test_other_programs_get_the_same_lists(course: Path, call: Call) -> None:
    _, out, _ = call("export", "moodle", "--json")
    told = json.loads(out)["students"]
    everybody = dict.fromkeys(NAMES, 1)
    assert told == {
        "still to grade by hand": dict.fromkeys(UNITS, everybody),
        "graded but not in roster.csv": dict.fromkeys(UNITS, NAMES[-1:]),
    }


@pytest.mark.parametrize("system", ["csv", "course", "nbgrader"])
def test_files_for_people_say_too_who_is_not_in_the_roster(
    course: Path, call: Call, system: str
) -> None:
    _, _, err = call("export", system, "--dry-run")
    stranger = NAMES[-1]
    said = "graded but not in roster.csv, and so without a name: "
    assert said + "; ".join(f"{unit}: {stranger}" for unit in UNITS) in err
    (course / "roster.csv").unlink()
    assert "not in roster.csv" not in call("export", system, "--dry-run")[2]


def test_who_is_excused_under_another_name_is_named_once(course: Path, call: Call) -> None:
    line = f"{NAMES[0]}@uni.example,{UNITS[0]},excused\n"
    (course / "arrangements.csv").write_text(f"student,unit,what\n{line}")
    _, out, err = call("export", "csv", "--json")
    assert json.loads(out)["students"]["excused"] == {UNITS[0]: NAMES[:1]}
    assert f"excused, and left blank: {UNITS[0]}: {NAMES[0]} still" in err
