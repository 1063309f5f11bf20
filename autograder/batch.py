"""Grading a unit for a class through nbgrader, one submission after another.

Each submission goes through nbgrader's own autograde and feedback steps. One that cannot be graded
is reported for its student, and the rest go on. A submission that has not changed since it was
last graded, by the same exercises and the same grader, is not run again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.check import VERDICT_MIME
from autograder.course import Course
from autograder.exercises import of_unit
from autograder.ledger import Ledger, digest
from autograder.notebook_sources import grade_id
from autograder.release import ensure_registered


@dataclass(frozen=True)
class Result:
    """One student's result for one unit.

    Args:
        student: the student's id.
        unit: the unit.
        scores: exercise id → (score, points); empty when the submission could not be graded.
        notes: exercise id → what went wrong there, a few words each.
        failure: why the submission could not be graded, or "".
        unchanged: whether the earlier grade was kept because nothing changed.
    """

    student: str
    unit: str
    scores: dict[str, tuple[float, float]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    failure: str = ""
    unchanged: bool = False

    @property
    def score(self) -> float:
        """All points earned in the unit."""
        return round(sum(score for score, _ in self.scores.values()), 6)


def grade_unit(
    course: Course,
    unit: str,
    force: bool = False,
    students: list[str] | None = None,
    progress: Callable[[str], None] = lambda student: None,
) -> list[Result]:
    """Grades what was handed in for a unit.

    Args:
        course: the course.
        unit: the unit's name.
        force: whether to grade unchanged submissions too.
        students: only these students (default: everyone who handed in).
        progress: called with each student's id once it is done.

    Returns:
        One result a student, in order.
    """
    ensure_registered(course, unit)
    ledger = Ledger(course.state / "graded.json")
    grader = _grader_version(course, unit)
    results = []
    for student in course.students(unit) if students is None else students:
        results.append(_grade_one(course, unit, student, ledger, grader, force))
        progress(student)
    return results


def _grade_one(
    course: Course, unit: str, student: str, ledger: Ledger, grader: str, force: bool
) -> Result:
    submitted = course.directory("submitted", student, unit)
    if failure := submission_problem(submitted, unit):
        return Result(student, unit, failure=failure)
    version = f"{digest(_files(submitted))}-{grader}"
    graded = course.directory("autograded", student, unit) / f"{unit}.ipynb"
    page = course.directory("feedback", student, unit) / f"{unit}.html"
    key = f"{student}/{unit}"
    if not force and ledger.holds(key, version) and graded.is_file() and page.is_file():
        return _read_result(course, unit, student, graded, unchanged=True)
    for step in (course.api.autograde, course.api.generate_feedback):
        outcome = step(unit, student, force=True)
        if not outcome["success"]:
            return Result(student, unit, failure=_reason(outcome.get("log", "")))
    ledger.record(key, version)
    return _read_result(course, unit, student, graded)


def submission_problem(submitted: Path, unit: str) -> str:
    """What keeps a submission from being graded at all, or "".

    Args:
        submitted: the folder that the student handed in.
        unit: the unit, whose notebook it should hold.

    Returns:
        A sentence for the TA, or "" if the notebook can be read.
    """
    path = submitted / f"{unit}.ipynb"
    if not path.is_file():
        others = sorted(other.name for other in submitted.glob("*.ipynb"))
        found = f"it holds {', '.join(others)}" if others else "it holds no notebook"
        return f"there is no {unit}.ipynb in the submission; {found}."
    content = path.read_bytes()
    if not content.strip():
        return f"{unit}.ipynb is empty."
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError) as error:
        return f"{unit}.ipynb is not a notebook: it cannot be read as JSON ({error})."
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return f"{unit}.ipynb is JSON, but not a notebook: it has no list of cells."
    marks = {f"{grade_id(exercise.id)}-check" for exercise in of_unit(unit)}
    if marks.isdisjoint(map(_mark, notebook["cells"])):
        return f"{unit}.ipynb has none of the unit's check cells: it is no copy of the unit."
    return ""


def _mark(cell: Any) -> str:
    try:
        return str(cell["metadata"]["nbgrader"]["grade_id"])
    except (TypeError, KeyError):
        return ""


def _read_result(
    course: Course, unit: str, student: str, graded: Path, unchanged: bool = False
) -> Result:
    with course.gradebook() as gradebook:
        grades = {
            grade.name: (float(grade.score), float(grade.max_score))
            for notebook in gradebook.find_submission(unit, student).notebooks
            for grade in notebook.grades
        }
    exercises = of_unit(unit)
    scores = {
        exercise.id: grades[f"{grade_id(exercise.id)}-check"]
        for exercise in exercises
        if f"{grade_id(exercise.id)}-check" in grades
    }
    notes = {
        str(verdict.get("exercise")): [str(note) for note in verdict["summary"]]
        for verdict in _verdicts(graded)
    }
    return Result(student, unit, scores, notes, unchanged=unchanged)


def _verdicts(graded: Path) -> Iterator[dict[str, Any]]:
    """The verdicts that the check cells of a graded notebook left as data."""
    for cell in json.loads(graded.read_bytes())["cells"]:
        if not cell["metadata"].get("nbgrader", {}).get("grade"):
            continue
        for output in cell.get("outputs", []):
            verdict = output.get("data", {}).get(VERDICT_MIME)
            if isinstance(verdict, dict) and isinstance(verdict.get("summary"), list):
                yield verdict


def _reason(log: str) -> str:
    """The line of nbgrader's log that says what went wrong."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if "Error" in line or "Exception" in line]
    return (errors or lines or ["nbgrader gave no reason"])[-1][:300]


def _grader_version(course: Course, unit: str) -> str:
    """A hash of all that a grade depends on besides the submission."""
    packages = [Path(__file__).parent, Path(__file__).parent.parent / "course_bp"]
    code = [
        path
        for package in packages
        for path in sorted(package.rglob("*"))
        if path.suffix in (".py", ".toml")
    ]
    return digest([*code, course.solutions / unit / f"{unit}.ipynb"])


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
