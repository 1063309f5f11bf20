"""Which version of each submission was graded last, so that unchanged ones are not run again."""

from __future__ import annotations

import json
import os
from pathlib import Path


class Ledger:
    """A file with one line a graded submission; the last line on a submission counts.

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
        """Whether a submission was graded in this version last.

        Args:
            key: names the submission.
            version: names its content and all that the grade depends on.
        """
        return self._versions.get(key) == version

    def record(self, key: str, version: str) -> None:
        """Notes that a submission was graded.

        Args:
            key: names the submission.
            version: names its content and all that the grade depends on; "" to forget it.
        """
        if self._versions.get(key, "") == version:
            return
        self._versions[key] = version
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([key, version]) + "\n")

    def _rewrite(self) -> None:
        part = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        lines = (json.dumps(entry) + "\n" for entry in self._versions.items())
        part.write_text("".join(lines), "utf-8")
        part.replace(self.path)
