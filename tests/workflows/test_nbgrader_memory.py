"""What `nbgrader autograde` itself needs for a notebook that is made to need gigabytes."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered
from workflows.support import Run

from autograder.course.folder import Course
from autograder.records.gradebook import read_submissions

MEASURE = (
    "import resource, subprocess, sys\n"
    "status = subprocess.run(sys.argv[1:], stderr=subprocess.STDOUT).returncode\n"
    "print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
)


def test_a_notebook_with_very_many_parts_is_not_read_by_nbgrader(
    built_course: Path, tmp_path: Path, run: Run
) -> None:
    course = Path(shutil.copytree(built_course, tmp_path / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    text = json.dumps(answered(released, FORWARD, BACKWARD))
    for student in ("hoarder", "zoe"):
        path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    parts = "{}," * (10 * 2**20)
    hoarded = course / "submitted" / "hoarder" / UNIT / f"{UNIT}.ipynb"
    hoarded.write_text(f'{{"more": [{parts}{{}}], {text[1:]}')
    assert run("nbgrader", "generate_assignment", "--force", UNIT, cwd=course).returncode == 0
    done = run(sys.executable, "-c", MEASURE, "nbgrader", "autograde", UNIT, cwd=course)
    status, mebibytes = map(int, done.stdout.splitlines()[-1].split())
    assert status == 1
    assert "has too many parts" in done.stdout
    assert mebibytes < 600
    totals = {one.student: one.total for one in read_submissions(Course.at(course), UNIT)}
    assert totals["zoe"] == 3.0
