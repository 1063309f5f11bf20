"""Lets nbgrader's own autograde step take notebooks of whatever name, as `course-bp grade` does.

nbgrader looks for the released names alone. This sends every submission that holds a notebook on to
`GradeInSandbox`, under the names that the unit has; which notebook counts is found there. Of
several, one that was not handed in earns nothing, and one that cannot be graded does not stop the
others. Importing `safe_timestamps`, which nbgrader_config.py names, brings it in.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter

from autograder.course.folder import Course
from autograder.files import clean
from autograder.grading.grade_submission import NotGraded, about_the_others, whole_failure
from autograder.grading.graded_notebook import add_notes
from autograder.grading.grader import GradingFailed
from autograder.grading.submission import notebook_paths
from autograder.nbgrader_plugins.autograde import Refused, record_one
from autograder.nbgrader_plugins.safe_copies import is_in_sandbox
from autograder.nbgrader_plugins.safe_names import notebooks_in
from autograder.records.recording import record_marks

_init = Autograde.init_assignment
_convert = BaseConverter.convert_single_notebook
_grade = Autograde.convert_single_notebook


def _notebooks_in(self: Any, folder: str) -> list[str]:
    """The notebooks of the unit, if any notebook is in a student's folder."""
    about = self.coursedir
    released = about.format_path(about.release_directory, ".", about.assignment_id)
    names = [path.name for path in Path(released).glob("*.ipynb")]
    takes_all = len(names) == 1 or is_in_sandbox(self)
    if not names or not takes_all or about.notebook_id != "*":
        return notebooks_in(self, folder)
    there = notebook_paths(Path(folder))
    return [os.path.join(folder, name) for name in names] if there else []


def _begin(self: Any, assignment_id: str, student_id: str) -> None:
    """Takes back the zeros that nbgrader gives for a notebook of another name."""
    _init(self, assignment_id, student_id)
    self.course_bp_not_graded = {}
    missing = [path for path in self.notebooks if not os.path.lexists(path)]
    if missing:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            for path in missing:
                record_marks(gradebook, assignment_id, Path(path).stem, student_id, {})


def _grade_one(self: Any, notebook_filename: str) -> None:
    """Grades a notebook; of several, the others are graded whatever comes of it."""
    if len(self.notebooks) == 1:
        _grade(self, notebook_filename)
        return
    about = self.init_single_notebook_resources(notebook_filename)["nbgrader"]
    refused: dict[str, Refused] = self.course_bp_not_graded
    folder = Path(self._format_dest(about["assignment"], about["student"]))
    try:
        _grade(self, notebook_filename)
    except Refused as problem:
        refused[about["notebook"]] = problem
        (folder / f"{about['notebook']}.ipynb").unlink(missing_ok=True)
    if notebook_filename == self.notebooks[-1] and refused:
        trusted = any(problem.trusted for problem in refused.values())
        whys = {name: problem.graded for name, problem in refused.items()}
        _close(self, about, folder, whys, trusted)


def _close(
    self: Any, about: dict[str, str], folder: Path, refused: dict[str, NotGraded], trusted: bool
) -> None:
    """Records what was not graded of a submission, and says so; fails if nothing was."""
    if len(refused) == len(self.notebooks):
        raise GradingFailed(whole_failure(refused)[0])
    course = Course.at(Path(self.coursedir.root), self.config)
    for name, problem in refused.items():
        record_one(course, {**about, "notebook": name}, trusted, problem)
    for path in self.notebooks:
        if Path(path).stem not in refused:
            add_notes(folder / Path(path).name, about_the_others(refused))
    student = clean.line(about["student"])
    for name, problem in refused.items():
        if problem.missing:
            self.log.warning("%s: %s.ipynb was not handed in.", student, name)
        else:
            self.log.error("%s: %s.ipynb was not graded: %s", student, name, problem.why)
            self.course_bp_refused.append(f"{student} ({name})")


def _convert_one(self: Any, notebook_filename: str) -> None:
    """Begins with an empty notebook where there is none of that name; it is not graded."""
    if not (isinstance(self, Autograde) and self._sanitizing) or os.path.lexists(notebook_filename):
        _convert(self, notebook_filename)
        return
    resources = self.init_single_notebook_resources(notebook_filename)
    output, resources = self.exporter.from_notebook_node(
        new_notebook(),  # type: ignore[no-untyped-call]
        resources=resources,
    )
    self.write_single_notebook(output, resources)


Autograde.course_bp_notebooks_in = _notebooks_in
Autograde.init_assignment = _begin
Autograde.convert_single_notebook = _grade_one
BaseConverter.convert_single_notebook = _convert_one
