"""Grading on a dask.distributed cluster: workers elsewhere run and judge, this process records.

A submission is read here, since reading it needs limits and no computing; its cells, the released
notebook and the course's secret go to a worker, which runs them in its own sandbox and judges them
there. Back comes the graded notebook. Whatever the number of workers, this process alone writes the
gradebook and the files. A worker that dies has its submissions given to others by the scheduler.

The cluster must be one's own: scheduler and workers see the secret, and dask speaks pickle. Use
dask's TLS settings on a network that others share.
"""

from __future__ import annotations

import json
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.batch import worker
from autograder.batch.task import Done, Task
from autograder.course.folder import Course, CourseError
from autograder.course.versions import code_version
from autograder.exercises import EXERCISES
from autograder.exercises.own import registry_with
from autograder.exercises.registry import Fault, Own
from autograder.grading.given import Given
from autograder.grading.grade_submission import Graded, NotGraded, Submission, graded_by
from autograder.grading.grader import Grader
from autograder.runner import sandbox, visible
from autograder.runner.client import Runner
from autograder.runner.limits import Limits
from autograder.runner.sandbox import NoSandbox

CONNECT_SECONDS = 20
# Submissions under way for each of the cluster's threads, so that none waits for this process.
AHEAD = 2


@dataclass(frozen=True)
class Job:
    """A submission as it travels.

    Args:
        released: the notebook that students got, as JSON.
        student: the id of the student who handed it in.
        handed_in: what was handed in.
        limits: what it may use.
        packages: what it may import besides what every course has.
        secret: the course's secret.
        trusted: run without a sandbox.
        version: the code that must grade it.
        own: what the course adds to the exercises.
    """

    released: str
    student: str
    handed_in: Submission
    limits: Limits
    packages: tuple[str, ...]
    secret: bytes
    trusted: bool
    version: str
    own: Own


_local = threading.local()


def grade_there(job: Job) -> Graded:
    """Grades a submission on a worker of the cluster, one warm sandbox a thread.

    Args:
        job: the submission.

    Returns:
        The graded notebook, or why there is none. No submission makes this raise.
    """
    import nbformat

    if code_version() != job.version:
        return NotGraded("a worker of the cluster has another version of course-bp.")
    released: Any = nbformat.reads(job.released, as_version=4)  # type: ignore[no-untyped-call]
    return graded_by(_grader(job), released, job.student)(job.handed_in)


def state_of_worker(
    trusted: bool, packages: tuple[str, ...], own: Own, known: tuple[Fault, ...]
) -> tuple[str, str]:
    """What a worker can do.

    Args:
        trusted: whether submissions run without a sandbox.
        packages: what submissions may import besides what every course has.
        own: what the course adds to the exercises.
        known: what of it cannot be used anywhere.

    Returns:
        The version of its code, and why its sandbox, or an exercise, does not work, or "".
    """
    try:
        visible.require(packages)
        if not trusted:
            sandbox.require()
    except (NoSandbox, visible.NotShown) as problem:
        return code_version(), str(problem)
    here = (fault for fault in registry_with(own, EXERCISES).faults if fault not in known)
    return code_version(), next((fault.message for fault in here), "")


class ClusterPool:
    """Grades on a cluster what `batch` would give to processes of its own.

    Args:
        address: the scheduler's, such as tcp://10.0.0.1:8786.
        secret: its secret.
        trusted: run submissions without a sandbox.
        hide: folders of this machine that student code must not see on it.
        given: what the course brings to the grading of the unit.

    Raises:
        CourseError: if the scheduler cannot be reached, has no workers, or they cannot grade.
    """

    def __init__(
        self,
        address: str,
        course: Course,
        secret: bytes,
        trusted: bool,
        hide: tuple[Path, ...],
        given: Given,
    ) -> None:
        import distributed
        from distributed.comm.addressing import parse_address, parse_host_port

        connect: Any = distributed.Client
        self.course, self.secret, self.trusted = course, secret, trusted
        self.given = given
        try:
            # A client that is given no port takes 40 s to fail, and leaves a traceback.
            parse_host_port(parse_address(address)[1])
            self._client: Any = connect(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise CourseError(f"no scheduler answers at {address}: {error}") from None
        try:
            cores = self._examined(address)
        except BaseException:
            self._client.close()
            raise
        self._threads = ThreadPoolExecutor(AHEAD * cores)
        # Pages need the gradebook, so that they are written here.
        self._pages = ProcessPoolExecutor(
            worker.workers_by_default(),
            mp_context=multiprocessing.get_context("spawn"),
            initializer=worker.begin,
            initargs=(Course(course.root), secret, trusted, hide, Given()),
        )

    def __enter__(self) -> ClusterPool:
        return self

    def __exit__(self, *exception: object) -> None:
        self.shutdown(wait=True)
        self._client.close()

    def submit(self, function: Callable[[Task], Any], task: Task) -> Future[Any]:
        """Sends a task on its way: grading to the cluster, anything else to a process here."""
        if function is worker.grade:
            return self._threads.submit(self._grade, task)
        return self._pages.submit(function, task)

    def shutdown(self, wait: bool = True, cancel_futures: bool = False) -> None:
        """Takes no more tasks."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        self._pages.shutdown(wait, cancel_futures=cancel_futures)

    def _examined(self, address: str) -> int:
        """The number of threads that grade, all of workers that can."""
        threads = self._client.nthreads()
        if not threads:
            raise CourseError(
                f"the scheduler at {address} has no workers: start dask worker there."
            )
        exercises = self.course.exercises
        told = (self.trusted, self.course.packages, exercises.own, exercises.faults)
        found = self._client.run(state_of_worker, *told)
        for name, (version, problem) in found.items():
            if version != code_version():
                raise CourseError(f"{name} has another version of course-bp; install this one.")
            if problem:
                raise CourseError(f"{name}: {problem}")
        return int(sum(threads.values()))

    def _grade(self, task: Task) -> Done:
        return worker.grade_by(
            self.course,
            task,
            self.given,
            self.secret,
            lambda released, student: lambda handed_in: self._send(released, student, handed_in),
        )

    def _send(self, released: Any, student: str, handed_in: Submission) -> Graded:
        from distributed import KilledWorker

        job = Job(
            json.dumps(released),
            student,
            handed_in,
            self.course.limits,
            self.course.packages,
            self.secret,
            self.trusted,
            code_version(),
            self.course.exercises.own,
        )
        try:
            graded: Graded = self._client.submit(grade_there, job, pure=False).result()
        except KilledWorker:
            return NotGraded("every worker of the cluster that tried to grade it died.")
        except Exception as error:
            words = f"{type(error).__name__}: {error}"[:200]
            raise CourseError(
                f"the cluster was lost ({words}). Everything graded so far is "
                "kept; the same command continues "
                "from there."
            ) from None
        return graded


def _grader(job: Job) -> Grader:
    """This thread's grader; its warm sandbox ends with the worker, or when another course comes."""
    exercises = registry_with(job.own, EXERCISES)
    # A registry is made once for each content.
    key = (job.secret, job.limits, job.packages, job.trusted, id(exercises))
    held, grader = getattr(_local, "held", (None, None))
    if held != key or grader is None:
        if grader is not None:
            grader.runner.close()
        runner = Runner(job.limits, job.trusted, packages=job.packages)
        grader = Grader(runner, job.secret, exercises=exercises)
        _local.held = (key, grader)
    return grader
