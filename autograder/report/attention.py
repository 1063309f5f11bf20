"""Students to look at, each with the reasons: what ran out of its limits, signs in the code, an
unfinished unit, what was repaired or left out, near-copies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from autograder.course.folder import Course
from autograder.course.marks import grade_id
from autograder.files import clean
from autograder.grading.graded_notebook import StoredNotebook
from autograder.grading.remarks import Kind
from autograder.judge.approximations import DIFFERENCES
from autograder.report.code_signs import MEASURED, unusual_signs
from autograder.report.numbers import UnitNumbers
from autograder.report.similar import INSTRUCTOR, Pair
from autograder.runner.limits import STATUSES


class Reason(StrEnum):
    """Why a submission should be read: the gravest first; near-copies, which may be many, last."""

    INSTRUCTORS = "instructor's solution"
    RUN = "run"
    CODE = "code"
    FINITE_DIFFERENCES = "finite differences"
    NOT_STARTED = "not started"
    REMARK = "remark"
    NEAR_COPY = "near-copy"


LONGEST = 300
OF_SOURCE = re.compile(
    r"^\s*#+\s*(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)\b", re.MULTILINE | re.IGNORECASE
)
MOST_NAMES = 3
# A run that ends in one of these was not merely wrong.
HARMLESS = {"ok", "error", "not run"}


@dataclass(frozen=True)
class Look:
    """A reason to look at a student's submission.

    Args:
        student: the student's id.
        kind: the kind of reason.
        words: the reason in a sentence.
    """

    student: str
    kind: Reason
    words: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", clean.line(self.words, LONGEST))


def students_to_look_at(
    course: Course,
    numbers: UnitNumbers,
    graded: Mapping[str, StoredNotebook],
    pairs: Iterable[Pair],
) -> list[Look]:
    """Gathers the reasons to look at somebody's submission.

    Args:
        numbers: the unit's numbers.
        graded: student → graded notebook.
        pairs: near-copies.

    Returns:
        The reasons, in order of their kind and of student.
    """
    unit = numbers.unit
    found: list[Look] = []
    exercises = {grade_id(id): id for id in course.exercises}
    for student, notebook in graded.items():
        found += _instructors(student, notebook)
        found += _runs(student, notebook)
        found += _remarks(student, notebook)
        found += _code(student, unusual_signs(course, unit, notebook.answers), exercises)
        faults = [verdict["fault"] for verdict in notebook.verdicts.values()]
        unfinished = faults and all(fault == "unfinished" for fault in faults)
        if unfinished and student not in numbers.wrote:
            found.append(Look(student, Reason.NOT_STARTED, "no exercise was filled in"))
    found += _near_copies(pairs)
    order = list(Reason)
    return sorted(found, key=lambda look: (order.index(look.kind), look.student, look.words))


def _near_copies(pairs: Iterable[Pair]) -> list[Look]:
    """One reason a student, however many share the work."""
    shared: dict[str, list[str]] = {}
    for pair in pairs:
        for student in pair.students:
            if student == INSTRUCTOR:
                continue
            others = [other for other in pair.students if other != student]
            shared.setdefault(student, []).append(f"{pair.similarity:.0%} with {_some(others)}")
    words = "the distinctive code is shared: "
    return [
        Look(name, Reason.NEAR_COPY, words + _some(some, "; ")) for name, some in shared.items()
    ]


def _some(names: Sequence[str], between: str = ", ") -> str:
    more = len(names) - MOST_NAMES
    return between.join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _instructors(student: str, notebook: StoredNotebook) -> list[Look]:
    """Marks that only the instructor's own notebook has: they are taken out when it is released."""
    marked = [name for name, code in notebook.answers.items() if OF_SOURCE.search(code)]
    if not marked:
        return []
    words = f"the instructor's own marks, such as BEGIN SOLUTION, are in {_some(marked)}"
    return [Look(student, Reason.INSTRUCTORS, words)]


def _runs(student: str, notebook: StoredNotebook) -> list[Look]:
    found = []
    for id, verdict in notebook.verdicts.items():
        status = str(verdict.get("status", "ok"))
        if status not in HARMLESS:
            words = STATUSES.get(status, status)
            found.append(Look(student, Reason.RUN, f"{id}: the code {words}"))
        if DIFFERENCES.name in verdict["mistakes"]:
            words = f"{id}: values agree to only some digits, like those of a finite difference"
            found.append(Look(student, Reason.FINITE_DIFFERENCES, words))
    told = {grade_id(str(one.get("exercise", id))) for id, one in notebook.verdicts.items()}
    found += [
        Look(student, Reason.RUN, remark.text)
        for remark in notebook.remarks
        if remark.kind is Kind.LIMIT and remark.about.removesuffix("-check") not in told
    ]
    return found


def _remarks(student: str, notebook: StoredNotebook) -> list[Look]:
    """What was repaired in the notebook, or left out of what was handed in."""
    return [
        Look(student, Reason.REMARK, remark.text)
        for remark in notebook.remarks
        if remark.kind is not Kind.LIMIT
    ]


def _code(student: str, signs: Mapping[str, set[str]], exercises: Mapping[str, str]) -> list[Look]:
    found = []
    for name, some in signs.items():
        where = exercises.get(name, name)
        others = sorted(some - MEASURED)
        if others:
            found.append(Look(student, Reason.CODE, f"{where}: the code {', '.join(others)}"))
        for sign in sorted(some & MEASURED):
            found.append(Look(student, Reason.FINITE_DIFFERENCES, f"{where}: {sign}"))
    return found
