"""Writes the students' pages again from what is graded, without grading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from autograder.batch import worker
from autograder.batch.rounds import AHEAD, DIED, Died, Work, do_all
from autograder.batch.task import Task, task_of
from autograder.batch.worker import workers_by_default
from autograder.batch.written_pages import WrittenPages
from autograder.course.folder import Course
from autograder.grading.given import Given
from autograder.records.gradebook import read_submissions


def graded_tasks(course: Course, unit: str) -> list[Task]:
    """The submissions of a unit that have a graded notebook, of several at least one.

    Returns:
        One a student, in order.
    """
    tasks = (task_of(course, unit, student) for student in course.students(unit))
    return [task for task in tasks if task.is_graded]


def recorded_tasks(course: Course, unit: str, students: Sequence[str] | None = None) -> list[Task]:
    """The submissions of a unit that have a page: a graded notebook, or a line in the gradebook.

    Args:
        students: only these students.

    Returns:
        One a student, in order.

    Raises:
        CourseError: if there is no gradebook yet.
    """
    known = {one.student for one in read_submissions(course, unit)}
    tasks = (task_of(course, unit, student) for student in course.students(unit))
    return [
        task
        for task in tasks
        if (task.is_graded or task.student in known) and (not students or task.student in students)
    ]


def write_pages(
    course: Course, tasks: Sequence[Task], progress: Callable[[str], None] = lambda student: None
) -> dict[str, str]:
    """Writes pages through nbgrader's feedback step, in as many processes as there are processors.

    Args:
        tasks: submissions that were graded, or could not be.
        progress: called with each student's id once the page is written.

    Returns:
        Student → why the page could not be written, for those whose it could not.
    """
    failures: dict[str, str] = {}
    with course.gradebook() as gradebook:
        pages = WrittenPages(course, gradebook)
        shown = {task: pages.now(task) for task in tasks}

    def take(results: Sequence[tuple[Work, Any]]) -> list[Work]:
        for (_, task), result in results:
            progress(task.student)
            if problem := DIED if isinstance(result, Died) else result:
                failures[task.student] = problem
            pages.record(task, "" if problem else shown[task])
        return []

    # Nothing is graded, so that no secret is needed.
    open_pool = partial(worker.pool, course, b"", False, (), Given())
    work: list[Work] = [(worker.write_page, task) for task in tasks]
    try:
        do_all(work, workers_by_default(), AHEAD, open_pool, take)
    finally:
        pages.share()
    return {task.student: failures[task.student] for task in tasks if task.student in failures}
