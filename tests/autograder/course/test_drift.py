"""Each kind of drift is named by the doctor and by grade, with what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from autograder.cli.common import EXIT_SOME_FAILED
from autograder.cli.main import app
from autograder.course.folder import Course
from autograder.course.new import plan_course, write_course
from autograder.course.registering import ensure_registered
from autograder.course.release import release
from autograder.course.secret import VARIABLE

UNIT = "01-first-unit"
TEXT = f"solutions/{UNIT}/{UNIT}.py"
RELEASED = f"notebooks/{UNIT}/{UNIT}.ipynb"
FETCHED = f"exchange/course/outbound/{UNIT}/{UNIT}.ipynb"
TITLE = ("# A first unit", "# Another title")
EXCHANGE = "c.Exchange.root = str(Path(__file__).parent / 'exchange')\n"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A unit that was released and registered, and handed in by Ada.

    In submitted/ lies one folder that cannot be a student's, so that nothing has to be run.
    """
    root = tmp_path_factory.mktemp("drift") / "course"
    write_course(plan_course(root, empty=True))
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(EXCHANGE)
    course = Course.at(root)
    list(release(course, [UNIT]))
    ensure_registered(course, UNIT)
    with course.gradebook() as gradebook:
        gradebook.update_or_create_student("ada")
        gradebook.add_submission(UNIT, "ada")
    (root / "submitted" / "a\nda" / UNIT).mkdir(parents=True)
    assert course.api.release_assignment(UNIT)["success"]
    return root


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(course: Path) -> None:
        text = (course / name).read_text("utf-8")
        assert old in text
        (course / name).write_text(text.replace(old, new), "utf-8")

    return change


def was_another_exercise(course: Path) -> None:
    path = course / ".course-bp" / "exercises.jsonl"
    path.write_text(json.dumps([f"{UNIT}/parabola.slope", "an earlier one"]) + "\n")


class Kind(NamedTuple):
    """In which course it happens, what happens, what is said of it, and what to do."""

    course: str
    change: Callable[[Path], object]
    found: str
    fix: str


