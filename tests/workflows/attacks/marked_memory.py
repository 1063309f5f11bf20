"""A text that is easy to find in memory, and code that looks for it in all that it can read."""

from __future__ import annotations

MARK = "marked-0123456789abcdef"
NOTES = "\n".join(f"# {MARK} {line:02}: {'what I worked out myself ' * 3}" for line in range(40))
# The pattern must not find itself.
THIEF = r"""
import ctypes, re
PR_SET_DUMPABLE = 4
ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # So that a process may read itself again.
pattern, found, searched = re.compile(rb"mark[e]d-([0-9a-f]{16})"), set(), 0
with open("/proc/self/maps") as maps:
    regions = [line.split() for line in maps]
with open("/proc/self/mem", "rb", buffering=0) as memory:
    for span, rights, *rest in regions:
        start, end = (int(bound, 16) for bound in span.split("-"))
        while rights.startswith("r") and start < end:
            try:
                memory.seek(start)
                piece = memory.read(min(1 << 20, end - start))
            except (OSError, OverflowError):
                break
            searched += len(piece)
            found.update(match.decode() for match in pattern.findall(piece))
            start += len(piece) or end
print("searched", searched > 20e6, "found", sorted(found))
"""
NOTHING = "searched True found []\n"
EVERYTHING = "searched True found ['0123456789abcdef']\n"
