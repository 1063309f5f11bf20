"""Lets nbgrader's own autograde step take a notebook of whatever name, as `course-bp grade` does.

nbgrader looks for the released name alone. This sends every submission that holds a notebook on to
`GradeInSandbox`, under the name that the unit has; which notebook counts is found there. Importing
`safe_timestamps`, which nbgrader_config.py names, brings it in. A unit of several notebooks is
left to nbgrader.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter

from autograder.grading.submission import notebook_paths
from autograder.nbgrader_plugins.safe_names import notebooks_in
from autograder.records.recording import record_marks

_init = Autograde.init_assignment
_convert = BaseConverter.convert_single_notebook


def _notebooks_in(self: Any, folder: str) -> list[str]:
    """The one notebook of the unit, if any notebook is in a student's folder."""
    about = self.coursedir
    released = about.format_path(about.release_directory, ".", about.assignment_id)
    names = [path.name for path in Path(released).glob("*.ipynb")]
    if len(names) != 1 or about.notebook_id != "*":
        return notebooks_in(self, folder)
    return [os.path.join(folder, names[0])] if notebook_paths(Path(folder)) else []


def _begin(self: Any, assignment_id: str, student_id: str) -> None:
    """Takes back the zeros that nbgrader gives for a notebook of another name."""
    _init(self, assignment_id, student_id)
    missing = [path for path in self.notebooks if not os.path.lexists(path)]
    if missing:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            for path in missing:
                record_marks(gradebook, assignment_id, Path(path).stem, student_id, {})


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
BaseConverter.convert_single_notebook = _convert_one
