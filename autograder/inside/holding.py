"""What a submission holds: the memory of its processes, and what its sockets may hold."""

from __future__ import annotations

import contextlib
import os
import socket
from functools import cache
from pathlib import Path

# More than any socket asks for; the kernel cuts it down to what it allows.
_TOO_MUCH = 2**30


def descendants(of: int) -> list[int]:
    """All processes below one, from /proc; empty where there is none."""
    parents: dict[int, int] = {}
    try:
        names = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []
    for name in names:
        with contextlib.suppress(OSError, ValueError, IndexError):
            text = Path(f"/proc/{name}/stat").read_text()
            parents[int(name)] = int(text.rpartition(")")[2].split()[1])
    found = {of}
    while new := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= new
    return sorted(found - {of})


def resident(pid: int) -> int:
    """Bytes of memory of its own that a process holds."""
    total = 0
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(("RssAnon:", "RssShmem:")):
                total += int(line.split()[1]) * 1024
    return total


def in_sockets() -> int:
    """Bytes that the sockets of this network namespace may hold.

    What lies in a socket is memory of no process. Where it lies is not told, so that each socket
    counts with the most that it can hold.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        sockets = int(Path("/proc/net/sockstat").read_text().split()[2])
        return sockets * _most_in_a_socket() if sockets else 0
    return 0


@cache
def _most_in_a_socket() -> int:
    most = 0
    with socket.socket(socket.AF_UNIX) as one:
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            one.setsockopt(socket.SOL_SOCKET, option, _TOO_MUCH)
            most += one.getsockopt(socket.SOL_SOCKET, option)
    tcp = 0
    for buffer in ("tcp_rmem", "tcp_wmem"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            tcp += int(Path("/proc/sys/net/ipv4", buffer).read_text().split()[2])
    return max(most, tcp)
