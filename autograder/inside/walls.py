"""The walls around one submission: namespaces of its own, and what its code may no longer do.

Bubblewrap builds the sandbox once. Inside it, each submission gets namespaces of its own. When it
ends, its processes, files, network and messages are gone. From within, nothing outside can be
named, not even the process that forks.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import resource
import socket
import struct
from pathlib import Path
from typing import Any

_C = ctypes.CDLL(None, use_errno=True)
_NEW_MOUNTS, _NEW_IPC, _NEW_PROCESSES, _NEW_NETWORK = 0x20000, 0x8000000, 0x20000000, 0x40000000
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_PROGRAMS = 1, 2, 4, 8
_FLAGS = {b"nosuid": _NO_SUID, b"nodev": _NO_DEVICES, b"noexec": _NO_PROGRAMS}
_REMOUNT, _BIND, _ALL_BELOW, _PRIVATE = 32, 4096, 16384, 1 << 18
_DETACH = 2
_PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 4, 36
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_CAPABILITY_VERSION = 0x20080522
_SIOCSIFFLAGS, _UP = 0x8914, 0x1
# Files and folders that a submission may have; the kernel's memory for them has no other limit.
_FILES = 20_000
# The whole machine has only a few thousand, and IPython's `!` needs one.
_TERMINALS = b"newinstance,ptmxmode=0666,mode=620,max=16"
# Least, usual and most bytes that a TCP socket holds, so that it holds no more than any other.
_SOCKET_BYTES = "4096 65536 65536"


def close_to_others() -> None:
    """Stops others from reading the memory of this process, and of its children, through /proc."""
    with contextlib.suppress(OSError, AttributeError):
        _control(_PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Makes this process the parent of the processes that its children leave behind."""
    with contextlib.suppress(OSError, AttributeError):
        _control(_PR_SET_CHILD_SUBREAPER, 1)


def possible(work: Path) -> bool:
    """Whether submissions can have namespaces of their own here.

    Args:
        work: the folder inside the scratch folder that submissions may write to.
    """
    child = os.fork()
    if not child:
        status = 1
        try:
            descend()
            inner = fork_apart()
            if not inner:
                settle()
                empty_folder(work, 1 << 20, None)
                os._exit(0)
            status = ended_with(inner)
        finally:
            os._exit(status)
    return ended_with(child) == 0


def descend() -> None:
    """Goes on as process 1 of a new namespace, to which it may come back; its parent waits.

    Raises:
        OSError: if the kernel or a security module does not allow it.
    """
    _call("unshare", _NEW_PROCESSES)
    if inner := os.fork():
        os._exit(ended_with(inner))


def fork_apart() -> int:
    """Forks process 1 of a new namespace.

    Returns:
        Its id; 0 in the process itself, which must `settle`.

    Raises:
        OSError: if that is refused.
    """
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    try:
        _call("unshare", _NEW_PROCESSES)
        child = os.fork()
        if child:
            _call("setns", own, _NEW_PROCESSES)
    finally:
        os.close(own)
    return child


def settle() -> None:
    """Creates the other namespaces, and sets them up; from now on nothing can be written.

    Raises:
        OSError: if that is refused.
    """
    os.setsid()  # No signal to "my group" reaches the process that forks.
    _call("unshare", _NEW_MOUNTS | _NEW_IPC | _NEW_NETWORK)
    harmless = _NO_SUID | _NO_DEVICES
    _call("mount", b"none", b"/", None, _ALL_BELOW | _PRIVATE, None)
    _call("mount", b"proc", b"/proc", b"proc", harmless | _NO_PROGRAMS, None)
    _call("mount", b"devpts", b"/dev/pts", b"devpts", _NO_SUID | _NO_PROGRAMS, _TERMINALS)
    for place, flags in _writable():
        _call("mount", None, place, None, _REMOUNT | _BIND | _READ_ONLY | flags, None)
    for buffer in ("tcp_rmem", "tcp_wmem"):
        with contextlib.suppress(OSError):
            Path("/proc/sys/net/ipv4", buffer).write_text(_SOCKET_BYTES)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _UP))


