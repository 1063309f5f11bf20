"""Writes the students' pages again from what is graded, without grading."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor

from autograder.batch import worker
from autograder.batch.worker import Task, workers_by_default
from autograder.course.folder import Course
from autograder.course.secret import load_secret


def graded_tasks(course: Course, unit: str, students: Sequence[str] | None = None) -> list[Task]:
    """The submissions of a unit that have a graded notebook.

    Args:
        students: only these students.

    Returns:
        One a student, in order.
    """
    tasks = (worker.task_of(course, unit, student) for student in course.students(unit))
    return [
        task
        for task in tasks
        if task.graded.is_file() and (not students or task.student in students)
    ]


def write_pages(
    course: Course, tasks: Sequence[Task], progress: Callable[[str], None] = lambda student: None
) -> dict[str, str]:
    """Writes pages through nbgrader's feedback step, in as many processes as there are processors.

    Args:
        tasks: graded submissions.
        progress: called with each student's id once the page is written.

    Returns:
        Student → why the page could not be written, for those whose it could not.
    """
    course.api  # noqa: B018  (nbgrader is imported once, before the workers are forked)
    with ProcessPoolExecutor(
        max(1, min(workers_by_default(), len(tasks))),
        mp_context=multiprocessing.get_context("fork"),
        initializer=worker.begin,
        initargs=(course, load_secret(course.course_id), False, ()),
    ) as pool:
        failures = {}
        for task, problem in zip(tasks, pool.map(worker.write_page, tasks), strict=True):
            progress(task.student)
            if problem:
                failures[task.student] = problem
    return failures
