"""A class whose notebooks have odd names, from Canvas's archive to the grades, both ways."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, FORWARD_POINTS, UNIT, answered
from workflows.support import UNITS, Run

from autograder.course.folder import Course
from autograder.records.gradebook import read_submissions

FULL = 3.0
NAMES = {
    "exact": f"{UNIT}.ipynb",
    "browser": f"{UNIT} (1).ipynb",
    "again": f"{UNIT}-1.ipynb",
    "upper": f"{UNIT.upper()}.IPYNB",
    "free": "Übung 6, endgültig.ipynb",
    "copied": f"{UNIT}-Copy1.ipynb",
    "packed": "work.zip",
}
STUDENTS = [*NAMES, "several", "other", "blank"]
FAILED = {
    "several": f"there is no `{UNIT}.ipynb`, and more than one notebook beside it holds answers",
    "other": f"`homework.ipynb` is the notebook of {UNITS[0]}, not of {UNIT}.",
}


@pytest.fixture(scope="module")
def collected(built_course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """The course with Canvas's archive unpacked into submitted/ by nbgrader."""
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("names") / "course"))
    head = "Student,ID,SIS User ID,SIS Login ID,Section\n"
    lines = [f'"{name.title()}, X",{n},,{name},A' for n, name in enumerate(STUDENTS, start=1001)]
    (course / "roster.csv").write_text(head + "\n".join(lines))
    blank = (course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes()
    released = json.loads(blank)
    full = json.dumps(answered(released, FORWARD, BACKWARD)).encode()
    half = json.dumps(answered(released, FORWARD, "")).encode()
    other = (course / "notebooks" / UNITS[0] / f"{UNITS[0]}.ipynb").read_bytes()
    inner = course.parent / "work.zip"
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr(f"my homework/{UNIT}.ipynb", full)
    files = [(student, name, full) for student, name in NAMES.items() if student != "packed"]
    files += [
        ("packed", "work.zip", inner.read_bytes()),
        ("copied", f"{UNIT}.ipynb", blank),
        ("several", "final.ipynb", full),
        ("several", "draft.ipynb", half),
        ("other", "homework.ipynb", other),
        ("blank", f"{UNIT}.ipynb", blank),
    ]
    archive = course / "downloaded" / UNIT / "archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "submissions.zip", "w") as packed:
        for number, (student, name, content) in enumerate(files, start=90001):
            late = "LATE_" * (student == "again")
            canvas = f"{student}x_{late}{STUDENTS.index(student) + 1001}_{number}_{name}"
            packed.writestr(canvas, content)
    done = run("nbgrader", "zip_collect", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    assert "Canvas marks the work of again as late" in done.stderr
    assert sorted(path.name for path in (course / "submitted").iterdir()) == sorted(STUDENTS)
    return course


@pytest.fixture
def course(collected: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(collected, tmp_path / "course"))


def totals(course: Path) -> dict[str, float | None]:
    found = read_submissions(Course.at(course), UNIT)
    return {one.student: None if one.failed else one.total for one in found}


EXPECTED: dict[str, float | None] = {
    **dict.fromkeys(NAMES, FULL),
    **dict.fromkeys(FAILED, None),
    "blank": 0.0,
}


def test_course_bp_grades_every_name(course: Path, run: Run) -> None:
    def graded() -> dict[str, Any]:
        done = run("course-bp", "grade", UNIT, "--json", "--no-pages", cwd=course)
        assert done.returncode == 3, done.stderr
        return {one["student"]: one for one in json.loads(done.stdout)[UNIT]}

    found = graded()
    assert totals(course) == EXPECTED
    for student, words in FAILED.items():
        assert words in found[student]["failure"]
    assert "The likeliest is `final.ipynb`" in found["several"]["failure"]
    for student in ("browser", "again", "upper", "free"):
        assert f"It was handed in as `{NAMES[student]}`" in found[student]["remarks"][0]
    assert f"`{UNIT}.ipynb` holds no answers" in found["copied"]["remarks"][0]
    assert not found["exact"]["remarks"]
    assert not found["blank"]["remarks"]
    # Canvas did not say since when.
    late = {name for name, one in found.items() if "late, no penalty" in str(one["standing"])}
    assert late == {"again"}
    # What changes under another name is graded again, and nothing else.
    path = course / "submitted" / "browser" / UNIT / NAMES["browser"]
    notebook = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    path.write_text(json.dumps(answered(notebook, FORWARD, "")))
    again = graded()
    assert totals(course) == {**EXPECTED, "browser": FORWARD_POINTS}
    assert [name for name, one in again.items() if not one["unchanged"]] == [
        "browser",
        "other",
        "several",
    ]


def test_nbgrader_grades_every_name(course: Path, run: Run) -> None:
    run("nbgrader", "generate_assignment", "--force", UNIT, cwd=course)
    done = run("nbgrader", "autograde", UNIT, cwd=course)
    assert done.returncode == 1, done.stderr  # For the two that a person must look at.
    for words in FAILED.values():
        assert words in done.stderr
    assert totals(course) == EXPECTED
    for student in NAMES:
        assert (course / "autograded" / student / UNIT / f"{UNIT}.ipynb").is_file()
