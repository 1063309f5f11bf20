"""No submission finds another's text in its memory, whichever way it is graded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from workflows.attacks.marked_memory import EVERYTHING, NOTES, NOTHING, THIEF
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered
from workflows.support import Run

COMMANDS = [
    ("course-bp", "grade", UNIT, "--workers", "1", "--no-pages"),
    ("course-bp", "grade", UNIT, "--workers", "1", "--no-pages", "--trust-submissions"),
    ("nbgrader", "autograde", UNIT),
]


@pytest.mark.parametrize("command", COMMANDS, ids=("sandbox", "trusted", "nbgrader"))
def test_a_thief_finds_its_own_notes_and_nobody_elses(
    built_course: Path, tmp_path: Path, run: Run, command: tuple[str, ...]
) -> None:
    course = Path(shutil.copytree(built_course, tmp_path / "course"))
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    authors = {f"a{n:02}": NOTES * n for n in range(1, 9)}
    # They are graded in this order, by one process; the last shows that the search finds.
    for student, own in (authors | {"thief": THIEF, "zoe": f"{NOTES}\n{THIEF}"}).items():
        path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(answered(released, FORWARD, BACKWARD, own)))
    assert run("nbgrader", "generate_assignment", "--force", UNIT, cwd=course).returncode == 0
    done = run(*command, cwd=course)
    assert done.returncode == 0, done.stderr
    assert printed(course, "zoe") == EVERYTHING
    assert printed(course, "thief") == NOTHING


def printed(course: Path, student: str) -> str:
    """What the student's own cell printed."""
    graded = json.loads((course / "autograded" / student / UNIT / f"{UNIT}.ipynb").read_bytes())
    (own,) = (cell for cell in graded["cells"] if "PR_SET_DUMPABLE" in str(cell["source"]))
    return "".join("".join(output["text"]) for output in own["outputs"])
