"""Grading a unit for a class: many workers, one writer.

Workers rebuild, run and judge; this process alone writes the gradebook, in one transaction what is
done by then. What cannot be graded is reported for its student, and the rest go on. A submission
that has not changed since it was last graded, by the same exercises and the same grader, is not
run again, so an interrupted batch goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import fcntl
import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from autograder import audit, batch_worker
from autograder.batch_result import Result, kept_result, new_result
from autograder.batch_worker import Done, Task
from autograder.course import Course, CourseError
from autograder.exercise import Exercise
from autograder.graded_cells import exercises_in
from autograder.hidden import NoFairDraw, hidden_inputs, known_draws
from autograder.hidden_tests import hidden_tests
from autograder.ledger import Ledger, digest
from autograder.nbgrader_glue import recording
from autograder.nbgrader_glue.companions import companion_paths
from autograder.release import ensure_registered, released
from autograder.runner import sandbox
from autograder.runner.job import CannotSend
from autograder.runner.sandbox import NoSandbox
from autograder.secret import load_secret, secret_path
from autograder.versions import grader_version

if TYPE_CHECKING:
    from autograder.cluster import ClusterPool

Progress = Callable[[str], None]
# Submissions in one transaction, if so many wait for it: each transaction waits for the disk.
AT_ONCE = 20


@dataclass(frozen=True)
class Options:
    """How a batch is graded.

    Args:
        force: grade unchanged submissions too.
        workers: how many processes grade (default: one a processor).
        trusted: run submissions without a sandbox.
        pages: write the students' pages.
        cluster: the address of a dask scheduler whose workers grade, or "" for processes here.
    """

    force: bool = False
    workers: int = 0
    trusted: bool = False
    pages: bool = True
    cluster: str = ""


def grade_unit(
    course: Course,
    unit: str,
    options: Options | None = None,
    students: Sequence[str] | None = None,
    progress: Progress = lambda student: None,
) -> list[Result]:
    """Grades what was handed in for a unit.

    Args:
        course: the course.
        unit: the unit's name.
        options: how to grade.
        students: only these students (default: everyone who handed in).
        progress: called with each student's id once it is done.

    Returns:
        One result a student, in order.

    Raises:
        CourseError: if there is no sandbox, or another batch is grading this course.
    """
    options = options or Options()
    with _only_one(course.state / "lock"):
        ensure_registered(course, unit)
        chosen = list(course.students(unit) if students is None else students)
        secret = load_secret(course.course_id)
        grader = grader_version(course, unit, secret, options.trusted)
        ledger = Ledger(course.state / "graded.jsonl")
        with course.gradebook() as gradebook:
            batch = _Batch(course, unit, options, gradebook, ledger, grader, progress)
            results = batch.run(chosen, secret)
    return [results[student] for student in chosen]


@dataclass
class _Batch:
    course: Course
    unit: str
    options: Options
    gradebook: Any
    ledger: Ledger
    grader: str
    progress: Progress
    results: dict[str, Result] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    def run(self, students: Sequence[str], secret: bytes) -> dict[str, Result]:
        tests = tuple(hidden_tests(self.course, self.unit).items())
        tasks = [
            replace(batch_worker.task_of(self.course, self.unit, student), tests=tests)
            for student in students
        ]
        pending = [task for task in tasks if not self._kept(task)]
        if pending and not self.options.cluster:
            try:
                if not self.options.trusted:
                    sandbox.require()
            except NoSandbox as problem:
                raise CourseError(str(problem)) from None
            known = known_draws(self.course.state)
            for exercise in self._exercises():
                with contextlib.suppress(NoFairDraw):  # Workers meet it again, and say so.
                    hidden_inputs(exercise, secret, known)
        # A second round for those that were under way when a worker process died.
        for workers in (self.options.workers or batch_worker.workers_by_default(), 1):
            if pending:
                pending = self._round(pending, min(workers, len(pending)), secret)
        died = Done(failure="the grader's own process died twice.")
        self._finish([(task, died) for task in pending])
        return self.results

    def _exercises(self) -> list[Exercise]:
        import nbformat

        path = released(self.course, self.unit)
        try:
            return exercises_in(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]
        except (CannotSend, ValueError) as problem:
            raise CourseError(f"{path}: {problem}") from None

    def _round(self, tasks: Sequence[Task], workers: int, secret: bytes) -> list[Task]:
        """Grades tasks in processes of their own; returns those that a dying process took along."""
        lost: list[Task] = []
        with self._pool(workers, secret) as pool:
            running: dict[Future[Any], Task] = {}
            finished: SimpleQueue[Future[Any]] = SimpleQueue()

            def start(work: Callable[[Task], Any], task: Task) -> None:
                try:
                    future = pool.submit(work, task)
                except BrokenProcessPool:
                    lost.append(task)
                    return
                running[future] = task
                # `wait` would look at all that run each time that one is done.
                future.add_done_callback(finished.put)

            try:
                for task in tasks:
                    start(batch_worker.grade, task)
                while running:
                    outcomes: list[tuple[Task, Done | str]] = []
                    for future in _those_done(finished):
                        task = running.pop(future)
                        try:
                            outcomes.append((task, future.result()))
                        except BrokenProcessPool:
                            lost.append(task)
                    for task in self._take(outcomes):
                        start(batch_worker.write_page, task)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return lost

    def _pool(self, workers: int, secret: bytes) -> ProcessPoolExecutor | ClusterPool:
        hide = (self.course.root, secret_path(self.course.course_id).parent)
        self.course.api  # noqa: B018  (nbgrader is imported once, before the workers are forked)
        if self.options.cluster:
            from autograder.cluster import ClusterPool

            trusted = self.options.trusted
            return ClusterPool(self.options.cluster, self.course, secret, trusted, hide)
        return ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("fork"),
            initializer=batch_worker.begin,
            initargs=(self.course, secret, self.options.trusted, hide),
        )

    def _take(self, outcomes: Sequence[tuple[Task, Done | str]]) -> list[Task]:
        """Takes results from workers; returns those whose page is to be written next."""
        self._finish([(task, done) for task, done in outcomes if isinstance(done, Done)])
        pages = []
        for task, outcome in outcomes:
            if isinstance(outcome, Done) and not outcome.failure and self.options.pages:
                pages.append(task)
                continue
            if isinstance(outcome, str) and outcome:
                result = self.results[task.student]
                self.results[task.student] = replace(result, failure=outcome)
            self._close(task)
        return pages

    def _finish(self, graded: Sequence[tuple[Task, Done]]) -> None:
        """Records submissions; they are in the gradebook together or not at all."""
        with recording.one_transaction(self.gradebook):
            recorded = [self._record(task, done) for task, done in graded]
        for (task, done), final in zip(graded, recorded, strict=True):
            if not done.failure:
                recording.assign_late_penalty(self.gradebook, self.course, self.unit, task.student)
            self._audit(task, done, {} if done.failure else final)
            self.results[task.student] = new_result(self.gradebook, task, done)

    def _record(self, task: Task, done: Done) -> dict[str, float]:
        timestamp = self.course.api.coursedir.get_existing_timestamp(str(task.submitted.parent))
        earned = {name: mark.score for name, mark in done.marks.items()}
        recording.ensure_submission(self.gradebook, self.unit, task.student, timestamp)
        # A failure has no marks: no score, and a person must look. An honest zero has the
        # score 0 and needs nobody; nbgrader exports both as 0.
        return recording.record_marks(
            self.gradebook, self.unit, task.student, earned, done.untouched
        )

    def _audit(self, task: Task, done: Done, counts: Mapping[str, float]) -> None:
        by, marks = "course-bp grade", done.marks
        audit.record(
            self.course, self.unit, task.student, self.grader, by, marks, counts, done.failure
        )

    def _close(self, task: Task) -> None:
        failed = bool(self.results[task.student].failure)
        self.ledger.record(self._key(task.student), "" if failed else self.versions[task.student])
        self.progress(task.student)

    def _kept(self, task: Task) -> bool:
        """Whether an earlier grade stands; it is taken over then."""
        handed_in = [task.submitted, *companion_paths(task.submitted.parent)]
        self.versions[task.student] = f"{digest(handed_in)}-{self.grader}"
        held = self.ledger.holds(self._key(task.student), self.versions[task.student])
        written = task.graded.is_file() and (task.page.is_file() or not self.options.pages)
        if self.options.force or not held or not written:
            return False
        result = kept_result(self.gradebook, task)
        if result is None:
            return False
        self.results[task.student] = result
        self.progress(task.student)
        return True

    def _key(self, student: str) -> str:
        return f"{student}/{self.unit}"


def _those_done(finished: SimpleQueue[Future[Any]]) -> Iterator[Future[Any]]:
    """Waits for the next that is done, and takes along what others are by then."""
    yield finished.get()
    for _ in range(AT_ONCE - 1):
        if finished.empty():
            return
        yield finished.get()


@contextlib.contextmanager
def _only_one(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            # Unlike flock's, this lock is this process's alone: workers do not inherit it.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseError("another course-bp grade is at work on this course.") from None
        yield
