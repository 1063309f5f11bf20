"""A course folder in a temporary place, graded for real."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from workflows.support import REPOSITORY, UNITS, Run, copy_course, fixed_secret


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a command of this environment as a user would, in a folder."""
    home = tmp_path_factory.mktemp("jupyter")
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(REPOSITORY),
        "COLUMNS": "150",
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "COURSE_BP_SECRET_FILE": fixed_secret(home),
        "COURSE_BP_PROGRESS_FILE": str(home / "progress.json"),
    }
    environment.pop("NBGRADER_EXECUTION", None)

    def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=600
        )

    return run


@pytest.fixture
def new_course(tmp_path: Path) -> Path:
    """A course folder with the units' texts and nothing built."""
    return copy_course(tmp_path / "course")


@pytest.fixture(scope="session")
def built_course(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """A course folder with its notebooks built; copy it before changing it."""
    course = copy_course(tmp_path_factory.mktemp("built") / "course")
    done = run("course-bp", "build", *UNITS, cwd=course)
    assert done.returncode == 0, done.stderr
    return course
