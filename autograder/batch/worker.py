"""The work of one process of the batch: grade a submission, write its notebook and its page.

Workers hold no gradebook open for writing; what they find goes back to the one process that
records it.
"""

from __future__ import annotations

import ctypes
import errno
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from autograder.batch.handing_back import beside_graded, beside_page
from autograder.course.folder import Course, CourseError
from autograder.course.hidden_tests import for_grading
from autograder.files import clean
from autograder.files.ledger import replace_file, why_not_written
from autograder.grading.companions import Companions
from autograder.grading.grade_submission import (
    Graded,
    NotGraded,
    Submission,
    grade_submission,
    graded_by,
)
from autograder.grading.graded_notebook import written
from autograder.grading.grader import Grader, Mark
from autograder.grading.hidden_inputs import known_draws
from autograder.grading.remarks import Remark
from autograder.grading.unit_of_notebook import expected_notebook
from autograder.runner import own_memory
from autograder.runner.client import Runner

PR_SET_PDEATHSIG = 1
# No submission brings these about, and they would meet every other one too.
OF_THE_MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True)
class Task:
    """A submission to grade.

    Args:
        student: the student's id.
        submitted: the notebook that was handed in.
        within: the folder of all submissions.
        released: the notebook that students got.
        graded: where the graded notebook goes.
        page: where the page for the student goes.
        tests: nbgrader's id and the source, hidden tests included, of each plain test.
    """

    student: str
    unit: str
    submitted: Path
    within: Path
    released: Path
    graded: Path
    page: Path
    tests: tuple[tuple[str, str], ...] = ()


def task_of(course: Course, unit: str, student: str) -> Task:
    """The task of grading what a student handed in, with the places of all that belongs to it."""
    name, directory = f"{unit}.ipynb", course.directory
    return Task(
        student,
        unit,
        submitted=directory("submitted", student, unit) / name,
        within=directory("submitted", ".", "."),
        released=directory("release", ".", unit) / name,
        graded=directory("autograded", student, unit) / name,
        page=directory("feedback", student, unit) / f"{unit}.html",
    )


@dataclass(frozen=True)
class Done:
    """What came of a task.

    Args:
        marks: id of the graded cell → mark; empty after a failure.
        untouched: ids of the solution cells that are as they were released.
        remarks: what was repaired, left out or ran out of its limits.
        failure: why the submission could not be graded, or "".
        cpu: processor seconds of the submission's own code.
        peak: bytes of memory of the submission's own code.
        earlier_stands: whether the submission has nothing to do with the failure, as where this
            user may not read or write a folder: an earlier grade stays as it is then.
    """

    marks: Mapping[str, Mark] = field(default_factory=dict)
    untouched: frozenset[str] = frozenset()
    remarks: tuple[Remark, ...] = ()
    failure: str = ""
    cpu: float = 0.0
    peak: int = 0
    earlier_stands: bool = False


@dataclass
class _Process:
    """What this process keeps from task to task."""

    course: Course
    grader: Grader
    exporter: Any = None


_process: _Process | None = None


def pool(
    course: Course, secret: bytes, trusted: bool, hide: tuple[Path, ...], workers: int
) -> ProcessPoolExecutor:
    """Processes that each begin with `begin`.

    Args:
        secret: its secret.
        trusted: run submissions without a sandbox.
        hide: folders that student code must not see.
        workers: how many.
    """
    course.api  # noqa: B018  (nbgrader is imported once, before the workers are forked)
    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("fork"),
        initializer=begin,
        initargs=(course, secret, trusted, hide),
    )


def begin(course: Course, secret: bytes, trusted: bool, hide: tuple[Path, ...]) -> None:
    """Prepares this process; called once in each.

    Args:
        course: the course folder that is graded.
        secret: the course's secret.
        trusted: run submissions without a sandbox.
        hide: folders that student code must not see.
    """
    global _process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform.startswith("linux"):
        # If the batch is killed, its workers go too, and with each its sandbox.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    limits = course.limits
    own_memory.limit_for_good(limits)
    runner = Runner(limits, trusted, hide, course.packages)
    # A process of a pool ends without the usual farewells.
    Finalize(None, runner.close, exitpriority=1)
    _process = _Process(course, Grader(runner, secret, known_draws(course.state)))


