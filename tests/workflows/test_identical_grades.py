"""One class in four ways, and the same grades: one process, many, a dask cluster, stock nbgrader.

The class holds the example students, hostile submissions and unreadable ones; each way starts from
the same files and the same secret, and none from another's results.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks import ATTACKS
from workflows.attacks.notebook import UNIT
from workflows.dask_cluster import dask_cluster
from workflows.support import REPOSITORY, Run

from autograder.course.folder import Course
from autograder.records.audit import read_trail

HOSTILE = (
    "prints the full score",
    "patches np.allclose and its relatives",
    "an object equal to everything",
    "answers only for the public inputs",
    "tag skip-execution",
    "right answers and a stolen grade",
    "os._exit",
    "sys.exit",
    "the solution cell divides by zero",
    "returns nothing",
    "a solution cell twice",
    "all metadata stripped",
    "a solution cell deleted",
)
BROKEN = ("no JSON", "an empty file", "a notebook without cells")
# What one grading of a submission says, apart from when and by which command.
SAID = ("score", "counts", "points", "submission", "exercise_version", "fault", "mistakes")
SAID += ("summary", "parts", "status")
Grades = dict[tuple[str, str], tuple[Any, ...]]


@pytest.fixture(scope="module")
def handed_in(built_course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """A course that nobody has graded."""
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("identical") / "course"))
    script = str(REPOSITORY / "examples" / "build_class.py")
    done = run(
        *(sys.executable, script, "--into", str(course / "submitted"), "--unit", UNIT),
        *("--notebooks", str(course / "notebooks")),
        cwd=course,
    )
    assert done.returncode == 0, done.stderr
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    by_name = {attack.name: attack for attack in ATTACKS}
    for number, name in enumerate((*HOSTILE, *BROKEN)):
        by_name[name].hand_in(course / "submitted", f"x{number:02}", released)
    return course


@pytest.fixture(scope="module")
def ways(handed_in: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> dict[str, Grades]:
    """Way → what it recorded, each in a course folder of its own."""
    folder = tmp_path_factory.mktemp("ways")

    def graded(name: str, *command: str) -> Grades:
        course = Path(shutil.copytree(handed_in, folder / name))
        for step in (name, *command)[1:]:
            done = run(*step.split(), cwd=course)
        # The broken ones fail, and their way says so.
        assert done.returncode == (1 if "nbgrader" in command[-1] else 3), done.stderr
        return recorded(course)

    grade = f"course-bp grade {UNIT} --no-pages"
    found = {
        "one process": graded("one", f"{grade} --workers 1"),
        "many workers": graded("many", f"{grade} --workers 4"),
        "nbgrader": graded(
            "stock",
            f"nbgrader generate_assignment --force {UNIT}",
            f"nbgrader autograde {UNIT}",
        ),
    }
    with dask_cluster(folder, workers=2) as (address, _):
        found["dask"] = graded("dask", f"{grade} --cluster {address}")
    return found


def recorded(course: Path) -> Grades:
    """(student, check cell or exercise) → what gradebook and audit trail say."""
    opened = Course.at(course)
    with opened.gradebook() as gradebook:
        found: Grades = {
            (submission.student.id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in gradebook.assignment_submissions(UNIT)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.auto_score is not None
        }
    for entry in read_trail(opened, UNIT):
        if not entry.failure:
            found[entry.student, entry.exercise] = tuple(getattr(entry, name) for name in SAID)
    return found


@pytest.mark.parametrize("way", ["many workers", "dask", "nbgrader"])
def test_every_way_records_what_one_process_does(ways: dict[str, Grades], way: str) -> None:
    assert ways[way] == ways["one process"]


def test_everybody_but_the_broken_is_graded_in_every_way(ways: dict[str, Grades]) -> None:
    for found in ways.values():
        students = {student for student, _ in found}
        assert len(students) == 16 + len(HOSTILE)
        assert len(found) == 2 * 7 * len(students)
        assert not students & {f"x{len(HOSTILE) + n:02}" for n in range(len(BROKEN))}
