"""Lets nbgrader's own autograde step read timestamp.txt as `course-bp grade` does.

nbgrader has no setting for it: its reader waits for a pipe, follows links, and fails at words that
are not dates. But it imports what nbgrader_config.py names as `c.Autograde.pre_convert_hook` before
it reads anything, and importing this module puts our reader in the place of nbgrader's.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from autograder.grading.hand_in_time import read_hand_in_time
from autograder.grading.time_zones import home_zone
from autograder.nbgrader_plugins import (  # noqa: F401  (They put our own in place.)
    any_name,
    safe_copies,
    safe_names,
    safe_start,
)


def before_each(assignment: str, student: str, notebooks: list[str]) -> None:
    """The hook: there is nothing left to do."""


def _existing_timestamp(self: Any, dest_path: str) -> datetime | None:
    return read_hand_in_time(Path(dest_path), home_zone(self.config)).moment


CourseDirectory.get_existing_timestamp = _existing_timestamp
