"""Lets nbgrader's own autograde step take a notebook of whatever name, as `course-bp grade` does.

nbgrader looks for UNIT.ipynb alone. This sends every submission that holds a notebook on to
`GradeInSandbox`, under the name that the unit has; which notebook counts is found there. Importing
`safe_timestamps`, which nbgrader_config.py names, brings it in. A unit of several notebooks is
left to nbgrader.
"""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import Any

from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter

from autograder.grading.submission import notebook_paths
from autograder.records.recording import record_marks

_find_all = BaseConverter.init_notebooks
_init = Autograde.init_assignment
_convert = BaseConverter.convert_single_notebook


def _find(self: Any) -> None:
    """Lists each submission with the unit's notebook, if any notebook is in it."""
    coursedir = self.coursedir
    released = coursedir.format_path(coursedir.release_directory, ".", coursedir.assignment_id)
    names = [path.name for path in Path(released).glob("*.ipynb")]
    single = names == [f"{coursedir.assignment_id}.ipynb"] and coursedir.notebook_id == "*"
    if not (isinstance(self, Autograde) and single):
        _find_all(self)
        return
    folders = glob.glob(self._format_source(coursedir.assignment_id, coursedir.student_id))
    found = {
        folder: [os.path.join(folder, names[0])]
        for folder in folders
        if notebook_paths(Path(folder))
    }
    if not found:
        _find_all(self)  # It says so in its own words.
        return
    for folder in sorted(set(folders) - set(found)):
        self.log.warning("No notebook was found in %s", folder)
    self.assignments, self.notebooks = found, []


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


BaseConverter.init_notebooks = _find
Autograde.init_assignment = _begin
BaseConverter.convert_single_notebook = _convert_one