KINDS = {
    "source notebook": Kind(
        "text",
        edit(TEXT.replace(".py", ".ipynb"), "A parabola is", "A curve is"),
        f"solutions/{UNIT}/{UNIT}.ipynb was edited, and its text was not",
        f"course-bp import {UNIT} takes the changes into the text",
    ),
    "text": Kind(
        "text",
        edit(TEXT, *TITLE),
        f"{TEXT} has changed since it was released",
        f"course-bp build {UNIT} makes a new notebook, for a new release",
    ),
    "text that cannot be built": Kind(
        "unbuildable",
        edit(TEXT, 'check="parabola.slope"', 'check="parabola.slop"'),
        f"{TEXT} cannot be built now",
        f"course-bp build {UNIT} makes a new notebook, for a new release",
    ),
    "released notebook": Kind(
        "release",
        edit(RELEASED, *TITLE),
        f"{RELEASED} was edited after it was built",
        "If students have another, put theirs back; otherwise make the change in the source too",
    ),
    "another language": Kind(
        "stop: language",
        edit(RELEASED, '"language": "python"', '"language": "R"'),
        f"{UNIT}.ipynb of {UNIT} is written in r",
        "course-bp grades only Python",
    ),
    "a package": Kind(
        "stop: package",
        edit(RELEASED, "import numpy as np", "import jupytext"),
        f"{UNIT}.ipynb of {UNIT} imports jupytext",
        "Name the packages in nbgrader_config.py",
    ),
    "exercises beside the notebook": Kind(
        "text",
        edit("exercises/parabola.py", "import numpy as np", "import numpy as np\n"),
        f"notebooks/{UNIT}/exercises/ is not what the course's own exercises are now",
        f"course-bp build {UNIT} makes it anew, for a new release",
    ),
    "points in the gradebook": Kind(
        "stop: cells",
        edit(RELEASED, '"points": 3', '"points": 30'),
        "vertex-essay is worth 30, but 3 in the gradebook",
        f"course-bp register {UNIT}",
    ),
    "cells in the gradebook": Kind(
        "stop: cells",
        edit(RELEASED, '"grade_id": "vertex-test"', '"grade_id": "vertex-trial"'),
        "only one of them has vertex-test, vertex-trial",
        f"course-bp register {UNIT}",
    ),
    "a test": Kind(
        "release",
        edit(RELEASED, "assert vertex(1, 2) == -1", "assert vertex(2, 4) == -1"),
        f"The test vertex-test in notebooks/{UNIT}/ is not the one in the gradebook",
        f"course-bp register {UNIT} makes the gradebook's cells those of the notebook",
    ),
    "no such exercise": Kind(
        "stop: exercise",
        edit(RELEASED, 'check(\\"parabola.slope\\"', 'check(\\"parabola.slop\\"'),
        "no exercise 'parabola.slop'",
        "Put back the notebook that students have, or the exercise: its file in exercises/",
    ),
    "exercise": Kind(
        "text",
        was_another_exercise,
        "parabola.slope changed",
        f"course-bp regrade {UNIT} says whose score changes",
    ),
    "notebook in the exchange": Kind(
        "text",
        edit(FETCHED, *TITLE),
        f"is not what lies in notebooks/{UNIT}/: {UNIT}.ipynb",
        f"nbgrader release_assignment --force {UNIT} hands out what lies there",
    ),
    "exercises in the exchange": Kind(
        "release",
        lambda course: (course / FETCHED).with_name("exercises").rename(course / "gone"),
        f"What students fetch of {UNIT} from ",
        f"nbgrader release_assignment --force {UNIT} hands out what lies there",
    ),
}


@dataclass(frozen=True)
class Told:
    """What the doctor said of the unit, and what grade said and its status."""

    doctor: tuple[dict[str, str], ...]
    words: str
    status: int


@pytest.fixture(scope="module")
def told_of(
    graded: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Told]]:
    """What is said of a course, by its name in KINDS; what begins with "stop" stops grading."""

    @cache
    def told(name: str) -> Told:
        course = shutil.copytree(graded, tmp_path_factory.mktemp("changed") / "course")
        for kind in KINDS.values():
            if kind.course == name:
                kind.change(course)
        there = ("--course", str(course))
        doctor = CliRunner().invoke(app, ["doctor", "--json", *there])
        grade = CliRunner().invoke(app, ["grade", UNIT, *there])
        words = f"{grade.stdout} {grade.stderr} {grade.exception}"
        found = [one for one in json.loads(doctor.stdout) if one["name"] == UNIT]
        return Told(tuple(found), " ".join(words.split()), grade.exit_code)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("home") / "secret"))
        patch.setenv("COLUMNS", "150")
        yield told


def test_nothing_is_said_where_all_agree(told_of: Callable[[str], Told]) -> None:
    told = told_of("unchanged")
    assert told.doctor == ()
    named = [name for name, kind in KINDS.items() if kind.found in told.words]
    assert (named, told.status) == ([], EXIT_SOME_FAILED)


@pytest.mark.parametrize("name", KINDS)
def test_drift_is_named_by_doctor_and_grade_with_what_to_do(
    told_of: Callable[[str], Told], name: str
) -> None:
    kind = KINDS[name]
    told, stops = told_of(kind.course), kind.course.startswith("stop")
    (one,) = [one for one in told.doctor if kind.found in one["found"]]
    assert one["state"] == ("fault" if stops else "note")
    assert kind.fix in f"{one['found']} {one['fix']}"
    assert kind.found in told.words
    assert kind.fix in told.words
    assert ("Nothing was graded" in told.words) == stops
    assert told.status == (1 if stops else EXIT_SOME_FAILED)
