"""The walls: the command that starts the warm process inside bubblewrap.

Inside there is a read-only system, Python with its packages, course_bp, the few modules of the
runner, and one scratch folder of limited size. There is no network, no other process, and nothing
of the course: no solutions, no references, no gradebook, no submissions, no secret.
"""

from __future__ import annotations

import os
import shutil
import site
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import autograder
import course_bp
from autograder.inside.conversation import TRUSTED
from autograder.inside.permitted import PACKAGE
from autograder.inside.permitted import SEEN as ROOMS
from autograder.runner.limits import Limits

INSTALL = "apt-get install bubblewrap (Debian, Ubuntu) or dnf install bubblewrap (Fedora)"
LIBRARY = "/course/library"
SCRATCH = "/scratch"
MODULE = "autograder.inside.warm"
# What of this package the sandbox sees: the room that runs beside student code, and a stand-in
# for the students' door.
INSIDE = Path("inside")
STAND_INS = INSIDE / "stand_ins"
_PACKAGE = Path(autograder.__file__).resolve().parent
SEEN = {
    "__init__.py": "__init__.py",
    **{
        str(INSIDE / path.name): str(INSIDE / path.name)
        for path in sorted((_PACKAGE / INSIDE).glob("*.py"))
    },
    str(STAND_INS / "check.py"): "check.py",
}
WITHHELD = STAND_INS / "withheld.py"
_COURSE_BP = str(course_bp.__file__)
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


def command(limits: Limits, hide: Sequence[Path] = ()) -> tuple[list[str], dict[str, str]]:
    """The command that starts the warm process, sandboxed.

    Args:
        limits: for the size of the scratch folder.
        hide: folders that must not be seen even if they lie inside a folder that is.

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
    walls += ["--cap-drop", "ALL"]
    for capability in capabilities:
        walls += ["--cap-add", f"CAP_{capability}"]
    environment = {
        **ENVIRONMENT,
        "PYTHONPATH": LIBRARY,
        "HOME": f"{SCRATCH}/work",
        "TMPDIR": f"{SCRATCH}/work",
        "IPYTHONDIR": f"{SCRATCH}/ipython",
        "MPLCONFIGDIR": f"{SCRATCH}/matplotlib",
    }
    for name, value in environment.items():
        walls += ["--setenv", name, value]
    walls += [*_system(), *_python(hide), *_library()]
    walls += ["--size", str(limits.scratch_bytes), "--tmpfs", SCRATCH]
    walls += ["--symlink", f"{SCRATCH}/work", "/tmp"]
    walls += ["--remount-ro", "/dev", "--remount-ro", "/"]
    return [*walls, "--chdir", "/", str(_shown(Path(sys.executable))), "-m", MODULE], {
        "PATH": os.defpath
    }


def unconfined_command(scratch: Path) -> tuple[list[str], dict[str, str]]:
    """The same without walls, for submissions that the TA trusts.

    Args:
        scratch: an existing folder for library, caches and work.

    Returns:
        The command, and its whole environment.
    """
    library = scratch / "library"
    for source, target in SEEN.items():
        copy = library / "autograder" / target
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_PACKAGE / source, copy)
    for path, inside in _rooms():
        copy = library / PACKAGE / inside
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    environment = {
        **ENVIRONMENT,
        "PYTHONPATH": str(library),
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


def _system() -> list[str]:
    walls = ["--proc", "/proc", "--dev", "/dev"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():
            walls += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            walls += ["--ro-bind", str(path), str(path)]
    for file in ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime"):
        walls += ["--ro-bind-try", file, file]
    return walls


def _python(hide: Sequence[Path]) -> list[str]:
    """The interpreter, its library and its packages, without this course's grader."""
    packages = [Path(path) for path in [*site.getsitepackages(), site.getusersitepackages()]]
    interpreter = Path(os.path.realpath(sys.executable)).parent.parent
    prefixes = (sys.base_prefix, sys.base_exec_prefix, sys.prefix)
    wanted = dict.fromkeys([*map(Path, prefixes), interpreter, *packages, Path("/usr")])
    seen = [
        folder
        for folder in wanted
        if folder.is_dir() and not any(other in folder.parents for other in wanted)
    ]
    walls = [wall for folder in seen for wall in _bound(folder, _shown(folder))]
    own = [Path(file).resolve().parent for file in (autograder.__file__, _COURSE_BP)]
    own += [folder / name for folder in packages for name in ("autograder", PACKAGE)]
    for hidden in [*own, *(path.resolve() for path in hide)]:
        if hidden.is_dir() and any(folder in hidden.parents for folder in seen):
            walls += ["--tmpfs", str(_shown(hidden)), "--remount-ro", str(_shown(hidden))]
            # A virtual environment may lie inside the course that was just hidden.
            for folder in seen:
                if hidden in folder.parents:
                    walls += _bound(folder, _shown(folder))
    return walls


def _shown(path: Path) -> Path:
    """Where a folder of the system is seen inside: where it is, but /tmp is the scratch folder.

    An environment below /tmp, as in a trial clone, is seen elsewhere; environments can be moved.
    """
    return Path("/course/system", *path.parts[2:]) if path.parts[:2] == ("/", "tmp") else path


def _library() -> list[str]:
    walls = []
    for path, inside in _rooms():
        walls += _bound(path, Path(LIBRARY, PACKAGE, inside))
    for source, target in SEEN.items():
        walls += _bound(_PACKAGE / source, Path(LIBRARY, "autograder", target))
    return walls


def _rooms() -> list[tuple[Path, Path]]:
    """The files of course_bp and where they stand in it; a withheld room is a stand-in's file."""
    package = Path(_COURSE_BP).resolve().parent
    found = []
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        room = inside.parts[0].removesuffix(".py")
        if path.suffix == ".py":
            seen = room in ("__init__", *ROOMS)
            found.append((path if seen else _PACKAGE / WITHHELD, inside))
        elif path.is_file() and room in ROOMS and "__pycache__" not in inside.parts:
            found.append((path, inside))
    return found


def _bound(source: Path, target: Path) -> list[str]:
    """Shows a file or folder read-only; the folders above it, which bubblewrap makes, are open."""
    walls: list[str] = []
    for parent in reversed(target.parents[:-1]):
        walls += ["--perms", "0755", "--dir", str(parent)]
    return [*walls, "--ro-bind", str(source), str(target)]
