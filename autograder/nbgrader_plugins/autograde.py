"""nbgrader's autograde step with our runner and judge: the command and formgrader's button.

In nbgrader_config.py these two stand in the list of `Autograde.autograde_preprocessors`, where
nbgrader's own `Execute` and `SaveAutoGrades` would be.
"""

from __future__ import annotations

import atexit
import os
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
from autograder.grading.grader import Grader, GradingFailed
from autograder.grading.hidden_inputs import known_draws
from autograder.grading.unit_of_notebook import expected_notebook
from autograder.records import audit
from autograder.records.gradebook import read_cells, read_one
from autograder.records.late import extend_in_nbgrader
from autograder.records.recording import record_marks
from autograder.runner import visible
from autograder.runner.client import Runner
from autograder.runner.limits import Limits

TRUST_VARIABLE = "COURSE_BP_TRUST_SUBMISSIONS"
_graders: dict[tuple[Path, bool, Limits, tuple[str, ...]], Grader] = {}


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
    key = (course.root, trusted, limits, packages)
    if key not in _graders:
        visible.require(packages)
        secret = course_secret(course)
        hide = (course.root, secret_path(course.course_id).parent)
        runner = Runner(limits, trusted, hide, packages)
        atexit.register(runner.close)
        _graders[key] = Grader(runner, secret, known_draws(course.state))
    return _graders[key]


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
            expected_notebook(opened, unit, about["notebook"], notebook),
            graded_by(grader, notebook),
            released.files,
        )
        if isinstance(graded, NotGraded):
            raise GradingFailed(graded.why)  # As nbgrader reports what it cannot grade.
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
        from nbgrader.api import Gradebook

        about, graded = resources["nbgrader"], resources["course_bp"]
        scores = {name: mark.score for name, mark in graded.marks.items()}
        course = CourseDirectory(parent=self)
        unit, student, notebook = (about[it] for it in ("assignment", "student", "notebook"))
        opened = Course.at(Path(course.root), self.config)
        with Gradebook(about["db_url"], course.course_id) as gradebook:
            record_marks(gradebook, unit, notebook, student, scores, graded.untouched)
            extend_in_nbgrader(opened, unit, student, gradebook)
            folder = opened.directory("release", ".", unit)
            grades = read_one(opened, gradebook, unit, student, read_cells(gradebook, unit, folder))
        trusted = resources["course_bp_trusted"]
        grader = grader_version(opened, unit, course_secret(opened), trusted)
        by = "nbgrader autograde"
        audit.record(opened, grades, student, grader, by, {notebook: graded.marks})
        open_to_the_group(opened)
        return nb, resources
