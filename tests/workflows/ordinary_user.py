"""Running a command as an ordinary user, where the tests run as root."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# A number that no account of a machine has.
NUMBER = 64_101
CAPABILITIES = ("CAP_SETUID", "CAP_SETGID")


def as_ordinary_user(number: int = NUMBER, *walls: str, groups: tuple[int, ...] = ()) -> list[str]:
    """What a command begins with to be run as a user of this number; nothing if that is so anyway.

    Args:
        number: the user's id.
        walls: more words for bubblewrap.
        groups: the numbers of other groups that the user is in.
    """
    look = ["bwrap", "--dev-bind", "/", "/", *walls]
    if os.geteuid():
        return []
    others = f"--groups={','.join(map(str, groups))}" if groups else "--clear-groups"
    ids = (f"--reuid={number}", f"--regid={number}", others)
    caps = [word for cap in CAPABILITIES for word in ("--cap-add", cap)]
    return [*look, *readable(Path(sys.base_prefix)), *caps, "setpriv", *ids]


def readable(python: Path) -> list[str]:
    """Lets others at an interpreter in a folder that is closed to them, such as root's home."""
    closed = [path for path in python.parents if not path.stat().st_mode & 0o001]
    if not closed:
        return []
    between = [path for path in reversed(python.parents) if closed[-1] in path.parents]
    open_again = [word for path in between for word in ("--perms", "0755", "--dir", str(path))]
    top = ["--perms", "0755", "--tmpfs", str(closed[-1])]
    return [*top, *open_again, "--ro-bind", str(python), str(python)]
