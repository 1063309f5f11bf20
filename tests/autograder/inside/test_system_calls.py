"""The system-call filter, as student code meets it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.inside.system_calls import filter_program
from autograder.runner.outcome import Outcome

pytestmark = [
    pytest.mark.skipif(not filter_program(), reason="no filter for this kind of machine"),
]
Cells = Callable[..., Outcome]
CALL = "import ctypes, os\nc = ctypes.CDLL(None, use_errno=True)\n"


@pytest.mark.parametrize(
    "code",
    [
        "c.unshare(0x10000000)",
        "c.setns(0, 0)",
        "c.mount(b'none', b'/tmp', b'tmpfs', 0, None)",
        "c.ptrace(0, 0, 0, 0)",
        "c.process_vm_readv(1, None, 0, None, 0, 0)",
        "c.syscall({'x86_64': 56}.get(os.uname().machine, 220), 0x10000011, 0, 0, 0, 0)",
        "c.memfd_create(b'x', 0)",
        "c.socket(40, 1, 0)",
        "c.socket(38, 5, 0)",
        "c.socketpair(40, 1, 0, bytes(8))",
        "c.socketpair(30, 1, 0, bytes(8))",
        "c.klogctl(3, None, 0)",
        "c.shmget(0, 4096, 0o1600)",
        "c.msgget(0, 0o1600)",
        "c.semget(0, 1, 0o1600)",
        "c.mq_open(b'/x', 66, 0o600, None)",
        "c.syscall({'x86_64': 248}.get(os.uname().machine, 217), b'user', b'x', b'y', 1, -4)",
        "c.syscall({'x86_64': 251}.get(os.uname().machine, 30), 1, 0, 3 << 13)",
        "c.syscall(434, 1, 0)",
        "c.socket(2, 1, 132)",
        "c.socket(2, 5, 33)",
        "c.socket(16, 3, 12)",
        "c.syscall({'x86_64': 294}.get(os.uname().machine, 26), 0)",
        "c.inotify_add_watch(0, b'.', 2)",
        "c.fcntl(os.open('/', os.O_RDONLY), 1026, 1)",
        "c.syncfs(os.open('/', os.O_RDONLY))",
        "c.sendmsg(0, None, 0)",
        "c.sendmmsg(0, None, 0, 0)",
        "c.setrlimit(4, bytes(16))",
        "c.prlimit64(0, 4, bytes(16), None)",
        "c.syscall({'x86_64': 160}.get(os.uname().machine, 164), 4, bytes(16))",
        "c.prlimit64(1, 0, bytes(16), None)",
        "c.prlimit64(os.getpid(), 0, bytes(16), None)",
        "c.setpriority(0, 1, 19)",
        "c.setpriority(1, 0, 19)",
        "c.setpriority(2, 0, 19)",
        "c.sched_setaffinity(1, 8, b'1' * 8)",
        "c.sched_setscheduler(1, 5, bytes(4))",
        "c.sched_setparam(1, bytes(4))",
        "c.syscall({'x86_64': 314}.get(os.uname().machine, 274), 1, bytes(48), 0)",
        "c.fcntl(os.open(os.__file__, os.O_RDONLY), 1024, 1)",
        "c.syscall(444, None, 0, 1)",
        "c.setxattr(b'.', b'user.a', b'x', 1, 0)",
        "c.lsetxattr(b'.', b'system.posix_acl_access', b'x', 1, 0)",
        "c.fsetxattr(os.open('.', os.O_RDONLY), b'user.a', b'x', 1, 0)",
        "c.fcntl(os.open('f', os.O_CREAT | os.O_RDWR), 6, bytes(32))",
        "c.fcntl(os.open('f', os.O_CREAT | os.O_RDWR), 7, bytes(32))",
        "c.fcntl(os.open('f', os.O_CREAT | os.O_RDWR), 37, bytes(32))",
        "c.fcntl(os.open('f', os.O_CREAT | os.O_RDWR), 38, bytes(32))",
        "c.fcntl(os.open('f', os.O_CREAT), 1036, (ctypes.c_uint64 * 1)(5))",
        "c.fcntl(os.open('f', os.O_CREAT), 1038, (ctypes.c_uint64 * 1)(5))",
    ],
)
def test_what_no_notebook_needs_is_not_permitted(run: Cells, code: str) -> None:
    (step,) = run(f"{CALL}print({code}, os.strerror(ctypes.get_errno()))").steps
    assert step.outputs[0]["text"] == "-1 Operation not permitted\n"


def test_what_notebooks_use_works(run: Cells) -> None:
    outcome = run(
        "import subprocess\nprint(subprocess.run(['echo', 'hi'], capture_output=True).stdout)",
        "import threading\nt = threading.Thread(target=print, args=(1,)); t.start(); t.join()",
        "import socket\nsocket.socket(), socket.socket(socket.AF_UNIX), socket.socketpair()",
        "import os\nif not os.fork(): os._exit(0)\nos.wait()",
    )
    assert [step.status for step in outcome.steps] == ["ok"] * 4


def test_what_code_does_to_itself_works(run: Cells) -> None:
    outcome = run(
        "import os, resource\nos.nice(1); os.setpriority(os.PRIO_PROCESS, 0, 2)",
        "os.sched_setaffinity(0, os.sched_getaffinity(0))",
        "resource.setrlimit(resource.RLIMIT_STACK, (2**20, 2**20)); resource.prlimit(0, 4)",
        "import fcntl\nfcntl.flock(open('f', 'w'), fcntl.LOCK_EX)",
        "import shutil\nshutil.copytree('.', 'copy', ignore=lambda *all: ['copy'])",
        "import sqlite3\nsqlite3.connect(':memory:').execute('create table t (x)')",
    )
    assert [step.status for step in outcome.steps] == ["ok"] * 6


def test_nothing_of_the_machine_is_started_for_a_crash(run: Cells) -> None:
    # Of a 1, the kernel takes no notice of any program that it should start (core(5), coredump.c).
    (step,) = run("import resource\nprint(resource.getrlimit(resource.RLIMIT_CORE))").steps
    assert step.outputs[0]["text"] == "(1, 1)\n"


def test_a_machine_that_is_not_known_has_no_filter() -> None:
    assert filter_program("riscv64") == b""
    assert len(filter_program("aarch64")) % 8 == 0
