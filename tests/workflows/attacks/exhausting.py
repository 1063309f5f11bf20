"""Submissions that hang, crash, or use up what they can, each with one good answer to save."""

# ruff: noqa: E501 - a line of hostile code is easier to read whole.
from __future__ import annotations

from workflows.attacks.notebook import (
    ALL,
    BACKWARD,
    BACKWARD_POINTS,
    FORWARD,
    Attack,
    submission,
)

# In a cell of the student's own, before two right answers: both are paid.
IN_OWN_CELL = {
    "an endless loop": "while True: pass",
    "an endless loop that swallows interrupts": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "an endless loop with signals blocked": (
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass"
    ),
    "a regular expression that never ends": "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')",
    "sleeps for a year": "import time\ntime.sleep(3e7)",
    "stops itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "waits for a lock for ever": "import threading\nl = threading.Lock(); l.acquire(); l.acquire()",
    "os._exit": "import os\nos._exit(0)",
    "sys.exit": "import sys\nsys.exit(3)",
    "raises KeyboardInterrupt": "raise KeyboardInterrupt",
    "a segmentation fault": "import ctypes\nctypes.string_at(0)",
    "kills itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "kills process 1": (
        "import os, signal\n"
        "for s in (signal.SIGTERM, signal.SIGKILL, signal.SIGINT):\n"
        "    try: os.kill(1, s)\n"
        "    except OSError: pass"
    ),
    "kills everything": (
        "import os, signal\ntry: os.kill(-1, signal.SIGKILL)\nexcept OSError: pass"
    ),
    "closes every pipe": "import os\nos.closerange(3, 1000)",
    "takes all memory": "hog = bytearray(2**34)",
    "takes memory bit by bit": "hog = []\nwhile True: hog.append(bytearray(2**24))",
    "takes memory in many processes": (
        "import os, time\n"
        "for _ in range(14):\n"
        "    if os.fork() == 0:\n"
        "        hog = np.ones(2**25); time.sleep(60); os._exit(0)\n"
        "time.sleep(60)"
    ),
    "memory in anonymous files": (
        "import os\nfor n in range(200):\n"
        "    fd = os.memfd_create(str(n)); os.truncate(fd, 2**25); os.write(fd, b'x' * 2**25)"
    ),
    "calls the host by a socket of another family": "import socket\nsocket.socket(40, 1).connect((2, 1024))",
    "a JSON of brackets on every pipe": (
        "import os, struct\ntext = b'[' * 10**6\n"
        "for fd in range(3, 256):\n"
        "    try: os.write(fd, struct.pack('!II', len(text), 0) + text)\n"
        "    except OSError: pass"
    ),
    "stops its parent": "import os, signal\ntry: os.kill(os.getppid(), signal.SIGSTOP)\nexcept OSError: pass",
    "a fork bomb": ("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"),
    "a thread bomb": (
        "import threading, time\n"
        "while True: threading.Thread(target=time.sleep, args=(99,), daemon=True).start()"
    ),
    "fills the disk": (
        "import os\n"
        "for n in range(10**6):\n"
        "    with open(f'/tmp/{n}', 'wb') as f: f.write(b'x' * 2**24)"
    ),
    "one enormous file": "with open('big', 'wb') as f:\n    f.write(bytes(2**28))",
    "opens files without end": "files = []\nwhile True: files.append(open('/dev/null'))",
    "a million small files": (
        "import os\ntry:\n    for n in range(10**6): os.close(os.open(f'f{n}', os.O_CREAT))\n"
        "except OSError: pass"
    ),
    "terminals without end": "import os\nfiles = []\nwhile True: files += os.openpty()",
    "a name that is no text": "import ctypes, time\nctypes.CDLL(None).prctl(15, b'\\xff\\xfe)', 0, 0, 0); time.sleep(0.2)",
    "memory behind a false name": (
        "import ctypes, os, time\nctypes.CDLL(None).prctl(15, b'\\x0cRssAnon: x', 0, 0, 0)\n"
        "for _ in range(9):\n    if os.fork() == 0: hog = b'x' * (300 * 2**20); time.sleep(60); os._exit(0)\n"
        "time.sleep(30)"
    ),
    "ends its first thread alone": (
        "import ctypes, os, threading, time\nthreading.Thread(target=time.sleep, args=(1e6,)).start()\n"
        "ctypes.CDLL(None).syscall({'x86_64': 60}.get(os.uname().machine, 93), 0)"
    ),
    "children that nobody waits for": (
        "import os, signal, time\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
        "while True:\n    for _ in range(12):\n        if os.fork() == 0:\n"
        "            while time.process_time() < 0.1: pass\n            os._exit(0)\n"
        "    try: os.wait()\n    except OSError: pass"
    ),
    "crashes without end": (
        "import ctypes, os, resource\n"
        "try: resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\nexcept (OSError, ValueError) as e: print(e)\n"
        "while True:\n    if os.fork() == 0: ctypes.CDLL(None).prctl(4, 1, 0, 0, 0); ctypes.string_at(0)\n    os.wait()"
    ),
    "watches what others open": (
        "import ctypes, fcntl, os\nc = ctypes.CDLL(None)\nfd = c.inotify_init()\n"
        "print(fd, c.inotify_add_watch(fd, os.__file__.encode(), 0xfff))\n"
        "while c.inotify_init() >= 0: pass\nfcntl.fcntl(os.open('/usr/lib', os.O_RDONLY), 1026, 0x8000003f)"
    ),
    "makes everybody wait for the disk": (
        "import ctypes, os\nc = ctypes.CDLL(None)\nfd = os.open(os.__file__, os.O_RDONLY)\n"
        "for _ in range(100): os.sync(); c.syncfs(fd)"
    ),
    "locks its folder": "import os\nos.makedirs('a/b')\nopen('a/b/c', 'w')\nos.chmod('a', 0)",
    "prints without end": "while True: print('x' * 1000)",
    "prints a hundred megabytes": "print('x' * 10**8)",
    "warns without end": (
        "import warnings\nfor n in range(20000): warnings.warn(f'careful {n}', stacklevel=2)"
    ),
    "a harmless warning": "import sys\nprint('careful', file=sys.stderr)",
    "recursion without end": "def f(): return f()\nf()",
    "recursion without a limit": (
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(x): return [f([x]) for _ in (1,)]\nf(0)"
    ),
    "a daemon that stays": (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        open('/tmp/course-bp-daemon-marker', 'w')\n"
        "        time.sleep(10**6)\n"
        "    os._exit(0)"
    ),
    "a shell command that stays": "!sleep 1000000 &",
    "calls a server": ("import socket\nsocket.create_connection(('93.184.216.34', 80), timeout=9)"),
    "opens a server": ("import socket\ns = socket.socket()\ns.bind(('0.0.0.0', 8999))\ns.listen()"),
    "shared memory that stays": ("import ctypes\nctypes.CDLL(None).shmget(4711, 4096, 0o1666)"),
    "asks for input": "input('password? ')",
    "shows HTML and scripts": (
        "from IPython.display import HTML, Javascript, display\n"
        "display(HTML('<script>alert(\"pwned\")</script>'))\n"
        "display(Javascript('alert(\"pwned\")'))\n"
        "class Evil:\n    def _repr_html_(self): return '<img src=x onerror=alert(\"pwned\")>'\n"
        "    def _repr_svg_(self): return '<svg onload=alert(\"pwned\")>'\n"
        "Evil()"
    ),
    "text that is no UTF-8": "print('\\ud800 lonely')",
    "a false picture": (
        "from IPython.display import display\ndisplay({'image/png': '\"><script>alert(1)'}, raw=True)"
    ),
    "a syntax error": "def f(:\n    pass",
    "reads what is not its own": "print(open('/etc/shadow').read())",
    "writes outside its folder": (
        "import os, sys\n"
        "for p in ('/usr/x', '/course/library/autograder/inside/asking.py', sys.prefix + '/x', '/x'):\n"
        "    try: open(p, 'w').write('x'); print('WROTE', p)\n"
        "    except OSError: pass"
    ),
    "mounts and unshares": (
        "import ctypes, os\nc = ctypes.CDLL(None)\n"
        "print(c.unshare(0x10000000), c.mount(b'none', b'/tmp', b'tmpfs', 0, None))"
    ),
}

