"""The other files of a submission, such as a module or data beside the notebook."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MAX_FILES = 100
MAX_BYTES = 16 * 2**20
# What nbgrader and editors put beside a notebook, and what Python makes by itself.
_NOT_OURS = ("timestamp.txt", "__pycache__")


@dataclass(frozen=True)
class Companions:
    """Files that the notebook may read and import while it is graded.

    Args:
        files: path within the submission → content.
        remarks: what was left out, a sentence each.
    """

    files: Mapping[str, bytes]
    remarks: tuple[str, ...] = ()


def companion_paths(folder: Path) -> list[Path]:
    """The other files of a submission, whatever they are; links are listed and not followed.

    Args:
        folder: the folder that holds the notebook.

    Returns:
        Their paths, in order: no notebooks, nothing hidden.
    """
    return sorted(_walk(folder))


def read_companions(folder: Path) -> Companions:
    """Reads the other files of a submission.

    Args:
        folder: the folder that holds the notebook.

    Returns:
        Ordinary files up to 100 and 16 MiB together; links, devices and what is too much are
        left out and remarked on.
    """
    files: dict[str, bytes] = {}
    remarks: list[str] = []
    left = MAX_BYTES
    for path in companion_paths(folder):
        name = path.relative_to(folder).as_posix()
        content = _read(path, left) if len(files) < MAX_FILES else None
        if content is None or not name.isprintable():
            shown = "".join(c if c.isprintable() and c not in "<>`" else "?" for c in name[:60])
            remarks.append(f"{shown} was not used: it is a link, not a file, or too large.")
        else:
            files[name] = content
            left -= len(content)
    return Companions(files, tuple(remarks[:5]))


def _walk(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(n for n in folders if not n.startswith(".") and n not in _NOT_OURS)
        links = [name for name in folders if Path(top, name).is_symlink()]
        for name in [*names, *links]:
            if not name.startswith(".") and name not in _NOT_OURS and not name.endswith(".ipynb"):
                yield Path(top, name)


def _read(path: Path, most: int) -> bytes | None:
    """The content of an ordinary file of at most so many bytes."""
    try:
        # Nothing is waited for, and no link followed, even if it was put there a moment ago.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_size > most:
            return None
        content = file.read(most + 1)
    return content if len(content) <= most else None
