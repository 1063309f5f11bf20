"""Lets nbgrader's own steps take the name of a student's folder for a name, and for nothing else.

nbgrader looks for a student's notebooks by a pattern that the folder's name is a part of. A folder
called `*` is then handed in with everybody's notebooks, and all others are skipped as if they were
graded already. A folder whose name holds a line feed matches no pattern, which ends the whole
batch. Here each folder is looked into as it is called, and one whose name cannot be a student's id
is refused by itself. Importing this module puts it in the place of nbgrader's own search;
`safe_timestamps` and `student_page`, which nbgrader_config.py names, do.
"""

from __future__ import annotations

import glob
import os
import re
from typing import Any

from nbgrader.converters.base import BaseConverter, NbGraderException

from autograder.files import clean
from autograder.files.handed_in import why_no_id

_find_by_pattern = BaseConverter.init_notebooks
_convert_all = BaseConverter.convert_notebooks


def _init_notebooks(self: Any) -> None:
    """Finds the notebooks of each folder, and leaves out whom nbgrader could not name."""
    about = self.coursedir
    folders = glob.glob(self._format_source(about.assignment_id, about.student_id))
    pattern = self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
    self.course_bp_refused = []
    self.assignments = {}
    for folder in folders:
        found = re.match(pattern, folder, re.DOTALL)
        student = found["student_id"] if found else ""
        if why := why_no_id(student):
            self.log.error("%s was not graded: %s", clean.name(student), why)
            self.course_bp_refused.append(clean.name(student))
            continue
        if notebooks := self.course_bp_notebooks_in(folder):
            self.assignments[folder] = notebooks
        else:
            self.log.warning("No notebooks were found in %s", clean.name(folder))
    if not folders:
        _find_by_pattern(self)  # It says what may have been meant.


def notebooks_in(converter: Any, folder: str) -> list[str]:
    """The notebooks in a student's folder that a step takes, as paths; `any_name` finds more."""
    name = f"{converter.coursedir.notebook_id}.ipynb"
    return glob.glob(os.path.join(glob.escape(folder), name))


def _convert_notebooks(self: Any) -> None:
    """Converts all, and fails in the end if somebody was left out, as it does for others."""
    _convert_all(self)
    if self.course_bp_refused:
        raise NbGraderException(f"Not graded: {', '.join(self.course_bp_refused)}")


BaseConverter.course_bp_notebooks_in = notebooks_in
BaseConverter.init_notebooks = _init_notebooks
BaseConverter.convert_notebooks = _convert_notebooks
