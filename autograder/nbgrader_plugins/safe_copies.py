"""Lets nbgrader's own autograde step take in a submission as `course-bp grade` does.

nbgrader's own copying follows links, without end where they lead to /dev/zero, and takes files of
any size; its reader waits for a pipe, and makes gigabytes of a notebook of 30 MB. This puts our
reading in its place: of companions, and of the notebook, which nbgrader itself need not read at all
where `GradeInSandbox` reads it. Importing `safe_timestamps`, which nbgrader_config.py names, brings
it in.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
from nbgrader.utils import setenv

from autograder.files import clean
from autograder.files.handed_in import is_file
from autograder.files.ledger import replace_file
from autograder.grading.companions import SECRET_NAME, read_companions, usable_slip
from autograder.grading.hand_in_time import NAME as STAMP_NAME
from autograder.grading.submission import MAX_BYTES, Unreadable
from autograder.runner.limits import Limits
from autograder.runner.own_memory import limited

# Each notebook costs a question to the gradebook, whether the unit knows it or not.
MAX_NOTEBOOKS = 100
EMPTY = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
SANDBOX = "autograder.nbgrader_plugins.autograde.GradeInSandbox"
_copy_all = BaseConverter.init_assignment
_convert = Autograde.convert_single_notebook


def _copy_beside(self: Any, assignment_id: str, student_id: str) -> None:
    """Copies the companions, and refuses a notebook that nbgrader would wait for or choke on."""
    if not isinstance(self, Autograde):
        _copy_all(self, assignment_id, student_id)
        return
    if len(self.notebooks) > MAX_NOTEBOOKS:
        raise Unreadable(f"there are {len(self.notebooks)} notebooks in the submission.")
    for notebook in self.notebooks:
        # Where there is none of that name, another one counts, and is read with the same limits.
        if os.path.lexists(notebook) and not is_file(Path(notebook), MAX_BYTES):
            name = clean.name(Path(notebook).name)
            raise Unreadable(f"{name} is not a file of at most {MAX_BYTES // 2**20} MiB.")
    source = Path(self._format_source(assignment_id, student_id))
    target = Path(self._format_dest(assignment_id, student_id))
    files = dict(read_companions(source).files)
    for name in (STAMP_NAME, SECRET_NAME):
        if (content := usable_slip(source / name)) is not None:
            files[name] = content
    for name, content in files.items():
        replace_file(target / name, content)


def _convert_within_limits(self: Any, notebook_filename: str) -> None:
    """Grades a notebook with no more memory than `course-bp grade` gives to it."""
    if not is_in_sandbox(self):
        _convert(self, notebook_filename)
        return
    about = self.init_single_notebook_resources(notebook_filename)["nbgrader"]
    target = self._format_dest(about["assignment"], about["student"])
    path = os.path.join(target, os.path.basename(notebook_filename))
    with limited(Limits(**self.config.GradeInSandbox.get("limits", {}))):
        # Instead of what the first pass makes of the submission, at which nothing would look.
        replace_file(Path(path), EMPTY)
        self._sanitizing = False
        self._init_preprocessors()
        try:
            with setenv(NBGRADER_EXECUTION="autograde"):
                BaseConverter.convert_single_notebook(self, path)
        finally:
            self._sanitizing = True


def is_in_sandbox(autograde: Any) -> bool:
    """Whether nbgrader's autograde step leaves reading and running notebooks to us."""
    steps = map(_name, autograde.autograde_preprocessors)
    return not autograde.sanitize_preprocessors and SANDBOX in steps


def _name(preprocessor: Any) -> str:
    if isinstance(preprocessor, str):
        return preprocessor
    return f"{preprocessor.__module__}.{getattr(preprocessor, '__name__', '')}"


BaseConverter.init_assignment = _copy_beside
Autograde.convert_single_notebook = _convert_within_limits
