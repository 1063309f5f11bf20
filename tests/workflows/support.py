"""What the workflow tests share: where things are, and how a course folder is made."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
UNITS = ("02-computation-graphs", "06-logistic-to-network")
Run = Callable[..., subprocess.CompletedProcess[str]]
# Two points a day, by a class that the configuration itself defines.
TWO_POINTS_A_DAY = """
from nbgrader.plugins import LateSubmissionPlugin


class TwoPointsADay(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 2.0 * (total_seconds_late // 86400)


c.AssignLatePenalties.plugin_class = TwoPointsADay
"""


def fixed_secret(folder: Path) -> str:
    """Puts a course's secret into a folder: the same hidden inputs in every run of the tests."""
    path = folder / "course.secret"
    path.touch(mode=0o600)
    path.write_text("5eed" * 16)
    return str(path)


def copy_course(course: Path) -> Path:
    shutil.copytree(
        REPOSITORY / "solutions", course / "solutions", ignore=shutil.ignore_patterns("*.ipynb")
    )
    shutil.copy(REPOSITORY / "nbgrader_config.py", course)
    return course


def hand_in(course: Path, student: str, unit: str, notebook: Path) -> Path:
    """Puts a notebook into a student's submission."""
    folder = course / "submitted" / student / unit
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(notebook, folder / f"{unit}.ipynb"))
