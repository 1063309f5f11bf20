"""Removing a folder that somebody hostile has filled: deep, closed, full of links."""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
from pathlib import Path


def wipe(folder: Path) -> None:
    """Removes a folder with all that is in it. No process may be at work there any more.

    Nothing is walked down: what lies in a folder is moved up, however deep it lay, so that no path
    is ever longer than a few names. Links are removed, never followed.

    Args:
        folder: what to remove; it may be missing.

    Raises:
        OSError: if something cannot be removed.
    """
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    if not folder.exists():
        return
    heap = tempfile.mkdtemp(prefix="wiped-", dir=folder.parent)
    names = (os.path.join(heap, str(number)) for number in itertools.count())
    _move(folder, next(names))
    while entries := _entries(heap):
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, 0o700)
            for below in _entries(entry.path):
                if below.is_dir(follow_symlinks=False):
                    _move(below, next(names))
                else:
                    os.unlink(below.path)
            os.rmdir(entry.path)
    os.rmdir(heap)


def _move(folder: os.PathLike[str], to: str) -> None:
    with contextlib.suppress(OSError):
        os.chmod(folder, 0o700)  # A folder that is closed to writing cannot be moved.
    os.rename(folder, to)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return list(found)
