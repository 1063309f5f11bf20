"""Which version of a thing was dealt with last, kept in a JSON file of the course folder."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path


class Ledger:
    """A table of key → version that survives between runs.

    Args:
        path: the file; it is written whole on every change, and begins empty when it is missing
            or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.versions: dict[str, str] = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            self.versions = {}

    def holds(self, key: str, version: str) -> bool:
        """Whether this version was recorded last for the key."""
        return self.versions.get(key) == version

    def record(self, key: str, version: str) -> None:
        """Records a version."""
        self.versions[key] = version
        replace_file(self.path, json.dumps(self.versions, indent=1, sort_keys=True) + "\n")


def digest(paths: Iterable[Path]) -> str:
    """A short hash of files' names and contents, in the given order."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:24]


def replace_file(path: Path, content: str) -> None:
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(content, "utf-8")
    part.replace(path)
