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

from autograder.batch import worker
from autograder.batch.worker import Done, Task
from autograder.course.folder import Course, CourseError
from autograder.course.release import ensure_registered
from autograder.course.secret import load_secret, secret_path
from autograder.course.sources import grade_id
from autograder.course.versions import grader_version
from autograder.exercises import of_unit
from autograder.files.handed_in import printable, why_no_id
from autograder.files.ledger import Ledger, digest
from autograder.grading.companions import companion_paths
from autograder.grading.graded_notebook import read_graded
from autograder.grading.hand_in_time import NAME as TIMESTAMP
from autograder.grading.hand_in_time import read_hand_in_time
from autograder.grading.hidden_inputs import NoFairDraw, hidden_inputs, known_draws
from autograder.records import audit, recording
from autograder.runner import sandbox
from autograder.runner.sandbox import NoSandbox

if TYPE_CHECKING:
    from autograder.batch.cluster import ClusterPool

Progress = Callable[[str], None]
# Submissions in one transaction, if so many wait for it: each transaction waits for the disk.
AT_ONCE = 20


@dataclass(frozen=True)
class Result:
    """One student's result for one unit.

    Args:
        student: the student's id.
        unit: the unit.
        scores: exercise id → (score, points); empty when the submission could not be graded.
        notes: exercise id → what went wrong there, a few words each.
        failure: why the submission could not be graded, or "".
        unchanged: whether the earlier grade was kept because nothing changed.
        remarks: what was repaired in the notebook, or ran out of its limits.
    """

    student: str
    unit: str
    scores: dict[str, tuple[float, float]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    failure: str = ""
    unchanged: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """All points earned in the unit."""
        return round(sum(score for score, _ in self.scores.values()), 6)


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
        for student in students:
            if why := why_no_id(student):
                # The gradebook cannot hold such a student, so that nothing is recorded.
                self.results[student] = Result(printable(student), self.unit, failure=why)
        graded = [student for student in students if student not in self.results]
        tasks = [worker.task_of(self.course, self.unit, student) for student in graded]
        pending = [task for task in tasks if not self._kept(task)]
        if pending and not self.options.cluster:
            try:
                if not self.options.trusted:
                    sandbox.require()
            except NoSandbox as problem:
                raise CourseError(str(problem)) from None
            known = known_draws(self.course.state)
            for exercise in of_unit(self.unit):
                with contextlib.suppress(NoFairDraw):  # Workers meet it again, and say so.
                    hidden_inputs(exercise, secret, known)
        # A second round for those that were under way when a worker process died.
        for workers in (self.options.workers or worker.workers_by_default(), 1):
            if pending:
                pending = self._round(pending, min(workers, len(pending)), secret)
        died = Done(failure="the grader's own process died twice.")
        self._finish([(task, died) for task in pending])
        return self.results

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
                    start(worker.grade, task)
                while running:
                    outcomes: list[tuple[Task, Done | str]] = []
                    for future in _those_done(finished):
                        task = running.pop(future)
                        try:
                            outcomes.append((task, future.result()))
                        except BrokenProcessPool:
                            lost.append(task)
                    for task in self._take(outcomes):
                        start(worker.write_page, task)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return lost

    def _pool(self, workers: int, secret: bytes) -> ProcessPoolExecutor | ClusterPool:
        hide = (self.course.root, secret_path(self.course.course_id).parent)
        self.course.api  # noqa: B018  (nbgrader is imported once, before the workers are forked)
        if self.options.cluster:
            from autograder.batch.cluster import ClusterPool

            trusted = self.options.trusted
            return ClusterPool(self.options.cluster, self.course, secret, trusted, hide)
        return ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("fork"),
            initializer=worker.begin,
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
            if done.failure:
                self.results[task.student] = Result(task.student, self.unit, failure=done.failure)
                self._audit(task, done, {})
                continue
            recording.assign_late_penalty(self.gradebook, self.course, self.unit, task.student)
            self._audit(task, done, final)
            self.results[task.student] = Result(
                task.student,
                self.unit,
                {mark.exercise: (final[name], mark.points) for name, mark in done.marks.items()},
                {mark.exercise: list(mark.notes) for mark in done.marks.values()},
                remarks=done.remarks,
            )

    def _record(self, task: Task, done: Done) -> dict[str, float]:
        timestamp = read_hand_in_time(task.submitted.parent).moment
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
        folder = task.submitted.parent
        handed_in = [task.submitted, *companion_paths(folder)]
        if read_hand_in_time(folder).remark:  # It is gone from the page once the file is right.
            handed_in.append(folder / TIMESTAMP)
        self.versions[task.student] = f"{digest(handed_in)}-{self.grader}"
        held = self.ledger.holds(self._key(task.student), self.versions[task.student])
        written = task.graded.is_file() and (task.page.is_file() or not self.options.pages)
        if self.options.force or not held or not written:
            return False
        result = _read_result(self.gradebook, task)
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


def _read_result(gradebook: Any, task: Task) -> Result | None:
    """What the gradebook and the graded notebook say, or None if they are not complete."""
    grades = recording.read_marks(gradebook, task.unit, task.student)
    exercises = {exercise.id: f"{grade_id(exercise.id)}-check" for exercise in of_unit(task.unit)}
    scores = {id: grades[name] for id, name in exercises.items() if name in grades}
    if not scores:
        return None
    verdicts = read_graded(task.graded).verdicts
    notes = {id: [str(note) for note in verdict["summary"]] for id, verdict in verdicts.items()}
    return Result(task.student, task.unit, scores, notes, unchanged=True)


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
