"""Grading a unit for a class: many workers, one writer.

Workers rebuild, run and judge; this process alone writes the gradebook, in one transaction what is
done by then. What cannot be graded is reported for its student, and the rest go on. What was under
way when a worker process died is tried again alone, so that a submission that kills its worker
takes nobody along. A submission that has not changed since it was last graded, by the same
exercises and the same grader, is not run again, so an interrupted batch goes on where it stopped;
what it loses for being late, and its page, follow the gradebook and the policy of now all the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.batch import handing_back, worker
from autograder.batch.recorded import record, write_trail
from autograder.batch.result import Result, kept_result, new_result
from autograder.batch.rounds import AHEAD, DIED, Died, Stopping, Work, do_all
from autograder.batch.student_pages import write_failure_pages
from autograder.batch.task import Done, Task, task_of
from autograder.batch.written_pages import WrittenPages
from autograder.course.arrangements import read_arrangements
from autograder.course.folder import Course, CourseError
from autograder.course.gradebook_lock import grading
from autograder.course.graded_cells import released_exercises
from autograder.course.registering import ensure_registered, note_exercises
from autograder.course.secret import secret_path
from autograder.course.secret_record import course_secret
from autograder.course.versions import grader_version
from autograder.files import clean
from autograder.files.handed_in import why_no_id
from autograder.files.ledger import digest
from autograder.grading.companions import handed_in_files
from autograder.grading.given import given_for
from autograder.grading.hidden_inputs import NoFairDraw, hidden_inputs, known_draws
from autograder.grading.time_zones import home_zone
from autograder.records import recording
from autograder.records.gradebook import GradedCell, read_cells, read_one
from autograder.records.graded_versions import GradedVersions
from autograder.records.late import LateWork, NoPenaltyFound
from autograder.records.student_names import name_students
from autograder.runner import sandbox
from autograder.runner.sandbox import NoSandbox

if TYPE_CHECKING:
    from autograder.batch.cluster import ClusterPool

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """How a batch is graded.

    Args:
        force: grade unchanged submissions too.
        workers: how many processes grade (default: one a processor).
        trusted: run submissions without a sandbox.
        pages: write the students' pages.
        cluster: the address of a dask scheduler whose workers grade, or "" for processes here.
        new_secret: take another secret than the one that the course was graded with.
    """

    force: bool = False
    workers: int = 0
    trusted: bool = False
    pages: bool = True
    cluster: str = ""
    new_secret: bool = False


def grade_unit(
    course: Course,
    unit: str,
    options: Options | None = None,
    students: Sequence[str] | None = None,
    progress: Progress = lambda student: None,
    stopping: Stopping = lambda under_way: None,
) -> list[Result]:
    """Grades what was handed in for a unit.

    Args:
        unit: the unit's name.
        options: how to grade.
        students: only these students (default: everyone who handed in).
        progress: called with each student's id once it is done.
        stopping: called at once when grading is interrupted, with what is under way then.

    Returns:
        One result a student, in order.

    Raises:
        CourseError: if there is no sandbox, if another batch is grading this course, if this user
            has no right to write to it, or if it was graded with a different secret.
    """
    options = options or Options()
    arrangements = read_arrangements(course)
    with grading(course):
        ensure_registered(course, unit)
        chosen = list(course.students(unit) if students is None else students)
        secret = course_secret(course, options.new_secret)
        grader = grader_version(course, unit, secret, options.trusted)
        graded = GradedVersions(course)
        with course.gradebook() as gradebook:
            pages = WrittenPages(course, gradebook)
            late = LateWork(course, unit, gradebook, arrangements)
            batch = _Batch(
                course, unit, options, gradebook, graded, grader, progress, secret, pages, late
            )
            results = batch.run(chosen, stopping)
            name_students(course, gradebook)
        if set(chosen).issuperset(course.students(unit)):
            note_exercises(course, unit)
    return [results[student] for student in chosen]


@dataclass
class _Batch:
    course: Course
    unit: str
    options: Options
    gradebook: Any
    graded: GradedVersions
    grader: str
    progress: Progress
    secret: bytes
    pages: WrittenPages
    late: LateWork
    cells: Mapping[str, GradedCell] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    penalties_before: Mapping[str, float] = field(default_factory=dict)
    # What was handed in, and the grader.
    versions: dict[str, tuple[str, str]] = field(default_factory=dict)
    page_versions: dict[str, str] = field(default_factory=dict)
    old_pages: list[Task] = field(default_factory=list)
    # Whose submission could not be graded, or only in part.
    to_try_again: set[str] = field(default_factory=set)

    def run(self, students: Sequence[str], stopping: Stopping) -> dict[str, Result]:
        self.cells = read_cells(self.course, self.gradebook, self.unit)
        self.penalties_before = self.late.penalties()
        for student in students:
            if why := why_no_id(student):
                # The gradebook cannot hold such a student, so that nothing is recorded.
                self.results[student] = Result(clean.name(student), self.unit, failure=why)
        graded = [student for student in students if student not in self.results]
        tasks = [task_of(self.course, self.unit, student) for student in graded]
        pending = [task for task in tasks if not self._stands(task)]
        if pending and not self.options.cluster:
            try:
                if not self.options.trusted:
                    sandbox.require()
            except NoSandbox as problem:
                raise CourseError(str(problem)) from None
            known = known_draws(self.course.state)
            for exercise in released_exercises(self.course, self.unit):
                with contextlib.suppress(NoFairDraw):  # Workers meet it again, and say so.
                    hidden_inputs(exercise, self.secret, known)
        work: list[Work] = [(worker.grade, task) for task in pending]
        work += [(worker.write_page, task) for task in self.old_pages]
        workers = self.options.workers or worker.workers_by_default()
        ahead = len(work) if self.options.cluster else AHEAD
        do_all(work, workers, ahead, self._pool, self._take, stopping)
        before = self.penalties_before
        return {
            student: replace(result, penalty_before=before.get(student, result.penalty))
            for student, result in self.results.items()
        }

    def _pool(self, workers: int) -> ProcessPoolExecutor | ClusterPool:
        hide = (self.course.root, secret_path(self.course.course_id).parent)
        brought = given_for(self.course, self.unit)
        if self.options.cluster:
            from autograder.batch.cluster import ClusterPool

            self.course.api  # noqa: B018  (nbgrader is imported once, before threads use it)
            trusted = self.options.trusted
            return ClusterPool(
                self.options.cluster, self.course, self.secret, trusted, hide, brought
            )
        return worker.pool(self.course, self.secret, self.options.trusted, hide, brought, workers)

    def _take(self, outcomes: Sequence[tuple[Work, Any]]) -> list[Work]:
        """Takes results from workers; returns those whose page is to be written next."""
        found: list[tuple[Task, Done | str]] = []
        for (doing, task), outcome in outcomes:
            died = Done(failure=DIED) if doing is worker.grade else DIED
            found.append((task, died if isinstance(outcome, Died) else outcome))
        self._finish([(task, done) for task, done in found if isinstance(done, Done)])
        pages: list[Work] = []
        for task, done in found:
            student = task.student
            if isinstance(done, Done) and not done.failure and self.options.pages:
                self.page_versions[student] = self.pages.now(task)
                pages.append((worker.write_page, task))
                continue
            if isinstance(done, str) and done:
                self.page_versions.pop(student)
                self.results[student] = replace(self.results[student], failure=done)
            self._close(task)
        return pages

    def _finish(self, graded: Sequence[tuple[Task, Done]]) -> None:
        """Records submissions; they are in the gradebook together or not at all."""
        kept = {task.student: done for task, done in graded if self._keeps_earlier(task, done)}
        for student, done in kept.items():
            why = f"{done.failure} The earlier grade stands."
            self.results[student] = Result(student, self.unit, failure=why)
        graded = [(task, done) for task, done in graded if task.student not in kept]
        with recording.one_transaction(self.gradebook):
            for task, done in graded:
                record(self.course, self.gradebook, task, done)
        with recording.one_transaction(self.gradebook):
            troubles = [self._charge(task.student)[1] for task, _ in graded]
        for (task, done), trouble in zip(graded, troubles, strict=True):
            grades = read_one(self.course, self.gradebook, self.unit, task.student, self.cells)
            write_trail(self.course, task, done, grades, self.grader)
            if done.failure or done.not_graded:
                self.to_try_again.add(task.student)
            result = new_result(task, done, grades)
            self.results[task.student] = replace(result, remarks=(*result.remarks, *trouble))
            if done.failure:
                handing_back.clear(self.course, self.unit, task.student)
                if self.options.pages:
                    write_failure_pages(self.course, task, self.secret)

    def _charge(self, student: str, before: float = 0.0) -> tuple[float, tuple[str, ...]]:
        """What is taken off now, and what there is to say of it.

        One submission's time may be too odd for a plugin of the course's own.
        """
        try:
            return self.late.charge(student), ()
        except NoPenaltyFound as problem:
            return before, (f"{problem} The penalty stays as it was.",)

    def _keeps_earlier(self, task: Task, done: Done) -> bool:
        if not done.earlier_stands:
            return False
        earlier = read_one(self.course, self.gradebook, self.unit, task.student, self.cells)
        return any(not one.failed for one in earlier.submissions)

    def _close(self, task: Task) -> None:
        failed = task.student in self.to_try_again or bool(self.results[task.student].failure)
        if failed:
            self.graded.forget(self.unit, task.student)
        else:
            self.graded.record(self.unit, task.student, *self.versions[task.student])
        self.pages.record(task, self.page_versions.get(task.student, ""))
        self.progress(task.student)

    def _stands(self, task: Task) -> bool:
        """Whether an earlier grade stands; what cannot be read is tried, and told, by a worker."""
        try:
            return self._kept(task)
        except OSError:
            return False

    def _kept(self, task: Task) -> bool:
        """Whether an earlier grade stands; it is taken over then."""
        notebooks = task.notebooks
        zone = home_zone(self.course.config)
        graded_by = self.grader + f"-{zone}" * bool(zone)
        self.versions[task.student] = (digest(handed_in_files(task.folder)), graded_by)
        held = self.graded.holds(self.unit, task.student, *self.versions[task.student])
        # Of several, some need not have been handed in; what they earned is in the gradebook.
        there = [one for one in notebooks if one.graded.is_file()] or notebooks[:1]
        written = [path for one in there for path in (one.graded, *_slips(one.graded))]
        if self.options.pages:
            written += [path for one in there for path in (one.page, *_slips(one.page))]
        if self.options.force or not held or not all(path.is_file() for path in written):
            return False
        result = kept_result(self.course, self.gradebook, task, self.cells)
        if result is None:  # A gradebook that was moved aside, or put back, need not know of it.
            return False
        penalty, trouble = self._charge(task.student, result.penalty)
        remarks = (*result.remarks, *trouble)
        self.results[task.student] = replace(result, penalty=penalty, remarks=remarks)
        shown = self.pages.now(task) if self.options.pages else ""
        if self.options.pages and not self.pages.current(task, shown):
            self.page_versions[task.student] = shown
            self.old_pages.append(task)
        else:
            self.progress(task.student)
        return True


def _slips(path: Path) -> list[Path]:
    return handing_back.slips(path.parent)
