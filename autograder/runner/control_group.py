"""A control group around a sandbox: the kernel's own limit on all that lives in it, where we may.

The watch inside looks at memory twenty times a second; the kernel looks at every page, and counts
what it holds itself for the processes too: files in memory, sockets, pipes, locks. Who may make a
control group depends on the machine: root may nearly everywhere, an ordinary user only below one
that was handed over.

Source: Linux, Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.runner.limits import MIB, Limits

# The warm process, the one that watches, and what a submission's outputs take on their way.
OF_THE_RUNNER = 512 * MIB
FEW_PROCESSES = 32
# A group can be removed when the kernel has cleared its last process away.
SECONDS_TO_CLEAR = 2.0
PREFIX = "course-bp-"


# By what a group of version 2, or of version 1, is known to limit something.
FILES = {"memory": ("memory.max", "memory.limit_in_bytes"), "pids": ("pids.max",)}
# The shell moves itself, since nothing may run in a process that was forked beside other threads.
ENTER = """\
while [ "$1" != -- ]; do echo 0 2>/dev/null >"$1/cgroup.procs"; shift; done
shift
exec "$@"
"""


@dataclass(frozen=True)
class ControlGroup:
    """A group that was made.

    Args:
        folders: where the kernel shows it, a folder per controller, or one for all of them.
    """

    folders: tuple[Path, ...]

    def around(self, command: Sequence[str]) -> list[str]:
        """The command that runs another in the group; without it, should it be gone."""
        return ["/bin/sh", "-c", ENTER, "sh", *map(str, self.folders), "--", *command]

    def close(self) -> None:
        """Removes the group, whose processes have ended."""
        for folder in self.folders:
            until = time.monotonic() + SECONDS_TO_CLEAR
            while folder.is_dir():
                try:
                    folder.rmdir()
                except OSError:
                    if time.monotonic() > until:
                        break
                    time.sleep(0.01)


def new_group(memory: int, processes: int) -> ControlGroup | None:
    """Makes a group.

    Args:
        memory: bytes that its processes may hold, and the kernel for them.
        processes: how many it may have, threads included.

    Returns:
        The group; None where this process may not limit the memory of one.
    """
    made: list[Path] = []
    for controller in FILES:
        if any(_limits(folder, controller) for folder in made):
            continue
        for parent in _parents(controller):
            _sweep(parent)
            with contextlib.suppress(OSError):
                made.append(Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent)))
                break
    for folder in made:
        for name, value in (
            ("memory.max", memory),
            ("memory.swap.max", 0),
            ("memory.limit_in_bytes", memory),
            ("memory.memsw.limit_in_bytes", memory),
            ("pids.max", processes),
        ):
            with contextlib.suppress(OSError):
                if (folder / name).exists():
                    (folder / name).write_text(str(value))
    group = ControlGroup(tuple(made))
    if any(_limits(folder, "memory") for folder in made):
        return group
    group.close()
    return None


def around_sandbox(limits: Limits) -> ControlGroup | None:
    """Makes the group for a sandbox that serves one submission at a time.

    Args:
        limits: what a submission may use.
    """
    memory = limits.memory_bytes + limits.scratch_bytes + OF_THE_RUNNER
    return new_group(memory, limits.processes + FEW_PROCESSES)


def _limits(folder: Path, controller: str) -> bool:
    return any((folder / name).exists() for name in FILES[controller])


def _sweep(parent: Path) -> None:
    """Removes groups whose maker was killed."""
    for left in parent.glob(f"{PREFIX}*"):
        maker = left.name.removeprefix(PREFIX).partition("-")[0]
        if not Path("/proc", maker).exists():
            with contextlib.suppress(OSError):
                left.rmdir()


def _parents(controller: str) -> Iterator[Path]:
    """The groups below which this process may make one with a controller, the nearest first."""
    for kind, top, root, options in _mounts():
        group = _own(controller if kind == "cgroup" else "")
        if group is None or (kind == "cgroup" and controller not in options):
            continue
        inside = os.path.relpath(group, root)
        if inside.startswith(".."):  # It lies outside of what is shown here.
            continue
        own = top if inside == "." else top / inside
        for folder in (own, *own.parents):
            if not folder.is_relative_to(top) or not os.access(folder, os.W_OK):
                continue
            # A group of version 2 hands on only what it says, and then has no processes itself.
            handed_on = folder / "cgroup.subtree_control"
            if kind == "cgroup" or controller in handed_on.read_text().split():
                yield folder


def _mounts() -> Iterator[tuple[str, Path, str, list[str]]]:
    """Kind, place, the group that is shown there, and options of each mount of control groups."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/mountinfo").read_text().splitlines():
            before, _, after = line.partition(" - ")
            kind, _, options = after.split(" ", 2)
            if kind in ("cgroup", "cgroup2"):
                root, place = before.split()[3:5]
                yield kind, Path(place), root, options.split(",")


def _own(controller: str) -> str | None:
    """The group of this process, of the hierarchy of a controller, or of version 2 ("")."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, group = line.split(":", 2)
            if controller in controllers.split(","):
                return group
    return None
