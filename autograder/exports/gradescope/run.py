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
from autograder.grading.companions import read_companions
from autograder.grading.grader import Grader, GradingFailed
from autograder.grading.rebuild import rebuild
from autograder.grading.submission import Unreadable, read_submission
from autograder.runner.client import Runner
from autograder.runner.job import CannotSend
from autograder.runner.limits import Limits
from autograder.runner.sandbox import NoSandbox

SETTINGS = "course-bp.json"


def grade_submission(root: Path) -> Results:
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
    try:
        path = _notebook(root / "submission", unit)
        cells = read_submission(path, root / "submission")
        beside = read_companions(path.parent)
        with Runner(Limits(**settings["limits"]), settings["trusted"], hide=(root,)) as runner:
            graded = Grader(runner, secret).grade(rebuild(released, cells), beside)
    except (Unreadable, GradingFailed, CannotSend, NoSandbox) as problem:
        return failure(str(problem))
    marks = graded.marks.values()
    return results_of(
        {mark.exercise: mark.verdict for mark in marks},
        {mark.exercise: (mark.score or 0.0, mark.points) for mark in marks},
        graded.remarks,
        graded.wall,
    )


def _notebook(submission: Path, unit: str) -> Path:
    """The unit's notebook, or the only one there whatever its name."""
    expected = submission / f"{unit}.ipynb"
    found = sorted(submission.glob("*.ipynb"))
    return found[0] if not expected.exists() and len(found) == 1 else expected


def main() -> None:
    """Runs under the folder that is named by the only argument."""
    root = Path(sys.argv[1])
    try:
        results = grade_submission(root)
    except Exception as error:
        # Gradescope shows this to instructors alone; its words may hold right answers.
        traceback.print_exc()
        results = failure(f"the grader failed ({type(error).__name__}); ask your instructor.")
    target = root / "results" / "results.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(results_file(results))
    print(f"wrote {target}")


if __name__ == "__main__":
    main()
