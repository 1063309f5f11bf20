"""Gradescope's results.json.

Fields as in "Autograder Specifications" (gradescope-autograders.readthedocs.io, section Output
format): at the top `score`, `execution_time`, `output`, `output_format`, `visibility`,
`stdout_visibility`, `extra_data`, `tests`; of each test `name`, `number`, `score`, `max_score`,
`status` ("passed" or "failed"), `output`, `output_format`, `visibility`. The total is the sum of
the tests' scores, and `score` is given only where it differs or where there is no test.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.course.folder import Course
from autograder.exercises import EXERCISES
from autograder.exercises.registry import Registry
from autograder.exports.shared import excused, read_to_export
from autograder.files import clean
from autograder.grading.graded_notebook import read_graded
from autograder.grading.remarks import Remark, texts
from autograder.records.gradebook import Submission, UnitGrades
from autograder.records.graded import graded_of, graded_paths
from autograder.records.totals import require_nbgraders_totals

Results = dict[str, Any]
NOT_GRADED = "Not graded"
# The field of `extra_data` that tells a run that failed from a score of 0.
GRADED = "course-bp graded"


def results_of(
    verdicts: Mapping[str, Mapping[str, Any]],
    scores: Mapping[str, tuple[float, float]],
    remarks: tuple[Remark, ...] = (),
    seconds: float | None = None,
    words: Sequence[str] = (),
    exercises: Registry = EXERCISES,
) -> Results:
    """Puts a graded notebook in Gradescope's words.

    Args:
        verdicts: exercise or cell → the verdict as data.
        scores: exercise or cell → the score that counts, and what it is worth.
        remarks: the grader's notes on the notebook as a whole.
        seconds: how long it ran, if known.
        words: more to say about the submission as a whole.
        exercises: the course's.

    Returns:
        What goes into results.json.
    """
    tests = [
        {
            "name": f"{id}: {exercises[id].title}" if id in exercises else id,
            "number": str(number),
            "score": score,
            "max_score": points,
            "status": "passed" if score >= points else "failed",
            "output": str(verdicts.get(id, {}).get("text", "")),
            "output_format": "text",
            "visibility": "visible",
        }
        for number, (id, (score, points)) in enumerate(scores.items(), start=1)
    ]
    results: Results = {"tests": tests, "visibility": "visible", "stdout_visibility": "hidden"}
    results["extra_data"] = {GRADED: True}
    if said := [*texts(remarks), *words]:
        results |= {"output": "\n".join(said), "output_format": "text"}
    if seconds is not None:
        results["execution_time"] = round(seconds)
    return results


def failure(message: str) -> Results:
    """What results.json says when nothing could be graded.

    The specification wants a score, at the top or in each test. So that nobody takes it for a 0
    that was earned, there is none at the top, the only test is worth nothing and is called "Not
    graded", and `extra_data` says so for programs.

    Args:
        message: why, for the student.

    Returns:
        A test of 0 of 0 points with the reason.
    """
    words = f"This could not be graded: {message}"
    test = {"name": NOT_GRADED, "score": 0.0, "max_score": 0.0, "status": "failed"}
    test |= {"output": words, "output_format": "text", "visibility": "visible"}
    return {
        "output": words,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {GRADED: False},
        "tests": [test],
    }


def results_file(results: Results) -> bytes:
    """The content of results.json."""
    return json.dumps(clean.data(results), indent=2, ensure_ascii=False).encode()


def recorded_results(course: Course, unit: str) -> dict[str, Results]:
    """The results of a graded unit, as Gradescope would show them.

    Returns:
        Student → what goes into results.json; nothing for those who are excused.

    Raises:
        CourseError: if a student has several folders in the unit.
        TotalsDiffer: if a total is not nbgrader's own.
    """
    grades = read_to_export(course, unit)
    left_out = excused(course, unit)
    counting = [one for one in grades.submissions if one.student not in left_out]
    found = {one.student: _recorded(course, grades, one) for one in counting}
    graded = [one.student for one in counting if not one.failed]
    totals = {name: _total(found[name]) for name in graded}
    require_nbgraders_totals(course, unit, totals, (*left_out, *grades.failed))
    return found


def _recorded(course: Course, grades: UnitGrades, submission: Submission) -> Results:
    if submission.failed:
        return failure("see your instructor.")
    names = {cell.notebook for cell in grades.cells}
    paths = graded_paths(course, grades.unit, submission.student, names)
    read = {name: read_graded(path).by_cell for name, path in paths.items()}
    verdicts = {
        cell.name: verdict
        for cell in grades.cells
        if (verdict := read[cell.notebook].get(cell.grade_id))
    }
    scores = {
        cell.name: (submission.scores.get(cell.name, 0.0), cell.points) for cell in grades.cells
    }
    comments = [f"{name}: {comment}" for name, comment in submission.comments.items()]
    remarks = graded_of(course, grades.unit, submission.student).remarks
    results = results_of(verdicts, scores, remarks, words=comments, exercises=course.exercises)
    for test, name in zip(results["tests"], scores, strict=True):
        if name in submission.waiting:
            test["output"] = test["output"] or "A person still has to grade this."
    if submission.penalty:
        results["score"] = submission.total
    return results


def _total(results: Results) -> float:
    """The score that Gradescope makes of it."""
    added: float = sum(test["score"] for test in results["tests"])
    return float(results.get("score", added))
