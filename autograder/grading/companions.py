"""The other files of a submission, such as a module or data beside the notebook."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from autograder.files import clean
from autograder.files.handed_in import read_file
from autograder.grading import hand_in_time
from autograder.grading.submission import is_notebook_name, notebook_paths

MAX_FILES = 100
MAX_BYTES = 16 * 2**20
# Names that are looked at, of files and folders, and how deep folders may be in one another.
MAX_NAMES = 5_000
MAX_DEPTH = 20
# Bytes of a path: it must be possible in other places, too, whose own path is longer.
MAX_PATH = 1_000
# nbgrader writes a time of 32 characters and a secret of 128.
MAX_SLIP = 1024
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

    def without(self, names: Collection[str]) -> Companions:
        """The same without some files, such as those that hold right answers.

        Args:
            names: paths within the submission.
        """
        kept = {name: content for name, content in self.files.items() if name not in names}
        return Companions(kept, self.remarks)

    def under(self, given: Mapping[str, Path]) -> Companions:
        """The same with the course's own files over them, as nbgrader has it.

        Args:
            given: path within the assignment → the course's file.
        """
        folders = {str(parent) for name in given for parent in PurePosixPath(name).parents}
        kept = {
            name: content
            for name, content in self.files.items()
            # What a student named like one of the course's folders, or put below one of its files.
            if name not in folders
            and not any(str(parent) in given for parent in PurePosixPath(name).parents)
        }
        own = {name: path.read_bytes() for name, path in given.items()}
        return Companions({**kept, **own}, self.remarks)


def companion_paths(folder: Path) -> list[Path]:
    """The other files of a submission, whatever they are; links are listed and not followed.

    Args:
        folder: the folder that holds the notebook.

    Returns:
        Their paths, in order: no notebooks, nothing hidden. A folder that cannot be read, holds
        too many names or is too deep stands there itself.
    """
    found: list[Path] = []
    folders = deque([(folder, 0)])
    left = MAX_NAMES
    while folders:
        top, depth = folders.popleft()
        names = _names_in(top, left) if depth <= MAX_DEPTH else None
        if names is None:
            found += [top] if depth else []
            continue
        left -= len(names)
        for name, is_folder in names:
            if name.startswith(".") or name in _NOT_OURS:
                continue
            if name.endswith(".ipynb"):
                # nbgrader would take a folder of such a name for a notebook in its later steps.
                found += [top / name] if is_folder else []
            elif is_folder:
                folders.append((top / name, depth + 1))
            elif not is_notebook_name(name):
                found.append(top / name)
    return sorted(found)


def handed_in_files(folder: Path) -> list[Path]:
    """All that a submission's grade depends on, whether it exists or not.

    Args:
        folder: the folder that was handed in.

    Returns:
        The notebooks, the two files of nbgrader's exchange (handed in again, the same notebook has
        another time, and another name in the exchange), and the other files.
    """
    slips = [folder / hand_in_time.NAME, folder / SECRET_NAME]
    return [*notebook_paths(folder), *slips, *companion_paths(folder)]


def read_companions(folder: Path, zone: str = "") -> Companions:
    """Reads the other files of a submission.

    Args:
        folder: the folder that holds the notebook.
        zone: the place whose time the course uses, or "".

    Returns:
        Ordinary files up to 100 and 16 MiB together; links, devices and anything beyond that
        are left out and remarked on.
    """
    files: dict[str, bytes] = {}
    remarks: list[str] = []
    left = MAX_BYTES
    for path in companion_paths(folder):
        name = path.relative_to(folder).as_posix()
        usable = name.isprintable() and len(name.encode()) <= MAX_PATH
        content = read_file(path, left) if usable and len(files) < MAX_FILES else None
        if content is None:
            why = (
                "it is a link or not a file, is too large, cannot be read, or has a name that is "
                "not text or is too long"
            )
            remarks.append(f"{clean.code(name)} was not used: {why}.")
        else:
            files[name] = content
            left -= len(content)
    untimed = hand_in_time.read_hand_in_time(folder, zone).remark
    return Companions(files, (*remarks[:5], *([untimed] if untimed else [])))


def usable_slip(path: Path) -> bytes | None:
    """The content of a slip that nbgrader's exchange wrote, if it is a little printable text."""
    content = read_file(path, MAX_SLIP)
    try:
        text = (content or b"").decode("utf-8").strip()
    except UnicodeDecodeError:
        return None
    return content if text and text.isprintable() else None


def _names_in(folder: Path, most: int) -> list[tuple[str, bool]] | None:
    """The names in a folder, in order, and which are folders; None if they cannot all be read."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                (entry.name, entry.is_dir(follow_symlinks=False))
                for entry in islice(entries, most + 1)
            )
    except OSError:
        return None
    return names if len(names) <= most else None
