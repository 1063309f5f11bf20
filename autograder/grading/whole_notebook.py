"""Checks a whole notebook from the terminal: what pressing every check's Run would say.

It runs the notebook in a fresh process and judges on the public inputs, as `check` in a notebook
does. Grading uses other inputs, so that this says what is wrong, never what the grade will be.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.course.graded_cells import is_for_a_person, is_test
from autograder.exercises import EXERCISES
from autograder.exercises.beside import ABOUT
from autograder.exercises.own import FOLDER
from autograder.exercises.registry import Registry
from autograder.grading.companions import read_companions
from autograder.grading.grader import Grader, Mark
from autograder.grading.rebuild import Rebuilt
from autograder.grading.remarks import Kind, texts
from autograder.grading.submission import read_submission
from autograder.grading.variants import author_of
from autograder.runner.client import Runner
from autograder.runner.job import CannotSend, answer_expression
from autograder.runner.limits import Limits


class NothingToCheck(Exception):
    """The notebook has no check; the message says so."""


@dataclass(frozen=True)
class Checked:
    """What checking a notebook found.

    Args:
        marks: one for each check and plain nbgrader test, in the notebook's order.
        remarks: what ran out of its limits, a sentence each.
        unknown: exercises about whose answers nothing can be said here.
    """

    marks: tuple[Mark, ...]
    remarks: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """Points earned."""
        return round(sum(mark.score or 0.0 for mark in self.marks), 6)

    @property
    def points(self) -> float:
        """Points of what the notebook checks."""
        return round(sum(mark.points for mark in self.marks), 6)

    @property
    def full(self) -> bool:
        """Whether all is right, and known to be."""
        return self.score == self.points and not self.unknown


def check_notebook(path: Path, sandboxed: bool = False, exercises: Registry = EXERCISES) -> Checked:
    """Runs a notebook afresh, from its first cell to its last, and judges every check in it.

    Args:
        path: the notebook; it is not changed.
        sandboxed: run it inside bubblewrap, for code that is not one's own.
        exercises: those that it may check.

    Returns:
        The verdicts.

    Raises:
        Unreadable: if it is not a notebook.
        NothingToCheck: if it has no cell such as `check("quiz1.backward", quiz1_backward)`, and
            no nbgrader test either.
        NoSandbox: if it should run in a sandbox and there is none.
        GradingFailed: if the process that runs it fails twice.
    """
    import nbformat

    if not path.is_file():
        raise NothingToCheck(f"there is no notebook {path}.")
    read_submission(path, path.parent)
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    checks = by_person = 0
    elsewhere: list[str] = []
    for number, cell in enumerate(notebook.cells):
        nbgrader = cell.metadata.pop("nbgrader", None)
        nbgrader = nbgrader if isinstance(nbgrader, dict) else {}
        by_person += is_for_a_person(cell.cell_type, nbgrader)
        test = is_test(cell.cell_type, nbgrader)
        if cell.cell_type == "code" and (unknown := _unknown(cell.source, exercises)):
            elsewhere.append(unknown)
            continue
        if cell.cell_type == "code" and (_is_check(cell.source, exercises) or test):
            checks += 1
            kept = {name: nbgrader[name] for name in ("points",) if test and name in nbgrader}
            grade_id = nbgrader.get("grade_id", f"check-{number}")
            cell.metadata["nbgrader"] = {"grade": True, "grade_id": grade_id, **kept}
    if not checks and elsewhere:
        raise NothingToCheck(f"{_not_here(elsewhere)} {path.name} has no other check.")
    if not checks:
        raise NothingToCheck(
            f'{path.name} has no check. A check is a cell such as check("quiz1.backward", '
            "quiz1_backward)."
        )
    # A plot of a student's own may take longer than the grader would wait.
    limits = Limits() if sandboxed else Limits(cell_seconds=60, submission_seconds=600)
    answers = {f"{FOLDER}/{name}" for name in exercises.own.files} | {f"{FOLDER}/{ABOUT}"}
    beside = read_companions(path.parent).without(answers)
    with Runner(limits, trusted=not sandboxed) as runner:
        grader = Grader(runner, None, exercises=exercises)
        author = author_of(notebook.cells, notebook.cells, student="")
        graded = grader.grade(Rebuilt(notebook, (), frozenset()), beside, author)
    full = all(mark.score == mark.points for mark in graded.marks.values())
    # Whoever checks their own notebook trusts it. If all is right, no file was missing.
    unsaid = {Kind.TRUSTED, Kind.BESIDE} if full else {Kind.TRUSTED}
    remarks = texts(remark for remark in graded.remarks if remark.kind not in unsaid)
    if elsewhere:
        remarks.append(_not_here(elsewhere))
    if by_person:
        remarks.append(f"Cells that a person grades, and no check looks at: {by_person}.")
    return Checked(tuple(graded.marks.values()), tuple(remarks), tuple(elsewhere))


def _not_here(names: list[str]) -> str:
    return (
        f"There are no right answers here for {', '.join(names)}, so nothing is said about it. Its "
        "check in the notebook may say more."
    )


def _is_check(source: str, exercises: Registry) -> bool:
    return exercises.knows(_named(source))


def _unknown(source: str, exercises: Registry) -> str:
    """The exercise that a cell checks if it is not among these, or ""."""
    name = _named(source)
    return "" if exercises.knows(name) else name


def _named(source: str) -> str:
    """The exercise that a cell checks, whether there is such a one or not, or ""."""
    try:
        return answer_expression(source)[0]
    except CannotSend:
        return ""
