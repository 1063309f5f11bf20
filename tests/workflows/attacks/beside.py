"""Code that gets hold of what the whole machine, or all of a user's processes, have to share."""

# ruff: noqa: E501 - a line of hostile code is easier to read whole.
from __future__ import annotations

from workflows.attacks.notebook import ALL, BACKWARD, FORWARD, Attack, submission

_MANY = """
import contextlib, ctypes, fcntl, os, resource, select, signal, socket, time
c = ctypes.CDLL(None, use_errno=True)
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
held = []
for _ in range(PROCESSES):
    if not os.fork():
        with contextlib.suppress(OSError):
            FILL
        time.sleep(1e6)
time.sleep(1)
"""


def _in_many(code: str, processes: int = 60) -> str:
    return _MANY.replace("FILL", code).replace("PROCESSES", str(processes))


# What is held → code.
HOLDING = {
    "terminals": _in_many("while True: held += os.openpty()"),
    "pipes and all that goes into them": _in_many(
        "while True: held.append(os.pipe()); os.set_blocking(held[-1][1], False); os.write(held[-1][1], bytes(2**16))"
    ),
    "watches on the library": _in_many(
        "\n            while True: held.append(c.inotify_init()); assert held[-1] >= 0, held.pop()",
        3,
    ).replace("suppress(OSError)", "suppress(AssertionError)"),
    "epolls": _in_many(
        "\n            held += [os.pipe() for _ in range(60)]"
        "\n            while True:\n                one = select.epoll(); held.append(one)"
        "\n                for pipe in held[:60]: one.register(pipe[0]); one.register(pipe[1])"
    ),
    "locks on the library": (
        "import fcntl, os, numpy\nfiles = [open(m) for m in (os.__file__, numpy.__file__)]\n"
        "for file in files: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)"
    ),
    "signals that wait": _in_many(
        "\n            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))"
        "\n            while c.sigqueue(os.getpid(), 40, None) == 0: pass"
    ),
    "files that are under way": _in_many(
        "\n            one, other = socket.socketpair(); one.setblocking(False)"
        "\n            while True: socket.send_fds(one, [b'x'], [0] * 200)"
    ),
    "ports": (
        "import socket\nheld = [socket.create_server(('127.0.0.1', 8999))]\n"
        "u = socket.socket(socket.AF_UNIX); u.bind('\\0left'); u.listen()"
    ),
}
# A submission that needs such things.
NEEDING = """
import ctypes, os, select, signal, socket, subprocess, time
print(subprocess.run(["echo", "a pipe"], capture_output=True, text=True).stdout)
get_ipython().system("echo a terminal")
print(os.ttyname(os.openpty()[1]))
poll = select.epoll(); poll.register(os.pipe()[0]); print(poll.poll(0))
socket.create_server(("127.0.0.1", 8999)).close()
u = socket.socket(socket.AF_UNIX); u.bind("\\0left"); u.close()
signal.setitimer(signal.ITIMER_REAL, 1e3); signal.setitimer(signal.ITIMER_REAL, 0)
"""

# The same as submissions, which go on holding it while they are graded.
HOLDING_WORK: tuple[Attack, ...] = tuple(
    submission(f"holds {name}", own=code, forward=FORWARD, backward=BACKWARD, earns=ALL)
    for name, code in HOLDING.items()
)
