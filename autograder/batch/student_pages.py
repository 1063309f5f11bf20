"""The pages of one student: of graded notebooks by nbgrader, of those that were not by us."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.batch.failure_page import Given, failure_page
from autograder.batch.handing_back import beside_failure, beside_page
from autograder.batch.task import NotebookFiles, Task
from autograder.course.folder import Course
from autograder.files import clean
from autograder.files.ledger import replace_file, why_not_written
from autograder.grading.grade_submission import OF_THE_GRADER
from autograder.records.audit import last_failures
from autograder.records.gradebook import GradedCell, Submission, read_cells, read_one

# No submission brings these about, and they would meet every other one too.
OF_THE_MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def write_pages(course: Course, task: Task, exporter: Any, secret: bytes) -> str:
    """Writes the student's pages from the graded notebooks and the recorded grades.

    Args:
        task: a submission that is recorded, whether it could be graded or not.
        exporter: what `page_exporter` gave.
        secret: the course's secret, if it is known.

    Returns:
        Why one could not be written, or "".
    """
    for one in task.notebooks:
        if problem := _write_page(course, task, one, exporter) if one.graded.is_file() else "":
            return problem
    try:
        write_failure_pages(course, task, secret)
    except OSError as error:
        if error.errno in OF_THE_MACHINE:
            raise
        return f"the page {why_not_written(error)}"
    return ""


def pages_of(course: Course, task: Task) -> list[Path]:
    """The pages that `write_pages` would write."""
    there = [one.page for one in task.notebooks if one.graded.is_file()]
    return there + [one.page for one in task.notebooks if one.name in _without(course, task)[0]]


def write_failure_pages(course: Course, task: Task, secret: bytes) -> None:
    """Writes the pages of notebooks that were handed in, and could not be graded.

    Args:
        task: a submission that is recorded.
        secret: the course's secret, if it is known.

    Raises:
        OSError: if one cannot be written.
    """
    names, submission, cells = _without(course, task)
    if not names or submission is None:
        return
    last = last_failures(course, task.unit, task.student)
    several = len(task.notebooks) > 1
    for one in task.notebooks:
        if one.name not in names:
            continue
        entry = last.get((task.student, one.name if task.is_graded else ""))
        why = OF_THE_GRADER if entry is None or entry.crashed else entry.failure
        given = _given(submission, [cell for cell in cells.values() if cell.notebook == one.name])
        page = failure_page(task.unit, one.name if several else "", why, given)
        replace_file(one.page, page)
    if not task.is_graded:
        beside_failure(course, task.unit, task.student, secret or os.urandom(32))


def _without(
    course: Course, task: Task
) -> tuple[list[str], Submission | None, Mapping[str, GradedCell]]:
    """The notebooks that were handed in and have no graded notebook, and what is recorded."""
    without = [one.name for one in task.notebooks if not one.graded.is_file()]
    if not without:
        return [], None, {}
    with course.gradebook() as gradebook:
        cells = read_cells(course, gradebook, task.unit)
        grades = read_one(course, gradebook, task.unit, task.student, cells)
    if not grades.submissions:
        return [], None, cells
    (submission,) = grades.submissions
    return [name for name in without if name not in submission.missing], submission, cells


def _given(submission: Submission, cells: list[GradedCell]) -> list[Given]:
    """What a person gave for the cells of a notebook; nothing if nobody gave anything."""
    if not any(cell.name in submission.by_hand for cell in cells):
        return []
    return [
        Given(
            cell.name,
            None if cell.name in submission.waiting else submission.scores.get(cell.name),
            cell.points,
            submission.comments.get(cell.name, ""),
        )
        for cell in cells
    ]


def _write_page(course: Course, task: Task, one: NotebookFiles, exporter: Any) -> str:
    names = {"student": task.student, "assignment": task.unit, "notebook": one.name}
    resources = {
        "unique_key": one.name,
        "output_files_dir": f"{one.name}_files",
        "nbgrader": {**names, "db_url": course.api.coursedir.db_url},
    }
    try:
        page, _ = exporter.from_filename(str(one.graded), resources=resources)
        replace_file(one.page, page.encode())
        beside_page(course, task.unit, task.student)
    except OSError as error:
        if error.errno in OF_THE_MACHINE:
            raise
        return f"the page {why_not_written(error)}"
    except Exception as error:
        words = str(error).partition("\n")[0]
        return clean.line(f"the page could not be written: {type(error).__name__}: {words}", 300)
    return ""


def page_exporter(course: Course) -> Any:
    """nbgrader's own feedback exporter, kept so that its templates are read once."""
    from nbgrader.converters import GenerateFeedback

    feedback = GenerateFeedback(coursedir=course.api.coursedir, config=course.config)
    exporter = feedback.exporter_class(parent=feedback, config=feedback.config)
    for preprocessor in feedback.preprocessors:
        exporter.register_preprocessor(preprocessor)
    return exporter
