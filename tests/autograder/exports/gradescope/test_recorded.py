"""The autograder that gives recorded grades, run as Gradescope runs it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from autograder.course.folder import CONFIG_FILE, Course
from autograder.exports.gradescope.recorded import recorded_zip
from autograder.exports.gradescope.results import GRADED, failure

ROSTER = """First Name,Last Name,SID,Email,Role
Ada,Lovelace,0001,Ada@uni.example,Student
Bob,O'Neil,0002,bob@uni.example,Student
Eve,Broken,0003,eve@uni.example,Student
Kim,One,0004,kim@uni.example,Student
"""


def results(score: float) -> dict[str, Any]:
    tests = [{"name": "é", "score": score, "max_score": 4.0}]
    return {"tests": tests, "score": score - 0.5, "extra_data": {GRADED: True}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """What Gradescope has unpacked under /autograder."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "roster.csv").write_text(ROSTER)
    recorded = {"0001": results(3.5), "bob": results(2.0), "0003": failure("x")}
    content = recorded_zip(Course.at(tmp_path), recorded)
    root = tmp_path / "autograder"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        archive.extractall(root / "source")
        assert archive.getinfo("run_autograder").external_attr >> 16 & 0o777 == 0o755
    return root


def ran(root: Path, *users: dict[str, Any]) -> dict[str, Any] | None:
    (root / "submission_metadata.json").write_text(json.dumps({"users": list(users)}))
    # As old a Python as Gradescope has would do; this one is at hand, without its packages.
    script = [sys.executable, "-S", str(root / "source" / "run_autograder")]
    done = subprocess.run(script, env={"AUTOGRADER_ROOT": str(root)}, capture_output=True)
    path = root / "results" / "results.json"
    assert (done.returncode == 0) == path.exists(), done.stderr
    return json.loads(path.read_text()) if path.exists() else None


@pytest.mark.parametrize(
    ("user", "points"),
    [
        ({"email": "ada@UNI.example", "id": 7, "name": "Ada"}, 3.5),
        ({"email": "elsewhere@x.example", "sid": "0001"}, 3.5),
        ({"email": "bob@uni.example"}, 2.0),
    ],
)
def test_whoever_handed_in_gets_the_recorded_grade(
    root: Path, user: dict[str, Any], points: float
) -> None:
    assert ran(root, user) == results(points)


@pytest.mark.parametrize(
    "users",
    [
        [{"email": "eve@uni.example"}],  # Could not be graded.
        [{"email": "kim@uni.example"}],  # Handed in nothing.
        [{"email": None}],
        [],
        [{"email": "ada@uni.example"}, {"email": "bob@uni.example"}],  # Two grades for one group.
    ],
)
def test_nobody_gets_a_zero_for_a_grade_that_there_is_not(
    root: Path, users: list[dict[str, Any]]
) -> None:
    assert ran(root, *users) is None
