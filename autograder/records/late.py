"""What late work costs, by the due date, the extensions and the policy of now.

nbgrader works penalties out while it grades, and never again. Here they are worked out anew before
any number is shown or exported, so that a due date that was moved, an extension or points given by
hand count at once. An extension of `arrangements.csv` becomes nbgrader's own
`SubmittedAssignment.extension`; one that was granted through nbgrader stays, unless the file says
otherwise.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from autograder.course.access import gradebook_obstacle
from autograder.course.arrangements import Arrangement, What, by_any_name, read_arrangements, utc
from autograder.course.folder import Course, CourseError
from autograder.files.ledger import Ledger
from autograder.records.recording import one_transaction


class NoPenaltyFound(CourseError):
    """The plugin for late work stopped with an error on one submission."""


@dataclass(frozen=True)
class Recharged:
    """A penalty that is another one now.

    Args:
        student: the student's id.
        before: the points taken off before.
        after: the points taken off now.
    """

    student: str
    before: float
    after: float


@dataclass
class LateWork:
    """Late work to one unit.

    Args:
        gradebook: nbgrader's, open. It must know the unit.
        found: what was arranged in the course.

    Raises:
        CourseError: if the plugin for late work cannot be used.
    """

    course: Course
    unit: str
    gradebook: Any
    found: Collection[Arrangement] = ()
    due: datetime | None = field(init=False)
    policy: Any = field(init=False, default=None)
    # What the ledger of extensions said before.
    _before: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.due = self.gradebook.find_assignment(self.unit).duedate
        if self.due is not None:
            self.policy = late_policy(self.course)

    @cached_property
    def until(self) -> dict[str, datetime]:
        """Student → until when the due date is extended, as nbgrader keeps a time."""
        extended = by_any_name(self.course, self.found, self.unit, What.EXTENDED)
        return {name: utc(one.until) for name, one in extended.items() if one.until}

    @cached_property
    def _granted(self) -> Ledger:
        """Which extensions of the gradebook come from the file, in seconds."""
        return Ledger(self.course.state / "extensions.jsonl")

    def charge(self, student: str) -> float:
        """Works out a submission's penalty and records it.

        Args:
            student: the student's id; the submission is in the gradebook and committed, so that a
                plugin that looks there itself finds it.

        Returns:
            The points that are taken off.

        Raises:
            NoPenaltyFound: if the plugin stops with an error; the penalty stays as it was.
        """
        submission = self.gradebook.find_submission(self.unit, student)
        changed = self._extend(submission)
        penalties = [self._penalty(submission, notebook) for notebook in submission.notebooks]
        for notebook, penalty in zip(submission.notebooks, penalties, strict=True):
            if notebook.late_submission_penalty != penalty:
                notebook.late_submission_penalty = penalty
                changed = True
        if changed:
            self.gradebook.db.commit()
        return float(sum(penalty or 0.0 for penalty in penalties))

    def extend(self, student: str) -> None:
        """Gives nbgrader the extension of the file, and leaves the penalty to it."""
        if self._extend(self.gradebook.find_submission(self.unit, student)):
            self.gradebook.db.commit()

    def charge_anew(self, students: Collection[str] | None = None) -> list[Recharged]:
        """Works out the penalties of all submissions that have one, or may.

        Args:
            students: only these.

        Returns:
            Those that changed, in order of student.
        """
        found = []
        for student, timestamp, extension, penalty in self._submissions():
            late = self.due is not None and timestamp is not None and timestamp > self.due
            concerned = late or penalty or extension or student in self.until
            if concerned and (students is None or student in students):
                after = self.charge(student)
                if abs(after - penalty) > 1e-9:
                    found.append(Recharged(student, penalty, after))
        return found

    def penalties(self) -> dict[str, float]:
        """Student → the points that are taken off, as the gradebook has it."""
        return {student: penalty for student, _, _, penalty in self._submissions()}

    def forget(self) -> None:
        """Takes back what was noted of extensions that did not come into the gradebook."""
        for key, version in self._before.items():
            self._granted.record(key, version)

    def _submissions(self) -> list[tuple[str, datetime | None, timedelta | None, float]]:
        from nbgrader.api import Assignment, SubmittedAssignment

        rows = (
            self.gradebook.db.query(
                SubmittedAssignment.student_id,
                SubmittedAssignment.timestamp,
                SubmittedAssignment.extension,
                SubmittedAssignment.late_submission_penalty,
            )
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == self.unit)
            .order_by(SubmittedAssignment.student_id)
        )
        return [(name, when, more, float(penalty or 0)) for name, when, more, penalty in rows]

    def _extend(self, submission: Any) -> bool:
        """Gives nbgrader the extension of the file; says whether the gradebook had another."""
        student, due = submission.student.id, self.due
        until = self.until.get(student)
        wanted = until - due if until and due and until > due else None
        key, present = f"{student}/{self.unit}", submission.extension
        if wanted is None and (present is None or not self._granted.holds(key, _seconds(present))):
            return False  # There is none, or somebody granted it through nbgrader.
        self._before.setdefault(key, self._granted.version(key))
        self._granted.record(key, _seconds(wanted))
        submission.extension = wanted
        return bool(wanted != present)

    def _penalty(self, submission: Any, notebook: Any) -> float | None:
        # Of an extension without a due date, nbgrader cannot say how late it is.
        late = submission.total_seconds_late if self.due is not None else 0
        if not late > 0:
            return None
        policy, student = self.policy, submission.student.id
        policy.gradebook, policy.student_id = self.gradebook, student
        policy.assignment_id, policy.notebook_id = self.unit, notebook.name
        try:
            policy.init_plugin()
            penalty = policy.plugin_inst.late_submission_penalty(student, notebook.score, late)
            return None if penalty is None else policy._check_late_penalty(notebook, penalty)
        except Exception as error:  # A plugin of the course's own may raise whatever it likes.
            raise NoPenaltyFound(
                f"the penalty for {student}'s late work cannot be worked out by the plugin that "
                f"nbgrader_config.py names: {type(error).__name__}: {error}"
            ) from error


def late_policy(course: Course) -> Any:
    """nbgrader's own step for late work, with the plugin that the configuration of now names.

    Its `preprocess` opens the gradebook again for each submission, which takes 40 ms; `LateWork`
    does what it does.

    Returns:
        An AssignLatePenalties.

    Raises:
        CourseError: if the plugin cannot be used.
    """
    from nbgrader.preprocessors import AssignLatePenalties

    try:
        policy = AssignLatePenalties(config=course.config)
        policy.init_plugin()
    except Exception as error:  # A plugin of the course's own may raise whatever it likes.
        raise CourseError(
            "the plugin for late work that nbgrader_config.py names cannot be used: "
            f"{type(error).__name__}: {error}"
        ) from error
    policy.db_url = course.api.coursedir.db_url
    return policy


def charge_anew(
    course: Course, unit: str, students: Collection[str] | None = None
) -> list[Recharged]:
    """Brings the penalties in a unit's gradebook up to the due date, extensions and policy of now.

    Args:
        unit: the unit's full name.
        students: only these students.

    Returns:
        The penalties that changed, all of them or none; none too if the gradebook does not know
        the unit.

    Raises:
        CourseError: if there is no gradebook yet or it cannot be written, arrangements.csv cannot
            be understood, or the plugin cannot be used.
    """
    from nbgrader.api import MissingEntry
    from sqlalchemy.exc import DBAPIError

    found = read_arrangements(course)
    with course.gradebook() as gradebook:
        try:
            work = LateWork(course, unit, gradebook, found)
        except MissingEntry:
            return []
        try:
            with one_transaction(gradebook):
                return work.charge_anew(students)
        except BaseException as error:
            work.forget()
            if isinstance(error, DBAPIError) and (obstacle := gradebook_obstacle(course, 0)):
                raise CourseError(f"{obstacle.problem}. To fix it: {obstacle.fix}") from None
            raise


def extend_in_nbgrader(course: Course, unit: str, student: str, gradebook: Any) -> None:
    """Gives nbgrader the extension of arrangements.csv, for its own step that works out a penalty.

    Args:
        student: the student's id.
        gradebook: nbgrader's, open. The submission must be in it.
    """
    LateWork(course, unit, gradebook, read_arrangements(course)).extend(student)


def _seconds(extension: timedelta | None) -> str:
    return "" if extension is None else str(extension.total_seconds())
