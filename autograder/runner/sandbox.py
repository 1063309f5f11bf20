"""The walls: the command that starts the warm process inside bubblewrap.

Inside there is a read-only system, Python with its packages, course_bp, the few modules of the
runner, and one scratch folder of limited size. There is no network, no other process, and nothing
of the course: no solutions, no references, no gradebook, no submissions, no secret.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from autograder.inside.conversation import TRUSTED
from autograder.runner import library, visible
from autograder.runner.limits import Limits

INSTALL = "apt-get install bubblewrap (Debian, Ubuntu) or dnf install bubblewrap (Fedora)"
SCRATCH = "/scratch"
MODULE = "autograder.inside.warm"
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONNOUSERSITE": "1",
    # Code that goes by the order of a set is run in the same order for everybody.
    "PYTHONHASHSEED": "0",
    # More than one thread before a fork is a deadlock waiting to happen.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


class NoSandbox(Exception):
    """There is no bubblewrap, or it does not work here; the message says what to do."""


def find_bubblewrap() -> str:
    """The path of bubblewrap.

    Raises:
        NoSandbox: if it is not installed, or this is not Linux.
    """
    path = shutil.which("bwrap")
    if path is None or not sys.platform.startswith("linux"):
        raise NoSandbox(
            "submissions are only run inside bubblewrap, which is not installed here: "
            f"{INSTALL}. If you trust every submission: --trust-submissions."
        )
    return path


def outside_user() -> int:
    """A user id for student code that nobody has, when the grader runs as root."""
    return 61_000 + os.getpid() % 4_000


def command(
    limits: Limits, hide: Sequence[Path] = (), also: Sequence[str] = ()
) -> tuple[list[str], dict[str, str]]:
    """The command that starts the warm process, sandboxed.

    Args:
        limits: for the size of the scratch folder.
        hide: folders that must not be seen even if they lie inside a folder that is.
        also: packages that the course names for student code.

    Returns:
        The command, and its whole environment.

    Raises:
        NoSandbox: if there is no bubblewrap.
    """
    walls = [find_bubblewrap(), "--unshare-pid", "--unshare-net", "--unshare-ipc"]
    walls += ["--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox", "--new-session"]
    walls += ["--die-with-parent", "--as-pid-1", "--clearenv"]
    # The warm process builds each submission's own walls with these, and student code has none.
    capabilities = ["SYS_ADMIN", "NET_ADMIN"]
    if os.getuid() == 0:
        # And hands that code to another user.
        capabilities += ["SETUID", "SETGID", "KILL", "CHOWN", "FOWNER", "DAC_OVERRIDE"]
    else:
        walls += ["--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534"]
    # A bubblewrap that is root for others lets nobody else have any.
    if os.getuid() == 0 or not os.stat(walls[0]).st_mode & stat.S_ISUID:
        walls += ["--cap-drop", "ALL"]
        for capability in capabilities:
            walls += ["--cap-add", f"CAP_{capability}"]
    environment = {
        **ENVIRONMENT,
        "PYTHONPATH": os.pathsep.join([library.PLACE, visible.PLACE]),
        "HOME": f"{SCRATCH}/work",
        "TMPDIR": f"{SCRATCH}/work",
        "IPYTHONDIR": f"{SCRATCH}/ipython",
        "MPLCONFIGDIR": f"{SCRATCH}/matplotlib",
    }
    for name, value in environment.items():
        walls += ["--setenv", name, value]
    walls += visible.visible(hide, also)
    try:
        walls += visible.bound(library.library(), Path(library.PLACE))
    except OSError as problem:
        raise NoSandbox(f"the sandbox cannot be prepared: {problem}.") from None
    walls += ["--size", str(limits.scratch_bytes), "--tmpfs", SCRATCH]
    walls += ["--symlink", f"{SCRATCH}/work", "/tmp"]
    for file in _fonts(tuple(walls)):
        walls += visible.bound(file, Path(SCRATCH, "matplotlib", file.name))
    walls += ["--remount-ro", "/dev", "--remount-ro", "/"]
    return [*walls, "--chdir", "/", str(visible.interpreter()), "-m", MODULE], {"PATH": os.defpath}


@cache
def _fonts(walls: tuple[str, ...]) -> list[Path]:
    """matplotlib's list of the fonts that are visible, which is slow to make for every sandbox."""

    def fill(folder: Path) -> None:
        shown = ["--bind", str(folder), f"{SCRATCH}/matplotlib", str(visible.interpreter())]
        command = [*walls, *shown, "-c", "import matplotlib.font_manager"]
        subprocess.run(command, capture_output=True, timeout=60, check=False)

    parts = [path.name.encode() for path in visible.packages(visible.PACKAGES)]
    try:
        return sorted(library.kept([b"fonts", *parts], fill).glob("fontlist-*.json"))
    except (OSError, subprocess.SubprocessError):
        return []  # It is made inside, then.


def unconfined_command(scratch: Path) -> tuple[list[str], dict[str, str]]:
    """The same without walls, for submissions that the TA trusts.

    Args:
        scratch: an existing folder for library, caches and work.

    Returns:
        The command, and its whole environment.
    """
    library.copy_to(scratch / "library")
    environment = {
        **ENVIRONMENT,
        "PYTHONPATH": str(scratch / "library"),
        "HOME": str(scratch / "work"),
        "TMPDIR": str(scratch / "work"),
        "IPYTHONDIR": str(scratch / "ipython"),
        "MPLCONFIGDIR": str(scratch / "matplotlib"),
    }
    return [sys.executable, "-m", MODULE, TRUSTED], environment


def explain(error: str) -> str:
    """Why bubblewrap could not start, with what to do about it."""
    last = ([line for line in error.splitlines() if line.strip()] or ["no reason given"])[-1]
    return (
        f"the sandbox does not start: {last[:300]}. In a container, allow user namespaces "
        "(docker run --security-opt seccomp=unconfined --cap-add SYS_ADMIN), or grade outside it. "
        "If you trust every submission: --trust-submissions."
    )


def require() -> None:
    """Puts up the walls once, around an interpreter that does nothing.

    Raises:
        NoSandbox: if they cannot be put up; the message says what to do.
    """
    arguments, environment = command(Limits())
    tried = [*arguments[: arguments.index("-m")], "-c", ""]
    process, control = start(tried, environment)
    with control:
        error = process.communicate()[1].decode("utf-8", "replace")
    if process.returncode:
        raise NoSandbox(explain(error))


def start(
    arguments: list[str], environment: dict[str, str]
) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Starts the warm process.

    Returns:
        The process, and the socket through which it is told of jobs.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            arguments,
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            bufsize=0,
            start_new_session=True,
        )
    return process, ours
