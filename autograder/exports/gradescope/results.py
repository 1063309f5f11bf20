"""Gradescope's results.json.

Fields as in "Autograder Specifications" (gradescope-autograders.readthedocs.io, section Output
format): at the top `score`, `execution_time`, `output`, `output_format`, `visibility`,
`stdout_visibility`, `extra_data`, `tests`; of each test `name`, `number`, `score`, `max_score`,
`status` ("passed" or "failed"), `output`, `output_format`, `visibility`. The total is the sum of
the tests' scores, and `score` is given only where it differs or where there is no test.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from autograder.course.folder import Course
from autograder.exercises import EXERCISES
from autograder.files import clean
from autograder.grading.graded_notebook import StoredNotebook, read_graded
from autograder.grading.remarks import Remark, texts
from autograder.records.gradebook import Submission, UnitGrades, read_unit
from autograder.records.totals import require_nbgraders_totals

Results = dict[str, Any]


def results_of(
    verdicts: Mapping[str, Mapping[str, Any]],
    scores: Mapping[str, tuple[float, float]],
    remarks: tuple[Remark, ...] = (),
    seconds: float | None = None,
) -> Results:
    """Puts a graded notebook in Gradescope's words.

    Args:
        verdicts: exercise or cell → the verdict as data.
        scores: exercise or cell → the score that counts, and what it is worth.
        remarks: the grader's notes on the notebook as a whole.
        seconds: how long it ran, if known.

    Returns:
        What goes into results.json.
    """
    tests = [
        {
            "name": f"{id}: {EXERCISES[id].title}" if id in EXERCISES else id,
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
    if remarks:
        results |= {"output": "\n".join(texts(remarks)), "output_format": "text"}
    if seconds is not None:
        results["execution_time"] = round(seconds)
    return results


def failure(message: str) -> Results:
    """What results.json says when nothing could be graded.

    Args:
        message: why, for the student.

    Returns:
        A score of 0 with the reason.
    """
    return {
        "score": 0.0,
        "output": f"This could not be graded: {message}",
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    }


def results_file(results: Results) -> bytes:
    """The content of results.json."""
    return json.dumps(clean.data(results), indent=2, ensure_ascii=False).encode()


def recorded_results(course: Course, unit: str) -> dict[str, Results]:
    """The results of a graded unit, as Gradescope would show them.

    Returns:
        Student → what goes into results.json.

    Raises:
        TotalsDiffer: if a total is not nbgrader's own.
    """
    grades = read_unit(course, unit)
    found = {one.student: _recorded(course, grades, one) for one in grades.submissions}
    graded = [one.student for one in grades.submissions if not one.failed]
    require_nbgraders_totals(course, unit, {name: _total(found[name]) for name in graded})
    return found


def _recorded(course: Course, grades: UnitGrades, submission: Submission) -> Results:
    if submission.failed:
        return failure("see your instructor.")
    path = course.directory("autograded", submission.student, grades.unit) / f"{grades.unit}.ipynb"
    graded: StoredNotebook = read_graded(path)
    scores = {
        cell.name: (submission.scores.get(cell.name, 0.0), cell.points) for cell in grades.cells
    }
    results = results_of(graded.verdicts, scores, graded.remarks)
    for test in results["tests"]:
        if test["name"] in submission.waiting:
            test["output"] = test["output"] or "A person still has to grade this."
    if submission.penalty:
        results["score"] = submission.total
    return results


def _total(results: Results) -> float:
    """The score that Gradescope makes of it."""
    added: float = sum(test["score"] for test in results["tests"])
    return float(results.get("score", added))
