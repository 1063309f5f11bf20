"""A folder in a folder in a folder: deeper than Python's own functions can walk."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Python stops at a thousand calls in one another, Linux at a path of 4096 bytes.
DEPTH = 2_200


def dig(top: Path) -> None:
    """Makes folders in one another below a folder that exists."""
    here = os.open(top, os.O_RDONLY)
    for _ in range(DEPTH):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)


@contextmanager
def dug(top: Path) -> Iterator[None]:
    """Makes them, and takes them away again: pytest could not."""
    dig(top)
    try:
        yield
    finally:
        subprocess.run(["rm", "-rf", str(top / "d")], check=True)
