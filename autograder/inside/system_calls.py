"""Filters system calls in the sandbox: refuses those that no notebook needs and attackers use.

This is a classic BPF program, loaded before student code runs (`walls.load_filter`). A refused call
fails with "not permitted", which code sees as an ordinary error. All other calls stay allowed. The
filter makes less of the kernel reachable; it is not a list of everything that is safe.

Source: Linux, Documentation/userspace-api/seccomp_filter.rst; Docker's default profile for the
choice of calls.
"""

from __future__ import annotations

import errno
import platform
import struct
from collections.abc import Sequence
from functools import cache

# Instructions: load a word of seccomp_data, compare, test bits, return.
_LOAD, _EQUAL, _AT_LEAST, _BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_NEW_NAMESPACES = 0x7E020080  # CLONE_NEWUSER, NEWNS, NEWPID, NEWNET, NEWIPC, NEWUTS, CGROUP, TIME
# The network namespace closes the way to other machines, but only for the usual families of
# sockets. Others lead, for example, from a virtual machine to its host. For another protocol than
# these, the kernel would load whatever old module it has.
_FAMILIES = (1, 2, 10, 16)  # AF_UNIX, AF_INET, AF_INET6, AF_NETLINK
_PROTOCOLS = (0, 6, 17)  # the usual one, TCP, UDP
_X32 = 0x40000000
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Name → number on x86_64, on aarch64.
REFUSED = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "kcmp": (312, 272), "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40),
    "umount2": (166, 39), "pivot_root": (155, 41), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsmount": (432, 432),
    "mount_setattr": (442, 442), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "fanotify_init": (300, 262), "quotactl": (179, 60), "acct": (163, 89), "reboot": (169, 142),
    "syslog": (103, 116), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    # Memory and messages that no process holds, or only by a pipe, so that no limit counts them.
    "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190), "msgget": (68, 186),
    "mq_open": (240, 180), "vmsplice": (278, 75), "io_setup": (206, 0),
    # What is attached to a file is memory of the kernel: 64 kB for each of its lists of rights. So
    # are the rules of a wall of one's own.
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "landlock_create_ruleset": (444, 444),
    # What tells when anybody else on the machine opens a file, of which each user has few.
    "inotify_init": (253, 26), "inotify_init1": (294, 26), "inotify_add_watch": (254, 27),
    # By these alone, files are sent through a socket. Of those that are under way a user may have
    # few, and the grader sends some too.
    "sendmsg": (46, 211), "sendmmsg": (307, 269),
    # Calls that make everybody wait for the disk.
    "sync": (162, 81), "syncfs": (306, 267),
    # Calls that act on other processes, such as the one that watches.
    "ioprio_set": (251, 30), "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "process_mrelease": (448, 448),
    "migrate_pages": (256, 238), "move_pages": (279, 239),
}  # fmt: skip
# Calls that are allowed if these arguments are 0, which stands for the process itself.
ONLY_FOR_ITSELF = {
    "sched_setaffinity": ((203, 122), (0,)),
    "sched_setscheduler": ((144, 119), (0,)), "sched_setparam": ((142, 118), (0,)),
    "sched_setattr": ((314, 274), (0,)), "setpriority": ((141, 140), (0, 1)),
}  # fmt: skip
# Memory that processes share without a file is counted for none that has not touched it: one that
# is forked keeps it while the other gives it up. Huge pages are counted for nobody.
_MMAP, _SHARED, _WITHOUT_FILE, _HUGE = (9, 222), 0x1, 0x20, 0x40000
# A lease on a file of the library would stop whoever opens it next, a hint on how long it will be
# kept would be read there, in any sandbox, and a folder can be watched as with inotify. None of
# these needs the right to write. Locks on parts of a file are memory of the kernel, of which no
# limit counts any number.
_FCNTL = (72, 25)
_LEASE, _WATCH, _HINTS, _LOCKS = 1024, 1026, (1036, 1038), (6, 7, 37, 38)
_ON_FILES = (_LEASE, _WATCH, *_HINTS, *_LOCKS)
# The limit on what the kernel keeps of a crash, which `supervisor` sets so that nothing of the
# machine's own is called to look at it.
_SETRLIMIT, _PRLIMIT = (160, 164), (302, 261)
_CRASHES = 4
# glibc falls back to clone, whose flags can be looked at.
_CLONE3 = (435, 435)
_CLONE = (56, 220)
# A pair is made of sockets, too.
_SOCKETS = ((41, 198), (53, 199))


