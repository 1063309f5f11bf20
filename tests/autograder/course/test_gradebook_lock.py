from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course.folder import Course, CourseError
from autograder.course.gradebook_lock import grading
from autograder.files.sharing import user_name

HOLD = """
import sys
from pathlib import Path
from autograder.course.folder import Course
from autograder.course.gradebook_lock import grading
with grading(Course.at(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_is_told_who_grades(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    course = Course.at(tmp_path)
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    who = re.escape(f"{user_name(os.geteuid())} on {os.uname().nodename}")
    told = pytest.raises(CourseError, match=f"already running here, started by {who}")
    with told, grading(course):
        pass
    first.communicate()
    with grading(course):
        assert (course.state / "lock").is_file()
