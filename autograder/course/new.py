"""A new course folder, from the units of this installation or from a small example."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from autograder.course.course_file import COURSE_FILE
from autograder.course.folder import CONFIG_FILE, CourseError
from autograder.course.installed import starter, template
from autograder.course.roster import FIELDS, ROSTER_FILE
from autograder.course.texts import is_text
from autograder.exercises.own import FOLDER
from autograder.files.ledger import replace_file

NEXT_STEPS = """\
# {course_id}

Made by `course-bp new`. `solutions/` holds the instructor's texts, `roster.csv` the students.

    course-bp build                  # the students' notebooks, in notebooks/
    course-bp doctor                 # is everything here that grading needs?
    course-bp grade UNIT             # submitted/STUDENT/UNIT/UNIT.ipynb → scores and pages
    course-bp report                 # who is missing or late, and what the class misunderstood
    course-bp extend UNIT STUDENT --until 2026-11-24    # … or excuse, drop: arrangements.csv
    course-bp export canvas          # … or moodle, gradescope, csv

`roster.csv` may be what Canvas, Moodle or Gradescope export, or have nbgrader's columns:
{fields}. `id` is the name of the student's folder in submitted/;
`lms_user_id`, the number that Canvas knows the student by, is needed only for Canvas, and `email`
only for Moodle.
"""


FIRST_UNIT = "01-first-unit"
EMPTY = """
`exercises/` holds the course's own exercises, `course.toml` what it says about them and its units.
The example unit is {unit}: change it, or replace it. `course-bp bank --exercise parabola.slope`
tries out all known mistakes of an exercise and all right answers.
"""


def plan_course(
    directory: Path, units: Sequence[str] = (), course_id: str = "", empty: bool = False
) -> dict[Path, str]:
    """Works out a new course folder without writing anything.

    Args:
        directory: the folder to make.
        units: the units to take, or beginnings of their names; none means all.
        course_id: nbgrader's name of the course (default: the folder's name).
        empty: take none of the units that came with this installation, but one small example with
            an exercise of the course's own.

    Returns:
        File → content.

    Raises:
        CourseError: if the folder is in use, units are named for an empty course, a unit does not
            exist, the name will not do, or this installation came without the units' texts.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CourseError(f"{directory} exists and is not empty; choose a new folder.")
    name = course_id or re.sub(r"[^A-Za-z0-9_.-]+", "_", directory.resolve().name)
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", name):
        raise CourseError(f"{name!r} cannot be the name of a course: use letters, digits, _ . -")
    if empty and units:
        raise CourseError("an empty course has none of these units; leave out --unit or --empty.")
    planned = _example(directory) if empty else _copied(directory, units)
    config = starter(CONFIG_FILE)
    planned[directory / CONFIG_FILE] = re.sub(
        r"(c\.CourseDirectory\.course_id = ).*", rf'\g<1>"{name}"', config
    )
    header = io.StringIO()
    csv.writer(header).writerow(FIELDS)
    planned[directory / ROSTER_FILE] = header.getvalue()
    readme = NEXT_STEPS.format(course_id=name, fields=", ".join(FIELDS))
    planned[directory / "README.md"] = readme + EMPTY.format(unit=FIRST_UNIT) * empty
    return planned


def _copied(directory: Path, units: Sequence[str]) -> dict[Path, str]:
    """The files of the units that came with this installation."""
    root = template()
    texts = sorted(path for path in root.glob("solutions/*/*.py") if is_text(path))
    chosen = {path for wanted in units for path in _matching(texts, wanted)} or set(texts)
    copied = sorted(root.glob("solutions/*.toml"))
    copied += [
        path
        for text in sorted(chosen)
        for path in sorted(text.parent.rglob("*"))
        if path.is_file() and path.suffix != ".ipynb" and "__pycache__" not in path.parts
    ]
    return {directory / path.relative_to(root): path.read_text("utf-8") for path in copied}


def _example(directory: Path) -> dict[Path, str]:
    """The files of a unit that shows what a course may have."""
    return {
        directory / COURSE_FILE: starter(COURSE_FILE),
        directory / FOLDER / "parabola.py": starter("parabola.py"),
        directory / "solutions" / FIRST_UNIT / f"{FIRST_UNIT}.py": starter("unit.py"),
    }


def write_course(planned: dict[Path, str]) -> None:
    """Writes the files of a planned course."""
    for path, content in planned.items():
        replace_file(path, content)


def _matching(texts: Sequence[Path], wanted: str) -> list[Path]:
    found = [path for path in texts if path.stem == wanted] or [
        path for path in texts if path.stem.startswith(wanted)
    ]
    if len(found) != 1:
        what = "more than one unit begins with" if found else "there is no unit"
        names = ", ".join(path.stem for path in texts)
        raise CourseError(f"{what} {wanted!r}. The units are: {names}.")
    return found
