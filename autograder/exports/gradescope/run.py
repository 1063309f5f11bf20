"""What run_autograder runs inside Gradescope: grade one submission, write results.json.

The folders are those of "Autograder Specifications": source/, submission/ and results/ under
/autograder. A submission that cannot be graded gets a results.json that says why.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from autograder.course.notebooks import read_notebook
from autograder.exercises import EXERCISES
from autograder.exercises.own import registry_with
from autograder.exercises.registry import Own, Registry
from autograder.exports.gradescope.results import Results, failure, results_file, results_of
from autograder.files import clean
from autograder.grading.given import Given
from autograder.grading.grade_submission import (
    NotGraded,
    about_the_others,
    grade_submission,
    graded_by,
    whole_failure,
)
from autograder.grading.grader import GradedNotebook, Grader
from autograder.grading.remarks import of_all, texts
from autograder.grading.unit_of_notebook import Expected
from autograder.runner import visible
from autograder.runner.client import Runner
from autograder.runner.limits import Limits
from autograder.runner.sandbox import NoSandbox
from autograder.runner.visible import NotShown

SETTINGS, NOTEBOOKS, BESIDE = "course-bp.json", "notebooks", "beside"
METADATA = "submission_metadata.json"


def results_for(root: Path) -> Results:
    """Grades what was handed in, every notebook of the unit with the files beside it.

    Args:
        root: the folder that holds source/ and submission/.

    Returns:
        What goes into results.json.
    """
    source, submission = root / "source", root / "submission"
    settings = json.loads((source / SETTINGS).read_text("utf-8"))
    secret = bytes.fromhex((source / "secret").read_text("ascii"))
    beside = source / BESIDE
    files = {
        path.relative_to(beside).as_posix(): path
        for path in sorted(beside.rglob("*"))
        if path.is_file()
    }
    given = Given(files=files, withheld=frozenset(settings["withheld"]))
    exercises = registry_with(Own.of_data(settings["own exercises"]), EXERCISES)
    handed_in = _notebooks(submission, settings["notebooks"])
    found: dict[str, GradedNotebook] = {}
    refused: dict[str, NotGraded] = {}
    notebooks = {
        name: read_notebook(source / NOTEBOOKS / f"{name}.ipynb") for name in settings["notebooks"]
    }
    try:
        visible.require(settings["packages"])
        limits, packages = Limits(**settings["limits"]), settings["packages"]
        with Runner(limits, settings["trusted"], (root,), packages) as runner:
            grader = Grader(runner, secret, exercises=exercises)
            for name, path in handed_in.items():
                released = notebooks[name]
                siblings = {other: one for other, one in notebooks.items() if other != name}
                expected = Expected(
                    name, released, name=name, siblings=siblings, exercises=exercises
                )
                grade_here = graded_by(grader, released, student_of(root))
                graded = grade_submission(path, submission, expected, grade_here, given)
                if isinstance(graded, NotGraded):
                    refused[name] = graded
                else:
                    found[name] = graded
    except (NoSandbox, NotShown) as problem:
        return failure(str(problem))
    crashed = next((one for one in refused.values() if one.crashed), None)
    if crashed and not found:
        return _crashed(crashed.crashed, crashed.why)
    if not found:
        return failure(whole_failure(refused)[0])
    return _results(settings, found, refused, exercises)


def student_of(root: Path) -> str:
    """The e-mail address of who handed in, from what Gradescope puts beside the submission.

    Args:
        root: the folder that holds source/ and submission/.

    Returns:
        The address; "" if there is none.
    """
    try:
        told = json.loads((root / METADATA).read_text("utf-8"))
        return str(told["users"][0]["email"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _results(
    settings: Mapping[str, Any],
    found: Mapping[str, GradedNotebook],
    refused: Mapping[str, NotGraded],
    exercises: Registry,
) -> Results:
    several = len(settings["notebooks"]) > 1
    verdicts: dict[str, Mapping[str, Any]] = {}
    scores: dict[str, tuple[float, float]] = {}
    without = [name for name in settings["notebooks"] if name not in found]
    whys = {name: refused.get(name, NotGraded("", missing=True)) for name in without}
    words = [*settings["by_person"], *texts(about_the_others(whys))]
    for name, earned in settings["notebooks"].items():
        front = f"{name}/" if several else ""
        if name not in found:
            scores |= {f"{front}{cell}": (0.0, points) for cell, points in earned.items()}
            continue
        for cell, mark in found[name].marks.items():
            # What the released notebook calls it, as in the tables of `course-bp grade`.
            shown = f"{front}{settings['names'].get(f'{name}/{cell}', cell)}"
            verdicts[shown] = mark.verdict
            scores[shown] = (mark.score or 0.0, mark.points)
    on_each = {name: found[name].remarks if name in found else () for name in settings["notebooks"]}
    remarks = of_all(on_each)
    seconds = sum(graded.wall for graded in found.values())
    return results_of(verdicts, scores, remarks, seconds, words, exercises)


def _crashed(kind: str, words: str) -> Results:
    # Gradescope shows stderr to instructors alone; the words may hold right answers.
    print(clean.block(words), file=sys.stderr)
    return failure(f"the grader failed ({kind}); ask your instructor.")


def _notebooks(submission: Path, names: Collection[str]) -> dict[str, Path]:
    """Where the unit's notebooks were handed in, in whatever folder and case.

    Whatever lies in the only folder with notebooks may count; in several, names decide.
    """
    found = [
        path
        for path in sorted(submission.rglob("*"))
        if path.suffix.lower() == ".ipynb" and not _hidden(path.relative_to(submission))
    ]
    folders = {path.parent for path in found}
    if len(folders) > 1 and len(names) > 1:
        matched = {}
        for name in names:
            same = [path for path in found if path.stem == name]
            alike = [path for path in found if path.stem.casefold() == name.casefold()]
            if candidates := same or alike:
                matched[name] = min(candidates, key=lambda path: (len(path.parts), str(path)))
        if matched:
            return matched
    folder = folders.pop() if len(folders) == 1 else submission
    return {name: folder / f"{name}.ipynb" for name in names}


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def main() -> None:
    """Runs under the folder that is named by the only argument."""
    root = Path(sys.argv[1])
    try:
        results = results_for(root)
    except BaseException as error:  # Whatever it is, Gradescope gets a results.json.
        results = _crashed(type(error).__name__, traceback.format_exc())
    target = root / "results" / "results.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(results_file(results))
    print(f"wrote {target}")


if __name__ == "__main__":
    main()
