"""The one way to grade a submission, whoever asks: batch, cluster, nbgrader or Gradescope.

Whatever a submission is, its grading ends in a graded notebook or in a sentence that says why there
is none. No submission makes these functions raise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.course.folder import CourseError
from autograder.files import clean
from autograder.files.handed_in import sha256_of
from autograder.grading import own_time
from autograder.grading.companions import Companions, read_companions
from autograder.grading.given import Given
from autograder.grading.graded_notebook import HANDED_IN
from autograder.grading.grader import GradedNotebook, Grader, GradingFailed
from autograder.grading.rebuild import rebuild
from autograder.grading.remarks import Remark, not_graded, not_handed_in
from autograder.grading.submission import Cell, NoPermission, NotHandedIn, Unreadable
from autograder.grading.unit_of_notebook import Expected
from autograder.grading.variants import author_of
from autograder.grading.which_notebook import find_notebook
from autograder.runner.job import CannotSend
from autograder.runner.sandbox import NoSandbox

# Of an error's own words, which may quote anything.
LONGEST = 300
# What the grader's own failure says may quote right answers, so that students read only this.
OF_THE_GRADER = "the grader failed on it. Your instructor can see the details."


@dataclass(frozen=True)
class Submission:
    """What was handed in, read.

    Args:
        cells: the notebook's cells.
        beside: the other files.
    """

    cells: tuple[Cell, ...]
    beside: Companions


@dataclass(frozen=True)
class NotGraded:
    """A submission that could not be graded; nothing is said about its answers.

    Args:
        why: a sentence for the TA.
        crashed: the kind of error, if the grader itself failed: then `why` may quote right answers.
        no_permission: whether this user may not read what was handed in.
        missing: whether this notebook of several was not handed in.
    """

    why: str
    crashed: str = ""
    no_permission: bool = False
    missing: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "why", clean.line(self.why))


Graded = GradedNotebook | NotGraded


def grade_submission(
    path: Path,
    within: Path,
    expected: Expected,
    grade_there: Callable[[Submission], Graded],
    given: Given | None = None,
) -> Graded:
    """Reads a notebook of a submission and has it graded.

    Args:
        path: where the notebook should be; another in the same folder may count instead.
        within: the folder that no link on the way to it may leave.
        expected: what it should be.
        grade_there: grades it, in this process by `graded_by` or elsewhere.
        given: what the course brings: its own files are laid over those beside the notebook.

    Returns:
        The graded notebook, or why there is none.

    Raises:
        CourseError: if grading as a whole cannot go on.
    """

    def read_and_grade() -> Graded:
        found = find_notebook(path, within, expected)
        brought = given or Given()
        beside = read_companions(found.path.parent, brought.zone)
        beside = beside.without(brought.withheld).under(brought.files)
        beside = replace(beside, remarks=(*found.remarks, *beside.remarks))
        graded = grade_there(Submission(found.cells, beside))
        if isinstance(graded, GradedNotebook):
            graded.notebook.metadata["course_bp"] = {HANDED_IN: clean.name(found.path.name)}
            graded = replace(graded, sha256=sha256_of(found.path))
        return graded

    return _or_why_not(read_and_grade)


def graded_by(grader: Grader, released: Any, student: str) -> Callable[[Submission], Graded]:
    """Grading by a grader of this process.

    Args:
        released: the released notebook, with the hidden tests of its plain cells.
        student: the id of the student who handed it in, whose variants are asked for.

    Returns:
        A function of what was handed in.
    """
    return lambda handed_in: _or_why_not(
        lambda: grader.grade(
            rebuild(released, list(handed_in.cells)),
            handed_in.beside,
            author_of(released.cells, handed_in.cells, student),
        )
    )


def whole_failure(refused: Mapping[str, NotGraded]) -> tuple[str, bool]:
    """Why no notebook of a submission could be graded, and whether the grader itself failed.

    Args:
        refused: name → why not, for every notebook of the unit.
    """
    there = {name: one for name, one in refused.items() if not one.missing} or refused
    words = list(dict.fromkeys(one.why for one in there.values()))
    if all(one.missing for one in refused.values()):
        words = words[:1]
    return " ".join(words), any(one.crashed for one in refused.values())


def about_the_others(refused: Mapping[str, NotGraded]) -> list[Remark]:
    """What the notes of the graded notebooks say of those that were not graded.

    Args:
        refused: name → why not, for those of several that were not.
    """
    return [
        not_handed_in(name)
        if one.missing
        else not_graded(name, OF_THE_GRADER if one.crashed else one.why)
        for name, one in refused.items()
    ]


def _or_why_not(grade: Callable[[], Graded]) -> Graded:
    try:
        with own_time.limited(own_time.SECONDS):
            return grade()
    except own_time.OutOfTime:
        return NotGraded("reading and judging what was handed in takes too long.")
    except CourseError:
        raise
    except (Unreadable, GradingFailed, CannotSend, NoSandbox) as problem:
        refused, missing = isinstance(problem, NoPermission), isinstance(problem, NotHandedIn)
        return NotGraded(str(problem), no_permission=refused, missing=missing)
    except Exception as error:
        kind = type(error).__name__
        words = clean.line(f"the grader failed: {kind}: {error}", LONGEST)
        return NotGraded(words, crashed=kind)
