"""The work of one process of the batch: grade a submission, write its notebook and its page.

Workers hold no gradebook open for writing; what they find goes back to the one process that
records it.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from autograder.batch import stopping
from autograder.batch.handing_back import beside_graded
from autograder.batch.student_pages import OF_THE_MACHINE, page_exporter, write_pages
from autograder.batch.task import Done, Marks, Task
from autograder.course.folder import Course, CourseError
from autograder.files import clean
from autograder.files.ledger import replace_file, why_not_written
from autograder.grading.companions import Companions
from autograder.grading.given import Given
from autograder.grading.grade_submission import (
    Graded,
    NotGraded,
    Submission,
    about_the_others,
    grade_submission,
    graded_by,
    whole_failure,
)
from autograder.grading.graded_notebook import set_notes, written
from autograder.grading.grader import GradedNotebook, Grader
from autograder.grading.hidden_inputs import known_draws
from autograder.grading.remarks import of_all
from autograder.grading.unit_of_notebook import expected_notebook
from autograder.runner import own_memory
from autograder.runner.client import Runner

PR_SET_PDEATHSIG = 1


@dataclass
class _Process:
    """What this process keeps from task to task."""

    course: Course
    grader: Grader
    given: Given
    exporter: Any = None


_process: _Process | None = None


def pool(
    course: Course,
    secret: bytes,
    trusted: bool,
    hide: tuple[Path, ...],
    given: Given,
    workers: int,
) -> ProcessPoolExecutor:
    """Processes that each begin with `begin`.

    Args:
        secret: its secret.
        trusted: run submissions without a sandbox.
        hide: folders that student code must not see.
        given: what the course brings to the grading of the unit.
        workers: how many.
    """
    # nbgrader is imported, and the course's exercises loaded, once before the workers are forked.
    course.api, course.exercises  # noqa: B018
    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("fork"),
        initializer=begin,
        initargs=(course, secret, trusted, hide, given),
    )


def begin(
    course: Course, secret: bytes, trusted: bool, hide: tuple[Path, ...], given: Given
) -> None:
    """Prepares this process; called once in each.

    Args:
        course: the course folder that is graded.
        secret: the course's secret.
        trusted: run submissions without a sandbox.
        hide: folders that student code must not see.
        given: what the course brings to the grading of the unit; nothing where only pages are
            written.
    """
    global _process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stopping.heed()
    if sys.platform.startswith("linux"):
        # If the batch is killed, its workers go too, and with each its sandbox.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    limits = course.limits
    own_memory.limit_for_good(limits)
    runner = Runner(limits, trusted, hide, course.packages)
    # A process of a pool ends without the usual farewells.
    Finalize(None, runner.close, exitpriority=1)
    grader = Grader(runner, secret, known_draws(course.state), course.exercises)
    _process = _Process(course, grader, given)


def grade(task: Task) -> Done:
    """Grades one submission and writes its graded notebooks.

    Args:
        task: the submission.

    Returns:
        The marks, or the failure. No submission makes this raise.
    """
    assert _process is not None
    stopping.leave_if_told()
    grader = _process.grader
    return grade_by(
        _process.course, task, _process.given, grader.secret or b"", partial(graded_by, grader)
    )


def grade_by(
    course: Course,
    task: Task,
    given: Given,
    secret: bytes,
    grade_there: Callable[[Any, str], Callable[[Submission], Graded]],
) -> Done:
    """Reads a submission here, has it graded, and writes here what belongs into autograded/.

    Args:
        course: the course folder.
        task: the submission.
        given: what the course brings to the grading of the unit.
        secret: the course's secret.
        grade_there: takes a released notebook and a student's id, and gives what grades the
            student's copy of it.

    Returns:
        The marks, or the failure. Of several notebooks, those that can be graded are.

    Raises:
        CourseError: if grading as a whole cannot go on.
        OSError: if nothing can be written at all, because the disk is full or read-only.
    """
    found: dict[str, GradedNotebook] = {}
    refused: dict[str, NotGraded] = {}
    beside: list[Companions] = []
    for one in task.notebooks:
        expected = expected_notebook(course, task.unit, one.name, given.notebooks)
        grade_it = _keeping(beside, grade_there(given.notebooks[one.name], task.student))
        graded = grade_submission(one.submitted, task.within, expected, grade_it, given)
        if isinstance(graded, NotGraded):
            refused[one.name] = graded
        else:
            found[one.name] = graded
    try:
        for problem in refused.values():
            if problem.no_permission:
                return Done(failure=problem.why, earlier_stands=True)
        if not found:
            why, crashed = whole_failure(refused)
            return _failed(task, why, crashed)
        about = about_the_others(refused)
        for one in task.notebooks:
            if one.name in found:
                graded = found[one.name]
                remarks = (*about, *graded.remarks)
                set_notes(graded.notebook, remarks)
                found[one.name] = replace(graded, remarks=remarks)
                _write_notebook(one.graded, written(graded.notebook))
            else:
                for path in (one.graded, one.page):
                    path.unlink(missing_ok=True)
        beside_graded(course, task.unit, task.student, secret, *beside[:1])
    except CourseError:
        raise
    except OSError as error:
        if error.errno in OF_THE_MACHINE:
            raise
        return Done(failure=why_not_written(error), earlier_stands=True)
    except Exception as error:
        why = clean.line(f"the grader failed: {type(error).__name__}: {error}", 300)
        return _failed(task, why, crashed=True)
    return _done(found, refused)


def _keeping(
    beside: list[Companions], grade_there: Callable[[Submission], Graded]
) -> Callable[[Submission], Graded]:
    """The same, and the files that are read for it go into a list."""

    def grade(handed_in: Submission) -> Graded:
        beside.append(handed_in.beside)
        return grade_there(handed_in)

    return grade


def _done(found: Mapping[str, GradedNotebook], refused: Mapping[str, NotGraded]) -> Done:
    remarks = {name: found[name].remarks if name in found else () for name in (*found, *refused)}
    return Done(
        {name: Marks(graded.marks, graded.untouched) for name, graded in found.items()},
        tuple(name for name, problem in refused.items() if problem.missing),
        {name: problem for name, problem in refused.items() if not problem.missing},
        {name: graded.sha256 for name, graded in found.items()},
        of_all(remarks),
        cpu=sum(graded.cpu for graded in found.values()),
        peak=max((graded.peak for graded in found.values()), default=0),
    )


def write_page(task: Task) -> str:
    """Writes the student's pages from the graded notebooks and the recorded grades.

    Args:
        task: a submission that is graded and recorded.

    Returns:
        Why one could not be written, or "".
    """
    assert _process is not None
    stopping.leave_if_told()
    if _process.exporter is None:
        _process.exporter = page_exporter(_process.course)
    return write_pages(_process.course, task, _process.exporter, _process.grader.secret or b"")


def _failed(task: Task, reason: str, crashed: bool = False) -> Done:
    """Leaves nothing of an earlier grade behind that could be taken for this one's."""
    for one in task.notebooks:
        for path in (one.graded, one.page):
            path.unlink(missing_ok=True)
    return Done(failure=reason, crashed=crashed)


def _write_notebook(path: Path, content: bytes) -> None:
    for left in path.parent.glob(".*.part"):
        left.unlink(missing_ok=True)
    replace_file(path, content)


def workers_by_default() -> int:
    """As many as this process may use processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
