"""Lets nbgrader's own autograde step copy what lies beside a notebook as `course-bp grade` does.

nbgrader's own copying follows links, without end where they lead to /dev/zero, and takes files of
any size; its reader waits for a pipe. This puts our reading of companions in its place. Importing
`safe_timestamps`, which nbgrader_config.py names, brings it in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter

from autograder.files import clean
from autograder.files.handed_in import is_file
from autograder.files.ledger import replace_file
from autograder.grading.companions import SECRET_NAME, read_companions, usable_slip
from autograder.grading.hand_in_time import NAME as STAMP_NAME
from autograder.grading.submission import MAX_BYTES, Unreadable

_copy_all = BaseConverter.init_assignment


def _copy_beside(self: Any, assignment_id: str, student_id: str) -> None:
    """Copies the companions, and refuses a notebook that nbgrader would wait for or choke on."""
    if not isinstance(self, Autograde):
        _copy_all(self, assignment_id, student_id)
        return
    for notebook in self.notebooks:
        if not is_file(Path(notebook), MAX_BYTES):
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


BaseConverter.init_assignment = _copy_beside