# In the cell of the first exercise: the second is paid all the same.
IN_SOLUTION = {
    "the solution cell never ends": "while True:\n    try: pass\n    except BaseException: pass",
    "the solution cell ends the interpreter": "import os\nos._exit(1)",
    "the solution cell crashes": "import ctypes\nctypes.string_at(0)",
    "the solution cell eats memory": "hog = [bytearray(2**24) for _ in range(10**6)]",
    "the solution cell divides by zero": "1 / 0",
}

# In the function itself, met when it is asked.
WHEN_ASKED = {
    "never returns": "while True: pass",
    "never returns and swallows everything": (
        "while True:\n        try:\n            while True: pass\n        except BaseException: pass"
    ),
    "ends the interpreter when asked": "import os; os._exit(0)",
    "exits when asked": "raise SystemExit",
    "interrupts when asked": "raise KeyboardInterrupt",
    "crashes when asked": "import ctypes; ctypes.string_at(0)",
    "takes all memory when asked": "return {'a1': [bytearray(2**24) for _ in range(10**6)]}",
    "returns a gigabyte": "return {'a1': np.zeros(2**27)}",
    "forks when asked": "import os; [os.fork() for _ in range(20)]",
    "kills its parent when asked": (
        "import os, signal; os.kill(os.getppid(), signal.SIGKILL); os.kill(1, signal.SIGKILL)"
    ),
    "takes its time when asked": "import time; time.sleep(1.0); return None",
    "closes every pipe when asked": "import os; os.closerange(3, 1000)",
    "stops itself when asked": "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    "prints when asked": "print('x' * 10**6)",
    "returns nothing": "return None",
}

EXHAUSTING: tuple[Attack, ...] = (
    *(
        submission(name, own=code, forward=FORWARD, backward=BACKWARD, earns=ALL)
        for name, code in IN_OWN_CELL.items()
    ),
    *(
        submission(name, forward=code, backward=BACKWARD, earns=BACKWARD_POINTS)
        for name, code in IN_SOLUTION.items()
    ),
    *(
        submission(
            name,
            forward=f"def quiz2_forward(x, alpha1, alpha2, beta):\n    {code}",
            backward=BACKWARD,
            earns=BACKWARD_POINTS,
        )
        for name, code in WHEN_ASKED.items()
    ),
)
