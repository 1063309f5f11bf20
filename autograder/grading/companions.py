"""The other files of a submission, such as a module or data beside the notebook."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.files.handed_in import printable, read_file
from autograder.grading import hand_in_time

MAX_FILES = 100
MAX_BYTES = 16 * 2**20
# After this secret, nbgrader's exchange names the student's page.
SECRET_NAME = "submission_secret.txt"
# What nbgrader and editors put beside a notebook, and what Python makes by itself.
_NOT_OURS = (hand_in_time.NAME, SECRET_NAME, "__pycache__")


@dataclass(frozen=True)
class Companions:
    """Files that the notebook may read and import while it is graded.

    Args:
        files: path within the submission → content.
        remarks: what was left out or could not be read, a sentence each.
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
        Ordinary files up to 100 and 16 MiB together; links, devices and anything beyond that
        are left out and remarked on.
    """
    files: dict[str, bytes] = {}
    remarks: list[str] = []
    left = MAX_BYTES
    for path in companion_paths(folder):
        name = path.relative_to(folder).as_posix()
        content = read_file(path, left) if len(files) < MAX_FILES else None
        if content is None or not name.isprintable():
            shown = "".join("?" if c in "<>`" else c for c in printable(name)[:60])
            why = (
                "it is a link, not a file, or too much, cannot be read, or has a name that is not "
                "text"
            )
            remarks.append(f"{shown} was not used: {why}.")
        else:
            files[name] = content
            left -= len(content)
    untimed = hand_in_time.read_hand_in_time(folder).remark
    return Companions(files, (*remarks[:5], *([untimed] if untimed else [])))


def _walk(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(n for n in folders if not n.startswith(".") and n not in _NOT_OURS)
        links = [name for name in folders if Path(top, name).is_symlink()]
        for name in [*names, *links]:
            if not name.startswith(".") and name not in _NOT_OURS and not name.endswith(".ipynb"):
                yield Path(top, name)
