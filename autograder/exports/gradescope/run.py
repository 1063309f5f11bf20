"""What run_autograder runs inside Gradescope: grade one submission, write results.json.

The folders are those of "Autograder Specifications": source/, submission/ and results/ under
/autograder. A submission that cannot be graded gets a results.json that says why.
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path
from typing import Any

from autograder.exports.gradescope.results import Results, failure, results_file, results_of
from autograder.files import clean
from autograder.grading.grade_submission import NotGraded, grade_submission, graded_by
from autograder.grading.grader import Grader
from autograder.grading.unit_of_notebook import Expected
from autograder.runner import visible
from autograder.runner.client import Runner
from autograder.runner.limits import Limits
from autograder.runner.sandbox import NoSandbox
from autograder.runner.visible import NotShown

SETTINGS = "course-bp.json"


def results_for(root: Path) -> Results:
    """Grades what was handed in, the notebook with the files beside it.

    Args:
        root: the folder that holds source/ and submission/.

    Returns:
        What goes into results.json.
    """
    import nbformat

    source = root / "source"
    settings = json.loads((source / SETTINGS).read_text("utf-8"))
    unit = settings["unit"]
    secret = bytes.fromhex((source / "secret").read_text("ascii"))
    released: Any = nbformat.read(source / f"{unit}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    path = root / "submission" / f"{unit}.ipynb"
    expected = Expected(unit, released)
    try:
        visible.require(settings["packages"])
        limits, packages = Limits(**settings["limits"]), settings["packages"]
        with Runner(limits, settings["trusted"], (root,), packages) as runner:
            grade_here = graded_by(Grader(runner, secret), released)
            graded = grade_submission(path, root / "submission", expected, grade_here)
    except (NoSandbox, NotShown) as problem:
        return failure(str(problem))
    if isinstance(graded, NotGraded):
        if graded.crashed:
            return _crashed(graded.crashed, graded.why)
        return failure(graded.why)
    marks = graded.marks.values()
    return results_of(
        {mark.exercise: mark.verdict for mark in marks},
        {mark.exercise: (mark.score or 0.0, mark.points) for mark in marks},
        graded.remarks,
        graded.wall,
    )


def _crashed(kind: str, words: str) -> Results:
    # Gradescope shows stderr to instructors alone; the words may hold right answers.
    print(clean.block(words), file=sys.stderr)
    return failure(f"the grader failed ({kind}); ask your instructor.")


def main() -> None:
    """Runs under the folder that is named by the only argument."""
    root = Path(sys.argv[1])
    try:
        results = results_for(root)
    except Exception as error:
        results = _crashed(type(error).__name__, traceback.format_exc())
    target = root / "results" / "results.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(results_file(results))
    print(f"wrote {target}")


if __name__ == "__main__":
    main()