def _writable() -> list[tuple[bytes, int]]:
    """What is mounted and can be written, and how else it is mounted; /proc is each one's own.

    Even of a device that everybody may write to, the times are those of the whole machine: they
    would say to the next submission what this one did with it.
    """
    found: dict[bytes, tuple[bytes, bytes]] = {}
    for line in Path("/proc/self/mountinfo").read_bytes().splitlines():
        about, _, kind = line.partition(b" - ")
        place, options = about.split()[4:6]
        found[place] = kind, options  # Of several in one place only the last can be reached.
    return [
        (
            place.decode("unicode_escape").encode("latin-1"),
            sum(flag for name, flag in _FLAGS.items() if name in options.split(b",")),
        )
        for place, (kind, options) in found.items()
        if kind.split()[0] != b"proc" and b"rw" in options.split(b",")
    ]


def ended_with(child: int) -> int:
    """Waits for a child; 0 if it ended as it should."""
    return min(abs(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])), 1)


def empty_folder(folder: Path, size: int, user: int | None) -> None:
    """Mounts a new, empty folder in memory over an existing one.

    Args:
        folder: an existing folder.
        size: how many bytes it may hold.
        user: its owner (default: the user of this process).

    Raises:
        OSError: if that is refused.
    """
    with contextlib.suppress(OSError):
        _call("umount2", bytes(folder), _DETACH)
    owner = "" if user is None or os.getuid() else f",uid={user},gid={user}"
    options = f"size={size},nr_inodes={_FILES},mode=0700{owner}".encode()
    _call("mount", b"tmpfs", bytes(folder), b"tmpfs", _NO_SUID | _NO_DEVICES, options)


def give_up_capabilities() -> None:
    """Gives up all privileges, for good: no program inside can grant them.

    Raises:
        OSError: if that is refused.
    """
    header = struct.pack("Ii", _CAPABILITY_VERSION, 0)
    _call("capset", header, bytes(24))


def load_filter(program: bytes) -> None:
    """Limits the system calls of this process and of its children, for good.

    Args:
        program: what `system_calls.filter_program` returns; if it is empty, nothing happens.

    Raises:
        OSError: if the kernel does not take it.
    """
    if program:
        _control(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(_Program.of(program)))


def own_state(scratch: Path) -> tuple[Any, ...]:
    """Everything that one submission could change for the next if a namespace had a hole.

    Args:
        scratch: the writable folder of the sandbox.

    Returns:
        The limits, priority and processors of this process; other processes; messages; files.
    """
    kinds = sorted(name for name in vars(resource) if name.startswith("RLIMIT_"))
    lists = [Path("/proc/sysvipc") / kind for kind in ("msg", "sem", "shm")]
    return (
        *(resource.getrlimit(getattr(resource, kind)) for kind in kinds),
        os.getpriority(os.PRIO_PROCESS, 0),
        os.sched_getscheduler(0),
        os.sched_getaffinity(0),
        sorted(name for name in os.listdir("/proc") if name.isdigit()),
        *(path.read_text() for path in lists if path.exists()),
        sorted((str(path), *_facts(path)) for path in scratch.rglob("*")),
    )


def _facts(path: Path) -> tuple[int, ...]:
    found = path.lstat()
    return found.st_mode, found.st_uid, found.st_size, found.st_mtime_ns


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))

    @classmethod
    def of(cls, program: bytes) -> _Program:
        return cls(len(program) // 8, program)


def _control(option: int, *arguments: Any) -> None:
    numbers = [ctypes.c_ulong(one) if isinstance(one, int) else one for one in arguments]
    numbers += [ctypes.c_ulong(0)] * (4 - len(numbers))
    _call("prctl", option, *numbers)


def _call(name: str, *arguments: Any) -> None:
    if getattr(_C, name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
