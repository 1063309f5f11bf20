"""nbgrader's autograde step with our runner and judge: the command and formgrader's button.

In nbgrader_config.py these two stand in the list of `Autograde.autograde_preprocessors`, where
nbgrader's own `Execute` and `SaveAutoGrades` would be.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Dict, List, Unicode

from autograder.course.access import open_to_the_group
from autograder.course.folder import Course
from autograder.course.secret import secret_path
from autograder.course.secret_record import course_secret
from autograder.course.versions import grader_version
from autograder.files import clean
from autograder.grading.given import given_for
from autograder.grading.grade_submission import NotGraded, grade_submission, graded_by
from autograder.grading.grader import GradedNotebook, Grader, GradingFailed
from autograder.grading.hidden_inputs import known_draws
from autograder.grading.unit_of_notebook import expected_notebook
from autograder.records import audit
from autograder.records.gradebook import read_cells, read_one
from autograder.records.graded_versions import GradedVersions
from autograder.records.late import extend_in_nbgrader
from autograder.records.recording import record_marks, record_missing
from autograder.records.student_names import name_students
from autograder.runner import visible
from autograder.runner.client import Runner
from autograder.runner.limits import Limits

TRUST_VARIABLE = "COURSE_BP_TRUST_SUBMISSIONS"
# By what a grader depends on; the registry is another one when an exercise was changed.
_graders: dict[tuple[Path, bool, Limits, tuple[str, ...], int], Grader] = {}


def grader_for(
    course: Course, trusted: bool, limits: Limits, packages: tuple[str, ...] = ()
) -> Grader:
    """The grader of this process, with its warm runner; made once.

    Args:
        course: the course; student code must not see its folder.
        trusted: run without a sandbox.
        limits: what a submission may use.
        packages: what it may import besides what every course has.

    Returns:
        The grader.

    Raises:
        BadSecret: if the course's secret is not here, or cannot be used.
    """
    key = (course.root, trusted, limits, packages, id(course.exercises))
    if key not in _graders:
        visible.require(packages)
        secret = course_secret(course)
        hide = (course.root, secret_path(course.course_id).parent)
        runner = Runner(limits, trusted, hide, packages)
        atexit.register(runner.close)
        _graders[key] = Grader(runner, secret, known_draws(course.state), course.exercises)
    return _graders[key]


class Refused(GradingFailed):
    """A notebook that could not be graded, or was not handed in.

    Args:
        graded: why.
        trusted: whether the sandbox was left out.
    """

    def __init__(self, graded: NotGraded, trusted: bool) -> None:
        super().__init__(graded.why)
        self.graded, self.trusted = graded, trusted


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """Rebuilds the notebook that was handed in, runs it in the sandbox and judges it here."""

    trust_submissions = Bool(
        False, help="Run submissions without a sandbox. Only for code that you trust."
    ).tag(config=True)

    limits = Dict(
        {},
        help="What a submission may use, if different from autograder.runner.limits.Limits, "
        "such as {'cell_seconds': 30.0}.",
    ).tag(config=True)

    packages = List(
        Unicode(),
        help="Packages, by their names for pip, that student code may import besides the standard "
        "library, NumPy, matplotlib, IPython and ipywidgets, such as ['pandas'].",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Grades a notebook.

        Args:
            nb: what nbgrader made of the submission; the file that was handed in counts.
            resources: nbgrader's, with the names of student, assignment and notebook.

        Returns:
            The graded notebook, and the resources with the marks under "course_bp" and whether
            the sandbox was left out under "course_bp_trusted".
        """
        about = resources["nbgrader"]
        course = CourseDirectory(parent=self)
        trusted = self.trust_submissions or os.environ.get(TRUST_VARIABLE) == "1"
        limits, packages = Limits(**self.limits), tuple(self.packages)
        opened = Course.at(Path(course.root), self.config)
        grader = grader_for(opened, trusted, limits, packages)
        unit, name = about["assignment"], f"{about['notebook']}.ipynb"
        submitted = course.format_path(course.submitted_directory, about["student"], unit)
        within = course.format_path(course.submitted_directory, ".", ".")
        released = given_for(opened, unit)
        notebook = released.notebooks.get(about["notebook"])
        if notebook is None:
            where = opened.directory("release", ".", unit)
            raise GradingFailed(f"there is no {name} in {where}; run course-bp build {unit}.")
        graded = grade_submission(
            Path(submitted, name),
            Path(os.path.normpath(within)),
            expected_notebook(opened, unit, about["notebook"], released.notebooks),
            graded_by(grader, notebook, about["student"]),
            released,
        )
        if isinstance(graded, NotGraded):
            raise Refused(graded, trusted)  # As nbgrader reports what it cannot grade.
        for remark in graded.remarks:
            self.log.warning("%s: %s", clean.line(about["student"]), remark)
        resources["course_bp"], resources["course_bp_trusted"] = graded, trusted
        return graded.notebook, resources


class SaveMarks(NbGraderPreprocessor):  # type: ignore[misc]
    """Writes the marks into the gradebook; outputs of the notebook are not read for it."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Records the marks that `GradeInSandbox` left.

        Args:
            nb: the graded notebook.
            resources: with the marks under "course_bp".

        Returns:
            Both as they were.
        """

        about, graded = resources["nbgrader"], resources["course_bp"]
        course = Course.at(Path(CourseDirectory(parent=self).root), self.config)
        record_one(course, about, resources["course_bp_trusted"], graded)
        return nb, resources


def record_one(
    course: Course, about: Mapping[str, str], trusted: bool, graded: GradedNotebook | NotGraded
) -> None:
    """Records what came of one notebook of a submission.

    Args:
        about: nbgrader's names of student, assignment and notebook.
        trusted: whether the sandbox was left out.
        graded: the graded notebook, or why there is none.
    """
    unit, student, notebook = (about[it] for it in ("assignment", "student", "notebook"))
    done = graded if isinstance(graded, GradedNotebook) else None
    problem = graded if isinstance(graded, NotGraded) else None
    missing = problem is not None and problem.missing
    with course.gradebook() as gradebook:
        place = (gradebook, unit, notebook, student)
        if missing:
            record_missing(*place)
        else:
            scores = {name: mark.score for name, mark in done.marks.items()} if done else {}
            record_marks(*place, scores, done.untouched if done else ())
        extend_in_nbgrader(course, unit, student, gradebook)
        name_students(course, gradebook, student)
        grades = read_one(course, gradebook, unit, student, read_cells(course, gradebook, unit))
    audit.record(
        course,
        grades,
        student,
        grader_version(course, unit, course_secret(course), trusted),
        "nbgrader autograde",
        {notebook: done.marks} if done else {},
        not_graded={notebook: problem} if problem and not missing else {},
        missing=[notebook] if missing else (),
        sums={notebook: done.sha256} if done else {},
    )
    GradedVersions(course).forget(unit, student)
    open_to_the_group(course)
