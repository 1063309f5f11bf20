"""The kernel's own limit on a sandbox, where this process may set one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.runner.client import Runner
from autograder.runner.control_group import ControlGroup, new_group
from autograder.runner.job import RunCell
from autograder.runner.limits import MIB


@pytest.fixture
def group() -> Iterator[ControlGroup]:
    made = new_group(64 * MIB, 20)
    if made is None:
        pytest.skip("this process may not make a control group")
    yield made
    made.close()
    assert not any(folder.exists() for folder in made.folders)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("held = b'x' * (32 * 2**20)", 0),
        ("held = b'x' * (200 * 2**20)", -9),
        ("import mmap; held = mmap.mmap(-1, 200 * 2**20); held.write(bytes(200 * 2**20))", -9),
        (
            "import os\nheld = os.memfd_create('x')\n"
            "for _ in range(200): os.write(held, bytes(2**20))",
            -9,
        ),
    ],
    ids=["little", "own", "shared", "nobody's"],
)
def test_a_control_group_counts_memory_however_it_is_held(
    group: ControlGroup, code: str, status: int
) -> None:
    done = subprocess.run(group.around([sys.executable, "-c", code]), check=False)
    assert done.returncode == status


def test_a_control_group_counts_processes(group: ControlGroup) -> None:
    code = "import os, time\nfor _ in range(50):\n    if not os.fork(): time.sleep(1); os._exit(0)"
    done = subprocess.run(
        group.around([sys.executable, "-c", code]), stderr=subprocess.PIPE, text=True, check=False
    )
    assert "BlockingIOError" in done.stderr


def test_a_sandbox_has_one_and_leaves_none_behind(group: ControlGroup) -> None:
    with Runner() as runner:
        assert runner.run([RunCell("1")]).failure == ""
        assert runner._group is not None
        folders = runner._group.folders
        living = [int(pid) for pid in (folders[0] / "cgroup.procs").read_text().split()]
        assert runner._process is not None
        assert runner._process.pid in living
        assert len(living) >= 3
    assert not any(folder.exists() for folder in folders)


def test_what_a_killed_process_left_is_removed(group: ControlGroup) -> None:
    left = group.folders[0].with_name(f"course-bp-{2**22 + 1}-left")
    left.mkdir()
    again = new_group(64 * MIB, 20)
    assert again is not None
    again.close()
    assert not left.exists()


def test_a_command_runs_where_its_group_is_gone() -> None:
    gone = ControlGroup((Path("/no-such-folder"),))
    done = subprocess.run(gone.around(["echo", "ran"]), capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("ran\n", "")