def grade(task: Task) -> Done:
    """Grades one submission and writes its graded notebook.

    Args:
        task: the submission.

    Returns:
        The marks, or the failure. No submission makes this raise.
    """
    assert _process is not None
    course, grader = _process.course, _process.grader
    return grade_by(course, task, grader.secret or b"", graded_by(grader, released_notebook(task)))


def grade_by(
    course: Course, task: Task, secret: bytes, grade_there: Callable[[Submission], Graded]
) -> Done:
    """Reads a submission here, has it graded, and writes here what belongs into autograded/.

    Args:
        course: the course folder.
        task: the submission.
        secret: the course's secret.
        grade_there: grades what was handed in.

    Returns:
        The marks, or the failure.

    Raises:
        CourseError: if grading as a whole cannot go on.
        OSError: if nothing can be written at all, because the disk is full or read-only.
    """
    beside: list[Companions] = []

    def grade_it(handed_in: Submission) -> Graded:
        beside.append(handed_in.beside)
        return grade_there(handed_in)

    expected = expected_notebook(course, task.unit, task.unit, released_notebook(task))
    graded = grade_submission(task.submitted, task.within, expected, grade_it)
    try:
        if isinstance(graded, NotGraded):
            if graded.no_permission:
                return Done(failure=graded.why, earlier_stands=True)
            return _failed(task, graded.why)
        _write_notebook(task.graded, written(graded.notebook))
        beside_graded(course, task.unit, task.student, secret, *beside)
    except CourseError:
        raise
    except OSError as error:
        if error.errno in OF_THE_MACHINE:
            raise
        return Done(failure=why_not_written(error), earlier_stands=True)
    except Exception as error:
        return _failed(task, clean.line(f"the grader failed: {type(error).__name__}: {error}", 300))
    return Done(graded.marks, graded.untouched, graded.remarks, cpu=graded.cpu, peak=graded.peak)


def write_page(task: Task) -> str:
    """Writes the student's page from the graded notebook and the recorded grades.

    Args:
        task: a submission that is graded and recorded.

    Returns:
        Why it could not be written, or "".
    """
    assert _process is not None
    if _process.exporter is None:
        _process.exporter = _exporter(_process.course)
    names = {"student": task.student, "assignment": task.unit, "notebook": task.unit}
    resources = {
        "unique_key": task.unit,
        "output_files_dir": f"{task.unit}_files",
        "nbgrader": {**names, "db_url": _process.course.api.coursedir.db_url},
    }
    try:
        page, _ = _process.exporter.from_filename(str(task.graded), resources=resources)
        replace_file(task.page, page.encode())
        beside_page(_process.course, task.unit, task.student)
    except OSError as error:
        if error.errno in OF_THE_MACHINE:
            raise
        return f"the page {why_not_written(error)}"
    except Exception as error:
        words = str(error).partition("\n")[0]
        return clean.line(f"the page could not be written: {type(error).__name__}: {words}", 300)
    return ""


def _exporter(course: Course) -> Any:
    """nbgrader's own feedback exporter, kept so that its templates are read once."""
    from nbgrader.converters import GenerateFeedback

    feedback = GenerateFeedback(coursedir=course.api.coursedir, config=course.config)
    exporter = feedback.exporter_class(parent=feedback, config=feedback.config)
    for preprocessor in feedback.preprocessors:
        exporter.register_preprocessor(preprocessor)
    return exporter


def released_notebook(task: Task) -> Any:
    """The unit's released notebook with the hidden tests of its plain cells."""
    return _released(task.released, task.tests)


@cache
def _released(path: Path, tests: tuple[tuple[str, str], ...]) -> Any:
    import nbformat

    released: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return for_grading(released, dict(tests))


def _failed(task: Task, reason: str) -> Done:
    """Leaves nothing of an earlier grade behind that could be taken for this one's."""
    for path in (task.graded, task.page):
        path.unlink(missing_ok=True)
    return Done(failure=reason)


def _write_notebook(path: Path, content: bytes) -> None:
    for left in path.parent.glob(".*.part"):
        left.unlink(missing_ok=True)
    replace_file(path, content)


def workers_by_default() -> int:
    """As many as this process may use processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
