"""What a submission holds outside the memory of its processes: in sockets."""

from __future__ import annotations

import contextlib
import socket
from functools import cache
from pathlib import Path

# More than any socket asks for; the kernel cuts it down to what it allows.
_TOO_MUCH = 2**30


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
