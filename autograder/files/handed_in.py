"""Files that somebody handed in, whatever they are: never waited for, never followed, bounded."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from autograder.files import clean

# What nbgrader's database holds of a student's id.
MAX_ID = 128
# Of a notebook.
MAX_BYTES = 32 * 2**20


def read_file(path: Path, most: int) -> bytes | None:
    """Reads an ordinary file.

    Args:
        path: what may be a file.
        most: how many bytes it may have.

    Returns:
        Its content; None if it is a link, no file or larger, or cannot be read.
    """
    try:
        # Nothing is waited for, and no link followed, even if it was put there a moment ago.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        with os.fdopen(descriptor, "rb") as file:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode) or about.st_size > most:
                return None
            content = file.read(most + 1)
    except OSError:
        return None
    return content if len(content) <= most else None


def sha256_of(path: Path) -> str:
    """SHA-256 of a notebook that was handed in, as `sha256sum` has it; "" if it is not a file."""
    content = read_file(path, MAX_BYTES)
    return "" if content is None else hashlib.sha256(content).hexdigest()


def is_file(path: Path, most: int) -> bool:
    """Whether it is an ordinary file of at most so many bytes, and no link to one."""
    try:
        about = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(about.st_mode) and about.st_size <= most


def why_no_id(name: str) -> str:
    """Why the name of a folder cannot be a student's id, or ""."""
    try:
        os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError:
        return "the name of the folder is not UTF-8; rename it to the student's id."
    if clean.line(name) != name:
        return "the name of the folder holds control characters; rename it to the student's id."
    if len(name) > MAX_ID:
        return f"the name of the folder has more than {MAX_ID} characters; rename it."
    return ""
