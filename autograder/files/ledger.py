"""Which version of a thing was dealt with last, kept in a file of the course folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.files import clean
from autograder.files.handed_in import read_file

# Of a larger file, and of files beyond so much together, size and time stand for the content.
MAX_BYTES = 32 * 2**20
MAX_TOGETHER = 48 * 2**20


class Ledger:
    """A table of key → version that survives between runs.

    The file has one line per record, and the last line on a key counts, so that recording costs the
    same however many there are.

    Args:
        path: the file. A line that was cut off by a crash is left out.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._versions: dict[str, str] = {}
        try:
            lines = path.read_text("utf-8").splitlines()
        except OSError:
            lines = []
        for line in lines:
            try:
                key, version = json.loads(line)
            except ValueError:
                continue
            self._versions[str(key)] = str(version)
        if len(lines) > 2 * len(self._versions) + 100:
            self._rewrite()

    def holds(self, key: str, version: str) -> bool:
        """Whether this version was recorded last for the key."""
        return self._versions.get(key) == version

    def version(self, key: str) -> str:
        """The version that was recorded last for the key, or ""."""
        return self._versions.get(key, "")

    def record(self, key: str, version: str) -> None:
        """Records a version; the version "" forgets the key."""
        if self._versions.get(key, "") == version:
            return
        self._versions[key] = version
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([key, version]) + "\n")

    def _rewrite(self) -> None:
        lines = (json.dumps(entry) + "\n" for entry in self._versions.items())
        replace_file(self.path, "".join(lines))


def digest(paths: Iterable[Path]) -> str:
    """A short hash of files' places and contents, in the given order; links are not followed.

    Args:
        paths: the files; what matters is where they lie, seen from the folder of the first.
    """
    total, left = hashlib.sha256(), MAX_TOGETHER
    first: Path | None = None
    for path in paths:
        first = first or path.parent
        place = os.path.relpath(path, first)
        content = read_file(path, min(MAX_BYTES, left))
        left -= len(content or b"")
        standing_for = _about(path) if content is None else content
        total.update(os.fsencode(place) + b"\0" + hashlib.sha256(standing_for).digest())
    return total.hexdigest()[:24]


def _about(path: Path) -> bytes:
    try:
        about = path.lstat()
    except OSError:
        return b""
    return f"{about.st_mode} {about.st_size} {about.st_mtime_ns}".encode()


def replace_file(path: Path, content: str | bytes) -> None:
    """Writes a file whole or not at all.

    Raises:
        OSError: if it cannot be written, with its name; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Shorter than a name may be, even where the file's own is not.
    short = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:12]
    part = path.with_name(f".{short}.{os.getpid()}.part")
    try:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        error.filename, error.filename2 = str(path), None
        raise


@contextlib.contextmanager
def as_before_after_an_error(path: Path) -> Iterator[None]:
    """Within it, a file may be changed; after an error it is again what it was, or gone."""
    before = path.read_bytes() if path.exists() else None
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != before:
            replace_file(path, before)
        raise


def why_not_written(error: OSError) -> str:
    """Says in a sentence what an error of `replace_file`, or of the system, stopped."""
    where = f"{clean.name(error.filename)}: " if error.filename else ""
    return f"could not be written: {where}{error.strerror or error}."