@cache
def filter_program(machine: str = "") -> bytes:
    """The filter for a machine.

    Args:
        machine: such as "x86_64" (default: this one).

    Returns:
        The program in the form that the kernel reads; empty for a machine with unknown numbers.
    """
    machine = machine or platform.machine()
    if machine not in _ARCHITECTURES:
        return b""
    column = list(_ARCHITECTURES).index(machine)
    not_permitted = _answer(_ERROR | errno.EPERM)
    program = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_EQUAL, _ARCHITECTURES[machine], skip=1),
        not_permitted,
        _instruction(_LOAD, _NUMBER),
    ]
    if machine == "x86_64":
        program += [_instruction(_AT_LEAST, _X32, otherwise=1), not_permitted]
    for numbers in REFUSED.values():
        program += [_instruction(_EQUAL, numbers[column], otherwise=1), not_permitted]
    program += [
        _instruction(_EQUAL, _SETRLIMIT[column], otherwise=4),
        _argument(0),
        _instruction(_EQUAL, _CRASHES, otherwise=1),
        not_permitted,
        _answer(_ALLOW),
        _instruction(_EQUAL, _PRLIMIT[column], otherwise=10),
        # Of which process, which limit, and where the new one is, if any.
        _argument(0),
        _instruction(_EQUAL, 0, otherwise=6),
        _argument(1),
        _instruction(_EQUAL, _CRASHES, otherwise=5),
        _argument(2),
        _instruction(_EQUAL, 0, otherwise=2),
        _argument(2, upper=True),
        _instruction(_EQUAL, 0, skip=1),
        not_permitted,
        _answer(_ALLOW),
    ]
    for numbers, places in ONLY_FOR_ITSELF.values():
        program.append(_instruction(_EQUAL, numbers[column], otherwise=3 * len(places) + 1))
        for place in places:
            program += [_argument(place), _instruction(_EQUAL, 0, skip=1), not_permitted]
        program.append(_answer(_ALLOW))
    program += [
        _instruction(_EQUAL, _MMAP[column], otherwise=6),
        _argument(3),
        _instruction(_BITS, _HUGE, skip=2),
        _instruction(_BITS, _SHARED, otherwise=2),
        _instruction(_BITS, _WITHOUT_FILE, otherwise=1),
        not_permitted,
        _answer(_ALLOW),
        _instruction(_EQUAL, _FCNTL[column], otherwise=len(_ON_FILES) + 3),
        _argument(1),
        *_one_of(_ON_FILES),
        _answer(_ALLOW),
        not_permitted,
        _instruction(_EQUAL, _CLONE3[column], otherwise=1),
        _answer(_ERROR | errno.ENOSYS),
        _instruction(_EQUAL, _CLONE[column], otherwise=4),
        _argument(0),
        _instruction(_BITS, _NEW_NAMESPACES, otherwise=1),
        not_permitted,
        _answer(_ALLOW),
        _instruction(_EQUAL, _SOCKETS[0][column], skip=1),
        _instruction(_EQUAL, _SOCKETS[1][column], otherwise=len(_FAMILIES) + len(_PROTOCOLS) + 4),
        _argument(0),
        *_one_of(_FAMILIES),
        not_permitted,
        _argument(2),
        *_one_of(_PROTOCOLS),
        not_permitted,
        _answer(_ALLOW),
    ]
    return b"".join(program)


def _one_of(values: Sequence[int]) -> list[bytes]:
    """Skips the instruction that follows if the loaded word is one of these values."""
    places = range(len(values), 0, -1)
    return [_instruction(_EQUAL, value, skip=n) for n, value in zip(places, values, strict=True)]


def _argument(place: int, upper: bool = False) -> bytes:
    """Loads the lower half of an argument, or the upper, which only an address has."""
    return _instruction(_LOAD, _ARGUMENTS + 8 * place + 4 * upper)


def _instruction(code: int, value: int, skip: int = 0, otherwise: int = 0) -> bytes:
    """One instruction; a comparison says how many to skip if it holds, and if it does not."""
    return struct.pack("HBBI", code, skip, otherwise, value)


def _answer(value: int) -> bytes:
    return _instruction(_RETURN, value)
